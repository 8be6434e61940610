/* One report: what they told us, the conversation, what was decided. One object for each time that one is opened: what
   is still under way when it is left or locked finishes without touching the page, which may show another by then. */

import { byId, element } from '../common/page.mjs';
import { ask, postJson } from './api.mjs';
import { answerTo, isOfKind, openAnswer, openLetter } from './letters.mjs';
import { Handover } from './handover.mjs';
import { urgency } from './list.mjs';
import { detailsOf } from './outcomes.mjs';
import { forgetProposal, showProposal } from './second.mjs';
import { Threat } from './threat.mjs';
import { Writing } from './writing.mjs';
import { hourInWords, inWords, written } from './written.mjs';

const WHERE = { browser: 'sealed in the sender’s browser', server: 'sealed on our server, without script' };
const EMPTIED = ['reference', 'story', 'answers', 'left-out', 'messages', 'history', 'sent-when', 'urgency-now', 'waited-now'];

export class Report {
  constructor({ reports, signs, team }, desk, id) {
    Object.assign(this, { url: `${reports}${id}/`, id, team, desk });
    this.isOver = false;
    empty();
    byId('unmark').onclick = () => this.unmark();
    const ways = { isOver: () => this.isOver, onKept: () => this.refresh() };
    this.writing = new Writing(this.url, desk, ways);
    this.threat = new Threat(signs, desk);
    this.handover = new Handover(this.url, desk, ways);
  }

  /* Everything that was opened goes. */
  close() {
    this.isOver = true;
    this.writing.close();
    this.handover.close();
    this.threat.close();
    empty();
  }

  /* Show it. What the officer had begun to write about it comes back. */
  async show() {
    /* Asked for first: while the server answers, it may still be on its way there. */
    const own = await this.desk.drafts.newest(this.writing.draftUrl);
    const found = await ask(this.url);
    const opened = await Report.open(this.desk.keyring, { ...found, draft: own ?? found.draft });
    if (this.isOver) return;
    this.put(found, opened);
    this.writing.bring(opened);
    await this.saySeen(found);
    this.desk.changed();
  }

  /* After something was sent: everything but what stands in the boxes. */
  async refresh() {
    const found = await ask(this.url);
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
  static async open(keyring, { report, concern, additions, replies, decisions, draft }) {
    const told = await openLetter(keyring, concern, report);
    const key = told.report?.reply_key || '';
    const each = (parts, open) => Promise.all(parts.map(async (part) => ({ ...part, inside: await open(part) })));
    return {
      told,
      additions: await each(additions, (part) => openLetter(keyring, part.sealed, part)),
      replies: await each(replies, (part) => openAnswer(keyring, part.locked, key, part)),
      decisions: await each(decisions, (part) =>
        openLetter(keyring, part.sealed, { hour: part.hour, isOurs: isOfKind('decision') })),
      draft: draft ? await openLetter(keyring, draft, { isOurs: isOfKind('draft') }) : {},
    };
  }

  put(found, opened) {
    const { report: envelope, proposal } = found;
    this.showHead(envelope);
    this.showTold(envelope, opened.told);
    this.showConversation(opened);
    this.showDecisions(opened.decisions);
    showProposal(proposal, opened.decisions, this.desk.labels.outcome(envelope.outcome));
    this.writing.follow(envelope, opened);
    this.handover.follow(found, opened);
    this.threat.show(opened, () => this.isOver);
    byId('report-parts').hidden = false;
  }

  showHead(envelope) {
    byId('reference').textContent = envelope.reference;
    byId('mark').hidden = !envelope.marked;
    byId('urgency-now').replaceChildren(urgency(envelope.urgency, this.desk.labels.urgency));
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
}

/* Nothing of a report is on the page. */
function empty() {
  for (const id of EMPTIED) byId(id).replaceChildren();
  forgetProposal();
  byId('report-parts').hidden = true;
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
