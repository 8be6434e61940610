/* The boxes of one report: a reply to the sender, a note for the team, and a decision. What stands in them is kept, sealed, as it is typed. */

import { byId, complain } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';
import { send } from './api.mjs';

const CHOICES = ['urgency', 'state', 'outcome'];
const NAMES = ['reply', 'note', 'reason', ...CHOICES];
/* Why nobody can write to the sender; each is a sentence of the page. */
const WHY_NOT = ['no-replies', 'no-words', 'answered-once', 'no-reply-key', 'too-late'];
const NEEDS_OUTCOME = ['decided', 'closed'];

export class Writing {
  /* `url` is the report's; `isOver` tells whether it was left, `onKept` is called when something was sent. */
  constructor(url, desk, { isOver, onKept }) {
    Object.assign(this, { url, desk, isOver, onKept, draftUrl: `${url}draft/`, sent: {} });
    this.answerForm = byId('answer');
    this.noteForm = byId('note-form');
    this.decisionForm = byId('decision');
    this.forms = [this.answerForm, this.noteForm, this.decisionForm];
    const { reply } = this.answerForm.elements;
    const { reason, urgency, state, outcome } = this.decisionForm.elements;
    const { note } = this.noteForm.elements;
    this.boxes = { reply, note, reason, urgency, state, outcome };
    this.leaving = new AbortController();
    this.empty();
    const { signal } = this.leaving;
    const on = (form, name, act) => form.addEventListener(name, act, { signal });
    on(this.answerForm, 'submit', (event) => { event.preventDefault(); this.answer(); });
    on(this.noteForm, 'submit', (event) => { event.preventDefault(); this.addNote(); });
    on(this.decisionForm, 'submit', (event) => { event.preventDefault(); this.decide(); });
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
      form.querySelector('[type=submit]').disabled = false;
    }
    this.values = null;
  }

  /* What the report has now. A choice that the officer has not changed goes along. */
  follow(envelope, { report }) {
    const { urgency, state, outcome, inbox, cannot_answer: cannotAnswer } = envelope;
    this.inbox = inbox;
    const values = { urgency, state: ['new', 'reopened'].includes(state) ? 'opened' : state, outcome };
    for (const name of CHOICES) {
      if (!this.values || this.boxes[name].value === this.values[name]) this.boxes[name].value = values[name];
    }
    this.values = values;
    this.replyKey = report?.reply_key || '';
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
    if (!wasDecided) {
      this.boxes.reason.value = draft.reason;
      for (const name of CHOICES) if (isOffered(this.boxes[name], draft[name])) this.boxes[name].value = draft[name];
    }
    if (isEmpty(this.written)) this.desk.drafts.change(this.draftUrl, this.inbox, null);
    else this.desk.say('What you had begun to write is here again.');
  }

  /* What is not sent yet. A choice that the report has anyway is none: a colleague may set it otherwise meanwhile. */
  get written() {
    return Object.fromEntries(NAMES.map((name) => {
      const { value } = this.boxes[name];
      return [name, value === this.values[name] ? '' : value];
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
    for (const name of ['reply', 'note', 'reason']) if (isKept(name, this.boxes[name].value)) this.boxes[name].value = '';
    if ('state' in words) this.values = Object.fromEntries(CHOICES.map((name) => [name, words[name]]));
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
    const { urgency, state, outcome, reason } = this.boxes;
    const words = tidy(reason.value);
    const wrong = [
      [urgency, !urgency.value, 'Choose how urgent it is.'],
      [outcome, NEEDS_OUTCOME.includes(state.value) && !outcome.value, 'Choose an outcome, or another state.'],
      [reason, !words, 'Write why. A few words are enough.'],
    ].filter(([, isWrong]) => isWrong);
    for (const box of Object.values(this.boxes)) stopComplaining(box);
    if (wrong.length) {
      wrong.reverse().forEach(([box, , sentence]) => complain(box.closest('.f'), sentence));
      return;
    }
    const { keyring, labels } = this.desk;
    const codes = { urgency: urgency.value, state: state.value, outcome: outcome.value };
    await this.write(this.decisionForm, reason, async () => {
      const report = { kind: 'decision', sent: keyring.minute, officer: keyring.given.officer, ...codes, reason: words };
      const pairs = CHOICES.map((name) => [name, codes[name] && labels[name](codes[name])]);
      const letter = { report, pairs: [...pairs, ['Why', words]], subject: 'Decision', inbox: this.inbox };
      const sealed = await keyring.seal(letter);
      const url = `${this.url}decisions/${this.idFor('decision', JSON.stringify([codes, words]))}/`;
      const headers = {
        'Phoenix-Urgency': codes.urgency,
        'Phoenix-State': codes.state,
        'Phoenix-Outcome': codes.outcome,
      };
      await keyring.sendSealed(sealed, this.inbox, (body) => send('POST', url, body, headers));
      this.kept({ reason: words, ...codes });
      return 'The decision is recorded.';
    });
  }

  /* Send something once at a time; if it fails, every word stays in its box. */
  async write(form, box, act) {
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
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
      if (!this.isOver()) button.disabled = false;
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
