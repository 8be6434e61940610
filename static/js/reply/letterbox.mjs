/* What code words open: derives the two values of them, opens what the team wrote, and seals what is added. The words
   and the reply key stay here; the lookup id is all that the server is told. */

import { derive, make, normalise } from '../sealing/code-words.mjs';
import { readEntity } from '../sealing/read.mjs';
import { openReply } from '../sealing/reply.mjs';
import { remembered } from '../common/page.mjs';
import { tidy } from '../common/text.mjs';
import { fetchKeys, fetchList, fromBase64, fromHex, minute, sealedPost } from '../common/tools.mjs';

export class Letterbox {
  constructor({ salt, keys, openpgp, words }) {
    this.salt = fromHex(salt);
    this.keysUrl = keys;
    this.ready = remembered(async () => {
      const [list, library] = await Promise.all([fetchList(words), import(openpgp)]);
      return { list, library };
    });
    this.given = null;
    this.givenFor = '';
  }

  /* Take the words a person typed; the lookup id of them. Words that are none cost the same: others take their place,
     which lead nowhere, and the server is asked all the same. */
  async take(typed) {
    const { list } = await this.ready();
    try {
      this.words = normalise(typed, list);
    } catch {
      this.words = make(list);
    }
    this.codeWords = await derive(this.words, this.salt);
    return this.codeWords.lookup;
  }

  /* Minute and text of a reply, both empty if it cannot be opened or is none of ours. Never throws. */
  async open(locked) {
    const { library } = await this.ready();
    try {
      const { sent, text } = readEntity(await openReply(library, fromBase64(locked), this.codeWords.replyKey));
      return { sent: typeof sent === 'string' ? sent : '', text: typeof text === 'string' ? tidy(text) : '' };
    } catch {
      return { sent: '', text: '' };
    }
  }

  /* The sealed bytes of an addition, and what travels beside them. Until it is kept, the same text has the same signed
     id, so that trying again is one letter; another text has its own, or it would be taken for the first. */
  async seal(text, { reference, subject, question, inbox }) {
    const { library } = await this.ready();
    if (!this.given || this.givenFor !== text) {
      this.given = await fetchKeys(this.keysUrl);
      this.givenFor = text;
    }
    const now = this.given.now();
    const report = {
      schema: this.given.schema,
      kind: 'addition',
      lang: 'en',
      reference,
      sent: minute(now),
      sealed: 'browser',
      answers: [{ key: 'addition', question, answer: text }],
    };
    return sealedPost(library, this.given, { report, pairs: [[question, text]], subject, now, inbox }, this.codeWords.lookup);
  }

  /* It is kept. Whoever writes the same again means it: "It happened again." */
  kept() {
    this.given = null;
  }
}
