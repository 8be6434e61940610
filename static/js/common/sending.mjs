/* Locks what somebody wrote, sends it, and says what went wrong. Their words stay in the form until it is kept. */

import { byId, button, post, trouble } from './page.mjs';
import { MAX_CHARACTERS } from './text.mjs';

const CROWDED =
  'Too much is coming in just now. Nothing was sent, and all your words are still here. Please call one of the numbers ' +
  'below. Or wait, and press Send again later.';
const NOT_NOW =
  'It is our fault, not yours. All your words are still here. Wait for a minute, then press Send again. ' +
  'If you cannot wait, call one of the numbers below.';
const CLOSED =
  'The form closed while you were writing. Nothing was sent, and all your words are still here. ' +
  'Please call one of the numbers below. Or keep this page open, and press Send again later.';

/* What the server says once it is kept; null if the person was told why it is not.
   `lock` makes headers and body; `form` is what the person may decide to send instead; `again` tries once more; `gone`
   is what to say if there is nothing to add to. */
export async function sendLocked(url, { lock, form, again, gone }) {
  byId('trouble').hidden = true;
  byId('send').disabled = true;
  byId('sending').textContent = 'Locking and sending …';
  let locked;
  try {
    locked = await lock();
  } catch (error) {
    /* Without keys nothing can be locked anywhere: then the server could not take it either. */
    return error.answer && error.answer.status === 503 ? didNotGetIt(error.answer) : cannotLock(form, again);
  }
  let answer;
  let kept;
  try {
    answer = await post(url, locked.headers, locked.body);
    kept = answer.ok ? await answer.json() : null;
  } catch {
    return notSent('Not sent yet', 'The connection was lost. All your words are still here. Press Send again.');
  }
  if (kept) return kept;
  if (answer.status === 422) return cannotLock(form, again);
  if (answer.status === 404 && gone) return notSent(...gone);
  if (answer.status === 429) return notSent('We did not get it', CROWDED);
  return didNotGetIt(answer);
}

/* The server could not take it, or takes nothing just now. */
async function didNotGetIt(answer) {
  const { closed } = await answer.json().catch(() => ({}));
  return notSent('We did not get it', closed ? CLOSED : NOT_NOW);
}

/* Whether there are too many characters; then the person was told. */
export function isTooLong(count) {
  const tooMany = count - MAX_CHARACTERS;
  if (tooMany <= 0) return false;
  notSent('Please make it a little shorter', `It is ${tooMany} characters too long. All your words are still here.`);
  return true;
}

function notSent(heading, text, ...buttons) {
  readyAgain();
  trouble(heading, text, ...buttons);
  return null;
}

export function readyAgain() {
  byId('sending').textContent = '';
  byId('send').disabled = false;
}

/* Never silently: the person decides whether the server may do the locking instead. */
function cannotLock(form, again) {
  return notSent(
    'We could not lock your words on this phone or computer',
    'Nothing was sent, and all your words are still here. You can try again. Or you can send them over a safe ' +
      'connection, and we lock them as soon as they reach us.',
    button('Try again', again),
    button('Send them and lock them there', () => HTMLFormElement.prototype.submit.call(form)),
  );
}
