// Watches an upload that is under way: says how far it has come, and shows what was found as soon as it has ended.
// Without this, "Look again" does the same.

const EVERY_MS = 3000;
const said = document.querySelector("[data-under-way]");

/** The page as it is now; nothing where it cannot be had, or whoever looks is signed out. */
async function pageNow() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function look() {
  const page = await pageNow();
  const now = page?.querySelector("[data-under-way]");
  if (page && !now) location.reload();
  else if (now && now.textContent !== said.textContent) said.textContent = now.textContent;
  if (!page || now) setTimeout(look, EVERY_MS);
}

if (said) setTimeout(look, EVERY_MS);
