// Shows an exercise's own dosage beside the figures that may override it, as soon as an exercise is chosen.
// Without this script the line is filled in when the routine is next opened.

const OUTPUT = "[data-usual-dosage]";

/** The address of the small view that knows the dosage of an exercise. */
function address(exercise) {
  const admin = window.location.pathname.replace(/\/(pages|snippets)\/.*$/, "");
  return `${admin}/exercises/${encodeURIComponent(exercise)}/dosage/`;
}

/** Fill in the line of one row. */
async function show(row, exercise) {
  const output = row.querySelector(OUTPUT);
  if (!output) return;
  if (!exercise) {
    output.textContent = output.dataset.usualDosageEmpty;
    return;
  }
  const response = await fetch(address(exercise), { headers: { Accept: "application/json" } });
  if (response.ok) output.textContent = (await response.json()).line;
}

/** The row of items an input belongs to. */
function rowOf(input) {
  return input.closest("[data-inline-panel-child]");
}

/** Whether an input holds a row's exercise. */
function isExercise(input) {
  return input.matches?.('input[type="hidden"][name^="items-"][name$="-exercise"]');
}

document.addEventListener("change", (event) => {
  if (isExercise(event.target)) show(rowOf(event.target), event.target.value);
});

// Rows added by the chooser arrive with their exercise already set and send no change event.
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (!(node instanceof Element)) continue;
      for (const input of node.querySelectorAll('input[type="hidden"][name$="-exercise"]')) {
        if (isExercise(input) && rowOf(input)) setTimeout(() => show(rowOf(input), input.value));
      }
    }
  }
}).observe(document.body, { childList: true, subtree: true });
