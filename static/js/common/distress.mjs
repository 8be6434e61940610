/* Looks for words of distress in what somebody wrote, before they send it, and puts help in front of Send. The lists are
   fetched by everybody and looked through here; what is found is shown, and neither kept, marked nor sent. */

import { byId, element, remembered } from './page.mjs';

const MOST_FOUND = 2;

/* The words of a text with a space before and behind each: just what resources/distress.py makes of it. */
export function plain(text) {
  const letters = text.replace(/’/g, "'").normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const words = letters.match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) || [];
  return ` ${words.map((word) => word.replace(/'s$/, '').replace(/'/g, '')).join(' ')} `;
}

/* The lists, in their order, of which something stands in one of the texts. */
export function foundIn(texts, lists) {
  const told = texts.map(plain);
  return lists
    .filter(({ pattern }) => told.some((words) => new RegExp(pattern, 'u').test(words)))
    .slice(0, MOST_FOUND);
}

/* One who can help, as templates/components/distress.html has it. */
function line({ name, href, number, hours }) {
  const row = element('li', `${name}: `);
  const link = Object.assign(element('a', number, 'num-link'), { href, dir: 'ltr' });
  row.append(link, ' ', element('span', `(${hours})`, 'soft'));
  return row;
}

export class Help {
  constructor(url) {
    this.lists = remembered(async () => {
      const answer = await fetch(url, { credentials: 'omit', cache: 'no-store' });
      return (await answer.json()).lists;
    });
  }

  async offer(texts) {
    const found = foundIn(texts, await this.lists());
    const helpers = [].concat(...found.map(({ contacts }) => contacts));
    const rows = new Map(helpers.map((contact) => [contact.href, line(contact)]));
    byId('distress').querySelector('ul').replaceChildren(...rows.values());
    byId('distress').hidden = found.length === 0;
  }
}
