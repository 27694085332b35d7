/** Offers pages while a question is typed. The form works without, and nothing of what was typed is kept. */

const WAIT = 200;
const SHORTEST = 3;

function offer(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const said = form.querySelector("[data-said]");
  let waiting = 0;
  let asking = new AbortController();

  const options = () => [...list.children];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  function choose(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(waiting);
    asking.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose();
    said.textContent = "";
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal, credentials: "omit" });
      if (!answer.ok) return close();
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return undefined;
      list.replaceChildren(...found.querySelectorAll("[role=option]"));
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      choose();
      const first = list.querySelector(".suggestions__why")?.closest("[role=option]");
      const help = first ? `${first.textContent.trim().replace(/\s+/g, " ")} ` : "";
      said.textContent = list.hidden ? list.dataset.none : `${help}${list.getAttribute("aria-label")}: ${list.children.length}`;
    } catch {
      if (!signal.aborted) close();
    }
    return undefined;
  }

  function move(step) {
    const all = options();
    const next = all.indexOf(chosen()) + step;
    choose(all[next < -1 ? all.length - 1 : next]);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    Enter: () => location.assign(chosen().dataset.url),
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown") ask();
    if (list.hidden || !(event.key in keys) || (event.key === "Enter" && !chosen())) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

for (const form of document.querySelectorAll("[data-suggestions]")) offer(form);
