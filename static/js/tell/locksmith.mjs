/* Fetches what sealing needs (keys, OpenPGP.js, the list of code words) once the form is usable, and seals.
   Nothing that a person wrote takes part in the fetching. */

import { asPairs, asReport } from './answers.mjs';
import { derive, make } from '../sealing/code-words.mjs';
import { buildEntity } from '../sealing/entity.mjs';
import { sealEntity } from '../sealing/seal.mjs';

export const CONTENT_TYPE = 'application/pgp-encrypted';

async function get(url) {
  const answer = await fetch(url, { credentials: 'omit', cache: url.includes('keys') ? 'no-store' : 'default' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

export class Locksmith {
  constructor({ keys, openpgp, words }) {
    this.urls = { keys, openpgp, words };
    this.tools = null;
  }

  /* Begin or go on fetching. A failure is forgotten, so that trying again really tries again. */
  ready() {
    if (!this.tools) {
      this.tools = this.fetchTools().catch((error) => { this.tools = null; throw error; });
    }
    return this.tools;
  }

  async fetchTools() {
    const [given, list, openpgp] = await Promise.all([
      get(this.urls.keys).then((answer) => answer.json()),
      get(this.urls.words).then((answer) => answer.text()),
      import(this.urls.openpgp),
    ]);
    /* The server's time, carried on by a clock that nobody can set: a phone's own may be years off. */
    given.fetched = { time: Date.parse(given.time), at: performance.now() };
    /* The words are made once: trying to send again shows the same ones, and they work. */
    const words = make(list.trim().split('\n'));
    const codeWords = await derive(words, fromHex(given.salt));
    return { given, openpgp, words, codeWords };
  }

  /* The sealed bytes of these answers, and what travels beside them. */
  async seal(answers) {
    const { given, openpgp, words, codeWords } = await this.ready();
    const now = new Date(given.fetched.time + performance.now() - given.fetched.at);
    const report = asReport(answers, { schema: given.schema, replyKey: codeWords.replyKey, now });
    const entity = buildEntity(report, asPairs(answers), given);
    return {
      body: await sealEntity(openpgp, entity, given.keys, now),
      headers: { 'Content-Type': CONTENT_TYPE, 'Phoenix-Token': given.token, 'Phoenix-Lookup': codeWords.lookup },
      words: words.split(' '),
    };
  }
}
