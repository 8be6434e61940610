/* The desk's way to the server. Answers are JSON; whatever goes wrong becomes one of a few kinds of Trouble. */

const LONGEST_WAIT = 30000;

/* kind: offline, signed-out, no-access, no-slot, not-saved, gone, refused, closed, too-long or server. */
export class Trouble extends Error {
  constructor(kind, { said = '', again = '' } = {}) {
    super(kind);
    Object.assign(this, { kind, said, again });
  }
}

const KINDS = { 401: 'signed-out', 403: 'no-access', 404: 'gone', 409: 'refused', 422: 'refused', 503: 'closed' };

/* Read each time: signing in again, perhaps in another tab, makes a new one. */
export const csrfToken = () => (/(?:^|; )csrftoken=([^;]*)/.exec(document.cookie) || ['', ''])[1];

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
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
  } catch {
    throw new Trouble('offline');
  }
  if (!answer.ok) throw new Trouble(kindOf(answer), await saidBy(answer));
  try {
    return await answer.json();
  } catch {
    throw new Trouble('offline');
  }
}

/* A post whose cookies are gone is refused before the desk sees it, and not in the desk's JSON. */
function kindOf({ status, headers }) {
  if (status === 403 && headers.get('Content-Type') !== 'application/json') return 'signed-out';
  return KINDS[status] || 'server';
}

/* Of what the server refuses it may say why, in a sentence for the officer (`said`), and where a code is typed (`again`). */
const saidBy = (answer) => answer.json().catch(() => ({}));

const SEALED = { 'Content-Type': 'application/pgp-encrypted' };

export const send = (method, url, body, headers = {}) => ask(url, { method, body, headers: { ...SEALED, ...headers } });

export const postJson = (url, values) =>
  ask(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(values) });
