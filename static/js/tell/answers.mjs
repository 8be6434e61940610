/* Reads the answers out of the form, just as the server would: the same trimming, the same order, the same words.
   What the questions are called stands in the page, written there from the one file that holds them. */

import { characters, tidy } from '../common/text.mjs';

export const SEPARATOR = ', ';
export const NOT_GIVEN = 'Not given';
export const NOT_ASKED = 'Not asked';

/* What a field holds: its answer as one text, and the words that people read. */
export function read(field) {
  const { key, kind, summary, you } = field.dataset;
  const isChoice = kind === 'choice' || kind === 'many';
  /* Hidden by another answer, or not offered: whoever says "no, I want to stay anonymous" does not send the name typed before. */
  if (field.hidden || field.closest('[data-not-offered]')) return { key, summary, you, answer: '', words: '', isChoice };
  if (kind === 'text' || kind === 'line') {
    const answer = tidy(field.querySelector('.in').value);
    return { key, summary, you, answer, words: answer, isChoice: false };
  }
  const chosen = [...field.querySelectorAll('input:checked')];
  const labels = chosen.map((input) => field.querySelector(`label[for="${input.id}"]`).textContent.trim());
  const answer = chosen.map((input) => input.value).join(SEPARATOR);
  return { key, summary, you, answer, words: labels.join('\n'), isChoice: true };
}

/* Every answer in order. What was not meant for this person, and has no answer, was not asked. */
export function readAll(form) {
  return [...form.querySelectorAll('.f')].map((field) => {
    const found = read(field);
    return { ...found, isAsked: found.answer !== '' || (!field.hidden && isMeant(form, field.closest('.q'))) };
  });
}

/* Whether a screen is meant for this person, by whom it is about. */
export function isMeant(form, screen) {
  const who = answerTo(form, 'who');
  return !who || !(screen.dataset.notFor || '').split(' ').includes(who);
}

export function answerTo(form, key) {
  return read(form.querySelector(`.f[data-key="${key}"]`)).answer;
}

/* Whether somebody tells about themselves: then the questions say "you". */
export const isAboutMe = (form) => answerTo(form, 'who') === 'me';

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
    answers: answers.map(({ key, summary, answer, words, isChoice, isAsked }) => ({
      key,
      question: summary,
      answer,
      ...(isChoice && { words }),
      ...(!isAsked && { not_asked: true }),
    })),
  };
}

/* The pairs of question and answer for the part that mail programs show. */
export function asPairs(answers) {
  return answers.map(({ summary, words, isAsked }) => [summary, words || (isAsked ? NOT_GIVEN : NOT_ASKED)]);
}
