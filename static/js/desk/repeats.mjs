/* Which words of a reply the report has too. A reply never confirms who or what is known: whoever reads it may have
   found the code words, or made somebody say them. */

import { marksIn } from './marks.mjs';

/* In short answers every word tells something; in longer texts the names, which begin with a capital. */
const SHORT = ['child-name', 'child-school', 'child-place', 'town', 'contact-name', 'contact-how'];
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const NAME = /(?<=[\p{L}\p{N},;:–-] )\p{Lu}[\p{L}'’-]+/gu;
const SHORTEST = 3;

const fold = (word) => word.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/['’]s$/, '');
const wordsOf = (text) => (text.match(WORD) ?? []).map(fold);
const tells = (word) => word.length >= SHORTEST;

/* `harmless` is a text whose words may always stand in a reply. */
export function repeats(reply, { told, additions }, harmless) {
  const answers = [told, ...additions.map(({ inside }) => inside)].flatMap(({ report, raw }) => report?.answers ?? [{ key: '', words: raw ?? '' }]);
  const all = answers.map(({ words }) => words).join('\n');
  const known = new Set([
    ...answers.filter(({ key }) => SHORT.includes(key)).flatMap(({ words }) => wordsOf(words)),
    ...(all.match(NAME) ?? []).flatMap(wordsOf),
    ...wordsOf(all).filter((word) => /\d/.test(word)),
  ].filter(tells));
  for (const word of wordsOf(harmless)) known.delete(word);
  const there = marksIn(all);
  const marks = [...marksIn(reply)].filter(([spelling]) => there.has(spelling)).map(([, { shown }]) => shown);
  return [...new Set([...wordsOf(reply).filter((word) => known.has(word)), ...marks])];
}
