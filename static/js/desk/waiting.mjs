/* The list of the locked desk, kept up to date: how much waits and how long, and nothing of what it says. */

import { byId } from '../common/page.mjs';
import { ask } from './api.mjs';

const WHAT_IT_IS = 'You can see how long each has waited, and nothing of what it says.';
const NOT_UP_TO_DATE = {
  'signed-out': 'This list is not up to date: you have been signed out. Load the page again to sign in.',
  'no-access': 'Your access has ended. Ask a colleague who can open reports.',
};
const LOST = 'This list is not up to date: the connection was lost.';

/* Said until nothing is marked any more, locked or not. */
export function sayMarked(count) {
  document.querySelectorAll('.marked-count').forEach((words) => {
    words.hidden = count === 0;
    words.firstElementChild.textContent = count;
  });
}

export class Waiting {
  constructor({ reports }, labels) {
    Object.assign(this, { url: reports, labels });
  }

  async refresh() {
    try {
      const { reports, total, counts } = await ask(this.url);
      byId('waiting').textContent = `Waiting: ${total}`;
      sayMarked(counts.marked);
      byId('waiting-rows').replaceChildren(...reports.map((report) => this.row(report)));
      byId('waiting-table').hidden = total === 0;
      byId('waiting-said').textContent = WHAT_IT_IS;
    } catch ({ kind }) {
      byId('waiting-said').textContent = NOT_UP_TO_DATE[kind] ?? LOST;
    }
  }

  row(report) {
    const row = byId('waiting-row').content.firstElementChild.cloneNode(true);
    const at = (name) => row.querySelector(`.${name}`);
    at('waited').textContent = report.waited;
    at('reference').textContent = report.reference;
    at('state').textContent = this.labels.state(report.state);
    at('danger').hidden = !report.danger;
    at('marked').hidden = !report.marked;
    at('is-new').hidden = report.state !== 'new';
    at('news').hidden = report.state === 'new' || !report.has_news;
    at('state').hidden = report.state === 'new' || report.has_news;
    return row;
  }
}
