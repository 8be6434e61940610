/* What stands in sealed letters, made safe to handle: a stranger wrote it, so it may be anything. */

import { readEntity, readText } from '../sealing/read.mjs';
import { DETAILS } from './outcomes.mjs';

const LONGEST_RAW = 20000;
const MOST_ANSWERS = 100;
const LONGEST_TITLE = 90;
const HOURS_AROUND = 2 * 3600 * 1000;

/* A concern or an addition has answers; what an officer wrote says of what kind it is. */
const hasAnswers = ({ answers }) => Array.isArray(answers);
export const isOfKind = (wanted) => ({ kind }) => kind === wanted;

/* {report} of ours, with texts where texts belong; {raw} text that has not our form; or {trouble}, a sentence. `hour` is
   when the server received it. */
export async function openLetter(keyring, coded, { hour, isOurs = hasAnswers } = {}) {
  let octets;
  try {
    octets = await keyring.open(coded);
  } catch (error) {
    return { trouble: why(error) };
  }
  const found = readEntity(octets);
  return found && isOurs(found) ? { report: read(found, hour) } : { raw: readText(octets).slice(0, LONGEST_RAW) };
}

/* The same for what the team wrote back. */
export async function openAnswer(keyring, coded, replyKey, { hour }) {
  try {
    const found = readEntity(await keyring.openReply(coded, replyKey)) || {};
    return { text: text(found.text), sent: moment(found.sent, hour) };
  } catch (error) {
    return { trouble: why(error) };
  }
}

function read(found, hour) {
  const given = hasAnswers(found) ? found.answers : [];
  const kept = ['reply', 'note', 'reason', 'second', 'urgency', 'state', 'outcome', 'authority', 'sealed', 'reply_key', ...DETAILS];
  return {
    answers: given.slice(0, MOST_ANSWERS).map(answer),
    more: Math.max(given.length - MOST_ANSWERS, 0),
    sent: moment(found.sent, hour),
    ...Object.fromEntries(kept.map((key) => [key, text(found[key])])),
  };
}

/* Whatever stands where an answer belongs is shown in some way. */
function answer(given) {
  if (given === null || typeof given !== 'object') return { key: '', question: '', words: inText(given), value: '', isAsked: true };
  const { key, question, answer: value, words, not_asked: notAsked } = given;
  return { key: text(key), question: inText(question), words: inText(words || value), value: text(value), isAsked: notAsked !== true };
}

const text = (value) => (typeof value === 'string' ? value : '');

function inText(value) {
  if (value === null || value === undefined || typeof value === 'string') return value || '';
  try {
    return JSON.stringify(value);
  } catch {
    return '(too deeply nested to be shown)';
  }
}

/* The minute from inside, if it fits the hour that the server has kept: whoever seals can write any. */
function moment(value, hour) {
  const found = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text(value)) ? value : NaN);
  return Math.abs(found - new Date(hour)) < HOURS_AROUND ? found : null;
}

/* OpenPGP.js tells by the words of its error alone. */
function why(error) {
  const words = String(error && error.message);
  if (/decompressed/i.test(words)) return 'It is far larger when unpacked than anything the form sends.';
  if (/session key|decryption key/i.test(words)) return 'It is sealed to another key.';
  return 'It is damaged.';
}

export const answerTo = (report, key) => (report.answers.find((found) => found.key === key) || { words: '' }).words;

/* The first words of the story, and below it who it is about and where. */
export function titleOf({ report, raw, trouble }) {
  if (trouble) return { title: 'This report cannot be opened', about: '' };
  const line = (report ? answerTo(report, 'story') : raw).replace(/\s+/g, ' ').trim();
  const about = report ? ['who', 'town', 'where'].map((key) => shorten(answerTo(report, key), 40)).filter(Boolean) : [];
  return { title: shorten(line, LONGEST_TITLE) || 'No story', about: about.join(' · ') };
}

function shorten(given, longest) {
  const line = given.replace(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, 4 * longest)];
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trim()} …`;
}
