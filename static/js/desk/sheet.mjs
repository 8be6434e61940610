/* What is copied out of the desk as plain text: the contact sheet in the order of a contact record, and the police
   intelligence sheet. Nothing in them can be pressed or can act. */

import { marksIn } from './marks.mjs';
import { hourInWords, inWords, inert } from './written.mjs';

const LINK = /(?:\bhttps?:\/\/|\bwww\.)\S+/gi;

const CONTACT = ['contact', 'contact-name', 'contact-how', 'contact-when', 'contact-message'];
const CHILD = ['who', 'child-name', 'child-age', 'child-school', 'child-place', 'child-more', 'safe-here'];
/* The order of a contact record. */
const SECTIONS = [
  ['The child', CHILD],
  ['Who is worried', ['source', 'under-18']],
  ['What was seen or heard', ['story']],
  ['When', ['when', 'when-more']],
  ['Where', ['where', 'town', 'outside']],
  ['Who may be doing it', ['person', 'works-with-children']],
  ['Signs', ['signs']],
  ['Online', ['online-more', 'pictures']],
  ['Family, and what they wish', ['family', 'wishes']],
  ['Danger', ['danger']],
  ['Other agencies', ['told']],
];
const PLACED = [...CONTACT, ...SECTIONS.flatMap(([, keys]) => keys)];
const LEFT_OUT = '[left out]';

/* Text in which no link is alive: "hxxps://example[.]com". */
export function dead(text) {
  return inert(text).replace(/(?:\bhttps?:\/\/|\bwww\.)\S+/gi, (link) =>
    link.replace(/^http/i, 'hxxp').replaceAll('.', '[.]'));
}

const section = (title, lines) => (lines.length ? [title.toUpperCase(), ...lines, ''] : []);
const row = ([question, words]) => `${question}: ${words}`;
const rows = (answers) => answers.map(({ question, words, isAsked }) => row([question, words || (isAsked ? 'Not given' : 'Not asked')]));
/* What leaves the desk is read in other years, too. */
const YEAR = { year: 'numeric' };
export const when = ({ sent, hour }) => (sent ? inWords(sent, YEAR) : hourInWords(hour, YEAR));
const rawOf = ({ raw, trouble }) => (trouble ? `This part cannot be opened. ${trouble}` : raw);

function head({ envelope }, title) {
  return [title, `Report ${envelope.reference}, received ${when({ hour: envelope.hour })}`, ''];
}

/* A letter of the sender as one text. */
const said = ({ inside }) => (inside.report ? inside.report.answers.map(({ words }) => words).join('\n') : rawOf(inside));

/* Parts of a report with the time in which each was written, oldest first. */
const inOrder = (parts) =>
  parts.map((part) => ({ ...part, sent: part.inside.report?.sent ?? part.inside.sent }))
    .sort((one, other) => (one.sent ?? new Date(one.hour)) - (other.sent ?? new Date(other.hour)));

/* Messages of both sides. */
export function conversation({ additions, replies }) {
  const theirs = additions.map((part) => ({ ...part, who: 'Sender', text: said(part) }));
  const ours = replies.map((part) => ({ ...part, who: part.officer, text: part.inside.text ?? rawOf(part.inside) }));
  return inOrder([...theirs, ...ours]).map((part) => `${part.who}, ${when(part)}: ${part.text}`);
}

/* What officers wrote for each other. */
export const notes = (opened) =>
  inOrder(opened.notes).map((part) => `${part.officer}, ${when(part)}: ${part.inside.report?.note ?? rawOf(part.inside)}`);

/* What was decided: who, when, the codes in words, what was written down, and why. `words` puts codes into words. */
export const decisions = (opened, words) =>
  inOrder(opened.decisions).flatMap(({ inside, ...part }) => [
    `${part.officer}, ${when(part)}: ${words.codes(part)}`,
    ...(inside.report ? [...words.details(inside.report).map(row), `Why: ${inside.report.reason}`] : [rawOf(inside)]),
  ]);

const answersOf = ({ told }) => told.report?.answers ?? [];
const among = (opened, keys) => answersOf(opened).filter(({ key }) => keys.includes(key));

/* How to reach the sender stands there if it was chosen, and nowhere else. */
export function contactSheet(opened, words, withContact) {
  const others = answersOf(opened).filter(({ key }) => !PLACED.includes(key));
  const sections = SECTIONS.flatMap(([title, keys]) => section(title, rows(among(opened, keys))));
  const contact = withContact ? section('How to reach the sender', rows(among(opened, CONTACT))) : [];
  const text = [
    ...head(opened, 'CONTACT SHEET'),
    ...(opened.told.report ? [...sections, ...section('Other answers', rows(others))] : section('What was sent', [rawOf(opened.told)])),
    ...section('Conversation', conversation(opened)),
    ...section('Urgency', [words.urgency(opened.envelope.urgency)]),
    ...section('Notes of the team', notes(opened)),
    ...section('Decisions', decisions(opened, words)),
  ].join('\n');
  return dead(withContact ? [text, ...contact].join('\n') : without(text, opened)).trim();
}

/* For the police as intelligence: never who told it. What an officer has to fill in stands first. */
export function intelligenceSheet(opened, words) {
  const open = answersOf(opened).filter(({ key }) => !CONTACT.includes(key) && key !== 'wishes' && key !== 'under-18');
  const texts = [...open.map(({ words: answer }) => answer), ...opened.additions.map(said)];
  const all = without(texts.join('\n'), opened);
  const marks = [...marksIn(all).values()];
  const marked = (wanted) => found(marks.filter(({ kind }) => kind === wanted).map(({ shown }) => shown));
  const of = (...keys) => rows(among(opened, keys).filter((answer) => answer.words));
  const found = (list) => (list.length ? list : ['None named']);
  return dead(without([
    ...head(opened, 'POLICE INTELLIGENCE SHEET'),
    'This is information, and no referral.',
    '',
    ...section('Grading (3x5x2), to fill in', [
      'Source, 1 to 3: ', 'Information, A to E: ', 'Handling, P or C: ', 'Known to be false or malicious: ',
    ]),
    ...section('First-hand or not', [...of('source'), ...(of('source').length ? [] : ['Not given'])]),
    ...section('Who may be doing it: descriptions and aliases', of('person', 'works-with-children')),
    ...section('The child', of(...CHILD)),
    ...section('Vehicles', marked('plate')),
    ...section('Phones', marked('phone')),
    ...section('User names', marked('name')),
    ...section('Links', found([...new Set(all.match(LINK) ?? [])])),
    ...section('Places', of('where', 'town', 'outside')),
    ...section('Dates', of('when', 'when-more')),
    ...section('Behaviours', of('signs')),
    ...section('Online', of('online-more', 'pictures')),
    ...section('In their words', opened.told.report ? of('story') : [rawOf(opened.told)]),
    ...section('Added later', opened.additions.map(said)),
    ...section('Urgency', [words.urgency(opened.envelope.urgency)]),
  ].join('\n'), opened)).trim();
}

/* Without the sender's own name, number or address, wherever else they wrote it. */
function without(text, opened) {
  const own = among(opened, ['contact-name', 'contact-how']).map(({ words }) => words.trim()).filter(({ length }) => length > 2);
  return own.reduce((rest, words) => rest.replace(new RegExp(escaped(words), 'giu'), LEFT_OUT), text);
}

const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
