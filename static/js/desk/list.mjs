/* The list of reports. Order and codes come from the server; titles are made here, from opened concerns. */

import { byId, element } from '../common/page.mjs';
import { ask } from './api.mjs';
import { Opened } from './opened.mjs';
import { Search } from './search.mjs';
import { sayMarked } from './waiting.mjs';
import { written } from './written.mjs';

export class List {
  constructor({ reports, concerns }, keyring, { open, labels, attempt }) {
    Object.assign(this, { url: reports, keyring, labels, open, turn: 0 });
    this.filter = 'all';
    this.opened = new Opened({ reports, concerns }, keyring, (report) => this.entitle(report));
    this.search = new Search(this.opened, keyring, () => this.show());
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
    this.numbers = null;
    this.shown = '';
    this.opened.forget();
    this.search.forget();
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

  /* Ask for the list anew: as much of it as is shown, or more. Of two answers the later question counts. Then whatever
     else is open is opened, too, so that it can be found. */
  async load(atLeast = this.reports.length) {
    this.turn += 1;
    const { turn, filter } = this;
    const reports = new Map();
    let found;
    let from = 0;
    do {
      found = await ask(`${this.url}?from=${from}&${filter}`);
      from += found.reports.length;
      for (const report of found.reports) reports.set(report.id, report);
    } while (found.reports.length && from < Math.min(atLeast, found.total));
    if (!this.keyring.isOpen || turn !== this.turn) return;
    this.reports = [...reports.values()];
    this.numbers = found;
    this.show();
    /* Closed ones stay closed: they are opened one at a time, for a reason. */
    if (filter !== 'closed') this.opened.open(this.reports).catch(() => {});
    await this.opened.openAll();
    if (!this.keyring.isOpen) return;
    this.search.offer();
    this.show();
  }

  /* The id of a report, wherever it is listed; undefined if there is none. */
  async idOf(reference) {
    const listed = this.reports.find((report) => report.reference === reference);
    return (listed ?? (await ask(`${this.url}?reference=${encodeURIComponent(reference)}`)).reports[0])?.id;
  }

  show() {
    if (!this.numbers) return;
    const { total, counts } = this.numbers;
    sayMarked(counts.marked);
    const isSearch = this.search.isOn && this.filter !== 'closed';
    const listed = isSearch ? this.search.found(this.filter) : this.reports;
    byId('search').hidden = this.filter === 'closed';
    byId('count').textContent = isSearch ? this.foundInWords(listed.length) : `${counts.all} open${listed.length < total ? `, ${listed.length} of ${total} shown` : ''}`;
    const now = JSON.stringify([this.filter, listed, total, counts]);
    /* Asked for anew every minute: what has not changed is left alone, or the focus would be lost. */
    if (now === this.shown) return;
    this.shown = now;
    const focused = document.activeElement?.closest('#rows tr')?.id;
    byId('rows').replaceChildren(...listed.map((report) => this.row(report)));
    if (focused) byId(focused)?.querySelector('a').focus();
    byId('filters').querySelectorAll('[data-filter]').forEach(({ dataset, lastElementChild }) => {
      lastElementChild.textContent = counts[dataset.filter];
    });
    byId('none').hidden = listed.length > 0;
    byId('more').hidden = isSearch || listed.length >= total;
  }

  foundInWords(found) {
    const { left, reports, total } = this.opened;
    const searched = reports.length < total ? `, searched in the first ${reports.length} of ${total}` : '';
    return `${found} found${searched}${left ? `. ${left} are still being opened` : ''}`;
  }

  row(report) {
    const row = byId('row').content.firstElementChild.cloneNode(true);
    const at = (name) => row.querySelector(`.${name}`);
    row.id = `row-${report.reference}`;
    at('waited').textContent = report.waited;
    at('clocks').replaceChildren(...clocks(report));
    at('urg').replaceWith(urgency(report.urgency, this.labels.urgency));
    at('state').textContent = this.labels.state(report.state);
    at('has-it').textContent = report.assignee?.name ?? 'No one yet';
    for (const name of ['reference', 'reference-too']) at(name).textContent = report.reference;
    at('open').href = `#${report.reference}`;
    at('open').addEventListener('click', (event) => { event.preventDefault(); this.open(report); });
    for (const name of ['danger', 'has_news', 'marked', 'needs_somebody']) at(name).hidden = !report[name];
    at('restricted').hidden = report.inbox !== 'restricted';
    if (report.state === 'new') at('state').classList.add('tag');
    if (report.state === 'closed') at('title').textContent = 'Closed';
    else this.entitle(report, row);
    return row;
  }

  entitle({ id, reference }, row = byId(`row-${reference}`)) {
    const found = this.opened.of(id);
    if (!found || !row) return;
    row.querySelector('.title').replaceChildren(written(found.title, 'span'));
    row.querySelector('.from').replaceChildren(...(found.about ? ['· ', written(found.about, 'span')] : []));
  }
}

/* What must be done, and how much time is left for it; what is late stands out. */
export function clocks({ clocks: running }) {
  return running.map(({ what, left, is_late: isLate }) => element('span', `${what}: ${left}`, isLate ? 's2 late' : 's2'));
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
