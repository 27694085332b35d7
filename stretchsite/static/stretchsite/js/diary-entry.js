/** Writes a session that was followed to its end into the diary, when its reader asks for it. */

import { write } from "./diary.js";

const form = document.querySelector("[data-diary-form]");
let done = null;

const chosen = (name) => {
  const value = document.querySelector(`[data-diary="${name}"]`)?.value;
  return value ? Number(value) : null;
};

if (form) {
  document.addEventListener("session-done", (event) => {
    done = event.detail;
    form.hidden = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-diary-said]");
    const isKept = write({ at: new Date().toISOString(), ...done, before: chosen("before"), after: chosen("after") });
    said.textContent = isKept ? said.dataset.wordsKept : said.dataset.wordsNotKept;
    if (!isKept) return;
    form.querySelector("[type=submit]").disabled = true;
    // The diary can then be read without a network too.
    navigator.serviceWorker?.register("/sw.js").catch(() => {});
  });
}
