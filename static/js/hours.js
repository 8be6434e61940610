/* Opening hours on a page that stays open, or comes back out of the browser's memory: what was true when the page was
   made is hidden, what is true now is shown. The server wrote all of it, with its times in minutes since 1970. */
(function (d, w) {
  'use strict';
  var timed = [].slice.call(d.querySelectorAll('[data-when]'));
  function look() {
    var now = Math.floor(Date.now() / 60000);
    timed.forEach(function (part) {
      part.hidden = !part.getAttribute('data-when').split(' ').some(function (time) {
        var ends = time.split('-');
        return now >= +ends[0] && (!ends[1] || now < +ends[1]);
      });
    });
  }
  if (!timed.length) return;
  look();
  w.setInterval(look, 20000);
  w.addEventListener('pageshow', look);
  d.addEventListener('visibilitychange', look);
})(document, window);
