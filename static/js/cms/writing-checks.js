// Beside the editor: the reading age of the page in the preview, and the sentences that push it up.
document.addEventListener("w-preview:content", () => {
  const frame = document.getElementById("w-preview-iframe");
  const data = frame && frame.contentDocument && frame.contentDocument.getElementById("writing-findings");
  const age = document.querySelector("[data-reading-age]");
  if (!data || !age) return;
  const found = JSON.parse(data.textContent);
  age.textContent = `about ${found.age} (aim: ${found.aim} or less)`;
  const list = document.querySelector("[data-hard-sentences]");
  list.replaceChildren(...found.hard.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = `“${sentence}”`;
    return item;
  }));
  list.parentElement.hidden = !found.hard.length;
});
