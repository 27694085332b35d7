/**
 * Shows the print buttons, which can do nothing without a script, and dates what is printed.
 */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

window.addEventListener("beforeprint", () => {
  const today = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "long" });
  for (const line of document.querySelectorAll("[data-printed-on]")) {
    line.textContent = `${line.dataset.printedOn} ${today.format(new Date())}`;
  }
});
