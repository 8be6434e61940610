/* The desk: locked, the list, or one report. Opened words and keys live in this page; locking takes them away, and then
   the page is loaded anew, so that nothing of them is left in its memory. */

import { byId, element } from '../common/page.mjs';
import { Trouble, csrfToken } from './api.mjs';
import { catchUp } from './catching_up.mjs';
import { Disclosure } from './disclosure.mjs';
import { Drafts } from './drafts.mjs';
import { Keyring, WrongPassphrase } from './keyring.mjs';
import { List } from './list.mjs';
import { Lock } from './lock.mjs';
import { Report } from './report.mjs';
import { Waiting } from './waiting.mjs';

const REFRESH = 60000;
const root = byId('desk');
const { dataset } = root;
const title = document.title;
const keyring = new Keyring(dataset);
const drafts = new Drafts(keyring, saySaved);
const labels = Object.fromEntries(['urgency', 'state', 'outcome', 'authority'].map((name) => [name, labelIn(name)]));
const list = new List(dataset, keyring, { labels, attempt, open: (found) => go(found) });
const waiting = new Waiting(dataset, labels);
const idle = new Lock(Number(dataset.idle), lock);
/* What a report needs of the desk. */
const desk = { keyring, drafts, labels, say, trouble, lost, go, opened: list.opened, changed };
const disclosure = new Disclosure(dataset, desk);
let report = null;
let shown = 0;
/* Signing out waits for what is not saved yet; who presses twice does not. */
let isLeaving = false;

byId('unlock').hidden = false;
byId('unlock').addEventListener('submit', (event) => { event.preventDefault(); unlock(); });
byId('show').addEventListener('click', showPassphrase);
byId('refresh').addEventListener('click', () => attempt(() => list.load()));
byId('back').addEventListener('click', (event) => { event.preventDefault(); go(null); });
byId('sign-out').addEventListener('submit', signOut);
/* To the main content, without an address of its own: the address says which report is shown. */
document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); byId('main').focus(); });
addEventListener('beforeunload', (event) => { if (!drafts.areSaved && !isLeaving) event.preventDefault(); });
addEventListener('popstate', () => { if (keyring.isOpen) show(); });
addEventListener('focus', refresh);
setInterval(refresh, REFRESH);

/* The words of a code, as they stand in the form. */
function labelIn(name) {
  const options = [...byId(`${name}-choice`).options];
  return (code) => options.find(({ value }) => value === code)?.textContent ?? (code === 'new' ? 'New' : code);
}

function say(words) {
  byId('said').textContent = words;
}

function saySaved(words) {
  byId('saved').textContent = words;
  if (!keyring.isOpen) byId('lock-said').textContent = drafts.areSaved ? 'What you wrote is saved, sealed.' : NOT_SAVED;
}

/* The list follows a report; and with all that is open at hand, what is the same elsewhere can be found. */
async function changed() {
  await attemptQuietly(() => list.load());
  report?.compare();
}

/* A report that the officer does not have any more: back to the list, without a way back to it. */
function lost(words) {
  history.replaceState(null, '', location.pathname);
  show();
  say(words);
}

const NOT_SAVED = 'What you wrote is not saved yet. Leave this page open: it keeps trying.';
const TROUBLES = {
  offline: 'The connection was lost. Everything you wrote still stands here. Try again.',
  'not-saved': 'What you wrote is not saved yet. To leave without it, press Sign out once more.',
  'no-slot': 'Your key opens nothing here. Ask a colleague who can open reports to make you a new slot.',
  'no-access': 'Your access has ended. Ask a colleague who can open reports.',
  'signed-out': 'You have been signed out. Sign in again in another tab, then try again here. Everything you wrote still stands here.',
  gone: 'This report is not there any more.',
  refused: 'The server did not take it. Nothing was changed. Everything you wrote still stands here. Try again, and tell whoever looks after the site if it happens again.',
  closed: 'Nothing can be sealed just now, because a key is missing or has expired. You can read reports. Tell whoever looks after the keys.',
  server: 'Something went wrong on the server. Everything you wrote still stands here. Try again in a minute.',
};

function trouble(error, isQuiet = false) {
  /* Whose access has ended sees nothing more, also of what is open already. */
  if (error instanceof Trouble && error.kind === 'no-access') lock();
  byId('trouble').replaceChildren(
    element('h2', 'That did not work'),
    element('p', TROUBLES[error instanceof Trouble ? error.kind : 'server']),
  );
  byId('trouble').hidden = false;
  if (!isQuiet) byId('trouble').focus();
}

async function attempt(act, isQuiet = false) {
  try {
    await act();
    byId('trouble').hidden = true;
  } catch (error) {
    trouble(error, isQuiet);
  }
}

/* What nobody has asked for must not take the focus from what they are doing. */
function attemptQuietly(act) {
  return attempt(act, true);
}

function refresh() {
  if (!keyring.isOpen) waiting.refresh();
  else if (!byId('list').hidden) attemptQuietly(() => list.load());
}

/* --- Unlocking and locking --- */

function showPassphrase() {
  const isHidden = byId('passphrase').type === 'password';
  byId('passphrase').type = isHidden ? 'text' : 'password';
  byId('show').textContent = isHidden ? 'Hide' : 'Show';
  byId('show').setAttribute('aria-pressed', String(isHidden));
}

async function unlock() {
  byId('unlock-button').disabled = true;
  byId('wrong').hidden = true;
  byId('unlocking').textContent = 'Unlocking …';
  /* Unlocking keeps the processor busy for a moment: let the page say so first. */
  await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
  try {
    const officerKey = await keyring.unlock(byId('passphrase').value);
    byId('passphrase').value = '';
    byId('trouble').hidden = true;
    byId('locked').hidden = true;
    byId('open').hidden = byId('lock').hidden = false;
    idle.start();
    isLeaving = false;
    byId('lock-said').textContent = '';
    drafts.save();
    await show();
    catchUp(byId('key-addresses').dataset, officerKey);
  } catch (error) {
    if (error instanceof WrongPassphrase) {
      byId('wrong').hidden = false;
      byId('passphrase').focus();
    } else {
      trouble(error);
    }
  } finally {
    byId('unlocking').textContent = '';
    byId('unlock-button').disabled = false;
  }
}

/* Keys and words go at once. What was being written is sealed and saved, and then the page is loaded anew. */
async function lock() {
  if (!keyring.isOpen) return;
  keyring.lock();
  idle.stop();
  list.forget();
  disclosure.forget();
  leave();
  for (const id of ['open', 'lock', 'trouble']) byId(id).hidden = true;
  byId('locked').hidden = false;
  for (const id of ['said', 'idle']) byId(id).textContent = '';
  history.replaceState(null, '', location.pathname);
  document.title = title;
  await drafts.save();
  if (drafts.areSaved) location.reload();
  else byId('lock-said').textContent = NOT_SAVED;
}

async function signOut(event) {
  const form = event.target;
  /* Another tab may have signed in anew since. */
  form.elements.csrfmiddlewaretoken.value = csrfToken();
  if (drafts.areSaved) return;
  event.preventDefault();
  await drafts.save();
  const leave = drafts.areSaved || isLeaving;
  isLeaving = true;
  if (leave) form.submit();
  else trouble(new Trouble('not-saved'));
}

/* --- Going from the list to a report and back --- */

function go(to) {
  history.pushState(to && { id: to.id, reference: to.reference }, '', to ? `#${to.reference}` : location.pathname);
  show();
}

/* Show what the address names: a report by its reference, or the list. */
async function show() {
  shown += 1;
  const turn = shown;
  const reference = location.hash.match(/^#([A-Z]\d-\d{3})$/)?.[1];
  leave();
  drafts.save();
  say('');
  byId('list').hidden = Boolean(reference);
  byId('report').hidden = !reference;
  byId('reference').textContent = reference ?? '';
  document.title = reference ? `${title} – ${reference}` : title;
  scrollTo(0, 0);
  byId(reference ? 'reference' : 'list-heading').focus();
  await attempt(async () => {
    if (!reference) {
      await list.load();
      return;
    }
    const id = history.state?.id ?? (await list.idOf(reference));
    /* Somebody has gone on, or locked, meanwhile. */
    if (turn !== shown || !keyring.isOpen) return;
    if (!id) throw new Trouble('gone');
    report = new Report(dataset, desk, id);
    byId('reference').textContent = reference;
    await report.show();
  });
}

function leave() {
  report?.close();
  report = null;
}
