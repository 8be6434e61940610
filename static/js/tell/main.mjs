/* The concern form with script: one question at a time, a check page, sealed here, then sent. Answers live in this page
   and nowhere else. Without this file the same page is one long form that the server seals. */

import { NOT_GIVEN, answerTo, charactersIn, isAboutMe, readAll } from './answers.mjs';
import { Steps } from './steps.mjs';
import { byId, button, element, remembered, sayWhatIsTrueWithScript } from '../common/page.mjs';
import { isTooLong, sendLocked } from '../common/sending.mjs';

const root = byId('tell');
const form = root.querySelector('form');
const steps = new Steps(form, { onCheck: showAnswers });
const toLocksmith = remembered(async () => new (await import('./locksmith.mjs')).Locksmith(root.dataset));
const toHelp = remembered(async () => new (await import('../common/distress.mjs')).Help(root.dataset.distress));

sayWhatIsTrueWithScript();
byId('send').addEventListener('click', send);
/* The form is usable by now; what sealing needs, and what helps, may come while the person reads and writes. */
form.addEventListener('focusin', () => {
  ready().catch(() => {});
  toHelp().then((help) => help.lists()).catch(() => {});
  import('./places.mjs').then(({ followPlaces }) => followPlaces(form)).catch(() => {});
}, { once: true });

/* The locksmith with all tools. */
async function ready() {
  const locksmith = await toLocksmith();
  await locksmith.ready();
  return locksmith;
}

/* What was answered first, then, folded away, what was left out: Send stays in reach. */
function showAnswers() {
  const all = readAll(form).filter(({ key, isAsked }) => isAsked && placeOf(key) >= 0);
  const isMe = isAboutMe(form);
  const rows = (answers) => answers.map(({ key, summary, you, words }) => {
    const name = (isMe && you) || summary;
    const row = document.createElement('div');
    const change = button(words ? 'Change' : 'Answer', () => steps.goTo(placeOf(key)), 'link');
    change.append(element('span', ` ${name.toLowerCase()}`, 'vh'));
    const last = document.createElement('dd');
    last.append(change);
    const said = element('dd', words || NOT_GIVEN, 'keep');
    said.dir = 'auto';
    row.append(element('dt', name), said, last);
    return row;
  });
  byId('for-two').hidden = chosenInbox() !== 'restricted';
  /* It stands in front of Send if it can, and Send never waits for it. */
  toHelp().then((help) => help.offer(all.filter(({ isChoice }) => !isChoice).map(({ answer }) => answer))).catch(() => {});
  const left = all.filter(({ words }) => !words);
  byId('answers').replaceChildren(...rows(all.filter(({ words }) => words)));
  byId('left-out').replaceChildren(...rows(left));
  byId('left-out-words').textContent = `Questions you left out (${left.length})`;
}

const chosenInbox = () => (answerTo(form, 'restricted') === 'yes' ? 'restricted' : 'main');
const placeOf = (key) => steps.screens().findIndex((screen) => screen.querySelector(`[data-key="${key}"]`));

async function send() {
  const answers = readAll(form);
  if (isTooLong(charactersIn(answers))) return;
  const danger = ['yes', 'not-sure'].includes(answerTo(form, 'danger'));
  let words;
  const lock = async () => {
    const sealed = await (await ready()).seal(answers, chosenInbox());
    words = sealed.words;
    const headers = { ...sealed.headers, ...signsOfRobots(), 'Phoenix-Danger': danger ? 'yes' : 'no' };
    return { body: sealed.body, headers };
  };
  const kept = await sendLocked(root.dataset.sealed, { lock, form, again: send });
  if (kept) sent(kept.reference, words, danger);
}

/* Whether the box that people do not see was filled in; and the answer to Google's check, where a council has it. */
const signsOfRobots = () => ({
  'Phoenix-Trap': byId('website').value ? 'filled' : '',
  'Phoenix-Recaptcha': document.querySelector('[name="g-recaptcha-response"]')?.value ?? '',
});

function sent(reference, words, danger) {
  form.reset();
  byId('answers').replaceChildren();
  byId('left-out').replaceChildren();
  byId('reference').textContent = reference;
  if (words.length) byId('code-words').replaceChildren(...words.map((word) => element('li', word)));
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
