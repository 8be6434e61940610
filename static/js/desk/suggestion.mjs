/* How urgent a report may be, told from what the sender chose, with the reasons. A person decides, and says why. */

const is = (key, ...values) => (given) => (given[key] ?? '').split(', ').some((value) => values.includes(value));
const both = (one, other) => (given) => one(given) && other(given);

const RULES = [
  ['red', is('danger', 'yes'), 'They say that somebody is in danger.'],
  ['red', is('danger', 'not-sure'), 'They are not sure whether somebody is in danger.'],
  ['red', is('safe-here', 'no'), 'They were not safe where they wrote this.'],
  ['red', both(is('who', 'me'), is('when', 'now')), 'It is happening to them now.'],
  ['amber', is('who', 'me'), 'They write about themselves.'],
  ['amber', is('safe-here', 'not-sure'), 'They were not sure that they were safe where they wrote this.'],
  ['amber', is('when', 'now', 'today', 'keeps'), 'It is happening now, happened today, or keeps happening.'],
  ['amber', is('signs', 'missing'), 'A child goes missing, or stays out all night.'],
  ['amber', is('pictures', 'yes'), 'There are pictures or videos.'],
  ['amber', is('works-with-children', 'yes'), 'Somebody named works with children.'],
  ['blue', both(is('who', 'place-or-person'), is('when', 'earlier', 'unknown')), 'It is about a place or a person, some time ago.'],
];

/* {urgency, reasons}: the highest that any answer speaks for. `given`: the answers by their keys, as they were chosen. */
export function suggest(given) {
  for (const urgency of ['red', 'amber', 'blue']) {
    const reasons = RULES.filter(([of, speaks]) => of === urgency && speaks(given)).map(([, , reason]) => reason);
    if (reasons.length) return { urgency, reasons };
  }
  return { urgency: 'green', reasons: ['No answer speaks for more.'] };
}
