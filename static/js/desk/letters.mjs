/* What stands in sealed letters, made safe to handle: a stranger wrote it, so it may be anything. */

import { readEntity } from '../sealing/read.mjs';

const LONGEST_RAW = 20000;
const MOST_ANSWERS = 100;
const LONGEST_TITLE = 90;

const text = (value) => (typeof value === 'string' ? value : '');

/* {report} of ours, with texts where texts belong; {raw} text that has not our form; or {trouble}, a sentence. */
export async function openLetter(keyring, coded) {
  let octets;
  try {
    octets = await keyring.open(coded);
  } catch (error) {
    return { trouble: why(error) };
  }
  return read(octets);
}

/* The same for what the team wrote back. */
export async function openAnswer(keyring, coded, replyKey) {
  try {
    const found = readEntity(await keyring.openReply(coded, replyKey)) || {};
    return { text: text(found.text), sent: moment(found.sent) };
  } catch (error) {
    return { trouble: why(error) };
  }
}

function read(octets) {
  const found = readEntity(octets);
  if (!found) return { raw: new TextDecoder().decode(octets.subarray(0, LONGEST_RAW)) };
  const given = Array.isArray(found.answers) ? found.answers.slice(0, MOST_ANSWERS) : [];
  const answers = given.filter((answer) => answer && typeof answer === 'object').map((answer) => ({
    key: text(answer.key),
    question: text(answer.question),
    words: text(answer.words) || text(answer.answer),
  }));
  const kept = ['reply', 'reason', 'urgency', 'state', 'outcome', 'sealed', 'reply_key'];
  return {
    report: { answers, sent: moment(found.sent), ...Object.fromEntries(kept.map((key) => [key, text(found[key])])) },
  };
}

function moment(value) {
  const found = new Date(text(value));
  return Number.isNaN(found.getTime()) ? null : found;
}

/* OpenPGP.js tells by the words of its error alone. */
function why(error) {
  const words = String(error && error.message);
  if (/decompressed/i.test(words)) return 'It is far larger when unpacked than anything the form sends.';
  if (/session key|decryption key/i.test(words)) return 'It is sealed to another key.';
  return 'It is damaged.';
}

export const answerTo = (report, key) => (report.answers.find((answer) => answer.key === key) || { words: '' }).words;

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
