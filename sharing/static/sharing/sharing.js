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

/* What was typed is not lost on the browser's way back and forward, and neither an address nor the site learns it. Of a
   programme, which is one patient's, it stays with the window until it is given or its writer signs out; of a routine, which is next given to
   somebody else, with this entry of the window's history alone. */
const ofThisEntry = {
  read: () => history.state?.giving || {},
  write: (typed) => history.replaceState({ ...history.state, giving: typed }, ""),
  forget: () => ofThisEntry.write({}),
};
/* Under the beginning by which keep_typed.js forgets everything of an account when it signs out. */
const ofThisAccount = `typed|${document.getElementById("session-bar")?.dataset.account}|giving|${location.pathname}`;
const ofThisWindow = {
  read: () => JSON.parse(sessionStorage.getItem(ofThisAccount) || "{}"),
  write: (typed) => sessionStorage.setItem(ofThisAccount, JSON.stringify(typed)),
  forget: () => sessionStorage.removeItem(ofThisAccount),
};

const isTick = (field) => field.type === "checkbox";
const standing = (field) => (isTick(field) ? field.defaultChecked : field.defaultValue ?? "");

function keepOnTheWay(form, kept) {
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const before = kept.read();
  /* A dose that was changed among the exercises meanwhile is the newer one. */
  const stands = (field) => !field.name.startsWith("exercise-") || before[field.name][0] === standing(field);
  const known = fields.filter((field) => field.name in before && stands(field));
  for (const field of known) field[isTick(field) ? "checked" : "value"] = before[field.name][1];
  const typed = (field) => [field.name, [standing(field), isTick(field) ? field.checked : field.value]];
  form.addEventListener("input", () => kept.write(Object.fromEntries(fields.map(typed))));
  form.addEventListener("submit", (event) => {
    if (!["preview", "return"].includes(event.submitter?.name)) kept.forget();
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
    const form = giving.querySelector("form");
    followTheForm(form, frame);
    keepOnTheWay(form, "ofOne" in giving.dataset ? ofThisWindow : ofThisEntry);
    giving.querySelector("[data-show]").addEventListener("click", () => frame.scrollIntoView({ block: "nearest" }));
  }
}
