/* A place outside of our area: whom somebody could call there as well. It is looked up here; nothing of it is sent. */

export function followPlaces(form) {
  form.querySelectorAll('[data-place-of]').forEach((note) => {
    const box = form.elements[note.dataset.placeOf];
    const known = [...note.parentElement.querySelectorAll('option')];
    const show = () => {
      const typed = box.value.trim().toLowerCase();
      const place = known.find(({ value }) => value.toLowerCase() === typed);
      const keys = place ? (place.dataset.call || '').split(' ') : [];
      const rows = [...form.querySelectorAll('[data-note] li[data-key]')].filter(({ dataset }) => keys.includes(dataset.key));
      note.querySelector('ul').replaceChildren(...rows.map((row) => row.cloneNode(true)));
      note.hidden = rows.length === 0;
    };
    box.addEventListener('input', show);
    box.addEventListener('change', show);
    show();
  });
}
