/* The desk's way to the server. Answers are JSON; whatever goes wrong becomes one of a few kinds of Trouble. */

/* kind: offline, signed-out, gone, refused, closed or server. */
export class Trouble extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/* 403 is also what a post gets whose cookies are gone. */
const KINDS = { 401: 'signed-out', 403: 'signed-out', 404: 'gone', 409: 'refused', 422: 'refused', 503: 'closed' };

/* Read each time: signing in again, perhaps in another tab, makes a new one. */
const csrfToken = () => (/(?:^|; )csrftoken=([^;]*)/.exec(document.cookie) || ['', ''])[1];

/* For whom this page was unlocked: the server refuses it once somebody else has signed in. */
let officer = '';
export function actFor(id) {
  officer = id;
}

export async function ask(url, { method = 'GET', headers = {}, body } = {}) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      body,
      headers: { ...headers, 'X-CSRFToken': csrfToken(), ...(officer && { 'Phoenix-Officer': officer }) },
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
  } catch {
    throw new Trouble('offline');
  }
  if (!answer.ok) throw new Trouble(KINDS[answer.status] || 'server');
  try {
    return await answer.json();
  } catch {
    throw new Trouble('offline');
  }
}

const SEALED = { 'Content-Type': 'application/pgp-encrypted' };

export const send = (method, url, body, headers = {}) => ask(url, { method, body, headers: { ...SEALED, ...headers } });
