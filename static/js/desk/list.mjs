/* The list of reports. Order and codes come from the server; titles are made here, from opened concerns. */

import { byId, element } from '../shared/page.mjs';
import { ask } from './api.mjs';
import { openLetter, titleOf } from './letters.mjs';
import { written } from './written.mjs';

const BATCH = 20;
const FILTERS = {
  all: () => true,
  new: ({ state }) => state === 'new',
  news: ({ has_news }) => has_news,
  closed: () => true,
};

export class List {
  constructor({ reports, concerns }, keyring, { open, labels }) {
    Object.assign(this, { urls: { reports, concerns }, keyring, labels, open });
    this.filter = 'all';
    this.forget();
    byId('filters').addEventListener('click', ({ target }) => {
      const button = target.closest('[data-filter]');
      if (button) this.choose(button.dataset.filter);
    });
    byId('more').addEventListener('click', () => this.load(this.reports.length));
  }

  /* Everything that was opened goes. */
  forget() {
    this.reports = [];
    this.titles = new Map();
    this.shown = '';
    byId('rows').replaceChildren();
    byId('count').textContent = '';
  }

  async choose(filter) {
    this.filter = filter;
    byId('filters').querySelectorAll('[data-filter]').forEach((button) => {
      button.setAttribute('aria-pressed', String(button.dataset.filter === filter));
    });
    await this.load();
  }

  /* Ask for the list anew, or for what follows the first `from`. */
  async load(from = 0) {
    const closed = this.filter === 'closed';
    const found = await ask(`${this.urls.reports}?from=${from}${closed ? '&closed' : ''}`);
    if (!this.keyring.isOpen) return;
    this.reports = [...this.reports.slice(0, from), ...found.reports];
    this.total = found.total;
    this.show();
    await this.makeTitles();
  }

  find(reference) {
    return this.reports.find((report) => report.reference === reference);
  }

  show() {
    const listed = this.reports.filter(FILTERS[this.filter]);
    const now = JSON.stringify([this.filter, listed, this.total]);
    /* Asked for anew every minute: what has not changed is left alone, or the focus would be lost. */
    if (now === this.shown) return;
    this.shown = now;
    const focused = document.activeElement?.closest('#rows tr')?.id;
    byId('rows').replaceChildren(...listed.map((report) => this.row(report)));
    if (focused) byId(focused)?.querySelector('a').focus();
    const kind = this.filter === 'closed' ? 'closed' : 'open';
    byId('count').textContent = `${this.total} ${kind}${listed.length < this.total ? `, ${listed.length} shown` : ''}`;
    byId('none').hidden = listed.length > 0;
    byId('more').hidden = this.reports.length >= this.total;
  }

  row(report) {
    const row = byId('row').content.firstElementChild.cloneNode(true);
    const at = (name) => row.querySelector(`.${name}`);
    row.id = `row-${report.reference}`;
    at('waited').textContent = report.waited;
    at('urg').replaceWith(urgency(report.urgency, this.labels.urgency));
    at('state').textContent = this.labels.state(report.state);
    for (const name of ['reference', 'reference-too']) at(name).textContent = report.reference;
    at('open').href = `#${report.reference}`;
    at('open').addEventListener('click', (event) => { event.preventDefault(); this.open(report); });
    for (const name of ['danger', 'has_news']) at(name).hidden = !report[name];
    if (report.state === 'new') at('state').classList.add('tag');
    this.entitle(row, report);
    return row;
  }

  entitle(row, { id }) {
    const found = this.titles.get(id);
    if (!found) return;
    row.querySelector('.title').replaceChildren(written(found.title, 'span'));
    row.querySelector('.from').replaceChildren(...(found.about ? ['· ', written(found.about, 'span')] : []));
  }

  async makeTitles() {
    for (;;) {
      const wanted = this.reports.filter(({ id }) => !this.titles.has(id)).slice(0, BATCH);
      if (!wanted.length || !this.keyring.isOpen) return;
      const { concerns } = await ask(`${this.urls.concerns}?${wanted.map(({ id }) => `report=${id}`).join('&')}`);
      for (const report of wanted) {
        const opened = await openLetter(this.keyring, concerns[report.id] || '');
        if (!this.keyring.isOpen) return;
        this.titles.set(report.id, titleOf(opened));
        const row = byId(`row-${report.reference}`);
        if (row) this.entitle(row, report);
      }
    }
  }
}

const STEPS = { '': 0, blue: 0, green: 1, amber: 2, red: 3 };

/* The word, with three bars beside it. */
export function urgency(code, label) {
  const made = byId('urgency').content.firstElementChild.cloneNode(true);
  made.classList.add(`u${STEPS[code] ?? 0}`);
  made.querySelectorAll('rect').forEach((bar, place) => {
    bar.setAttribute('class', place < (STEPS[code] ?? 0) ? 'on' : 'of');
  });
  made.append(element('span', code ? label(code) : 'Not set'));
  return made;
}
