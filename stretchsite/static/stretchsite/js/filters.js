// Says on the button of the filters how long the list would be with what is ticked. Without it the button is a button.
const WAIT = 300;

const form = document.querySelector(".filters__form");
const button = form?.querySelector("[data-show]");
const said = form?.querySelector("[role=status]");
let waiting;
let asking;

async function count() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`?${new URLSearchParams(new FormData(form))}`, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#results")?.textContent;
    if (!found) return;
    button.textContent = button.dataset.show.replace("…", found);
    said.textContent = found;
  } catch {
    // Another tick has come, or there is no network: the button still applies the filters.
  }
}

form?.addEventListener("change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(count, WAIT);
});
