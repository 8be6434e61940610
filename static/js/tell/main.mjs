/* The concern form with script: one question at a time, a check page, sealed here, then sent. Answers live in this page
   and nowhere else. Without this file the same page is one long form that the server seals. */

import { MAX_CHARACTERS, NOT_GIVEN, answerTo, characters, readAll } from './answers.mjs';
import { Steps } from './steps.mjs';

const byId = (id) => document.getElementById(id);
const element = (name, text, className = '') =>
  Object.assign(document.createElement(name), { textContent: text, className });

const root = byId('tell');
const form = root.querySelector('form');
let locksmith = null;
const steps = new Steps(form, { onCheck: showAnswers });

document.querySelectorAll('[data-with-script]').forEach((words) => { words.hidden = false; });
document.querySelectorAll('[data-without-script]').forEach((words) => { words.hidden = true; });
byId('send').addEventListener('click', send);
/* The form is usable by now; what sealing needs may come while the person reads and writes. */
form.addEventListener('focusin', () => ready().catch(() => {}), { once: true });

/* The locksmith with all tools. A failure is forgotten, so that trying again really tries again. */
async function ready() {
  if (!locksmith) {
    const { Locksmith } = await import('./locksmith.mjs');
    locksmith = locksmith || new Locksmith(root.dataset);
  }
  await locksmith.ready();
  return locksmith;
}

/* What was answered first, then, folded away, what was left out: Send stays in reach. */
function showAnswers() {
  const all = readAll(form).filter(({ key }) => placeOf(key) >= 0);
  const rows = (answers) => answers.map(({ key, summary, words }) => {
    const row = document.createElement('div');
    const change = button(words ? 'Change' : 'Answer', () => steps.goTo(placeOf(key)), 'link');
    change.append(element('span', ` ${summary.toLowerCase()}`, 'vh'));
    const last = document.createElement('dd');
    last.append(change);
    row.append(element('dt', summary), element('dd', words || NOT_GIVEN, 'keep'), last);
    return row;
  });
  const left = all.filter(({ words }) => !words);
  byId('answers').replaceChildren(...rows(all.filter(({ words }) => words)));
  byId('left-out').replaceChildren(...rows(left));
  byId('left-out-words').textContent = `Questions you left out (${left.length})`;
}

const placeOf = (key) => steps.screens().findIndex((screen) => screen.querySelector(`[data-key="${key}"]`));

/* Say what happened and what the person can do. Their words are still in the form. */
function trouble(heading, text, ...buttons) {
  byId('sending').textContent = '';
  byId('send').disabled = false;
  byId('trouble').replaceChildren(element('h2', heading), element('p', text), ...buttons);
  byId('trouble').hidden = false;
  byId('numbers').hidden = false;
  byId('trouble').focus();
}

function button(text, onClick, look = 'b alt') {
  const made = element('button', text, look);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/* Never silently: the person decides whether the server may do the locking instead. */
function cannotLock() {
  trouble(
    'We could not lock your words on this phone or computer',
    'Nothing was sent, and all your words are still here. You can try again. Or you can send them over a safe ' +
      'connection, and we lock them as soon as they reach us.',
    button('Try again', send),
    button('Send them and lock them there', () => HTMLFormElement.prototype.submit.call(form)),
  );
}

async function send() {
  const answers = readAll(form);
  const tooMany = characters(answers) - MAX_CHARACTERS;
  if (tooMany > 0) {
    trouble('Please make it a little shorter', `It is ${tooMany} characters too long. All your words are still here.`);
    return;
  }
  byId('trouble').hidden = true;
  byId('send').disabled = true;
  byId('sending').textContent = 'Locking and sending …';
  let sealed;
  try {
    sealed = await (await ready()).seal(answers);
  } catch {
    cannotLock();
    return;
  }
  const danger = ['yes', 'not-sure'].includes(answerTo(form, 'danger'));
  let answer;
  try {
    answer = await fetch(root.dataset.sealed, {
      method: 'POST',
      body: sealed.body,
      headers: { ...sealed.headers, 'Phoenix-Danger': danger ? 'yes' : 'no' },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch {
    trouble('Not sent yet', 'The connection was lost. All your words are still here. Press Send again.');
    return;
  }
  if (answer.status === 422) {
    cannotLock();
  } else if (!answer.ok) {
    trouble(
      'We did not get it',
      'It is our fault, not yours. All your words are still here. Wait for a minute, then press Send again. ' +
        'If you cannot wait, call one of the numbers below.',
    );
  } else {
    sent((await answer.json()).reference, sealed.words, danger);
  }
}

function sent(reference, words, danger) {
  form.reset();
  byId('answers').replaceChildren();
  byId('left-out').replaceChildren();
  byId('reference').textContent = reference;
  byId('code-words').replaceChildren(...words.map((word) => element('li', word)));
  byId('sent-danger').hidden = !danger;
  for (const id of ['check', 'progress', 'trouble', 'numbers', 'back']) byId(id).hidden = true;
  form.remove();
  byId('sent').hidden = false;
  document.documentElement.classList.remove('step');
  const heading = document.querySelector('h1');
  heading.textContent = 'We have it. Thank you for telling us';
  document.title = 'Phoenix – sent';
  scrollTo(0, 0);
  heading.focus();
}
