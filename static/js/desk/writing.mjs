/* The boxes of one report: a reply to the sender, a note for the team, and a decision. What stands in them is kept, sealed, as it is typed. */

import { byId, complain } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';
import { send } from './api.mjs';
import { DETAILS, Outcomes, detailsOf, newestDetails } from './outcomes.mjs';
import { Replying } from './replying.mjs';

const CHOICES = ['urgency', 'state', 'outcome', 'authority'];
const TEXTS = ['reply', 'note', 'reason', 'second'];
const NAMES = [...TEXTS, ...CHOICES, ...DETAILS];
/* Why nobody can write to the sender; each is a sentence of the page. */
const WHY_NOT = ['no-replies', 'no-words', 'answered-once', 'no-reply-key', 'too-late'];
/* What the form shows for a state that nobody chooses. */
const SHOWN = { new: 'opened', reopened: 'opened', proposed: 'closed' };

export class Writing {
  /* `url` is the report's; `isOver` tells whether it was left, `onKept` is called when something was sent. */
  constructor(url, desk, { isOver, onKept }) {
    Object.assign(this, { url, desk, isOver, onKept, draftUrl: `${url}draft/`, sent: {} });
    this.answerForm = byId('answer');
    this.noteForm = byId('note-form');
    this.decisionForm = byId('decision');
    this.secondForm = byId('second');
    this.forms = [this.answerForm, this.noteForm, this.decisionForm, this.secondForm];
    this.outcomes = new Outcomes(this.decisionForm);
    const boxes = this.forms.flatMap((form) => [...form.elements]);
    this.boxes = Object.fromEntries(NAMES.map((name) => [name, boxes.find((box) => box.name === name)]));
    this.replying = new Replying(this.boxes.reply);
    this.leaving = new AbortController();
    this.empty();
    const { signal } = this.leaving;
    const on = (form, name, act) => form.addEventListener(name, act, { signal });
    on(this.answerForm, 'submit', (event) => { event.preventDefault(); this.answer(); });
    on(this.noteForm, 'submit', (event) => { event.preventDefault(); this.addNote(); });
    on(this.decisionForm, 'submit', (event) => { event.preventDefault(); this.decide(); });
    on(this.secondForm, 'submit', (event) => { event.preventDefault(); this.judge(event.submitter?.value === 'agree'); });
    on(this.decisionForm, 'input', () => this.outcomes.show());
    on(this.answerForm, 'input', () => this.replying.show());
    for (const form of this.forms) {
      on(form, 'input', () => this.keepDraft(form));
      on(form, 'focusout', () => this.desk.drafts.save());
    }
  }

  close() {
    if (this.values) this.draft = this.written;
    this.leaving.abort();
    this.empty();
  }

  /* The forms are the page's, and the next report's after this. */
  empty() {
    for (const box of Object.values(this.boxes)) stopComplaining(box);
    for (const form of this.forms) {
      form.reset();
      for (const button of form.querySelectorAll('[type=submit]')) button.disabled = false;
    }
    this.outcomes.show();
    this.replying.close();
    this.values = null;
  }

  /* What the report has now. A choice that the officer has not changed goes along. */
  follow(envelope, { told, additions, decisions }) {
    const { urgency, state, outcome, authority, inbox, cannot_answer: cannotAnswer } = envelope;
    Object.assign(this, { inbox, envelope });
    const values = { urgency, state: SHOWN[state] ?? state, outcome, authority, ...newestDetails(decisions) };
    for (const [name, value] of Object.entries(values)) {
      if (!this.values || this.boxes[name].value === this.values[name]) this.boxes[name].value = value;
    }
    this.values = values;
    this.outcomes.show();
    this.replying.follow({ told, additions });
    this.replyKey = told.report?.reply_key || '';
    const isTooLate = wordsHaveRunOut(envelope);
    const why = cannotAnswer || (!this.replyKey && 'no-reply-key') || (isTooLate && 'too-late');
    this.answerForm.hidden = Boolean(why);
    for (const reason of WHY_NOT) byId(reason).hidden = reason !== why;
  }

  /* What had been begun. What was sent since is not brought again: then only the server's answer was lost. */
  bring({ draft: { report: draft }, replies, notes, decisions }) {
    if (!draft) return;
    const wasSent = replies.some(({ inside }) => inside.text === tidy(draft.reply));
    const wasDecided = decisions.some(({ inside }) => inside.report?.reason === tidy(draft.reason));
    const wasNoted = notes.some(({ inside }) => inside.report?.note === tidy(draft.note));
    if (draft.reply && !wasSent) this.boxes.reply.value = draft.reply;
    if (draft.note && !wasNoted) this.boxes.note.value = draft.note;
    if (draft.second) this.boxes.second.value = draft.second;
    if (!wasDecided) {
      this.boxes.reason.value = draft.reason;
      for (const name of DETAILS) if (draft[name]) this.boxes[name].value = draft[name];
      for (const name of CHOICES) if (isOffered(this.boxes[name], draft[name])) this.boxes[name].value = draft[name];
    }
    this.outcomes.show();
    this.replying.show();
    if (isEmpty(this.written)) this.desk.drafts.change(this.draftUrl, this.inbox, null);
    else this.desk.say('What you had begun to write is here again.');
  }

  /* What is not sent yet. A choice that the report has anyway is none: a colleague may set it otherwise meanwhile. */
  get written() {
    return Object.fromEntries(NAMES.map((name) => {
      const { value } = this.boxes[name];
      return [name, value === (this.values[name] ?? '') ? '' : value];
    }));
  }

  keepDraft(form) {
    form.append(byId('saved'));
    this.change(this.written);
  }

  change(draft) {
    this.desk.drafts.change(this.draftUrl, this.inbox, isEmpty(draft) ? null : draft);
  }

  /* What was kept is no draft any more, even if the officer has gone to another report meanwhile. */
  kept(words) {
    const isKept = (name, value) => name in words && tidy(value) === words[name];
    if (this.isOver()) {
      this.change(Object.fromEntries(Object.entries(this.draft).map(([name, value]) => [name, isKept(name, value) ? '' : value])));
      return;
    }
    for (const name of TEXTS) if (isKept(name, this.boxes[name].value)) this.boxes[name].value = '';
    if ('state' in words) this.values = { ...this.values, ...words };
    this.replying.sent();
    this.change(this.written);
  }

  /* The same words keep the id of their first try, so that trying again sends them once. Others are something new. */
  idFor(what, words) {
    if (this.sent[what]?.words !== words) this.sent[what] = { words, id: crypto.randomUUID() };
    return this.sent[what].id;
  }

  async answer() {
    const box = this.boxes.reply;
    const words = tidy(box.value);
    if (!words) {
      complain(box.closest('.f'), 'Write what the sender should read.');
      return;
    }
    if (!this.replying.isChecked) {
      complain(box.closest('.f'), 'Look at the words below that the report has too.');
      return;
    }
    const { keyring } = this.desk;
    await this.write(this.answerForm, box, async () => {
      const report = { kind: 'reply', sent: keyring.minute, text: words };
      const letter = { report, pairs: [['Reply', words]], subject: 'Reply', inbox: this.inbox };
      const locked = await keyring.lockReply(letter, this.replyKey);
      await send('POST', `${this.url}replies/${this.idFor('reply', words)}/`, locked);
      this.kept({ reply: words });
      return 'Your reply is locked and kept for the sender.';
    });
  }

  async addNote() {
    const box = this.boxes.note;
    const words = tidy(box.value);
    if (!words) {
      complain(box.closest('.f'), 'Write what your colleagues should know.');
      return;
    }
    const { keyring } = this.desk;
    await this.write(this.noteForm, box, async () => {
      const report = { kind: 'note', sent: keyring.minute, officer: keyring.given.officer, note: words };
      const sealed = await keyring.seal({ report, pairs: [['Note', words]], subject: 'Note', inbox: this.inbox });
      const url = `${this.url}notes/${this.idFor('note', words)}/`;
      await keyring.sendSealed(sealed, this.inbox, (body) => send('POST', url, body));
      this.kept({ note: words });
      return 'The note is kept, sealed.';
    });
  }

  async decide() {
    const { urgency, reason } = this.boxes;
    const words = tidy(reason.value);
    const wrong = [
      [urgency, !urgency.value, 'Choose how urgent it is.'],
      ...this.outcomes.wrong,
      [reason, !words, 'Write why. A few words are enough.'],
    ].filter(([, isWrong]) => isWrong);
    for (const box of Object.values(this.boxes)) stopComplaining(box);
    if (wrong.length) {
      wrong.reverse().forEach(([box, , sentence]) => complain(box.closest('.f'), sentence));
      return;
    }
    const { outcomes } = this;
    const chosen = Object.fromEntries(CHOICES.map((name) => [name, this.boxes[name].value]));
    const codes = { ...chosen, state: outcomes.state, authority: outcomes.authority };
    const { details } = outcomes;
    await this.record(this.decisionForm, reason, { codes, details, words }, { reason: words, ...chosen, ...details });
  }

  /* The second officer closes it, or sends it back to whoever proposed it. */
  async judge(isAgreed) {
    const box = this.boxes.second;
    const words = tidy(box.value);
    stopComplaining(box);
    if (!words) {
      complain(box.closest('.f'), 'Write why. A few words are enough.');
      return;
    }
    const { urgency, outcome } = this.envelope;
    const codes = isAgreed
      ? { urgency, state: 'closed', outcome, authority: '' }
      : { urgency, state: 'checking', outcome: '', authority: '' };
    await this.record(this.secondForm, box, { codes, details: {}, words }, { second: words });
  }

  /* Seal a decision and keep it. What stood in the boxes for it (`was`) is no draft any more. */
  record(form, box, { codes, details, words }, was) {
    const { keyring, labels } = this.desk;
    return this.write(form, box, async () => {
      const report = {
        kind: 'decision', sent: keyring.minute, officer: keyring.given.officer, ...codes, ...details, reason: words,
      };
      const pairs = CHOICES.map((name) => [name, codes[name] && labels[name](codes[name])]).concat(detailsOf(details));
      const letter = { report, pairs: [...pairs, ['Why', words]], subject: 'Decision', inbox: this.inbox };
      const sealed = await keyring.seal(letter);
      const url = `${this.url}decisions/${this.idFor('decision', JSON.stringify([codes, details, words]))}/`;
      const headers = Object.fromEntries(CHOICES.map((name) => [`Phoenix-${name}`, codes[name]]));
      await keyring.sendSealed(sealed, this.inbox, (body) => send('POST', url, body, headers));
      this.kept(was);
      return codes.state === 'proposed' ? 'A second officer is asked to close it.' : 'The decision is recorded.';
    });
  }

  /* Send something once at a time; if it fails, every word stays in its box. */
  async write(form, box, act) {
    const buttons = form.querySelectorAll('[type=submit]');
    buttons.forEach((button) => { button.disabled = true; });
    byId('trouble').hidden = true;
    try {
      const said = await act();
      this.sent = {};
      this.desk.drafts.save();
      await this.onKept();
      if (!this.isOver()) this.desk.say(said);
    } catch (error) {
      if (!this.desk.keyring.isOpen) return;
      if (this.isOver() || error.kind !== 'too-long') this.desk.trouble(error);
      else complain(box.closest('.f'), 'This is too long to be locked. Please make it shorter.');
    } finally {
      if (!this.isOver()) buttons.forEach((button) => { button.disabled = false; });
    }
  }
}

const isEmpty = (draft) => Object.values(draft).every((value) => !value.trim());

const isOffered = ({ options }, value) => value !== '' && [...options].some((option) => option.value === value);

/* `complain` stops when something is typed. */
function stopComplaining(box) {
  if (box.matches('[aria-invalid]')) box.dispatchEvent(new Event('input'));
}

function wordsHaveRunOut({ words_work_until: until }) {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date());
  return Boolean(until) && until < today;
}
