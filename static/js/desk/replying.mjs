/* Beside the box of a reply: texts to start from, what the sender will see, and what the reply should not repeat. */

import { byId } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';
import { repeats } from './repeats.mjs';

const DAY = { timeZone: 'Europe/London', weekday: 'long', day: 'numeric', month: 'long' };

export class Replying {
  constructor(box) {
    Object.assign(this, { box, opened: null });
    const starts = [...byId('reply-start').options].map(({ value }) => value);
    this.harmless = [byId('repeats').dataset.harmless, ...starts].join(' ');
    byId('reply-start').onchange = ({ target }) => this.start(target.value);
    byId('repeats-checked').onchange = () => this.show();
  }

  follow(opened) {
    this.opened = opened;
    this.show();
  }

  close() {
    this.opened = null;
    this.show();
  }

  /* As if it had been typed, so that it is kept like everything typed. */
  start(text) {
    if (!text) return;
    this.box.value = text;
    this.box.dispatchEvent(new Event('input', { bubbles: true }));
    this.box.focus();
  }

  /* After something was sent: an empty box starts from nothing. */
  sent() {
    if (!this.box.value) byId('reply-start').value = '';
    this.show();
  }

  show() {
    const text = this.opened ? tidy(this.box.value) : '';
    const found = text ? repeats(text, this.opened, this.harmless) : [];
    const now = found.join(', ');
    if (byId('repeated').textContent !== now) {
      byId('repeated').textContent = now;
      byId('repeats-checked').checked = false;
    }
    byId('repeats').hidden = !found.length;
    byId('preview').hidden = !text;
    byId('preview').querySelector('.keep').textContent = text;
    byId('preview').querySelector('.day').textContent = new Date().toLocaleDateString('en-GB', DAY).replace(',', '');
  }

  /* Whether what it repeats was looked at. */
  get isChecked() {
    return byId('repeats').hidden || byId('repeats-checked').checked;
  }
}
