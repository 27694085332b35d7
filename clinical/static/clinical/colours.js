// Beside a colour that is written stands the browser's own picker; each follows the other, and the sample both.

const WRITTEN = /^#[0-9a-f]{6}$/iu;

/** Show the colour that is written, else the site's own, in the sample and in the picker. */
function show(field) {
  const written = field.querySelector("input:not([type=color])").value.trim();
  const colour = WRITTEN.test(written) ? written.toLowerCase() : field.dataset.own;
  field.querySelector("input[type=color]").value = colour;
  for (const part of field.querySelectorAll("[data-in-colour]")) part.setAttribute("fill", colour);
}

for (const field of document.querySelectorAll("[data-colour]")) {
  const written = field.querySelector("input:not([type=color])");
  const picker = field.querySelector("input[type=color]");
  picker.hidden = false;
  written.addEventListener("input", () => show(field));
  picker.addEventListener("input", () => {
    written.value = picker.value;
    written.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
