/* Reads the answers out of the form, just as the server would: the same trimming, the same order, the same words.
   What the questions are called stands in the page, written there from the one file that holds them. */

export const SEPARATOR = ', ';
export const NOT_GIVEN = 'Not given';
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

/* What a field holds: its answer as one text, and the words that people read. */
export function read(field) {
  const { key, kind, summary } = field.dataset;
  /* Hidden by another answer: whoever says "no, I want to stay anonymous" does not send the name typed before. */
  if (field.hidden) return { key, summary, answer: '', words: '', isChoice: kind === 'choice' || kind === 'many' };
  if (kind === 'text' || kind === 'line') {
    const answer = tidy(field.querySelector('.in').value);
    return { key, summary, answer, words: answer, isChoice: false };
  }
  const chosen = [...field.querySelectorAll('input:checked')];
  const labels = chosen.map((input) => field.querySelector(`label[for="${input.id}"]`).textContent.trim());
  return { key, summary, answer: chosen.map((i) => i.value).join(SEPARATOR), words: labels.join('\n'), isChoice: true };
}

export function readAll(form) {
  return [...form.querySelectorAll('.f')].map(read);
}

export function answerTo(form, key) {
  return read(form.querySelector(`.f[data-key="${key}"]`)).answer;
}

/* Characters as people count them, as the server does: an emoji is one. */
export function characters(answers) {
  return answers.reduce((sum, { answer }) => sum + [...answer].length, 0);
}

/* The concern as data, in the order and under the names that the server uses. */
export function asReport(answers, { schema, replyKey, now }) {
  return {
    schema,
    lang: 'en',
    sent: `${now.toISOString().slice(0, 16)}Z`,
    sealed: 'browser',
    reply_key: replyKey,
    answers: answers.map(({ key, summary, answer, words, isChoice }) =>
      isChoice ? { key, question: summary, answer, words } : { key, question: summary, answer }),
  };
}

/* The pairs of question and answer for the part that mail programs show. */
export function asPairs(answers) {
  return answers.map(({ summary, words }) => [summary, words || NOT_GIVEN]);
}
