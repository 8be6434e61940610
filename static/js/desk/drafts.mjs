/* What an officer is still writing, kept by the server as a sealed draft: it survives lock, reload and another computer.
   Sealing needs public keys only, so a draft can still be saved when the desk has just been locked. */

import { toBase64 } from '../common/tools.mjs';
import { Trouble, ask, send } from './api.mjs';

const PAUSE = 500;
const TRY_AGAIN = 5000;

export class Drafts {
  constructor(keyring, say) {
    this.keyring = keyring;
    this.say = say;
    /* Address → a draft that was typed and not sealed yet (null: nothing is left of it). */
    this.typed = new Map();
    /* Address → sealed bytes that did not reach the server yet (null: to be removed). */
    this.unsaved = new Map();
    /* Address → the inbox of its report. */
    this.inboxes = new Map();
    this.working = Promise.resolve();
  }

  change(url, inbox, draft) {
    this.inboxes.set(url, inbox);
    this.typed.set(url, draft);
    this.say('');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /* Seal and send everything that waits, one after the other. */
  save() {
    clearTimeout(this.timer);
    this.working = this.working.then(() => this.saveAll());
    return this.working;
  }

  async saveAll() {
    for (const [url, draft] of this.typed) await this.seal(url, draft);
    for (const [url, body] of this.unsaved) await this.put(url, body);
    if (!this.areSaved) this.timer = setTimeout(() => this.save(), TRY_AGAIN);
  }

  async seal(url, draft) {
    try {
      this.unsaved.set(url, draft && (await this.keyring.seal(letter(draft, this.inboxes.get(url)))));
    } catch {
      this.say('Not saved: nothing can be sealed just now.');
      /* A locked desk keeps no words. */
      if (this.keyring.isOpen) return;
    }
    if (this.typed.get(url) === draft) this.typed.delete(url);
  }

  /* One draft that cannot be saved does not hold up the others. */
  async put(url, body) {
    try {
      if (body) await this.keyring.sendSealed(body, this.inboxes.get(url), (sealed) => send('PUT', url, sealed));
      else await ask(url, { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof Trouble && error.kind === 'gone')) {
        this.say('Not saved yet. We keep trying.');
        return;
      }
    }
    if (this.unsaved.get(url) === body) this.unsaved.delete(url);
    if (this.areSaved) this.say(body ? 'Saved, sealed.' : '');
  }

  /* The draft of an address if the server may not have it yet: sealed bytes as text, empty if it is to be removed;
     undefined if the server's is the newest. */
  async newest(url) {
    if (this.typed.has(url)) await this.seal(url, this.typed.get(url));
    const body = this.unsaved.get(url);
    return body ? toBase64(body) : body === null ? '' : undefined;
  }

  get areSaved() {
    return this.typed.size === 0 && this.unsaved.size === 0;
  }
}

const letter = (draft, inbox) => ({
  inbox,
  report: { kind: 'draft', ...draft },
  pairs: [['Reply', draft.reply], ['Note', draft.note], ['Why', draft.reason], ['Second officer', draft.second]],
  subject: 'Draft',
});
