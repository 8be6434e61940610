/* The conversation once it is open: its lines, how far it is, and the box to add more. What the team wrote is put on
   the page as text; what the reporter wrote is a day. */

import { Help } from '../common/distress.mjs';
import { byId, complain } from '../common/page.mjs';
import { isTooLong, readyAgain, sendLocked } from '../common/sending.mjs';
import { characters, tidy } from '../common/text.mjs';

export class Conversation {
  constructor(root, letterbox) {
    this.root = root;
    this.letterbox = letterbox;
    this.form = byId('add');
    const help = new Help(root.dataset.distress);
    /* Asked for once: a lost connection must not make a request of each letter. */
    const hasLists = help.lists().then(() => true, () => false);
    /* While they write, so that nothing moves at the moment of pressing Send. */
    byId('text').addEventListener('input', async ({ target }) => {
      if (await hasLists) help.offer([target.value]);
    });
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.send(); });
  }

  /* Fill the page with what the server has found. */
  async show(found, title = 'Phoenix – your reply') {
    this.found = found;
    const lines = await this.lines();
    byId('messages').replaceChildren(...lines.map(made));
    byId('quiet').hidden = found.replies.length > 0;
    byId('open-there').hidden = lines.every(({ kind }) => kind !== 'closed');
    byId('reference').textContent = found.reference;
    byId('until').textContent = found.until;
    for (const id of ['ask', 'back', 'wrong', 'trouble']) byId(id).hidden = true;
    byId('conversation').hidden = false;
    byId('adding').hidden = !found.can_add;
    byId('call-instead').hidden = byId('numbers').hidden = found.can_add;
    /* Should the server have to lock what is added, it needs what a page without script carries. */
    this.form.elements.words.value = this.letterbox.words;
    this.form.elements.token.value = found.token;
    this.form.prepend(byId('trouble'));
    const heading = this.root.querySelector('h1');
    heading.textContent = found.state;
    document.title = title;
    scrollTo(0, 0);
    heading.focus();
  }

  /* Oldest first, in the order that reporting/concern/thread.py explains. */
  async lines() {
    const { replies, wrote } = this.found;
    const theirs = await Promise.all(replies.map(async ({ hour, day, locked }) => {
      const { sent, text } = await this.letterbox.open(locked);
      return { kind: text ? 'team' : 'closed', day, text, order: `${hour} 1 ${sent}` };
    }));
    const own = wrote.map(({ hour, day }, place) => (
      { kind: 'you', day, text: '', order: `${hour} ${place ? 2 : 0}` }));
    return [...own, ...theirs].sort((one, other) => (one.order > other.order) - (one.order < other.order));
  }

  async send() {
    const box = byId('text');
    byId('thanks').hidden = true;
    const text = tidy(box.value);
    if (!text) {
      const field = box.closest('.f');
      complain(field, field.dataset.missing);
      return;
    }
    if (isTooLong(characters(text))) return;
    const found = await sendLocked(this.root.dataset.sealed, {
      lock: () => this.letterbox.seal(text, this.found),
      form: this.form,
      again: () => this.send(),
      gone: [
        'Your code words do not work any more',
        'Nothing was sent, and all your words are still here. You can copy them and tell us again, or call.',
      ],
    });
    if (!found) return;
    this.letterbox.kept();
    this.form.reset();
    byId('distress').hidden = true;
    readyAgain();
    byId('thanks').hidden = false;
    await this.show(found, 'Phoenix – sent');
  }
}

/* A line as the page's own templates have it, with its day and text filled in. */
function made({ kind, day, text }) {
  const line = byId(`line-${kind}`).content.cloneNode(true);
  line.querySelector('.day').textContent = day;
  if (text) line.querySelector('.keep').textContent = text;
  return line;
}
