/* One report: what they told us, the conversation, the decision, and what came before. */

import { byId, complain, element } from '../shared/page.mjs';
import { tidy } from '../shared/text.mjs';
import { ask, send } from './api.mjs';
import { answerTo, openAnswer, openLetter } from './letters.mjs';
import { urgency } from './list.mjs';
import { hourInWords, inWords, written } from './written.mjs';

const NEEDS_OUTCOME = ['decided', 'closed'];

export class Report {
  constructor({ reports, team }, keyring, drafts, { labels, say, trouble, changed }) {
    Object.assign(this, { url: reports, team, keyring, drafts, labels, say, trouble, changed });
    this.answerForm = byId('answer');
    this.decisionForm = byId('decision');
    this.answerForm.addEventListener('submit', (event) => { event.preventDefault(); this.answer(); });
    this.decisionForm.addEventListener('submit', (event) => { event.preventDefault(); this.decide(); });
    for (const form of [this.answerForm, this.decisionForm]) {
      form.addEventListener('input', () => this.keepDraft());
      form.addEventListener('focusout', () => this.drafts.save());
    }
    this.forget();
  }

  /* Everything that was opened goes. */
  forget() {
    this.id = null;
    this.concern = null;
    this.sent = {};
    for (const id of ['story', 'answers', 'left-out', 'messages', 'history', 'sent-when', 'urgency-now', 'waited-now']) {
      byId(id).replaceChildren();
    }
    this.answerForm.reset();
    this.decisionForm.reset();
    byId('reference').textContent = '';
  }

  at(...parts) {
    return [`${this.url}${this.id}/`, ...parts.map((part) => `${part}/`)].join('');
  }

  /* Show a report by its id. What an officer had begun to write about it comes back. */
  async show(id) {
    this.forget();
    this.id = id;
    const found = await ask(this.at());
    if (!this.isStill(id)) return;
    this.envelope = found.report;
    await this.showConcern(found.concern);
    await this.showRest(found);
    this.fillDecision();
    await this.bringDraft(found.draft);
    await ask(this.at('opened'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ additions: found.additions.length }),
    });
    this.changed();
  }

  /* After something was sent: everything but what stands in the boxes. */
  async refresh() {
    const { id } = this;
    const found = await ask(this.at());
    if (!this.isStill(id)) return;
    this.envelope = found.report;
    await this.showRest(found);
    this.changed();
  }

  isStill(id) {
    return this.id === id && this.keyring.isOpen;
  }

  async showConcern(coded) {
    const opened = await openLetter(this.keyring, coded);
    this.concern = opened.report || null;
    byId('left-out-part').hidden = true;
    if (!opened.report) {
      byId('story').append(...cannotRead(opened));
      return;
    }
    const { report } = opened;
    byId('story').append(written(answerTo(report, 'story') || 'No story'));
    const others = report.answers.filter(({ key }) => key !== 'story');
    byId('answers').append(...others.filter(({ words }) => words).map(({ question, words }) => {
      const row = document.createElement('div');
      row.append(written(question, 'dt'), written(words, 'dd'));
      return row;
    }));
    const left = others.filter(({ words }) => !words);
    byId('left-out').append(...left.map(({ question }) => written(question, 'li')));
    byId('left-out-part').hidden = !left.length;
    byId('left-out-count').textContent = `Questions left out (${left.length})`;
    const where = { browser: 'sealed in the sender’s browser', server: 'sealed on our server, without script' };
    byId('sent-when').textContent = [
      report.sent ? `Sent ${inWords(report.sent)}` : `Received ${hourInWords(this.envelope.hour)}`,
      where[report.sealed],
    ].filter(Boolean).join(', ');
  }

  async showRest({ report, additions, replies, decisions }) {
    byId('reference').textContent = report.reference;
    byId('urgency-now').replaceChildren(urgency(report.urgency, this.labels.urgency));
    byId('waited-now').textContent = [this.labels.state(report.state), `waiting ${report.waited}`]
      .concat(report.danger ? ['may be in danger'] : []).join(' · ');
    byId('no-words').hidden = report.can_answer;
    this.answerForm.hidden = !report.can_answer || !this.concern?.reply_key;
    byId('no-reply-key').hidden = !report.can_answer || Boolean(this.concern?.reply_key);
    const messages = [
      ...(await Promise.all(additions.map((letter) => this.addition(letter)))),
      ...(await Promise.all(replies.map((reply) => this.reply(reply)))),
    ].sort((one, other) => one.at - other.at);
    byId('messages').replaceChildren(...messages.map(({ line }) => line));
    byId('no-messages').hidden = messages.length > 0;
    const steps = await Promise.all(decisions.map((decision) => this.step(decision)));
    byId('history').replaceChildren(...steps.sort((one, other) => one.at - other.at).map(({ line }) => line));
    byId('history-part').hidden = !steps.length;
  }

  async addition({ sealed, hour }) {
    const opened = await openLetter(this.keyring, sealed);
    const words = opened.report ? [written(answerTo(opened.report, 'addition'))] : cannotRead(opened);
    return message('Sender', opened.report?.sent, hour, words, '');
  }

  async reply({ locked, hour, officer }) {
    const opened = await openAnswer(this.keyring, locked, this.concern?.reply_key || '');
    const words = opened.trouble ? cannotRead(opened) : [written(opened.text)];
    return message(`${this.team} (${officer})`, opened.sent, hour, words, 'me');
  }

  async step({ sealed, hour, officer, ...codes }) {
    const opened = await openLetter(this.keyring, sealed);
    const set = ['urgency', 'state', 'outcome'].map((name) => codes[name] && this.labels[name](codes[name]));
    const words = opened.report ? [written(opened.report.reason)] : cannotRead(opened);
    return message(`${officer}: ${set.filter(Boolean).join(', ')}`, opened.report?.sent, hour, words, '');
  }

  /* --- Drafts --- */

  fillDecision(from = this.envelope) {
    const { urgency: urgent, state, outcome } = this.decisionForm.elements;
    urgent.value = from.urgency;
    state.value = ['new', 'reopened'].includes(from.state) ? 'opened' : from.state;
    outcome.value = from.outcome;
  }

  draft() {
    const { urgency: urgent, state, outcome, reason } = this.decisionForm.elements;
    const now = { reply: this.answerForm.elements.reply.value, reason: reason.value };
    return { ...now, urgency: urgent.value, state: state.value, outcome: outcome.value };
  }

  keepDraft() {
    const draft = this.draft();
    this.drafts.change(this.at('draft'), draft.reply || draft.reason ? draft : null);
  }

  async bringDraft(kept) {
    const unsaved = this.drafts.unsavedFor(this.at('draft'));
    const opened = unsaved || kept ? await openLetter(this.keyring, unsaved || kept) : {};
    if (!opened.report) return;
    const { reply, reason } = opened.report;
    this.answerForm.elements.reply.value = reply;
    this.decisionForm.elements.reason.value = reason;
    this.fillDecision(opened.report);
    this.say('What you had begun to write is here again.');
  }

  /* --- Writing --- */

  /* The same words keep the id of their first try, so that trying again sends them once. Others are something new. */
  idFor(what, words) {
    if (this.sent[what]?.words !== words) this.sent[what] = { words, id: crypto.randomUUID() };
    return this.sent[what].id;
  }

  async answer() {
    const box = this.answerForm.elements.reply;
    const words = tidy(box.value);
    if (!words) {
      complain(box.closest('.f'), 'Write what the sender should read.');
      return;
    }
    await this.write(this.answerForm, async () => {
      const report = { kind: 'reply', sent: this.keyring.minute, text: words };
      const letter = { report, pairs: [['Reply', words]], subject: 'Reply' };
      const locked = await this.keyring.lockReply(letter, this.concern.reply_key);
      await send('POST', this.at('replies', this.idFor('reply', words)), locked);
      box.value = '';
      this.say('Your reply is locked and kept for the sender.');
    });
  }

  async decide() {
    const { urgency: urgent, state, outcome, reason } = this.decisionForm.elements;
    const words = tidy(reason.value);
    const wrong = [
      [urgent, !urgent.value, 'Choose how urgent it is.'],
      [outcome, NEEDS_OUTCOME.includes(state.value) && !outcome.value, 'Choose an outcome, or another state.'],
      [reason, !words, 'Write why. A few words are enough.'],
    ].filter(([, isWrong]) => isWrong);
    if (wrong.length) {
      wrong.reverse().forEach(([box, , sentence]) => complain(box.closest('.f'), sentence));
      return;
    }
    const codes = { urgency: urgent.value, state: state.value, outcome: outcome.value };
    await this.write(this.decisionForm, async () => {
      const report = { kind: 'decision', sent: this.keyring.minute, officer: this.keyring.given.officer, ...codes, reason: words };
      const pairs = ['urgency', 'state', 'outcome'].map((name) => [name, codes[name] && this.labels[name](codes[name])]);
      const sealed = await this.keyring.seal({ report, pairs: [...pairs, ['Why', words]], subject: 'Decision' });
      await send('POST', this.at('decisions', this.idFor('decision', JSON.stringify([codes, words]))), sealed, {
        'Phoenix-Urgency': codes.urgency,
        'Phoenix-State': codes.state,
        'Phoenix-Outcome': codes.outcome,
      });
      reason.value = '';
      this.say('The decision is recorded.');
    });
  }

  /* Send something once at a time; if it fails, every word stays in its box. */
  async write(form, act) {
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    byId('trouble').hidden = true;
    try {
      await act();
      this.keepDraft();
      await this.drafts.save();
      this.sent = {};
      await this.refresh();
    } catch (error) {
      this.trouble(error);
    } finally {
      button.disabled = false;
    }
  }
}

/* A line of the conversation or of the history, and the moment it belongs to. */
function message(who, sent, hour, words, side) {
  const line = document.createElement('li');
  line.className = side;
  const head = element('p', '', 'meta');
  head.append(element('b', who), `, ${sent ? inWords(sent) : hourInWords(hour)}`);
  line.append(head, ...words);
  return { line, at: sent || new Date(hour) };
}

function cannotRead({ raw, trouble }) {
  if (trouble) return [element('p', `This part cannot be opened. ${trouble}`, 'closed')];
  return [element('p', 'This was not written with our form. It is shown as it is.', 'closed'), written(raw)];
}
