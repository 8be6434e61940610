/* Whether a report goes when the council's period is over, or stays because an officer said so. */

import { byId } from '../common/page.mjs';
import { postJson } from './api.mjs';

export class Preserving {
  /* `days` after which reports go, 0 for never; `changed` shows the report anew. */
  constructor(url, desk, days, { isOver, changed }) {
    Object.assign(this, { url, desk, days, isOver, changed });
    byId('preserve').onclick = () => this.change();
  }

  show({ preserved }) {
    this.preserved = preserved;
    const goes = this.days ? `It goes ${this.days} days after it was closed and copied to its case.` : 'The council has not set a period, so nothing is deleted.';
    byId('preserve-said').textContent = preserved ? 'It stays, however old it gets.' : goes;
    byId('preserve').textContent = preserved ? 'It may go again' : 'Keep it';
  }

  async change() {
    byId('preserve').disabled = true;
    try {
      await postJson(`${this.url}preserved/`, { preserved: !this.preserved });
      await this.changed();
      if (!this.isOver()) this.desk.say(this.preserved ? 'It stays.' : 'It may go again.');
    } catch (error) {
      if (!this.isOver()) this.desk.trouble(error);
    } finally {
      byId('preserve').disabled = false;
    }
  }
}
