/* What a chosen outcome asks for: its boxes are shown, and all of them are needed before a report is closed so. */

import { byId } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';

/* What is sealed with the reason. reporting/desk/outcomes.py says which outcome asks for which, in which words. */
export const DETAILS = [
  'case_number', 'police_number', 'told_when', 'accepted_by', 'accepted_when', 'their_reference', 'same_as',
];
const NEEDS_OUTCOME = ['decided', 'closed'];
const REFERENCE = /^[A-Z]\d-\d{3}$/;

export class Outcomes {
  constructor(form) {
    this.form = form;
    this.boxes = Object.fromEntries(DETAILS.map((name) => [name, form.elements[name]]));
  }

  /* The group of outcomes that the chosen one belongs to; undefined while none is chosen. */
  get group() {
    return this.form.elements.outcome.selectedOptions[0]?.closest('optgroup') ?? undefined;
  }

  get needsSecond() {
    return Boolean(this.group && 'second' in this.group.dataset);
  }

  /* Closing so is first proposed to a second officer. */
  get state() {
    const chosen = this.form.elements.state.value;
    return chosen === 'closed' && this.needsSecond ? 'proposed' : chosen;
  }

  isAsked(box) {
    return this.isAmong(box.closest('[data-kinds]').dataset.kinds);
  }

  isNeeded(box) {
    return this.isAmong(box.closest('[data-needed-by]').dataset.neededBy);
  }

  isAmong(kinds) {
    return kinds.split(' ').includes(this.group?.dataset.kind);
  }

  get authority() {
    const { authority } = this.form.elements;
    return this.isAsked(authority) ? authority.value : '';
  }

  /* What was written for the chosen outcome. */
  get details() {
    const asked = Object.entries(this.boxes).filter(([, box]) => this.isAsked(box));
    return Object.fromEntries(asked.map(([name, box]) => [name, tidy(box.value)]).filter(([, words]) => words));
  }

  show() {
    this.form.querySelectorAll('[data-kinds]').forEach((part) => { part.hidden = !this.isAmong(part.dataset.kinds); });
    byId('needs-second').hidden = !this.needsSecond;
    byId('record').textContent = this.state === 'proposed' ? 'Ask a second officer to close it' : 'Record the decision';
  }

  /* Boxes and what is wrong with them, in the order of the form. */
  get wrong() {
    const { outcome, authority } = this.form.elements;
    const isClosing = this.form.elements.state.value === 'closed';
    const needed = this.group?.dataset.kind === 'other-area'
      ? 'It stays open until they have accepted it. Write this down, or choose another state.'
      : 'This is needed before it is closed.';
    const all = Object.values(this.boxes).filter((box) => this.isNeeded(box));
    const other = this.boxes.same_as;
    return [
      [outcome, NEEDS_OUTCOME.includes(this.form.elements.state.value) && !outcome.value, 'Choose an outcome, or another state.'],
      [authority, this.isAsked(authority) && !authority.value, 'Choose the authority.'],
      ...all.map((box) => [box, isClosing && !tidy(box.value), needed]),
      [other, this.isAsked(other) && tidy(other.value) && !REFERENCE.test(tidy(other.value)), 'A reference looks like K7-402.'],
    ];
  }
}

/* The words of a detail, as they stand in the form. */
export const labelOf = (name) => document.querySelector(`label[for="${name}"]`).textContent;

/* What was written down with a decision, as pairs of its words and what was written. */
export const detailsOf = (report) => DETAILS.filter((name) => report[name]).map((name) => [labelOf(name), report[name]]);

/* Of each detail what was last written down. */
export function newestDetails(decisions) {
  const reports = decisions.map(({ inside }) => inside.report).filter(Boolean);
  const found = reports.sort((one, other) => (one.sent ?? 0) - (other.sent ?? 0));
  return Object.fromEntries(DETAILS.map((name) => [name, found.findLast((report) => report[name])?.[name] ?? '']));
}
