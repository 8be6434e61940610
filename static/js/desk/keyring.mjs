/* The keys of an unlocked desk: in this object and nowhere else. Passphrase → officer's key → slots → inbox keys. */

import { TooLong, buildEntity } from '../sealing/entity.mjs';
import { normalisePassphrase, openSlot } from '../sealing/keys.mjs';
import { openSealed } from '../sealing/read.mjs';
import { lockReply, openReply } from '../sealing/reply.mjs';
import { sealEntity } from '../sealing/seal.mjs';
import { fromBase64, minute } from '../common/tools.mjs';
import { Trouble, actFor, ask } from './api.mjs';

export class WrongPassphrase extends Error {}

export class Keyring {
  constructor({ keyring, openpgp }) {
    this.urls = { keyring, openpgp };
    this.inboxKeys = [];
  }

  get isOpen() {
    return this.inboxKeys.length > 0;
  }

  async unlock(typed) {
    const given = await ask(this.urls.keyring);
    const at = performance.now();
    /* The server's time, carried on by a clock that nobody can set. */
    given.now = () => new Date(Date.parse(given.time) + performance.now() - at);
    const library = await import(this.urls.openpgp).catch(() => { throw new Trouble('offline'); });
    const privateKey = await library.readPrivateKey({ armoredKey: given.locked_key });
    let officerKey;
    try {
      officerKey = await library.decryptKey({ privateKey, passphrase: normalisePassphrase(typed) });
    } catch {
      throw new WrongPassphrase();
    }
    /* A slot for an older key may be of no use any more; the others open all the same. */
    const opened = await Promise.allSettled(given.slots.map((slot) => openSlot(library, slot, officerKey)));
    const inboxKeys = opened.filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
    if (!inboxKeys.length) throw new Trouble('no-slot');
    this.inboxKeys = inboxKeys;
    this.given = given;
    actFor(given.id);
    this.library = library;
    return officerKey;
  }

  /* What stays can seal, and open nothing. */
  lock() {
    this.inboxKeys = [];
  }

  open(coded) {
    return openSealed(this.library, fromBase64(coded), this.inboxKeys);
  }

  openReply(coded, replyKey) {
    return openReply(this.library, fromBase64(coded), replyKey);
  }

  get minute() {
    return minute(this.given.now());
  }

  entity({ report, pairs, subject, inbox }) {
    const { recipient } = this.given.inboxes[inbox];
    try {
      return buildEntity({ schema: 1, lang: 'en', ...report }, pairs, { sender: this.given.sender, recipient, subject });
    } catch (error) {
      throw error instanceof TooLong ? new Trouble('too-long') : error;
    }
  }

  /* The key of a report's inbox and the recovery key. Trouble if there are no usable keys today. */
  keysOf(inbox) {
    const keys = this.given.inboxes[inbox]?.keys ?? [];
    if (!keys.length) throw new Trouble('closed');
    return keys;
  }

  async seal(letter) {
    return sealEntity(this.library, this.entity(letter), this.keysOf(letter.inbox), this.given.now());
  }

  /* Send something sealed. If other keys are in use than when the desk was unlocked, it is sealed anew, to them. */
  async sendSealed(sealed, inbox, send) {
    try {
      return await send(sealed);
    } catch (error) {
      const isRefused = error instanceof Trouble && error.kind === 'refused';
      if (!isRefused || !this.isOpen || !(await this.renew(inbox))) throw error;
    }
    const entity = await openSealed(this.library, sealed, this.inboxKeys);
    return send(await sealEntity(this.library, entity, this.keysOf(inbox), this.given.now()));
  }

  /* True if the keys in use for an inbox have changed. */
  async renew(inbox) {
    const before = String(this.given.inboxes[inbox].keys);
    const { inboxes } = await ask(this.urls.keyring);
    const now = String(inboxes[inbox]?.keys ?? '');
    if (!now || now === before) return false;
    this.given.inboxes = inboxes;
    return true;
  }

  async lockReply(letter, replyKey) {
    return lockReply(this.library, this.entity(letter), replyKey);
  }
}
