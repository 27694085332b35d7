// The platform's dialogs forget: what was ticked, as soon as something else is searched; the file that was chosen, when
// it is sent and refused. Here both are kept, and every dialog gets a name.

const TICK = "[data-multiple-choice-select]";
const BODY = ".modal-body";

/** What is ticked in a form of several choices: the title of each, by its key. */
const ticked = new WeakMap();
/** The files that were chosen in a dialog, by the name of their field. */
const files = new Map();

const ticksOf = (form) => ticked.get(form) ?? ticked.set(form, new Map()).get(form);
const titleOf = (box) => box.labels[0]?.textContent.trim() ?? box.title;

/** The platform looks only at the list that is shown. */
function allowToConfirm(form) {
  for (const button of form.querySelectorAll("[data-multiple-choice-submit]")) button.disabled = !ticksOf(form).size;
}

/** One that is ticked and not in the list that is shown. */
function elsewhere([key, title]) {
  const line = document.createElement("li");
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "id", value: key, checked: true });
  box.dataset.multipleChoiceSelect = "";
  label.append(box, ` ${title}`);
  line.append(label);
  return line;
}

/** Tick again what was ticked, and show what is not in the list above it. */
function keepTicks(form) {
  const ticks = ticksOf(form);
  const results = form.querySelector("#search-results");
  const shown = new Set();
  for (const box of results.querySelectorAll(TICK)) {
    shown.add(box.value);
    box.checked = ticks.has(box.value);
  }
  let others = form.querySelector("[data-ticked-elsewhere]");
  if (!others) {
    others = document.createElement("ul");
    others.className = "ticked-elsewhere";
    others.dataset.tickedElsewhere = "";
    results.before(others);
  }
  others.replaceChildren(...[...ticks].filter(([key]) => !shown.has(key)).map(elsewhere));
  allowToConfirm(form);
}

function tickChanged(box) {
  const form = box.closest("form[data-multiple-choice-form]");
  if (!form) return;
  if (box.checked) ticksOf(form).set(box.value, titleOf(box));
  else ticksOf(form).delete(box.value);
  allowToConfirm(form);
}

/** A dialog is named by its heading. */
function name(body) {
  const dialog = body.closest('[role="dialog"]');
  const heading = body.querySelector("h1, h2");
  if (dialog && heading) dialog.setAttribute("aria-label", heading.textContent.replace(/\s+/g, " ").trim());
}

/** The form has come back with what is wrong in it: the file need not be chosen again. */
function keepFiles(part) {
  for (const field of part.querySelectorAll("input[type=file]")) {
    const kept = files.get(field.name);
    if (kept?.length && !field.files.length && field.form.querySelector(".error-message")) field.files = kept;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(TICK)) tickChanged(target);
  if (target.type === "file" && target.closest(BODY)) files.set(target.name, target.files);
});

new MutationObserver((changes) => {
  const bodies = new Set(changes.map(({ target }) => target.closest?.(BODY)).filter(Boolean));
  for (const body of bodies) {
    name(body);
    keepFiles(body);
    const isNew = (change) => body.contains(change.target) && !change.target.closest("[data-ticked-elsewhere]");
    const form = body.querySelector("form[data-multiple-choice-form]");
    const isOurs = (change) => [...change.addedNodes].some((node) => node.dataset && "tickedElsewhere" in node.dataset);
    if (form && changes.some((change) => isNew(change) && !isOurs(change))) keepTicks(form);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
