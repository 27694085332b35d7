// A dialog whose form could not be saved now says so, and keeps what was typed: the platform's dialogs say nothing.

const NOT_NOW = 503;

/** Say it at the top of the open dialog, once. */
function say(text) {
  const dialog = document.querySelector(".modal-body");
  if (!dialog) return;
  dialog.querySelector("[data-not-now]")?.remove();
  const said = document.createElement("p");
  said.dataset.notNow = "";
  said.className = "help-block help-critical";
  said.setAttribute("role", "alert");
  said.textContent = text;
  dialog.prepend(said);
}

window.jQuery?.(document).on("ajaxError", (_event, answer) => {
  if (answer.status === NOT_NOW && answer.responseJSON?.problem) say(answer.responseJSON.problem);
});
