/** The offer to keep a routine on this device, on its page. */

import { allKept, canKeep, forget, keep, listed } from "./kept.js";

const offer = document.querySelector("[data-keep]");

async function showOffer() {
  const facts = listed(document, location.pathname);
  const words = offer.dataset;
  const said = offer.querySelector("[data-keep-said]");
  const [keepButton, removeButton] = ["keep", "remove"].map((name) => offer.querySelector(`[data-keep-${name}]`));

  const show = async () => {
    const mine = (await allKept()).find((kept) => kept.address === facts.address);
    keepButton.hidden = Boolean(mine);
    removeButton.hidden = !mine;
    const day = mine && new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date(mine.keptAt ?? mine.savedAt));
    said.textContent = mine ? words.wordsKept.replace("{date}", day) : "";
  };

  keepButton.addEventListener("click", async () => {
    keepButton.disabled = true;
    try {
      await navigator.serviceWorker.register("/sw.js");
      const onProgress = (done, all) => (said.textContent = words.wordsProgress.replace("{done}", done).replace("{all}", all));
      await keep(facts, { onProgress });
      await show();
      removeButton.focus();
    } catch {
      said.textContent = words.wordsFailed;
    }
    keepButton.disabled = false;
  });
  removeButton.addEventListener("click", async () => {
    await forget(facts.address);
    await show();
    said.textContent = words.wordsRemoved;
    keepButton.focus();
  });
  document.addEventListener("kept-changed", show);
  await show();
  offer.hidden = false;
}

if (offer && canKeep()) showOffer();
