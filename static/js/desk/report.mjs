/* One report: what they told us, the conversation, what was decided. One object for each time that one is opened: what
   is still under way when it is left or locked finishes without touching the page, which may show another by then. */

import { byId, element } from '../common/page.mjs';
import { Trouble, ask, postJson } from './api.mjs';
import { Handing } from './handing.mjs';
import { answerTo, isOfKind, openAnswer, openLetter } from './letters.mjs';
import { Handover } from './handover.mjs';
import { clocks, urgency } from './list.mjs';
import { textsOf } from './opened.mjs';
import { detailsOf } from './outcomes.mjs';
import { Preserving } from './preserving.mjs';
import { forgetProposal, showProposal } from './second.mjs';
import { suggest } from './suggestion.mjs';
import { Threat } from './threat.mjs';
import { Writing } from './writing.mjs';
import { hourInWords, inWords, written } from './written.mjs';

const WHERE = { browser: 'sealed in the sender’s browser', server: 'sealed on our server, without script' };
const EMPTIED = ['reference', 'story', 'answers', 'left-out', 'messages', 'history', 'sent-when', 'urgency-now', 'waited-now',
  'clocks-now', 'notes', 'same', 'suggestion', 'assignee', 'handing-said'];
/* What the server is told when a report is closed that was open on this page. */
const WAS_OPEN = 'was-open';
const KINDS = { plate: 'Number plate', phone: 'Phone number', name: 'User name' };

export class Report {
  constructor({ reports, signs, team, period }, desk, id) {
    Object.assign(this, { url: `${reports}${id}/`, id, team, desk });
    this.isOver = false;
    this.reason = '';
    this.texts = [];
    empty();
    byId('unmark').onclick = () => this.unmark();
    byId('closed-reason').onsubmit = (event) => { event.preventDefault(); this.showClosed(); };
    const ways = { isOver: () => this.isOver, onKept: () => this.refresh() };
    this.writing = new Writing(this.url, desk, ways);
    this.threat = new Threat(signs, desk);
    this.handover = new Handover(this.url, desk, ways);
    const shown = { isOver: () => this.isOver, changed: () => this.refresh() };
    this.handing = new Handing(this.url, desk, shown);
    this.preserving = new Preserving(this.url, desk, Number(period), shown);
  }

  /* Everything that was opened goes. */
  close() {
    this.isOver = true;
    this.texts = [];
    this.writing.close();
    this.handover.close();
    this.threat.close();
    empty();
  }

  /* Show it. What the officer had begun to write about it comes back. */
  async show() {
    /* Asked for first: while the server answers, it may still be on its way there. */
    const own = await this.desk.drafts.newest(this.writing.draftUrl);
    let found;
    try {
      found = await this.ask();
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== 'refused') throw error;
      /* It is closed. */
      if (!this.isOver) byId('closed-reason').hidden = false;
      return;
    }
    const opened = await Report.open(this.desk.keyring, { ...found, draft: own ?? found.draft });
    if (this.isOver) return;
    this.put(found, opened);
    this.writing.bring(opened);
    const { report } = await this.saySeen(found);
    if (!this.isOver) this.showHead(report);
    this.desk.changed();
  }

  /* After something was sent: everything but what stands in the boxes. */
  async refresh() {
    const found = await this.ask();
    const opened = await Report.open(this.desk.keyring, { ...found, draft: '' });
    if (this.isOver) return;
    this.put(found, opened);
    if (found.proposal) await this.saySeen(found);
    this.desk.changed();
  }

  /* It is on the screen, with all that was added. A second officer closes nothing before this is known. */
  saySeen({ additions }) {
    return postJson(`${this.url}opened/`, { additions: additions.length });
  }

  /* A report that was open here may be closed by now. */
  async ask() {
    const found = await ask(this.url, { headers: this.reason && { 'Phoenix-Reason': this.reason } });
    this.reason ||= WAS_OPEN;
    return found;
  }

  async showClosed() {
    this.reason = byId('closed-why').value;
    byId('closed-reason').hidden = true;
    try {
      await this.show();
      if (!this.isOver) byId('reference').focus();
    } catch (error) {
      if (!this.isOver) this.desk.trouble(error);
    }
  }

  /* A person sent it. It leaves the list of what is marked. */
  async unmark() {
    try {
      await ask(`${this.url}unmarked/`, { method: 'POST' });
      await this.refresh();
    } catch (error) {
      if (!this.isOver) this.desk.trouble(error);
      return;
    }
    if (this.isOver) return;
    byId('reference').focus();
    this.desk.say('The mark is off.');
  }

  /* All parts of a report, opened; a part that cannot be opened says why, and the others open all the same. */
  static async open(keyring, { report, concern, additions, replies, decisions, notes, draft }) {
    const told = await openLetter(keyring, concern, report);
    const key = told.report?.reply_key || '';
    const each = (parts, open) => Promise.all(parts.map(async (part) => ({ ...part, inside: await open(part) })));
    return {
      told,
      additions: await each(additions, (part) => openLetter(keyring, part.sealed, part)),
      replies: await each(replies, (part) => openAnswer(keyring, part.locked, key, part)),
      decisions: await each(decisions, (part) =>
        openLetter(keyring, part.sealed, { hour: part.hour, isOurs: isOfKind('decision') })),
      notes: await each(notes, (part) => openLetter(keyring, part.sealed, { hour: part.hour, isOurs: isOfKind('note') })),
      draft: draft ? await openLetter(keyring, draft, { isOurs: isOfKind('draft') }) : {},
    };
  }

  put(found, opened) {
    const { report: envelope, proposal, colleagues } = found;
    this.showHead(envelope);
    this.showTold(envelope, opened.told);
    this.showConversation(opened);
    this.showDecisions(opened.decisions);
    this.showNotes(opened.notes);
    this.showSuggestion(envelope, opened.told);
    showProposal(proposal, opened.decisions, this.desk.labels.outcome(envelope.outcome));
    this.handing.show(envelope, colleagues);
    this.preserving.show(envelope);
    this.writing.follow(envelope, opened);
    this.handover.follow(found, opened);
    this.threat.show(opened, () => this.isOver);
    byId('report-parts').hidden = false;
    this.texts = [opened.told, ...opened.additions.map(({ inside }) => inside)].flatMap(textsOf);
    this.compare();
  }

  showHead(envelope) {
    byId('reference').textContent = envelope.reference;
    byId('mark').hidden = !envelope.marked;
    byId('urgency-now').replaceChildren(urgency(envelope.urgency, this.desk.labels.urgency));
    byId('clocks-now').replaceChildren(...clocks(envelope));
    byId('waited-now').textContent = [this.desk.labels.state(envelope.state), `waiting ${envelope.waited}`]
      .concat(envelope.danger ? ['may be in danger'] : [])
      .concat(envelope.inbox === 'restricted' ? ['restricted: two senior people see it'] : []).join(' · ');
  }

  showTold(envelope, told) {
    const { report } = told;
    const answers = report ? report.answers.filter(({ key }) => key !== 'story') : [];
    const left = answers.filter(({ words }) => !words);
    byId('story').replaceChildren(...(report ? [written(answerTo(report, 'story') || 'No story')] : cannotRead(told)));
    byId('answers').replaceChildren(...answers.filter(({ words }) => words).map(({ question, words }) => {
      const row = document.createElement('div');
      row.append(written(question || 'Without a question', 'dt'), written(words, 'dd'));
      return row;
    }));
    byId('too-many').hidden = !report?.more;
    byId('too-many').textContent = `${report?.more} more answers, which the form does not have, are not shown.`;
    byId('left-out').replaceChildren(...left.map(({ question, isAsked }) => written(isAsked ? question : `${question} (not asked)`, 'li')));
    byId('left-out-part').hidden = !left.length;
    byId('left-out-count').textContent = `Questions left out (${left.length})`;
    byId('sent-when').textContent = [
      report?.sent ? `Sent ${inWords(report.sent)}` : `Received ${hourInWords(envelope.hour)}`,
      WHERE[report?.sealed],
    ].filter(Boolean).join(', ');
  }

  showConversation({ additions, replies }) {
    const lines = [
      ...additions.map(({ inside, hour }) =>
        message('Sender', inside.report?.sent, hour, inside.report ? additionOf(inside.report) : cannotRead(inside), '')),
      ...replies.map(({ inside, hour, officer }) =>
        message(`${this.team} (${officer})`, inside.sent, hour, inside.trouble ? cannotRead(inside) : [written(inside.text)], 'me')),
    ].sort((one, other) => one.at - other.at);
    byId('messages').replaceChildren(...lines.map(({ line }) => line));
    byId('no-messages').hidden = lines.length > 0;
  }

  showDecisions(decisions) {
    const { labels } = this.desk;
    const steps = decisions.map(({ inside, hour, officer, ...codes }) => {
      const set = ['urgency', 'state', 'outcome', 'authority'].map((name) => codes[name] && labels[name](codes[name]));
      const words = inside.report
        ? [...detailsOf(inside.report).map(([name, value]) => written(`${name}: ${value}`)), written(inside.report.reason)]
        : cannotRead(inside);
      return message(`${officer}: ${set.filter(Boolean).join(', ')}`, inside.report?.sent, hour, words, '');
    }).sort((one, other) => one.at - other.at);
    byId('history').replaceChildren(...steps.map(({ line }) => line));
    byId('history-part').hidden = !steps.length;
  }

  /* What the sender's answers speak for. It is no choice: a person makes it. */
  showSuggestion({ urgency: set }, { report }) {
    byId('suggestion').replaceChildren();
    if (!report || set) return;
    const given = Object.fromEntries(report.answers.map(({ key, value }) => [key, value]));
    const { urgency: code, reasons } = suggest(given);
    const list = element('ul', '');
    list.append(...reasons.map((reason) => element('li', reason)));
    byId('suggestion').append(element('p', `Their answers suggest: ${this.desk.labels.urgency(code)}.`), list);
  }

  /* Once more when everything else that is open has been opened. */
  compare() {
    if (this.isOver || !this.texts.length) return;
    const same = this.desk.opened.sameElsewhere(this.id, this.texts);
    byId('same').replaceChildren(...same.map(({ kind, shown, report }) => {
      const line = element('li', `${KINDS[kind]} `);
      const link = Object.assign(element('a', report.reference, 'tap'), { href: `#${report.reference}` });
      link.addEventListener('click', (event) => { event.preventDefault(); this.desk.go(report); });
      line.append(written(shown, 'b'), ': ', link, ' ', written(this.desk.opened.of(report.id).title, 'span'));
      return line;
    }));
    byId('same-part').hidden = !same.length;
  }

  showNotes(notes) {
    const lines = notes.map(({ inside, hour, officer }) =>
      message(officer, inside.report?.sent, hour, inside.report ? [written(inside.report.note)] : cannotRead(inside), ''));
    byId('notes').replaceChildren(...lines.sort((one, other) => one.at - other.at).map(({ line }) => line));
  }
}

/* Nothing of a report is on the page. */
function empty() {
  for (const id of EMPTIED) byId(id).replaceChildren();
  forgetProposal();
  for (const id of ['report-parts', 'closed-reason', 'same-part']) byId(id).hidden = true;
}

const additionOf = ({ answers }) => answers.map(({ words }) => written(words));

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
