/* Everything open, opened in the background: for titles, for search, and to find the same number plate elsewhere. It is
   kept in the memory of this page, and goes when the desk is locked. */

import { ask } from './api.mjs';
import { openLetter, titleOf } from './letters.mjs';
import { marksIn } from './marks.mjs';

const BATCH = 20;
/* No more than so many are opened; the list says so. */
const MOST = 2000;
/* The page answers keys and presses at least so often, in milliseconds. */
const SLICE = 12;

export class Opened {
  constructor({ reports, concerns }, keyring, onOpened) {
    Object.assign(this, { urls: { reports, concerns }, keyring, onOpened });
    this.forget();
  }

  forget() {
    /* Envelopes of all open reports in the order of the list; id → what stands in one. */
    this.reports = [];
    this.total = 0;
    this.inside = new Map();
    this.waiting = new Map();
  }

  of(id) {
    return this.inside.get(id);
  }

  /* How many were not opened yet. */
  get left() {
    return this.waiting.size;
  }

  /* Ask for everything that is open, and open what is not. */
  async openAll() {
    const reports = new Map();
    let found;
    do {
      found = await ask(`${this.urls.reports}?from=${reports.size}&all`);
      const before = reports.size;
      for (const report of found.reports) reports.set(report.id, report);
      if (reports.size === before) break;
    } while (reports.size < Math.min(found.total, MOST));
    if (!this.keyring.isOpen) return;
    this.reports = [...reports.values()];
    this.total = found.total;
    for (const id of this.inside.keys()) if (!reports.has(id)) this.inside.delete(id);
    await this.open(this.reports, { isLast: true });
  }

  /* Open these, before those that wait already or after them. Resolves when nothing waits any more. */
  open(reports, { isLast = false } = {}) {
    const missing = reports.filter((report) => !this.isOpened(report)).map((report) => [report.id, report]);
    this.waiting = new Map(isLast ? [...this.waiting, ...missing] : [...missing, ...this.waiting]);
    this.working ??= this.work().finally(() => { this.working = null; });
    return this.working;
  }

  /* What was added since it was opened makes it worth opening again. */
  isOpened({ id, has_news: hasNews }) {
    const inside = this.inside.get(id);
    if (!inside) return false;
    if (!hasNews) inside.hasNews = false;
    return !hasNews || inside.hasNews;
  }

  /* While one batch is opened, the next is on its way. */
  async work() {
    let next = this.fetch();
    for (let batch = await next; batch; batch = await next) {
      for (const { id } of batch.reports) this.waiting.delete(id);
      next = this.fetch();
      next.catch(() => {});
      await this.openBatch(batch);
    }
  }

  async fetch() {
    const reports = [...this.waiting.values()].slice(0, BATCH);
    if (!reports.length || !this.keyring.isOpen) return null;
    const { concerns } = await ask(`${this.urls.concerns}?${reports.map(({ id }) => `report=${id}`).join('&')}`);
    return { reports, concerns };
  }

  async openBatch({ reports, concerns }) {
    let began = performance.now();
    for (const report of reports) {
      const sealed = concerns[report.id] ?? [''];
      const letters = [];
      for (const coded of sealed) letters.push(await openLetter(this.keyring, coded));
      if (!this.keyring.isOpen) return;
      this.inside.set(report.id, { ...read(report, letters), hasNews: report.has_news });
      this.onOpened(report);
      if (performance.now() - began > SLICE) {
        await pause();
        began = performance.now();
      }
    }
  }

  /* Other open reports with the same plate, phone or user name: [{kind, shown, report}]. */
  sameElsewhere(id, texts) {
    const own = marksIn(texts.join('\n'));
    return this.reports.filter((report) => report.id !== id && this.inside.has(report.id)).flatMap((report) => {
      const { marks } = this.inside.get(report.id);
      return [...own].filter(([key]) => marks.has(key)).map(([, mark]) => ({ ...mark, report }));
    });
  }
}

/* What the list, the search and the comparison need of a report; its letters themselves are not kept. */
function read({ reference }, letters) {
  const [concern] = letters;
  const texts = letters.flatMap(textsOf);
  return {
    ...titleOf(concern),
    given: Object.fromEntries((concern.report?.answers ?? []).map(({ key, words }) => [key, words.trim()])),
    words: searchable([reference, ...texts].join('\n')),
    marks: marksIn(texts.join('\n')),
  };
}

/* All that somebody wrote in a letter. */
export const textsOf = ({ report, raw = '' }) => (report ? report.answers.map(({ words }) => words) : [raw]);

/* In one spelling for searching: no capitals, no accents, typed quotes, single spaces. */
export const searchable = (text) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').toLowerCase();

function pause() {
  return globalThis.scheduler?.yield ? scheduler.yield() : new Promise((resolve) => { setTimeout(resolve); });
}
