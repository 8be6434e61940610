/* When the desk locks: on the button, on Shift three times, when nobody has touched it for a while, and on leaving. */

import { byId } from '../common/page.mjs';

const LOOK_EVERY = 5000;
const MINUTE = 60000;
const SHIFTS = 3;
const SHIFTS_WITHIN = 5000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchstart'];

export class Lock {
  constructor(minutes, lock) {
    this.minutes = minutes;
    this.lock = lock;
    this.shifts = [];
    this.touched = this.touched.bind(this);
    byId('lock').addEventListener('click', () => lock());
    addEventListener('pagehide', () => lock());
    addEventListener('keydown', (event) => this.pressed(event));
    addEventListener('visibilitychange', () => this.look());
  }

  start() {
    this.last = Date.now();
    for (const name of TOUCHES) addEventListener(name, this.touched, { capture: true, passive: true });
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
    this.look();
  }

  stop() {
    clearInterval(this.timer);
    for (const name of TOUCHES) removeEventListener(name, this.touched, { capture: true });
  }

  /* A computer that slept too long locks when it wakes: its first touch does not count. */
  touched() {
    if (this.left() > 0) this.last = Date.now();
    else this.look();
  }

  /* Real time, not time in which the computer was awake. */
  left() {
    return this.minutes * MINUTE - (Date.now() - this.last);
  }

  look() {
    if (!this.timer) return;
    if (this.left() <= 0) {
      this.lock();
    } else {
      byId('idle').textContent = `Locks by itself in ${Math.ceil(this.left() / MINUTE)} min`;
    }
  }

  pressed({ key, repeat }) {
    if (repeat) return;
    const now = Date.now();
    this.shifts = key === 'Shift' ? [...this.shifts.filter((at) => now - at < SHIFTS_WITHIN), now] : [];
    if (this.shifts.length >= SHIFTS) this.lock();
  }
}
