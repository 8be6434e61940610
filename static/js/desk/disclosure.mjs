/* A disclosure bundle: all open reports that have a name in them, those chosen in one file. The name stays in this page. */

import { plain } from '../common/distress.mjs';
import { byId, complain, element } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';
import { ask, postJson } from './api.mjs';
import { digested, download, record } from './bundle.mjs';
import { wordsOf } from './handover.mjs';
import { titleOf } from './letters.mjs';
import { Report } from './report.mjs';
import { written } from './written.mjs';

/* Every text of a part, wherever it stands. */
const textsOf = (value) => {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
};

const inside = (parts) => parts.map((part) => part.inside);

export class Disclosure {
  constructor({ reports, disclosed }, desk) {
    Object.assign(this, { reports, disclosed, desk });
    byId('disclosure').addEventListener('submit', (event) => { event.preventDefault(); this.attempt(() => this.search()); });
    byId('disclosure-make').addEventListener('click', () => this.attempt(() => this.make()));
    this.forget();
  }

  /* Everything that was opened goes, and the name. */
  forget() {
    Object.assign(this, { found: [], searched: 0 });
    byId('disclosure').reset();
    byId('disclosure-list').replaceChildren();
    byId('disclosure-found').hidden = true;
    byId('disclosure-said').textContent = '';
  }

  async attempt(act) {
    const buttons = byId('disclosure').querySelectorAll('button');
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await act();
    } catch (error) {
      if (this.desk.keyring.isOpen) this.desk.trouble(error);
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  async search() {
    const box = byId('disclosure-name');
    const wanted = plain(tidy(box.value));
    if (!wanted.trim()) {
      complain(box.closest('.f'), 'Write a name.');
      return;
    }
    const { keyring } = this.desk;
    const reports = await this.allOpen();
    Object.assign(this, { found: [], searched: 0 });
    for (const { id } of reports) {
      const given = await ask(`${this.reports}${id}/`);
      const opened = await Report.open(keyring, { ...given, draft: '' });
      if (!keyring.isOpen) return;
      this.searched += 1;
      byId('disclosure-said').textContent = `Looked through ${this.searched} of ${reports.length} …`;
      const texts = textsOf([opened.told, ...['additions', 'replies', 'notes', 'decisions'].map((name) => inside(opened[name]))]);
      if (texts.some((text) => plain(text).includes(wanted))) this.found.push({ ...opened, id, envelope: given.report });
    }
    this.show();
  }

  async allOpen() {
    const reports = new Map();
    let page;
    do {
      page = await ask(`${this.reports}?from=${reports.size}`);
      for (const report of page.reports) reports.set(report.id, report);
    } while (page.reports.length && reports.size < page.total);
    return [...reports.values()];
  }

  show() {
    byId('disclosure-said').textContent = `${this.searched} looked through, ${this.found.length} found.`;
    byId('disclosure-list').replaceChildren(...this.found.map(({ id, envelope, told }) => {
      const row = element('p', '', 'opt sm');
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', id: `disclose-${id}`, value: id });
      const label = element('label', `${envelope.reference}: `);
      label.htmlFor = box.id;
      label.append(written(titleOf(told).title, 'span'));
      row.append(box, label);
      return row;
    }));
    byId('disclosure-found').hidden = !this.found.length;
  }

  async make() {
    const ticked = [...byId('disclosure-list').querySelectorAll(':checked')].map(({ value }) => value);
    const chosen = this.found.filter(({ id }) => ticked.includes(id));
    if (!chosen.length) {
      byId('disclosure-said').textContent = 'Tick at least one.';
      return;
    }
    const words = wordsOf(this.desk.labels);
    const records = [`DISCLOSURE BUNDLE: ${chosen.length} REPORTS`];
    for (const opened of chosen) {
      const { lines } = await ask(`${this.reports}${opened.id}/audit/`);
      records.push(record(opened, words, lines));
    }
    const { file } = await digested(records.join('\n\n'));
    await postJson(this.disclosed, { searched: this.searched, found: this.found.length, chosen: chosen.length });
    if (!this.desk.keyring.isOpen) return;
    download('disclosure.txt', file);
    byId('disclosure-said').textContent = 'The file is made. Delete it from this computer when it is where it belongs.';
  }
}
