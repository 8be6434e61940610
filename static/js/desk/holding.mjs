/* What an officer's browser does with keys. The server gets public halves, and private ones locked or sealed. */

import { lock, makeKey, makePassphrase, makeSlot, normalisePassphrase, openSlot } from '../sealing/keys.mjs';
import { openSealed, readEntity } from '../sealing/read.mjs';
import { fetchList, fromBase64, toBase64 } from '../common/tools.mjs';
import { Trouble, actFor, ask, postJson } from './api.mjs';
import { WrongPassphrase } from './keyring.mjs';
import { MAIN, RECOVERY, believed, fingerprintOf, sign } from './vouching.mjs';

const DAY = 86400000;
const DAYS = 730;
const EXTEND_BEFORE = 90;

export class Holding {
  constructor(urls, team) {
    this.urls = urls;
    this.team = team;
    this.officerKey = null;
    /* Opened inbox keys, by fingerprint. */
    this.inboxKeys = new Map();
  }

  get isOpen() {
    return this.officerKey !== null;
  }

  async load() {
    this.library ??= await import(this.urls.openpgp).catch(() => { throw new Trouble('offline'); });
    this.state = await ask(this.urls.state);
    actFor(this.state.id);
    if (this.isOpen) await this.openSlots();
  }

  async unlock(typed) {
    await this.load();
    const privateKey = await this.library.readPrivateKey({ armoredKey: this.state.locked_key });
    try {
      this.officerKey = await this.library.decryptKey({ privateKey, passphrase: normalisePassphrase(typed) });
    } catch {
      throw new WrongPassphrase();
    }
    await this.openSlots();
    await this.extend();
  }

  /* With a key that is unlocked already. */
  async open(officerKey) {
    this.officerKey = officerKey;
    await this.load();
  }

  lock() {
    this.officerKey = null;
    this.inboxKeys.clear();
  }

  async openSlots() {
    await Promise.all(this.state.slots.filter(({ fingerprint }) => !this.inboxKeys.has(fingerprint)).map(async (slot) => {
      const key = await openSlot(this.library, slot.sealed, this.officerKey).catch(() => null);
      /* A slot that holds another key than the server says is none. */
      if (key && fingerprintOf(key) === slot.fingerprint) this.inboxKeys.set(slot.fingerprint, key);
    }));
  }

  get own() {
    return fingerprintOf(this.officerKey);
  }

  keyInUse(inbox, role = 'inbox') {
    return this.state.keys.find((key) => key.inbox === inbox && key.role === role);
  }

  async fingerprintOf(armoredKey) {
    return fingerprintOf(await this.library.readKey({ armoredKey }));
  }

  /* Whom this officer can believe, for an inbox. */
  believed(inbox) {
    return believed(this.library, this.state, inbox, this.own);
  }

  /* --- An officer's own key --- */

  async newPassphrase() {
    return makePassphrase(await fetchList(this.urls.words));
  }

  async makeOwnKey(name, passphrase) {
    const { publicKey, privateKey } = await makeKey(this.library, { name, email: '', days: DAYS });
    await postJson(this.urls.mine, { public_key: publicKey, locked_key: await lock(this.library, privateKey, passphrase) });
    this.officerKey = privateKey;
    await this.load();
  }

  async changePassphrase(passphrase) {
    await postJson(this.urls.passphrase, { locked_key: await lock(this.library, this.officerKey, passphrase) });
    await this.load();
  }

  /* --- Colleagues --- */

  /* Sign that a colleague's fingerprint is as they read it, and make slots for them if they are to open an inbox. */
  async vouch(colleague, inbox, { enrols }) {
    const publicKey = await this.library.readKey({ armoredKey: colleague.public_key });
    const fingerprint = fingerprintOf(publicKey);
    const slots = {};
    for (const slot of enrols ? this.state.slots.filter((one) => one.inbox === inbox) : []) {
      const key = this.inboxKeys.get(slot.fingerprint);
      if (key) slots[slot.fingerprint] = await makeSlot(this.library, key, publicKey);
    }
    const signature = await sign(this.library, this.officerKey, inbox, fingerprint);
    await postJson(this.urls.vouches, { officer: colleague.id, inbox, fingerprint, signature, slots });
    await this.load();
  }

  async disable(colleague) {
    await postJson(this.urls.disabled, { officer: colleague.id });
    await this.load();
  }

  /* --- Inbox keys --- */

  /* Who would get the next key of an inbox: whoever holds this one and is vouched for; and who is not. */
  async holders(inbox) {
    const { officers } = await this.believed(inbox);
    const able = this.state.officers.filter((one) => !one.disabled && one.inboxes.includes(inbox) && one.id !== this.state.id);
    const me = this.state.officers.find(({ id }) => id === this.state.id);
    const isBelieved = (one) => officers.has(one.fingerprint);
    return { given: [me, ...able.filter(isBelieved)], left: able.filter((one) => !isBelieved(one)) };
  }

  /* The recovery key, if an officer who is believed compared it. Throws Trouble otherwise. */
  async recoveryKey(inbox) {
    const stored = this.keyInUse(inbox, RECOVERY) ?? this.keyInUse(MAIN, RECOVERY);
    if (!stored) throw new Trouble('refused', { said: 'There is no recovery key yet.' });
    const key = await this.library.readKey({ armoredKey: stored.armored });
    const { recovery } = await this.believed(inbox);
    if (!recovery.has(fingerprintOf(key))) throw new Trouble('refused', { said: NOT_COMPARED });
    return key;
  }

  async makeInboxKey(inbox, { given }) {
    const recoveryKey = await this.recoveryKey(inbox);
    const name = `${this.team} ${inbox === MAIN ? 'inbox' : 'restricted inbox'}`;
    const { publicKey, privateKey } = await makeKey(this.library, { name, email: '', days: DAYS });
    const { officers } = await this.believed(inbox);
    const slots = {};
    for (const one of given) {
      const key = one.id === this.state.id
        ? this.officerKey.toPublic() : await this.library.readKey({ armoredKey: one.public_key });
      /* What the server called a fingerprint is one only if the key has it. */
      if (!officers.has(fingerprintOf(key))) throw new Trouble('refused', { said: `The key of ${one.name} is not vouched for.` });
      slots[one.id] = await makeSlot(this.library, privateKey, key);
    }
    await postJson(this.urls.inboxKey, {
      inbox,
      public_key: publicKey,
      slots,
      recovery_slot: await makeSlot(this.library, privateKey, recoveryKey),
      replaces: this.keyInUse(inbox)?.fingerprint ?? '',
    });
    await this.load();
  }

  /* Wrap what is sealed to earlier keys for those in use. It can end anywhere and begin again. Says how far it is, and
     returns how many letters could not be opened. */
  async rewrap(inbox, progress) {
    const stored = this.keyInUse(inbox);
    const own = stored && this.inboxKeys.get(stored.fingerprint);
    if (!own) throw new Trouble('no-slot');
    /* The served key may have a later end than the one in the slot; which key it is, the slot says. */
    const inboxKey = await this.library.readKey({ armoredKey: stored.armored });
    if (fingerprintOf(inboxKey) !== fingerprintOf(own)) throw new Trouble('refused');
    const encryptionKeys = [inboxKey, await this.recoveryKey(inbox)];
    const decryptionKeys = [...this.inboxKeys.values()];
    let [after, done, closed, all] = ['', 0, 0, null];
    for (;;) {
      const { letters, total } = await ask(`${this.urls.letters}?inbox=${inbox}${after && `&after=${after}`}`);
      all ??= total;
      if (!letters.length) return closed;
      after = letters.at(-1).id;
      const wrapped = await Promise.all(letters.map((letter) => this.wrap(letter, decryptionKeys, encryptionKeys)));
      const opened = wrapped.filter(Boolean);
      closed += letters.length - opened.length;
      if (opened.length) await postJson(this.urls.letters, { inbox, letters: opened });
      done += opened.length;
      progress(done, all);
    }
  }

  /* Whatever arrived late, or was left by a reload, for each inbox that the officer opens. */
  async rewrapAll(progress) {
    let closed = 0;
    for (const { inbox, behind, fingerprint } of this.state.keys) {
      if (behind && this.inboxKeys.has(fingerprint)) closed += await this.rewrap(inbox, progress);
    }
    return closed;
  }

  async wrap({ id, wrapped }, decryptionKeys, encryptionKeys) {
    const date = this.now;
    try {
      const message = await this.library.readMessage({ binaryMessage: fromBase64(wrapped) });
      const [sessionKey] = await this.library.decryptSessionKeys({ message, decryptionKeys, date });
      const made = await this.library.encryptSessionKey({ ...sessionKey, encryptionKeys, date, format: 'binary' });
      return { id, old: wrapped, new: toBase64(made) };
    } catch {
      return null;
    }
  }

  get now() {
    return new Date(this.state.time);
  }

  /* Keys in use get two more years when fewer than 90 days are left. */
  async extend() {
    const ending = this.state.keys.filter(({ role, days, fingerprint }) =>
      role === 'inbox' && days < EXTEND_BEFORE && this.inboxKeys.has(fingerprint));
    for (const { fingerprint } of ending) {
      const privateKey = this.inboxKeys.get(fingerprint);
      const lasts = this.now - privateKey.getCreationTime() + DAYS * DAY;
      const { publicKey } = await this.library.reformatKey({
        privateKey,
        userIDs: privateKey.users.map(({ userID: { name, email } }) => ({ name, email })),
        keyExpirationTime: Math.round(lasts / 1000),
        date: this.now,
        format: 'armored',
        config: { aeadProtect: false, v6Keys: false },
      });
      await postJson(this.urls.extended, { public_key: publicKey });
    }
    if (ending.length) await this.load();
  }

  /* The key of an inbox as a file for a mail program, locked with a passphrase of its own. */
  async export(inbox, passphrase) {
    const key = this.inboxKeys.get(this.keyInUse(inbox).fingerprint);
    await postJson(this.urls.exported, { inbox });
    return lock(this.library, key, passphrase);
  }

  async changeRecoveryKey(armoredKey) {
    /* A private half that was pasted by mistake never leaves this computer. */
    if (armoredKey.includes('PRIVATE KEY')) throw new Trouble('refused', { said: PRIVATE_HALF });
    const key = await this.library.readKey({ armoredKey }).catch(() => { throw new Trouble('refused', { said: NO_KEY }); });
    const signature = await sign(this.library, this.officerKey, RECOVERY, fingerprintOf(key));
    await postJson(this.urls.recoveryKey, { public_key: armoredKey, signature });
    await this.load();
  }

  async openTestReport(inbox) {
    const { sealed } = await ask(`${this.urls.openingTest}?inbox=${inbox}`);
    const opened = await openSealed(this.library, fromBase64(sealed), [...this.inboxKeys.values()]);
    await postJson(this.urls.openingTest, { inbox, code: readEntity(opened).test });
    await this.load();
  }
}

const NOT_COMPARED = 'Nobody whose key you have checked has compared the recovery key. Check a colleague first, or enter '
  + 'the recovery key anew from its file.';
const PRIVATE_HALF = 'This is the private half. It was not sent. Take it off this computer, and enter recovery-public.asc.';
const NO_KEY = 'This is not a public key. Copy all of recovery-public.asc, with its first and last line.';
