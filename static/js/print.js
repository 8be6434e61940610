/* Printing from the page itself, which needs script: shows the button, and opens every question before paper is made. */
(function (d, w) {
  'use strict';
  var line = d.querySelector('[data-print]'), opened = [];
  if (line && w.print) {
    line.hidden = false;
    line.querySelector('button').addEventListener('click', function () { w.print(); });
  }
  w.addEventListener('beforeprint', function () {
    opened = [].slice.call(d.querySelectorAll('details:not([open])'));
    opened.forEach(function (question) { question.open = true; });
  });
  w.addEventListener('afterprint', function () {
    opened.forEach(function (question) { question.open = false; });
  });
})(document, window);
