/* Number plates, phone numbers and user names in what people wrote, each in one spelling, so that the same one can be
   found in another report. They are compared for being exactly the same: what looks alike is left to people. */

const LETTER = '[A-Z01]';
const DIGIT = '[0-9OI]';
/* Letters (L) and digits (D) of British plates: since 2001, before it with the year first or last, Northern Ireland.
   With a space where plates have one; two spaces, or words in capitals around it, are no plate. */
const PLATES = ['LLDD LLL', 'LD LLL', 'LDD LLL', 'LDDD LLL', 'LLL DL', 'LLL DDL', 'LLL DDDL', 'LLL DDDD'];
const plates = PLATES.map((form) => ({
  form: form.replace(' ', ''),
  /* A road and a word (“A303 and”) are no plate: older ones need capitals or no space. */
  isNewest: form === 'LLDD LLL',
  pattern: new RegExp(`(?<![A-Z0-9])${[...form].map((sign) => ({ L: LETTER, D: DIGIT, ' ': ' ?' })[sign]).join('')}(?![A-Z0-9])`, 'gi'),
}));

const PHONE = /(?<![\w+])(?:\+|00)?\(?\d[\d ().-]{7,18}\d(?!\w)/g;
const NAMED = /(?<![\w.@])@([a-z0-9][a-z0-9._-]{2,29})/gi;
/* Without an @: letters with digits after them, or with an underscore between, as people seldom write words. */
const LIKE_A_NAME = /(?<![\w.@/-])([a-z]{3,}[a-z0-9.]*\d{2,}|[a-z0-9.]+_[a-z0-9._]+)(?![\w@/-])/gi;
const NO_NAME = /^(?:year|age|aged|grade|room|bus|class|covid)\d+$/;

/* Every mark in a text: its kind and spelling → {kind, shown}, as somebody wrote it. */
export function marksIn(text) {
  const found = new Map();
  const add = (kind, spelling, shown) => {
    const key = `${kind} ${spelling}`;
    if (spelling && !found.has(key)) found.set(key, { kind, shown: shown.trim() });
  };
  for (const { spelling, shown } of platesIn(text)) add('plate', spelling, shown);
  for (const [shown] of text.matchAll(PHONE)) add('phone', phone(shown), shown);
  for (const [, shown] of text.matchAll(NAMED)) add('name', name(shown), shown);
  for (const [, shown] of text.matchAll(LIKE_A_NAME)) add('name', name(shown), shown);
  return found;
}

/* Where two forms fit, the one for which fewer signs have to be taken for others. */
function platesIn(text) {
  const best = new Map();
  for (const { form, isNewest, pattern } of plates) {
    for (const { 0: shown, index } of text.matchAll(pattern)) {
      const isWritten = isNewest || !shown.includes(' ') || shown === shown.toUpperCase();
      const found = isWritten && plate(shown, form);
      if (found && !(best.get(index)?.taken <= found.taken)) best.set(index, { ...found, shown });
    }
  }
  return best.values();
}

/* Where a letter stands 0 is O and 1 is I, and the other way round. Null if a whole group would have to be taken so. */
function plate(shown, form) {
  const signs = [...shown.toUpperCase().replace(' ', '')];
  const isTaken = signs.map((sign, place) => (form[place] === 'D') !== /\d/.test(sign));
  const groups = [...form.matchAll(/L+|D+/g)].map(({ 0: { length }, index }) => isTaken.slice(index, index + length));
  if (groups.some((group) => group.every(Boolean))) return null;
  const spelling = signs.map((sign, place) => (isTaken[place] ? { 0: 'O', 1: 'I', O: '0', I: '1' }[sign] : sign)).join('');
  return { spelling, taken: isTaken.filter(Boolean).length };
}

/* Digits with the country in front: 01632 960001 and +44 (0)1632 960001 are 441632960001. '' if it is none. */
function phone(shown) {
  const digits = shown.replace(/\(0\)/, '').replace(/[^\d+]/g, '').replace(/^(?:\+|00)/, '+');
  const whole = digits.startsWith('+') ? digits.slice(1) : digits.replace(/^0/, '44');
  const isBritish = /^44[1-9]\d{8,9}$/.test(whole) && (digits.startsWith('+') || digits.startsWith('0'));
  const isForeign = digits.startsWith('+') && /^(?!44)[1-9]\d{7,14}$/.test(whole);
  return isBritish || isForeign ? whole : '';
}

function name(shown) {
  const spelling = shown.toLowerCase().replace(/[._-]+$/, '');
  return NO_NAME.test(spelling) || Boolean(plates.find(({ form }) => isWhole(spelling, form))) ? '' : spelling;
}

const isWhole = (spelling, form) =>
  spelling.length === form.length && [...spelling].every((sign, place) => /\d/.test(sign) === (form[place] === 'D'));
