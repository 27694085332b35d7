/* Makes sharing quicker where scripts run: copy, print, and a preview that follows the form. All of it works without. */

const handing = document.querySelector("[data-handing]");
const giving = document.querySelector("[data-giving]");

function offerCopy(button, address, said) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = button.dataset.copied;
    } catch {
      address.focus();
      address.select();
    }
  });
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function followTheForm(form, frame) {
  let waiting;
  let asked = 0;
  const ask = async () => {
    const number = ++asked;
    const answers = new FormData(form);
    answers.set("preview", "1");
    const response = await fetch(form.action || location.href, { method: "POST", body: answers });
    if (!response.ok || number !== asked) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-preview]");
    if (fresh) frame.srcdoc = fresh.getAttribute("srcdoc");
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 600);
  });
}

/* What was typed stays with this entry of the window's history: the way back and forward loses nothing, and neither an
   address nor the site learns it. */
function keepOnTheWay(form) {
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const kept = history.state?.giving || {};
  const known = fields.filter((field) => field.name in kept);
  for (const field of known) field[field.type === "checkbox" ? "checked" : "value"] = kept[field.name];
  form.addEventListener("input", () => {
    const typed = fields.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
    history.replaceState({ ...history.state, giving: Object.fromEntries(typed) }, "");
  });
  form.addEventListener("submit", (event) => {
    const stays = ["preview", "return"].includes(event.submitter?.name);
    if (!stays) history.replaceState({ ...history.state, giving: {} }, "");
  });
  if (known.length) form.dispatchEvent(new Event("input"));
}

if (handing) {
  offerCopy(handing.querySelector("[data-copy]"), handing.querySelector("[data-address]"), handing.querySelector("[data-said]"));
  offerPrint(handing.querySelector("[data-print]"));
}
if (giving) {
  const frame = giving.querySelector("[data-preview]");
  if (frame) {
    followTheForm(giving.querySelector("form"), frame);
    keepOnTheWay(giving.querySelector("form"));
    giving.querySelector("[data-show]").addEventListener("click", () => frame.scrollIntoView({ block: "nearest" }));
  }
}
