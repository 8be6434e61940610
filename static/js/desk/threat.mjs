/* The card about a threat to life: shown if words of the sender may tell of one. They are looked through here; too many
   cards are better than one too few, and nothing of it is kept or sent. */

import { foundIn } from '../common/distress.mjs';
import { byId, remembered } from '../common/page.mjs';
import { ask } from './api.mjs';
import { answerTo } from './letters.mjs';
import { hourInWords, written } from './written.mjs';

const DANGER = 'Yes';
/* What a caller can tell the police. */
const KNOWN = [
  'danger', 'child-name', 'child-age', 'child-school', 'child-place', 'where', 'town', 'when', 'person',
  'contact-name', 'contact-how', 'contact-when',
];

export class Threat {
  constructor(url, desk) {
    this.desk = desk;
    this.lists = remembered(async () => (await ask(url)).lists);
  }

  close() {
    byId('threat').hidden = true;
    for (const id of ['threat-where', 'threat-known']) byId(id).replaceChildren();
  }

  async show({ told, additions }, isOver) {
    let lists = [];
    try {
      lists = await this.lists();
    } catch (error) {
      if (!isOver()) this.desk.trouble(error, true);
    }
    if (isOver()) return;
    const tells = (inside) => foundIn(textsOf(inside), lists).length > 0;
    const isInDanger = told.report && answerTo(told.report, 'danger') === DANGER;
    const where = [
      ...(tells(told) || isInDanger ? ['what they told us'] : []),
      ...additions.filter(({ inside }) => tells(inside)).map(({ hour }) => `what they added on ${hourInWords(hour)}`),
    ];
    byId('threat').hidden = where.length === 0;
    byId('threat-where').textContent = where.join(', and ');
    byId('threat-known').replaceChildren(...(where.length ? known(told) : []));
  }
}

const textsOf = ({ report, raw }) => (report ? report.answers.map(({ words }) => words) : [raw ?? '']);

const known = ({ report }) => (report?.answers ?? [])
  .filter(({ key, words }) => KNOWN.includes(key) && words)
  .map(({ question, words }) => {
    const row = document.createElement('div');
    row.append(written(question, 'dt'), written(words, 'dd'));
    return row;
  });
