/* One question at a time. The questions stay in the one form of the page; this shows and hides them, and lets Back and
   Forward of the browser walk them. The address never changes and the history holds a number, nothing a person wrote. */

import { answerTo, isAboutMe, isMeant } from './answers.mjs';
import { byId, complain } from '../common/page.mjs';

export class Steps {
  constructor(form, { onCheck }) {
    this.form = form;
    this.onCheck = onCheck;
    this.place = 0;
    this.title = document.title.split(' – ')[0];
    document.documentElement.classList.add('step');
    byId('go-on').textContent = 'Continue';
    byId('go-on').type = 'button';
    byId('go-on').addEventListener('click', () => this.goOn());
    byId('send-now').addEventListener('click', () => this.goTo('check'));
    byId('back').addEventListener('click', (event) => {
      if (this.place === 0) return; /* on the first question it is a link to the page before */
      event.preventDefault();
      history.back();
    });
    form.addEventListener('submit', (event) => { event.preventDefault(); this.goOn(); });
    form.addEventListener('change', () => this.followAnswers());
    form.addEventListener('input', () => this.offerSending());
    addEventListener('popstate', (event) => this.show(event.state ? event.state.place : 0));
    history.replaceState({ place: 0 }, '');
    this.followAnswers();
    this.show(0, false);
  }

  /* The screens meant for this person, by what they have answered so far. */
  screens() {
    const danger = answerTo(this.form, 'danger');
    return [...this.form.querySelectorAll('.q:not([data-not-offered])')].filter((screen) => {
      if (screen.id === 'q-stop') return danger === 'yes' || danger === 'not-sure';
      return isMeant(this.form, screen);
    });
  }

  storyStands() {
    return answerTo(this.form, 'story') !== '';
  }

  /* Once the story stands, every screen offers to send it as it is. */
  offerSending() {
    byId('send-now').hidden = this.place === 'check' || !this.storyStands();
  }

  /* Someone to talk to stands beside each question for whoever tells about themselves; the first one names one already. */
  offerLines() {
    const lines = byId('lines');
    if (lines) lines.hidden = !isAboutMe(this.form) || this.isAt('q-who');
  }

  isAt(id) {
    return this.place !== 'check' && this.screens()[this.place].id === id;
  }

  followAnswers() {
    const isMe = isAboutMe(this.form);
    this.form.querySelectorAll('[data-voice]').forEach((words) => {
      words.hidden = isMe !== (words.dataset.voice === 'you');
    });
    this.offerLines();
    this.form.querySelectorAll('[data-note]').forEach((note) => {
      const option = note.closest('.f').querySelector(`input[value="${note.dataset.note}"]`);
      note.hidden = !option.checked;
    });
    this.form.querySelectorAll('[data-only-if]').forEach((field) => {
      const [key, value] = field.dataset.onlyIf.split('=');
      field.hidden = answerTo(this.form, key) !== value;
    });
  }

  goOn() {
    const screens = this.screens();
    if (this.isAt('q-story') && !this.storyStands()) {
      const field = this.form.querySelector('.f[data-key="story"]');
      complain(field, field.dataset.missing);
      return;
    }
    this.goTo(this.place + 1 < screens.length ? this.place + 1 : 'check');
  }

  goTo(place) {
    history.pushState({ place }, '');
    this.show(place);
  }

  /* Show the screen at a place: a number, 'check', or 'sent'. */
  show(place, moveFocus = true) {
    const screens = this.screens();
    if (place === 'check' && !this.storyStands()) {
      place = screens.findIndex((screen) => screen.id === 'q-story');
    }
    this.place = place === 'check' ? place : Math.min(place, screens.length - 1);
    const current = this.place === 'check' ? null : screens[this.place];
    this.form.querySelectorAll('.q').forEach((screen) => { screen.hidden = screen !== current; });
    this.form.hidden = current === null;
    byId('check').hidden = current !== null;
    byId('intro').hidden = this.place !== 0;
    byId('reading').hidden = !current || (this.place !== 0 && !current.querySelector('.in'));
    byId('help').hidden = !current || current.id !== 'q-story';
    byId('trouble').hidden = true;
    byId('numbers').hidden = true;
    this.offerSending();
    this.offerLines();
    const words = current ? `Question ${this.place + 1} of ${screens.length}` : 'Check, then send';
    byId('progress').hidden = false;
    byId('progress').textContent = words;
    document.title = `${this.title} – ${words.toLowerCase()}`;
    if (!current) this.onCheck();
    if (moveFocus) {
      scrollTo(0, 0);
      (current || byId('check')).querySelector('h2').focus();
    }
  }
}
