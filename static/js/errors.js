/* Moves focus to the list of what to check, for people who hear or zoom the page. Nothing depends on it. */
(function (d) {
  'use strict';
  var summary = d.querySelector('.esum');
  if (summary) summary.focus();
})(document);
