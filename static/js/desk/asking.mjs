/* What the key page asks before it does something: a new passphrase typed again, a fingerprint, or whether one is sure.
   Each question is a part of the page that shows itself, takes the focus, and goes with the answer. */

import { byId } from '../common/page.mjs';

export class Asking {
  /* True when the words were typed again. */
  newPassphrase(passphrase, normalise) {
    byId('new-words').textContent = passphrase;
    return this.form('new-passphrase', 'new', byId('again'), async (typed) => {
      const isSame = normalise(typed) === passphrase;
      byId('again-wrong').hidden = isSame;
      return isSame;
    }).finally(() => { byId('new-words').textContent = ''; });
  }

  /* True when the right fingerprint was typed. */
  fingerprint({ heading, hint, isRight, go }) {
    byId('compare-heading').textContent = heading;
    byId('compare-hint').textContent = hint;
    byId('compare-go').textContent = go;
    return this.form('compare', 'compare', byId('heard'), async (typed) => {
      const isSame = await isRight(typed.toUpperCase().replace(/[^0-9A-Z]/g, ''));
      byId('heard-wrong').textContent = 'This is another fingerprint. Listen again. If it is still another one, stop: tell '
        + 'whoever looks after the site.';
      byId('heard-wrong').hidden = isSame;
      return isSame;
    });
  }

  /* True for yes. */
  sure(heading, text, go) {
    byId('sure-heading').textContent = heading;
    byId('sure-text').textContent = text;
    byId('sure-go').textContent = go;
    return this.shown('sure', 'sure', (answer) => {
      byId('sure-go').onclick = () => answer(true);
    });
  }

  /* A form with one box, until what was typed there is right. */
  form(part, name, box, isRight) {
    const form = byId(`${name}-form`);
    return this.shown(part, name, (answer) => {
      form.onsubmit = async (event) => {
        event.preventDefault();
        if (await isRight(box.value)) answer(true);
        else box.focus();
      };
    }).finally(() => { box.value = ''; });
  }

  /* A second question takes the place of an open one, which is then answered with no. */
  async shown(part, name, listen) {
    this.leave?.();
    byId(part).hidden = false;
    byId(`${name}-heading`).focus();
    try {
      return await new Promise((answer) => {
        this.leave = () => answer(false);
        byId(`${name}-cancel`).onclick = this.leave;
        listen(answer);
      });
    } finally {
      byId(part).hidden = true;
    }
  }
}
