/**
 * On a narrow screen the filters open as a dialog: Escape shuts it, nothing behind it can be reached, and whoever
 * opened it is back where they were. On every screen they say at once how long the list would be with what is ticked.
 * Without this script the form lies in its place, folded, and its button is a button.
 */
const WAIT = 300;

const filters = document.querySelector(".filters");
const form = document.querySelector(".filters__form");
const sheet = document.querySelector(".filters__sheet");
const opener = filters?.querySelector("summary");
const button = form?.querySelector("[data-show]");
const said = form?.querySelector("[role=status]");
const narrow = matchMedia("(max-width: 61.99rem)");
let waiting;
let asking;

function show() {
  filters.open = false;
  sheet.append(form);
  sheet.showModal();
}

function open(event) {
  if (!narrow.matches || filters.open) return;
  event.preventDefault();
  show();
}

function putBack() {
  filters.append(form);
  opener.focus();
}

function listen() {
  opener.addEventListener("click", open);
  sheet.addEventListener("close", putBack);
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
  });
  narrow.addEventListener("change", () => sheet.close());
  // Somebody was quicker than this script.
  if (narrow.matches && filters.open) show();
}

/** The words and numbers of the same filters on another page, put over those here; what is ticked stays as it is. */
function refill(page) {
  const head = page.querySelector(".filters > summary")?.textContent;
  if (head && sheet) sheet.querySelector("[data-head]").textContent = head;
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

async function count() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`?${new URLSearchParams(new FormData(form))}`, { signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#results")?.textContent;
    if (!found || signal.aborted) return;
    refill(page);
    button.textContent = button.dataset.show.replace("…", found);
    said.textContent = found;
  } catch {
    // Another tick has come, or there is no network: the button still applies the filters.
  }
}

if (sheet?.showModal) listen();
form?.addEventListener("change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(count, WAIT);
});
