/* The list of reports. Order and codes come from the server; titles are made here, from opened concerns. */

import { byId, element } from '../common/page.mjs';
import { ask } from './api.mjs';
import { openLetter, titleOf } from './letters.mjs';
import { sayMarked } from './waiting.mjs';
import { written } from './written.mjs';

const BATCH = 20;

export class List {
  constructor({ reports, concerns }, keyring, { open, labels, attempt }) {
    Object.assign(this, { urls: { reports, concerns }, keyring, labels, open, turn: 0, making: null });
    this.filter = 'all';
    this.forget();
    byId('filters').addEventListener('click', ({ target }) => {
      const button = target.closest('[data-filter]');
      if (button) attempt(() => this.choose(button.dataset.filter));
    });
    byId('more').addEventListener('click', () => attempt(() => this.load(this.reports.length + 1)));
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
    this.reports = [];
    byId('filters').querySelectorAll('[data-filter]').forEach((button) => {
      button.setAttribute('aria-pressed', String(button.dataset.filter === filter));
    });
    await this.load();
  }

  /* Ask for the list anew: as much of it as is shown, or more. Of two answers the later question counts. */
  async load(atLeast = this.reports.length) {
    this.turn += 1;
    const { turn, filter } = this;
    const reports = new Map();
    let found;
    let from = 0;
    do {
      found = await ask(`${this.urls.reports}?from=${from}&${filter}`);
      from += found.reports.length;
      for (const report of found.reports) reports.set(report.id, report);
    } while (found.reports.length && from < Math.min(atLeast, found.total));
    if (!this.keyring.isOpen || turn !== this.turn) return;
    this.reports = [...reports.values()];
    this.show(found);
    this.making ??= this.makeTitles().finally(() => { this.making = null; });
    await this.making;
  }

  /* The id of a report, wherever it is listed; undefined if there is none. */
  async idOf(reference) {
    const listed = this.reports.find((report) => report.reference === reference);
    return (listed ?? (await ask(`${this.urls.reports}?reference=${encodeURIComponent(reference)}`)).reports[0])?.id;
  }

  show({ total, counts }) {
    sayMarked(counts.marked);
    const listed = this.reports;
    const now = JSON.stringify([this.filter, listed, total, counts]);
    /* Asked for anew every minute: what has not changed is left alone, or the focus would be lost. */
    if (now === this.shown) return;
    this.shown = now;
    const focused = document.activeElement?.closest('#rows tr')?.id;
    byId('rows').replaceChildren(...listed.map((report) => this.row(report)));
    if (focused) byId(focused)?.querySelector('a').focus();
    byId('count').textContent = `${counts.all} open${listed.length < total ? `, ${listed.length} of ${total} shown` : ''}`;
    byId('filters').querySelectorAll('[data-filter]').forEach(({ dataset, lastElementChild }) => {
      lastElementChild.textContent = counts[dataset.filter];
    });
    byId('none').hidden = listed.length > 0;
    byId('more').hidden = listed.length >= total;
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
    for (const name of ['danger', 'has_news', 'marked']) at(name).hidden = !report[name];
    at('restricted').hidden = report.inbox !== 'restricted';
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
