/* A text as the server would read it: the same trimming, the same limit. */

/* Characters over all answers; the server has the same limit. */
export const MAX_CHARACTERS = 20000;

/* Control characters carry nothing a person wrote. (Tab and line feed stay.) */
const INVISIBLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const ENDS = /^[ \t\n\u00a0]+|[ \t\n\u00a0]+$/g;
/* A pair is one character and stays; half of one becomes what browsers send for it. */
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

export function tidy(text) {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(SURROGATES, (found) => (found.length === 2 ? found : '\ufffd'))
    .replace(ENDS, '');
}

/* Characters as people count them, as the server does: an emoji is one. */
export const characters = (text) => [...text].length;
