/* Handing a report over: a sheet copied with one press, or the case bundle. The audit knows of each before it is out. */

import { byId } from '../common/page.mjs';
import { ask, postJson } from './api.mjs';
import { digested, download, record } from './bundle.mjs';
import { detailsOf, newestDetails } from './outcomes.mjs';
import { contactSheet, intelligenceSheet } from './sheet.mjs';
import { inWords } from './written.mjs';

const COPIED = 'Copied. Paste it where it belongs, and nowhere else.';
const BY_HAND = 'This browser does not copy by itself. Everything below is marked: copy it by hand.';

/* Codes and details in the words of the form. */
export function wordsOf(labels) {
  const codes = (part) => ['urgency', 'state', 'outcome', 'authority'].map((name) => part[name] && labels[name](part[name]));
  return {
    urgency: (code) => (code ? labels.urgency(code) : 'Not set'),
    codes: (part) => codes(part).filter(Boolean).join(', '),
    details: detailsOf,
  };
}

export class Handover {
  constructor(url, desk, { isOver, onKept }) {
    Object.assign(this, { url, desk, isOver, onKept, words: wordsOf(desk.labels) });
    byId('copy-contact').onclick = () => this.attempt(() => this.copy('contact'));
    byId('copy-intelligence').onclick = () => this.attempt(() => this.copy('intelligence'));
    byId('make-bundle').onclick = () => this.attempt(() => this.bundle());
    this.close();
  }

  close() {
    this.opened = null;
    byId('sheet').value = '';
    byId('sheet-part').hidden = true;
    byId('with-contact').checked = false;
    for (const id of ['bundle-said', 'handover-said']) byId(id).textContent = '';
  }

  follow({ report: envelope, bundle }, opened) {
    this.opened = { ...opened, envelope };
    this.parts = bundle.parts;
    const canReach = opened.told.report?.answers.some(({ key, words }) => key === 'contact-how' && words);
    byId('with-contact-part').hidden = !canReach;
    byId('bundle-said').textContent = said(bundle);
  }

  async attempt(act) {
    byId('trouble').hidden = true;
    byId('handover-said').textContent = '';
    try {
      await act();
    } catch (error) {
      if (!this.isOver()) this.desk.trouble(error);
    }
  }

  async copy(sheet) {
    const contact = sheet === 'contact' && byId('with-contact').checked && !byId('with-contact-part').hidden;
    const text = sheet === 'contact'
      ? contactSheet(this.opened, this.words, contact)
      : intelligenceSheet(this.opened, this.words);
    await postJson(`${this.url}copied/`, { sheet, contact });
    if (this.isOver()) return;
    byId('sheet').value = text;
    byId('sheet-part').hidden = false;
    const isCopied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    if (this.isOver()) return;
    if (!isCopied) byId('sheet').select();
    byId('handover-said').textContent = isCopied ? COPIED : BY_HAND;
  }

  async bundle() {
    const { opened, parts } = this;
    const { lines } = await ask(`${this.url}audit/`);
    const { file, digest } = await digested(record(opened, this.words, lines));
    const numbered = Boolean(newestDetails(opened.decisions).case_number);
    await postJson(`${this.url}bundled/`, { digest, parts, numbered });
    if (this.isOver()) return;
    download(`${opened.envelope.reference}-bundle.txt`, file);
    await this.onKept();
    if (this.isOver()) return;
    byId('handover-said').textContent = numbered
      ? 'The bundle is made. Keep it with the case, and delete it from this computer.'
      : 'The bundle is made. No case number is recorded yet, so the report does not count as copied.';
  }
}

function said({ made, is_current: isCurrent }) {
  if (!made) return 'No case bundle was made yet.';
  const day = inWords(new Date(made));
  return isCurrent ? `The case bundle of ${day} has everything.` : `The case bundle of ${day} is out of date: something was added since.`;
}
