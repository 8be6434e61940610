/* Fetches what sealing needs once the form is usable, makes the code words, and seals. */

import { asPairs, asReport } from './answers.mjs';
import { derive, make } from '../sealing/code-words.mjs';
import { remembered } from '../common/page.mjs';
import { fetchKeys, fetchList, fromHex, minute, sealedPost } from '../common/tools.mjs';

export class Locksmith {
  constructor(urls) {
    this.urls = urls;
    this.ready = remembered(() => this.fetchTools());
  }

  async fetchTools() {
    const [given, list, openpgp] = await Promise.all([
      fetchKeys(this.urls.keys),
      /* Without a list there are no code words: this team does not write back. */
      this.urls.words && fetchList(this.urls.words),
      import(this.urls.openpgp),
    ]);
    /* The words are made once: trying to send again shows the same ones, and they work. */
    const words = list ? make(list) : '';
    const codeWords = list ? await derive(words, fromHex(given.salt)) : { lookup: '', replyKey: '' };
    return { given, openpgp, words, codeWords };
  }

  /* The sealed bytes of these answers for an inbox, and what travels beside them. */
  async seal(answers, inbox) {
    const { given, openpgp, words, codeWords } = await this.ready();
    const now = given.now();
    const report = asReport(answers, { schema: given.schema, replyKey: codeWords.replyKey, sent: minute(now) });
    const letter = { report, pairs: asPairs(answers), subject: given.subject, now, inbox };
    return { ...(await sealedPost(openpgp, given, letter, codeWords.lookup)), words: words.split(' ').filter(Boolean) };
  }
}
