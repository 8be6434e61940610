/* What the pages with script have in common: finding and making elements, posting, and saying what went wrong. */

export const byId = (id) => document.getElementById(id);

export const element = (name, text, className = '') =>
  Object.assign(document.createElement(name), { textContent: text, className });

export function button(text, onClick, look = 'b alt') {
  const made = element('button', text, look);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/* Some sentences are true with script and others without. */
export function sayWhatIsTrueWithScript() {
  document.querySelectorAll('[data-with-script]').forEach((words) => { words.hidden = false; });
  document.querySelectorAll('[data-without-script]').forEach((words) => { words.hidden = true; });
}

/* Begin or go on with something slow. A failure is forgotten, so that trying again really tries again. */
export function remembered(begin) {
  let begun = null;
  return () => {
    if (!begun) begun = begin().catch((error) => { begun = null; throw error; });
    return begun;
  };
}

/* Stored nowhere on the way, without cookies, and to us alone. Rejected if the connection was lost. */
export const post = (url, headers, body) =>
  fetch(url, { method: 'POST', body, headers, credentials: 'omit', cache: 'no-store', redirect: 'error' });

/* Say what happened and what the person can do, with the numbers below. Their words are still in the form. */
export function trouble(heading, text, ...buttons) {
  byId('trouble').replaceChildren(element('h2', heading), element('p', text), ...buttons);
  byId('trouble').hidden = false;
  byId('numbers').hidden = false;
  byId('trouble').focus();
}

/* Say beside a field what is wrong with it, until something is typed, and go there. */
export function complain(field, text) {
  const box = field.querySelector('.in');
  const id = `${box.id}-error`;
  if (!byId(id)) {
    const message = Object.assign(element('p', '', 'emsg'), { id });
    const described = box.getAttribute('aria-describedby') || '';
    box.before(message);
    field.classList.add('bad');
    box.setAttribute('aria-invalid', 'true');
    box.setAttribute('aria-describedby', `${described} ${id}`.trim());
    document.title = `Error: ${document.title}`;
    box.addEventListener('input', () => {
      message.remove();
      field.classList.remove('bad');
      box.removeAttribute('aria-invalid');
      box.setAttribute('aria-describedby', described);
      document.title = document.title.replace(/^Error: /, '');
    }, { once: true });
  }
  byId(id).textContent = text;
  box.focus();
}
