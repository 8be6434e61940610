// In the editor: words typed while Wagtail saves by itself are not taken for saved. Wagtail takes the form as it stands
// when the answer comes; ours takes what was sent, so the rest is saved next, shown in the preview and asked about on leaving.
const watcherOf = (form) => window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
let sent = null;
document.addEventListener("w-autosave:save", ({ target }) => {
  sent = watcherOf(target).formData;
});
document.addEventListener("w-autosave:success", ({ target }) => {
  watcherOf(target).initialFormData = sent;
});
