/* What an officer is still writing, kept by the server as a sealed draft: it survives lock, reload and another computer.
   Sealing needs public keys only, so a draft can still be saved when the desk has just been locked. */

import { toBase64 } from '../shared/tools.mjs';
import { ask, send } from './api.mjs';

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
    this.working = Promise.resolve();
  }

  change(url, draft) {
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
    for (const [url, draft] of this.typed) {
      try {
        this.unsaved.set(url, draft && (await this.keyring.seal(letter(draft))));
        if (this.typed.get(url) === draft) this.typed.delete(url);
      } catch {
        this.say('Not saved: nothing can be sealed just now.');
        return;
      }
    }
    for (const [url, body] of this.unsaved) {
      try {
        await (body ? send('PUT', url, body) : ask(url, { method: 'DELETE' }));
      } catch {
        this.say('Not saved yet. We keep trying.');
        this.timer = setTimeout(() => this.save(), TRY_AGAIN);
        return;
      }
      if (this.unsaved.get(url) === body) this.unsaved.delete(url);
      this.say(body ? 'Saved, sealed.' : '');
    }
  }

  /* Sealed bytes of a draft that only this page has, as text. */
  unsavedFor(url) {
    const body = this.unsaved.get(url);
    return body ? toBase64(body) : '';
  }

  get areSaved() {
    return this.typed.size === 0 && this.unsaved.size === 0;
  }
}

const letter = (draft) => ({
  report: { kind: 'draft', ...draft },
  pairs: [['Reply', draft.reply], ['Why', draft.reason]],
  subject: 'Draft',
});
