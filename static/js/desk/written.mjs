/* Puts people's words on the page: as text and nothing else, and so that no character can act on what stands around. */

/* Characters that turn the direction of text. They are shown by their number instead. */
const ACTING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/* Controls, and characters in which words can be hidden: without width, fillers, tags. What joins letters of Persian or
   Hindi and the parts of an emoji (U+200C, U+200D) stays. */
const INVISIBLE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const MOST_MARKS = 200;

/* A block of somebody's words, isolated in its own direction, not for translators. */
export function written(text, name = 'p') {
  const block = document.createElement(name);
  block.className = 'keep';
  block.translate = false;
  block.dir = 'auto';
  block.append(...pieces(text));
  return block;
}

/* The same for texts that leave the page: nothing in them acts, and nothing is hidden. */
export const inert = (text) => text
  .replace(/\r\n?/g, '\n')
  .replace(INVISIBLE, '\ufffd')
  .replace(new RegExp(ACTING, 'g'), (found) => `[${nameOf(found)}]`);

const nameOf = (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function* pieces(text) {
  const shown = text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '\ufffd');
  let rest = shown;
  for (let marks = 0; marks < MOST_MARKS; marks += 1) {
    const place = rest.search(ACTING);
    if (place < 0) break;
    yield rest.slice(0, place);
    yield mark(rest[place]);
    rest = rest.slice(place + 1);
  }
  yield rest.replace(new RegExp(ACTING, 'g'), '\ufffd');
}

function mark(character) {
  const made = document.createElement('span');
  made.className = 'mark';
  made.textContent = nameOf(character);
  return made;
}

/* A moment in words, for officers: "Saturday 21 November, 10:05 pm". */
export function inWords(moment, more = {}) {
  return moment.toLocaleString('en-GB', {
    timeZone: 'Europe/London', weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', hour12: true,
    ...more,
  });
}

/* The day and hour that the server keeps. */
export function hourInWords(iso, more = {}) {
  const day = { timeZone: 'Europe/London', weekday: 'long', day: 'numeric', month: 'long', ...more };
  const hour = { timeZone: 'Europe/London', hour: 'numeric', hour12: true };
  const moment = new Date(iso);
  return `${moment.toLocaleDateString('en-GB', day)}, about ${moment.toLocaleTimeString('en-GB', hour).replace(' ', '')}`;
}
