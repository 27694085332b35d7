// Keeps each row's line, with how much comes of its figures, and the exercise's own dosage beside them, as they are
// filled in. Without this script both are filled in when the routine is next opened.

const OUTPUT = "[data-usual-dosage]";
const ROW = '[data-inline-panel-child][id^="inline_child_items-"]';
const PAUSE = 400;

/** What is filled in in a row, by the plain names of its fields. */
function filledIn(row) {
  const beginning = `${row.id.replace("inline_child_", "")}-`;
  const asked = new URLSearchParams();
  for (const field of row.querySelectorAll(`[name^="${beginning}"]`)) {
    const isUnticked = field.type === "checkbox" && !field.checked;
    if (field.value && !isUnticked) asked.append(field.name.slice(beginning.length), field.value);
  }
  return asked;
}

/** Bring the line and the usual dosage of one row up to date. */
async function show(row) {
  const admin = window.location.pathname.replace(/\/(pages|snippets)\/.*$/, "");
  const asked = filledIn(row).toString();
  row.dataset.asked = asked;
  const answer = await fetch(`${admin}/routines/row/?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  // Only the answer to what was asked last.
  if (!said || row.dataset.asked !== asked) return;
  row.querySelector("[data-row-line]").innerHTML = said.head;
  const output = row.querySelector(OUTPUT);
  output.textContent = said.usual || output.dataset.usualDosageEmpty;
}

const pauses = new WeakMap();
function soon({ target }) {
  const row = target.closest?.(ROW);
  if (!row) return;
  clearTimeout(pauses.get(row));
  pauses.set(row, setTimeout(() => show(row), PAUSE));
}

for (const change of ["input", "change"]) document.addEventListener(change, soon);

// Rows added by the chooser arrive with their exercise already set and send no change event.
new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (node instanceof Element && node.matches(ROW)) soon({ target: node });
  }
}).observe(document.body, { childList: true, subtree: true });
