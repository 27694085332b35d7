/** Lists what is kept on this device, on the page that is shown without a network. */

import { allKept, forget, hasEnded } from "./kept.js";

const place = document.querySelector("[data-kept-list]");
const words = place.dataset;

async function show() {
  const kept = [];
  for (const facts of await allKept()) {
    if (hasEnded(facts)) await forget(facts.address);
    else kept.push(facts);
  }
  const list = document.createElement("ul");
  list.className = "stack";
  list.setAttribute("role", "list");
  for (const facts of kept) list.append(line(facts));
  place.replaceChildren(kept.length ? list : words.wordsNothing);
}

function line(facts) {
  const item = document.createElement("li");
  item.className = "panel stack stack--small";
  const link = Object.assign(document.createElement("a"), { href: facts.address, textContent: facts.title });
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date(facts.savedAt));
  const saved = Object.assign(document.createElement("p"), { textContent: words.wordsSaved.replace("{date}", day) });
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet" });
  remove.textContent = words.wordsRemove.replace("{title}", facts.title);
  remove.addEventListener("click", async () => {
    await forget(facts.address);
    await show();
    place.focus();
  });
  item.append(link, saved, remove);
  return item;
}

document.addEventListener("kept-changed", show);
show();
