/* The reply page with script: the code words are turned into a number here, the messages are opened here, and what is
   added is sealed here. Without this file the server does all three in its memory. */

import { byId, button, complain, post, remembered, sayWhatIsTrueWithScript, trouble } from '../shared/page.mjs';
import { notSent, readyAgain, sendLocked } from '../shared/sending.mjs';
import { MAX_CHARACTERS, characters, tidy } from '../shared/text.mjs';

const root = byId('reply');
const ask = byId('ask');
const add = byId('add');
const heading = root.querySelector('h1');
const toLetterbox = remembered(async () => new (await import('./letterbox.mjs')).Letterbox(root.dataset));
let letterbox;
let conversation;

sayWhatIsTrueWithScript();
ask.addEventListener('focusin', () => ready().catch(() => {}), { once: true });
ask.addEventListener('submit', (event) => { event.preventDefault(); open(); });
/* The box has two lines so that six words can be seen at once; Enter sends it as it would a box of one line. */
byId('words').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  byId('open').click();
});
byId('over-there').addEventListener('click', openThere);
add.addEventListener('submit', (event) => { event.preventDefault(); send(); });

/* The letterbox with all tools. */
async function ready() {
  letterbox = await toLetterbox();
  await letterbox.ready();
}

async function open() {
  busy(true);
  let lookup;
  try {
    await ready();
    lookup = await letterbox.take(byId('words').value);
  } catch {
    cannotOpen();
    return;
  }
  let answer;
  try {
    answer = await post(root.dataset.messages, { 'Phoenix-Lookup': lookup });
  } catch {
    notOpened('Not opened yet', 'The connection was lost. Your code words still stand in the box. Try again.');
    return;
  }
  if (answer.status === 404) {
    wrong();
  } else if (!answer.ok) {
    notOpened(
      'We cannot look just now',
      'It is our fault, not yours. Your code words still stand in the box. Wait for a minute, then try again. ' +
        'If you cannot wait, call one of the numbers below.',
    );
  } else {
    await show(await answer.json());
  }
}

function busy(yes) {
  byId('open').disabled = yes;
  byId('opening').textContent = yes ? 'Opening …' : '';
  if (!yes) return;
  for (const id of ['trouble', 'wrong', 'numbers']) byId(id).hidden = true;
}

function wrong() {
  busy(false);
  byId('wrong').hidden = false;
  byId('wrong').focus();
}

function notOpened(title, text, ...buttons) {
  busy(false);
  trouble(title, text, ...buttons);
}

/* Never silently: the person decides whether the server may see the code words. */
function cannotOpen() {
  notOpened(
    'We could not open it on this phone or computer',
    'You can try again. Or you can open it over a safe connection: then your code words come to us, and we open the ' +
      'messages in our server’s memory.',
    button('Try again', open),
    button('Open it over a safe connection', openThere),
  );
}

function openThere() {
  HTMLFormElement.prototype.submit.call(ask);
}

/* The conversation, oldest first, in the order that reporting/concern/thread.py explains. */
async function show(found) {
  conversation = found;
  const opened = await Promise.all(found.replies.map(async ({ hour, day, locked }) => {
    const { sent, text } = await letterbox.open(locked);
    return { kind: text ? 'team' : 'closed', day, text, order: `${hour} 1 ${sent}` };
  }));
  const wrote = found.wrote.map(({ hour, day }, place) => (
    { kind: 'you', day, text: '', order: `${hour} ${place ? 2 : 0}` }));
  const lines = [...wrote, ...opened].sort((one, other) => (one.order > other.order) - (one.order < other.order));
  byId('messages').replaceChildren(...lines.map(line));
  byId('quiet').hidden = opened.length > 0;
  byId('open-there').hidden = opened.every(({ kind }) => kind === 'team');
  byId('reference').textContent = found.reference;
  byId('until').textContent = found.until;
  for (const id of ['ask', 'back']) byId(id).hidden = true;
  byId('conversation').hidden = false;
  byId('adding').hidden = !found.can_add;
  byId('call-instead').hidden = byId('numbers').hidden = found.can_add;
  /* Should the server have to lock what is added, it needs what a page without script carries. */
  add.elements.words.value = letterbox.words;
  add.elements.token.value = found.token;
  add.prepend(byId('trouble'));
  heading.textContent = found.state;
  document.title = 'Phoenix – your reply';
  scrollTo(0, 0);
  heading.focus();
}

function line({ kind, day, text }) {
  const made = byId(`line-${kind}`).content.cloneNode(true);
  made.querySelector('.day').textContent = day;
  if (text) made.querySelector('.keep').textContent = text;
  return made;
}

async function send() {
  const box = byId('text');
  const text = tidy(box.value);
  const field = box.closest('.f');
  const tooMany = characters(text) - MAX_CHARACTERS;
  if (!text) {
    complain(field, field.dataset.missing);
    return;
  }
  if (tooMany > 0) {
    notSent('Please make it a little shorter', `It is ${tooMany} characters too long. All your words are still here.`);
    return;
  }
  const lock = () => letterbox.seal(text, conversation);
  const answer = await sendLocked(root.dataset.sealed, { lock, form: add, again: send });
  if (!answer) return;
  if (answer.status === 404) {
    notSent(
      'Your code words do not work any more',
      'Nothing was sent, and all your words are still here. You can copy them and tell us again, or call.',
    );
    return;
  }
  add.reset();
  readyAgain();
  byId('thanks').hidden = false;
  await show(await answer.json());
  document.title = 'Phoenix – sent';
}
