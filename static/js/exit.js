/* Exit this page: first in <head> and not deferred, so it works while the page arrives. Without it, a plain link. */
(function (d, w) {
  'use strict';
  var own = d.currentScript, to = own.getAttribute('data-to'), tab = own.getAttribute('data-tab');
  var again = own.getAttribute('data-again') || 'Press once more to exit';
  var h = d.documentElement, KEY = 'x', presses = 0, timer;
  /* One letter, for this tab only: the person has left. Storage may be switched off; then Back is not guarded. */
  function hasLeft() { try { return sessionStorage.getItem(KEY); } catch (e) { return null; } }
  function remember() { try { sessionStorage.setItem(KEY, '1'); } catch (e) { /* not guarded */ } }
  function forget() { try { sessionStorage.removeItem(KEY); } catch (e) { /* nothing kept */ } }
  function hide(on) { h.className = h.className.replace(/ ?\bgone\b/, '') + (on ? ' gone' : ''); }
  function leave() {
    hide(true);
    remember();
    d.title = tab;
    if (d.body) d.body.textContent = ''; /* takes typed answers with it */
    w.location.replace(to);
  }
  /* Back after leaving: go straight out again. Coming back on purpose: forget, and carry on. */
  var entry = w.performance && performance.getEntriesByType && performance.getEntriesByType('navigation')[0];
  if (hasLeft()) {
    if (entry && entry.type === 'back_forward') { hide(true); w.location.replace(to); } else forget();
  }
  w.addEventListener('pagehide', function () { hide(true); });
  w.addEventListener('pageshow', function (e) {
    if (e.persisted) { if (hasLeft()) leave(); else hide(false); }
  });
  d.addEventListener('click', function (e) {
    var a = e.target.closest && e.target.closest('[data-exit]');
    if (a && !e.ctrlKey && !e.metaKey) { e.preventDefault(); leave(); }
  });
  function say(text) { var s = d.getElementById('exit-say'); if (s) s.textContent = text; }
  d.addEventListener('keydown', function (e) {
    if (e.repeat) return;
    if (e.key !== 'Shift') { presses = 0; say(''); return; }
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(function () { presses = 0; say(''); }, 5000);
    if (presses > 2) leave(); else if (presses > 1) say(again);
  });
})(document, window);
