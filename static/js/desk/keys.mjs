/* The key page: who can open reports, and everything by which that changes. Locked, it shows; unlocked, it also does. */

import { button, byId, element } from '../common/page.mjs';
import { normalisePassphrase } from '../sealing/keys.mjs';
import { Trouble, csrfToken } from './api.mjs';
import { Holding } from './holding.mjs';
import { Asking } from './asking.mjs';
import { WrongPassphrase } from './keyring.mjs';
import { Lock } from './lock.mjs';
import { steps } from './first_opening.mjs';
import { MAIN, RECOVERY } from './vouching.mjs';

const { dataset } = byId('keys');
const holding = new Holding(dataset, dataset.team);
const asking = new Asking();
const idle = new Lock(Number(dataset.idle), lock);
const INBOXES = { main: 'the team’s inbox', restricted: 'the restricted inbox' };
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const HOUR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const TROUBLES = {
  offline: 'The connection was lost. Try again: what is done is done, and the rest goes on from there.',
  'no-slot': 'Your key does not open this. Ask a colleague who can open reports to let you in.',
  'no-access': 'Your access has ended, or you cannot open reports yet. Ask a colleague who can.',
  'signed-out': 'You have been signed out. Sign in again in another tab, then try again here.',
  gone: 'This is not there any more. Load the page anew.',
  refused: 'The server did not take it. Nothing was changed.',
  closed: 'Nothing can be sealed just now, because a key is missing or has expired.',
  server: 'Something went wrong on the server. Try again in a minute.',
};

byId('unlock').addEventListener('submit', (event) => { event.preventDefault(); attempt(unlock); });
byId('recovery-form').addEventListener('submit', (event) => { event.preventDefault(); attempt(enterRecoveryKey); });
byId('sign-out').addEventListener('submit', ({ target }) => { target.elements.csrfmiddlewaretoken.value = csrfToken(); });
attempt(() => holding.load());

const say = (words) => { byId('said').textContent = words; };
const grouped = (fingerprint) => fingerprint.match(/.{1,4}/g)?.join(' ') ?? '';

/* Do something, show what is so afterwards, and say what went wrong. */
async function attempt(act, ...values) {
  byId('keys').setAttribute('aria-busy', 'true');
  try {
    await act(...values);
    byId('trouble').hidden = true;
  } catch (error) {
    if (error instanceof WrongPassphrase) byId('wrong').hidden = false;
    else trouble(error);
  } finally {
    byId('keys').removeAttribute('aria-busy');
  }
  if (holding.state) await show();
}

function trouble(error) {
  const text = error.said || TROUBLES[error instanceof Trouble ? error.kind : 'server'];
  const again = element('p', '');
  if (error.again) again.append(Object.assign(element('a', 'Type a code (in a new tab)', 'tap'), { href: error.again, target: '_blank' }));
  byId('trouble').replaceChildren(element('h2', 'That did not work'), element('p', text), again);
  byId('trouble').hidden = false;
  byId('trouble').focus();
}

const does = (text, act, ...values) => button(text, () => attempt(act, ...values));

/* --- Showing --- */

async function show() {
  const { state, isOpen } = holding;
  const believed = {};
  for (const inbox of isOpen ? Object.keys(INBOXES) : []) believed[inbox] = await holding.believed(inbox);
  showMine();
  byId('people-part').hidden = !state.officers.length;
  byId('people').replaceChildren(...state.officers.map((one) => row(one, believed)));
  Object.keys(INBOXES).forEach(showInbox);
  showRecovery(believed);
  const todo = steps(holding);
  byId('todo-part').hidden = todo.every(({ done }) => done);
  byId('todo').replaceChildren(...todo.map(({ words, done }) =>
    element('li', `${words}${done ? ' Done.' : ''}`, done ? 'done' : '')));
}

function showMine() {
  const { state, isOpen } = holding;
  byId('unlock').hidden = isOpen || !state.locked_key;
  byId('mine-open').hidden = !isOpen;
  byId('lock').hidden = !isOpen;
  if (isOpen) byId('own').textContent = grouped(holding.own);
  byId('not-in').hidden = state.slots.length > 0 || state.founds.length > 0;
  const actions = isOpen ? [does('New passphrase', changePassphrase)] : [];
  if (!state.locked_key) actions.push(does('Make my key', makeOwnKey));
  else if (!isOpen) actions.push(does('I lost my passphrase', loseKey));
  byId('mine-do').replaceChildren(...actions);
}

function row(one, believed) {
  const line = element('tr', '');
  line.id = `officer-${one.id}`;
  const isMe = one.id === holding.state.id;
  const opens = one.inboxes.map((inbox) => INBOXES[inbox]).join(', ');
  const name = element('td', '', 'c1');
  name.append(element('b', one.name), isMe ? ' (you)' : '');
  const state = one.disabled ? 'Access ended' : opens || (one.fingerprint ? 'Nothing yet' : 'Invited: no key yet');
  const last = one.last_opened ? HOUR.format(new Date(one.last_opened)) : 'Never';
  const acts = element('td', '', 'acts');
  if (holding.isOpen && !isMe && !one.disabled) acts.append(...actsOn(one, believed));
  line.append(name, element('td', state, one.inboxes.length ? 'opens' : ''), element('td', last, 'when'), acts);
  line.setAttribute('role', 'row');
  line.querySelectorAll('td').forEach((cell) => cell.setAttribute('role', 'cell'));
  return line;
}

function actsOn(one, believed) {
  const acts = [];
  for (const inbox of one.fingerprint ? Object.keys(INBOXES) : []) {
    if (!holding.inboxKeys.has(holding.keyInUse(inbox)?.fingerprint)) continue;
    const enrols = !one.inboxes.includes(inbox);
    const to = inbox === MAIN ? '' : ' (restricted)';
    if (enrols) acts.push(does(`Let ${one.name} in${to}`, compare, one, inbox, true));
    else if (!believed[inbox].officers.has(one.fingerprint)) acts.push(does(`Check ${one.name}${to}`, compare, one, inbox, false));
  }
  if (holding.inboxKeys.size) acts.push(does(`End access of ${one.name}`, disable, one));
  return acts;
}

function showInbox(inbox) {
  const part = byId(`inbox-${inbox}`);
  const key = holding.keyInUse(inbox);
  const canFound = holding.state.founds.includes(inbox) && holding.isOpen;
  const opens = holding.inboxKeys.has(key?.fingerprint);
  part.hidden = !key && !canFound;
  const about = [];
  const acts = [];
  if (key) {
    about.push(ends(key));
    if (key.rotate) about.push(element('p', 'Somebody’s access ended. Change this key now: they may remember it.', 'emsg'));
    if (key.behind) about.push(element('p', `${key.behind} letters are sealed to earlier keys. They can be read as before.`));
  }
  if (opens) {
    const slot = holding.state.slots.find(({ fingerprint }) => fingerprint === key.fingerprint);
    if (!key.is_live && !slot.proved) acts.push(does('Open the test report', openTestReport, inbox));
    if (key.behind) acts.push(does('Go on', rewrap));
    acts.push(does('Change the key', changeInboxKey, inbox), does('Take it out for a mail program', exportKey, inbox));
  } else if (canFound) {
    about.push(element('p', 'It has no key yet.'));
    acts.push(does('Make the key', changeInboxKey, inbox));
  }
  part.querySelector('.about').replaceChildren(...about);
  part.querySelector('.do').replaceChildren(...acts);
}

function showRecovery(believed) {
  const { state, isOpen } = holding;
  const key = holding.keyInUse(MAIN, RECOVERY);
  const isHolder = holding.inboxKeys.has(holding.keyInUse(MAIN)?.fingerprint) || state.founds.includes(MAIN);
  byId('recovery').hidden = !key && !(isOpen && isHolder);
  byId('recovery-form').hidden = !(isOpen && isHolder);
  byId('recovery').querySelector('.about').replaceChildren(...(key
    ? [ends(key), element('p', grouped(key.fingerprint), 'fpr')] : [element('p', 'There is none yet.')]));
  const unknown = key && isOpen && isHolder && !believed[MAIN].recovery.has(key.fingerprint);
  byId('recovery').querySelector('.do').replaceChildren(...(unknown ? [does('Check the recovery key', compareRecovery, key)] : []));
}

function ends({ expires_at: at, days, alarm }) {
  const date = DATE.format(new Date(at));
  if (days < 0) return element('p', `It ended on ${date}. The form shows the phone numbers.`, 'emsg');
  return alarm ? element('p', `It ends in ${days} days, on ${date}. Then the form shows the phone numbers.`, 'emsg')
    : element('p', `In use until ${date}.`);
}

/* --- One's own key --- */

async function unlock() {
  byId('wrong').hidden = true;
  await holding.unlock(byId('passphrase').value);
  byId('passphrase').value = '';
  await opened();
}

async function opened() {
  idle.start();
  await rewrap();
}

function lock() {
  if (!holding.isOpen) return;
  holding.lock();
  location.reload();
}

async function newPassphrase() {
  const passphrase = await holding.newPassphrase();
  return (await asking.newPassphrase(passphrase, normalisePassphrase)) ? passphrase : null;
}

async function makeOwnKey() {
  const passphrase = await newPassphrase();
  if (!passphrase) return;
  await holding.makeOwnKey(dataset.name, passphrase);
  await opened();
  say('You have a key.');
}

async function loseKey() {
  const isSure = await asking.sure('Make a new key?', 'Your old key opens nothing after this. A colleague has to let you in '
    + 'again.', 'Make a new key');
  if (isSure) await makeOwnKey();
}

async function changePassphrase() {
  const passphrase = await newPassphrase();
  if (!passphrase) return;
  await holding.changePassphrase(passphrase);
  say('Your passphrase is the new one. Destroy the paper with the old one.');
}

/* --- Colleagues --- */

async function compare(one, inbox, enrols) {
  const heard = await asking.fingerprint({
    heading: enrols ? `Let ${one.name} in` : `Check ${one.name}`,
    hint: `Ring ${one.name}, or sit beside them. They unlock this page on their own computer and read their fingerprint to you.`,
    isRight: async (typed) => typed === await holding.fingerprintOf(one.public_key),
    go: enrols ? `Let ${one.name} in` : 'It is the same',
  });
  if (!heard) return;
  await holding.vouch(one, inbox, { enrols });
  say(enrols ? `${one.name} can open ${INBOXES[inbox]}.` : `You have checked ${one.name}.`);
}

async function disable(one) {
  const isSure = await asking.sure(`End access of ${one.name}?`, 'They are signed out at once, and can open nothing that comes '
    + 'from here. Change the keys afterwards: they may have kept a copy.', 'End access');
  if (!isSure) return;
  await holding.disable(one);
  say(`The access of ${one.name} has ended.`);
}

/* --- Inboxes --- */

async function changeInboxKey(inbox) {
  const holders = await holding.holders(inbox);
  const names = (people) => people.map(({ name }) => name).join(', ');
  const left = holders.left.length ? ` Left out, because you have not checked them: ${names(holders.left)}.` : '';
  const isSure = await asking.sure(`A new key for ${INBOXES[inbox]}`, `It is for: ${names(holders.given)}.${left}`, 'Make the new key');
  if (!isSure) return;
  await holding.makeInboxKey(inbox, holders);
  say('The new key is in use.');
  await rewrap();
}

/* Seal to the keys in use whatever is not: after a change, and what arrived late or was left by a reload. */
async function rewrap() {
  if (!holding.state.keys.some(({ behind, fingerprint }) => behind && holding.inboxKeys.has(fingerprint))) return;
  byId('progress-part').hidden = false;
  try {
    const closed = await holding.rewrapAll((done, all) => {
      byId('progress').max = Math.max(all, 1);
      byId('progress').value = done;
      say(`Sealed to the keys in use: ${done} of ${all}.`);
    });
    if (closed) say(`${closed} could not be opened with your keys, and were left as they are.`);
    await holding.load();
  } finally {
    byId('progress-part').hidden = true;
  }
}

async function openTestReport(inbox) {
  await holding.openTestReport(inbox);
  say('You opened the test report.');
}

async function exportKey(inbox) {
  const isSure = await asking.sure('Take the key out?', 'Whoever has the file and its words can open every report. It is noted '
    + 'that you did it.', 'Take it out');
  if (!isSure) return;
  const passphrase = await holding.newPassphrase();
  const file = new Blob([await holding.export(inbox, passphrase)], { type: 'application/pgp-keys' });
  byId('taken-words').textContent = passphrase;
  Object.assign(byId('taken-file'), { href: URL.createObjectURL(file), download: `${inbox}-inbox-private.asc` });
  byId('taken-out').hidden = false;
  byId('taken-heading').focus();
}

/* --- The recovery key --- */

async function enterRecoveryKey() {
  await useRecoveryKey(byId('recovery-armored').value);
  byId('recovery-armored').value = '';
}

async function useRecoveryKey(armored) {
  await holding.changeRecoveryKey(armored);
  say('The recovery key is in use.');
  await rewrap();
}

async function compareRecovery(key) {
  const heard = await asking.fingerprint({
    heading: 'Check the recovery key',
    hint: 'Take the recovery sheet, or the key itself. Type the fingerprint that stands there, not the one on this page.',
    isRight: async (typed) => typed === await holding.fingerprintOf(key.armored),
    go: 'It is the same',
  });
  if (heard) await useRecoveryKey(key.armored);
}
