/* Who has a report, who must not have it, and moving it to the restricted inbox. */

import { fromBase64, toBase64 } from '../common/tools.mjs';
import { byId, element } from '../common/page.mjs';
import { rewrap } from '../sealing/rewrap.mjs';
import { Trouble, ask, postJson } from './api.mjs';

const LAST = 'Nobody else could open this report then. You still have it. Please speak to a manager before you read on.';
const NOWHERE = 'It could not be moved: nobody who could open it there, or it has just changed. Try again, or speak to a manager.';

export class Handing {
  /* `changed` shows the report anew. */
  constructor(url, desk, { isOver, changed }) {
    Object.assign(this, { url, desk, isOver, changed });
    byId('assignment').onsubmit = (event) => { event.preventDefault(); this.assign(byId('assignee').value); };
    byId('take').onclick = () => this.assign(desk.keyring.given.id);
    byId('known').onclick = () => this.exclude();
    byId('restrict').onclick = () => this.restrict();
  }

  show({ assignee, inbox, needs_somebody: needsSomebody }, colleagues) {
    const me = this.desk.keyring.given.id;
    const options = colleagues.map(({ id, name }) => Object.assign(element('option', id === me ? `${name} (you)` : name), { value: id }));
    byId('assignee').replaceChildren(Object.assign(element('option', 'No one yet'), { value: '' }), ...options);
    byId('assignee').value = assignee?.id ?? '';
    byId('take').hidden = Boolean(assignee);
    byId('needs-somebody').hidden = !needsSomebody;
    byId('restrict-part').hidden = inbox === 'restricted';
  }

  async assign(officer) {
    await this.act(async () => {
      await postJson(`${this.url}assignee/`, { officer });
      await this.changed();
      if (!this.isOver()) this.desk.say(officer ? 'It is handed over.' : 'It is nobody’s now.');
    });
  }

  async exclude() {
    await this.act(async () => {
      await postJson(`${this.url}known/`, {});
      this.desk.lost('You do not have this report any more. Your colleagues see that it needs somebody.');
    }, LAST);
  }

  /* Whoever holds no key of the restricted inbox has lost it then. */
  async restrict() {
    await this.act(async () => {
      const { keyring, drafts } = this.desk;
      await drafts.save();
      const { keys, letters } = await ask(`${this.url}restricted/`);
      const halves = {};
      for (const [id, half] of Object.entries(letters)) {
        halves[id] = toBase64(await rewrap(keyring.library, fromBase64(half), keyring.inboxKeys, keys, keyring.given.now()));
      }
      await postJson(`${this.url}restricted/`, { letters: halves });
      const said = 'It is moved. The people of the restricted inbox can open it.';
      if (!('restricted' in keyring.given.inboxes)) {
        this.desk.lost(said);
        return;
      }
      await this.changed();
      if (!this.isOver()) this.desk.say(said);
    }, NOWHERE);
  }

  /* One thing at a time. What the server refuses has a sentence of its own. */
  async act(does, refused = '') {
    const buttons = [...byId('handing').querySelectorAll('button')];
    for (const each of buttons) each.disabled = true;
    byId('handing-said').textContent = '';
    try {
      await does();
    } catch (error) {
      if (this.isOver()) return;
      if (refused && error instanceof Trouble && error.kind === 'refused') byId('handing-said').textContent = refused;
      else this.desk.trouble(error);
    } finally {
      for (const each of buttons) each.disabled = false;
    }
  }
}
