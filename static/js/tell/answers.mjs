/* Reads the answers out of the form, just as the server would: the same trimming, the same order, the same words.
   What the questions are called stands in the page, written there from the one file that holds them. */

import { characters, tidy } from '../common/text.mjs';

export const SEPARATOR = ', ';
export const NOT_GIVEN = 'Not given';

/* What a field holds: its answer as one text, and the words that people read. */
export function read(field) {
  const { key, kind, summary } = field.dataset;
  /* Hidden by another answer, or not offered: whoever says "no, I want to stay anonymous" does not send the name typed before. */
  if (field.hidden || field.closest('[data-not-offered]')) return { key, summary, answer: '', words: '', isChoice: kind === 'choice' || kind === 'many' };
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

/* Characters over all answers. */
export function charactersIn(answers) {
  return answers.reduce((sum, { answer }) => sum + characters(answer), 0);
}

/* The concern as data, in the order and under the names that the server uses. */
export function asReport(answers, { schema, replyKey, sent }) {
  return {
    schema,
    lang: 'en',
    sent,
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
