/**
 * On a narrow screen the filters open as a dialog: Escape shuts it, nothing behind it can be reached, and whoever
 * opened it is back where they were. On every screen they say at once how long the list would be with what is ticked.
 * Without this script the form lies in its place, folded, and its button is a button.
 */
const WAIT = 300;

const filters = document.querySelector(".filters");
const form = document.querySelector(".filters__form");
const sheet = document.querySelector(".filters__sheet");
const folded = filters?.querySelector("summary");
const head = sheet?.querySelector("[data-head]");
const button = form?.querySelector("[data-show]");
const said = form?.querySelector("[role=status]");
const apply = button?.textContent;
const narrow = matchMedia("(max-width: 61.99rem)");
/** What opens the dialog: a summary would say that it is folded, whatever is open. */
const opener = document.createElement("button");
let waiting;
let asking;

function show() {
  filters.open = false;
  sheet.append(form);
  // The dialog has its name.
  form.removeAttribute("aria-label");
  sheet.showModal();
}

function putBack() {
  filters.append(form);
  form.setAttribute("aria-label", form.dataset.label);
  [opener, form.querySelector("summary"), folded].find((each) => each.offsetParent)?.focus();
}

function fitWidth() {
  filters.hidden = narrow.matches;
  opener.hidden = !narrow.matches;
  sheet.close();
}

function listen() {
  form.dataset.label = form.getAttribute("aria-label");
  head.textContent = folded.textContent;
  opener.type = "button";
  opener.className = `${folded.className} filters__opener`;
  opener.setAttribute("aria-haspopup", "dialog");
  opener.append(...folded.cloneNode(true).childNodes);
  filters.before(opener);
  opener.addEventListener("click", show);
  sheet.addEventListener("close", putBack);
  sheet.addEventListener("click", (event) => {
    // The sheet reaches the other three edges of the window.
    const isAbove = event.target === sheet && event.clientY < sheet.getBoundingClientRect().top;
    if (isAbove || event.target.closest("[data-close]")) sheet.close();
  });
  narrow.addEventListener("change", fitWidth);
  // Somebody may have been quicker than this script.
  const isOpen = filters.open;
  fitWidth();
  if (narrow.matches && isOpen) show();
}

/** The words and numbers of the same filters on another page, put over those here; what is ticked stays as it is. */
function refill(page) {
  const words = page.querySelector(".filters > summary")?.textContent;
  if (words && head) head.textContent = words;
  const fresh = [...page.querySelectorAll(".filters__form .facet")];
  for (const [number, facet] of [...form.querySelectorAll(".facet")].entries()) {
    const words = fresh[number]?.querySelector("summary").textContent;
    if (words) facet.querySelector("summary").textContent = words;
  }
  for (const input of form.querySelectorAll("input")) {
    const other = page.querySelector(`.filters__form input[name="${input.name}"][value="${CSS.escape(input.value)}"]`);
    if (!other) continue;
    input.nextElementSibling.textContent = other.nextElementSibling.textContent;
    // Whoever has just taken a tick off may put it on again.
    if (input !== document.activeElement && !input.checked) input.disabled = other.disabled;
    input.parentElement.className = other.parentElement.className;
  }
}

/** The page the form leads to. Nothing where another tick has come or there is no network: its button is still there. */
async function ask(signal) {
  try {
    const answer = await fetch(`?${new URLSearchParams(new FormData(form))}`, { signal });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

async function count() {
  asking = new AbortController();
  const { signal } = asking;
  const page = new DOMParser().parseFromString(await ask(signal), "text/html");
  const found = page.querySelector("#results")?.textContent;
  if (!found || signal.aborted) return;
  refill(page);
  button.textContent = button.dataset.show.replace("…", found);
  said.textContent = found;
}

if (sheet?.showModal) listen();
form?.addEventListener("change", () => {
  // No number that was true of other ticks, and none that comes late.
  asking?.abort();
  button.textContent = apply;
  said.textContent = "";
  clearTimeout(waiting);
  waiting = setTimeout(count, WAIT);
});
