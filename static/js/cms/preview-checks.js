// In the preview beside the editor: marks where the server found something to look at again, for Wagtail's checker.
// Each mark names its rule; a rule of axe reports every element that is marked with its name.
const found = JSON.parse(document.getElementById("writing-findings").textContent);
const plain = (text) => text.replace(/\s+/g, " ").trim();

// The innermost element that holds the whole line.
function placeOf(text) {
  let place = null;
  let inside = document.querySelector("main");
  while (inside && plain(inside.textContent).includes(text)) {
    place = inside;
    inside = [...place.children].find((child) => plain(child.textContent).includes(text));
  }
  return place;
}

for (const { rule, text } of found.looks) {
  const place = placeOf(text) || document.querySelector("h1");
  place.dataset.writing = `${place.dataset.writing || ""} ${rule}`.trim();
}
window.wagtail.userbar.registerCheck("phoenix-writing", () => false);
