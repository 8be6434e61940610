/* The desk: locked, the list, or one report. Opened words and keys live in this page; locking takes them away, and then
   the page is loaded anew, so that nothing of them is left in its memory. */

import { byId, element } from '../shared/page.mjs';
import { Trouble } from './api.mjs';
import { Drafts } from './drafts.mjs';
import { Keyring, WrongPassphrase } from './keyring.mjs';
import { List } from './list.mjs';
import { Lock } from './lock.mjs';
import { Report } from './report.mjs';

const REFRESH = 60000;
const root = byId('desk');
const { dataset } = root;
const title = document.title;
const keyring = new Keyring(dataset);
const drafts = new Drafts(keyring, (words) => { byId('saved').textContent = words; });
const labels = Object.fromEntries(['urgency', 'state', 'outcome'].map((name) => [name, labelIn(name)]));
const list = new List(dataset, keyring, { labels, open: (report) => go(report) });
const report = new Report(dataset, keyring, drafts, { labels, say, trouble, changed: () => attempt(() => list.load()) });
const idle = new Lock(Number(dataset.idle), lock);

byId('unlock').hidden = false;
byId('unlock').addEventListener('submit', (event) => { event.preventDefault(); unlock(); });
byId('show').addEventListener('click', showPassphrase);
byId('refresh').addEventListener('click', () => attempt(() => list.load()));
byId('back').addEventListener('click', (event) => { event.preventDefault(); go(null); });
byId('sign-out').addEventListener('submit', signOut);
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

const TROUBLES = {
  offline: 'The connection was lost. Everything you wrote still stands here. Try again.',
  'no-access': 'Your access has ended. Ask a colleague who can open reports.',
  'signed-out': 'You have been signed out. Sign in again in another tab, then try again here. Everything you wrote still stands here.',
  gone: 'This report is not there any more.',
  refused: 'The server did not take it. Nothing was changed. Everything you wrote still stands here. Try again, and tell whoever looks after the site if it happens again.',
  closed: 'Nothing can be sealed just now, because a key is missing or has expired. You can read reports. Tell whoever looks after the keys.',
  server: 'Something went wrong on the server. Everything you wrote still stands here. Try again in a minute.',
};

function trouble(error) {
  /* Whose access has ended sees nothing more, also of what is open already. */
  if (error instanceof Trouble && error.kind === 'no-access') lock();
  byId('trouble').replaceChildren(
    element('h2', 'That did not work'),
    element('p', TROUBLES[error instanceof Trouble ? error.kind : 'server']),
  );
  byId('trouble').hidden = false;
  byId('trouble').focus();
}

async function attempt(act) {
  try {
    await act();
    byId('trouble').hidden = true;
    return true;
  } catch (error) {
    trouble(error);
    return false;
  }
}

function refresh() {
  if (keyring.isOpen && !byId('list').hidden) attempt(() => list.load());
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
    await keyring.unlock(byId('passphrase').value);
    byId('passphrase').value = '';
    byId('trouble').hidden = true;
    byId('locked').hidden = true;
    byId('open').hidden = byId('lock').hidden = false;
    idle.start();
    await attempt(() => list.load());
    await show();
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
  report.forget();
  for (const id of ['open', 'lock', 'trouble']) byId(id).hidden = true;
  byId('locked').hidden = false;
  for (const id of ['said', 'idle']) byId(id).textContent = '';
  history.replaceState(null, '', location.pathname);
  document.title = title;
  await drafts.save();
  if (drafts.areSaved) location.reload();
  else byId('lock-said').textContent = 'What you wrote is not saved yet. Leave this page open: it keeps trying.';
}

async function signOut(event) {
  if (!keyring.isOpen) return;
  event.preventDefault();
  await drafts.save();
  if (drafts.areSaved) event.target.submit();
  else trouble(new Trouble('offline'));
}

/* --- Going from the list to a report and back --- */

function go(to) {
  history.pushState(to && { id: to.id, reference: to.reference }, '', to ? `#${to.reference}` : location.pathname);
  show();
}

/* Show what the address names: a report by its reference, or the list. */
async function show() {
  const reference = location.hash.slice(1);
  const wanted = reference && (history.state || list.find(reference));
  await drafts.save();
  say('');
  byId('list').hidden = Boolean(wanted);
  byId('report').hidden = !wanted;
  document.title = wanted ? `${title} – ${wanted.reference}` : title;
  if (wanted) {
    await attempt(() => report.show(wanted.id));
  } else {
    report.forget();
    await attempt(() => list.load());
  }
  if (!keyring.isOpen) return;
  scrollTo(0, 0);
  byId(wanted ? 'reference' : 'list-heading').focus();
}
