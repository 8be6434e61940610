/* Searching and filtering open reports. It happens on this computer: no word of it is sent, or kept in the address. */

import { byId, element } from '../common/page.mjs';
import { searchable } from './opened.mjs';

const IN_LIST = {
  all: () => true,
  new: ({ state }) => state === 'new',
  mine: ({ assignee }, me) => assignee?.id === me,
  news: ({ has_news: hasNews }) => hasNews,
  marked: ({ marked }) => marked,
  second: ({ state }) => state === 'proposed',
};

export class Search {
  constructor(opened, keyring, onChange) {
    Object.assign(this, { opened, keyring, form: byId('search') });
    this.boxes = this.form.elements;
    this.form.addEventListener('submit', (event) => event.preventDefault());
    this.form.addEventListener('input', onChange);
    this.form.addEventListener('reset', () => setTimeout(onChange));
  }

  /* Nothing of what was looked for stays. */
  forget() {
    this.form.reset();
    for (const name of ['who', 'town']) this.boxes[name].replaceChildren(this.boxes[name].options[0]);
  }

  get isOn() {
    return ['words', 'who', 'town', 'urgency', 'state'].some((name) => this.boxes[name].value.trim());
  }

  /* The open reports of a list that fit, in its order. */
  found(list) {
    const { urgency, state, who, town } = this.boxes;
    const words = searchable(this.boxes.words.value).split(' ').filter(Boolean);
    const fits = (report) => {
      const inside = this.opened.of(report.id);
      return IN_LIST[list](report, this.keyring.given.id)
        && (!urgency.value || (report.urgency || 'none') === urgency.value)
        && (!state.value || report.state === state.value)
        && (!who.value || inside?.given.who === who.value)
        && (!town.value || inside?.given.town?.toLowerCase() === town.value)
        && words.every((word) => inside?.words.includes(word));
    };
    return this.opened.reports.filter(fits);
  }

  /* Who and which towns there are, as the reports have it. */
  offer() {
    const given = this.opened.reports.map(({ id }) => this.opened.of(id)?.given ?? {});
    offer(this.boxes.who, given.map(({ who }) => [who, who]));
    offer(this.boxes.town, given.map(({ town }) => [town?.toLowerCase(), town]));
  }
}

function offer(box, pairs) {
  const choices = new Map(pairs.filter(([value]) => value));
  const now = [...box.options].slice(1).map(({ value }) => value);
  const sorted = [...choices].sort(([one], [other]) => one.localeCompare(other));
  if (String(now) === String(sorted.map(([value]) => value))) return;
  const chosen = box.value;
  box.replaceChildren(box.options[0], ...sorted.map(([value, words]) => Object.assign(element('option', words), { value })));
  box.value = choices.has(chosen) ? chosen : '';
}
