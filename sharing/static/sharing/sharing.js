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

if (handing) {
  offerCopy(handing.querySelector("[data-copy]"), handing.querySelector("[data-address]"), handing.querySelector("[data-said]"));
  offerPrint(handing.querySelector("[data-print]"));
}
if (giving) {
  const frame = giving.querySelector("[data-preview]");
  if (frame) followTheForm(giving.querySelector("form"), frame);
}
