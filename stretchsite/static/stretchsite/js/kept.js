/**
 * What is kept on this device, so that it can be followed without a network: one cache for each routine or shared
 * link, stored only because its reader asked for it. A copy knows when it was saved and when it ends. What is no longer
 * there, or no longer allowed, is removed at the next contact; what has changed is fetched again.
 *
 * The service worker serves these copies; nothing else is ever kept.
 */

const PREFIX = "kept:";
/** Where a copy's own facts stand in its cache; no page has this address. */
const FACTS = "/kept-facts";
const MOST_KEPT = 20;
/** Answers that mean: this is not to be shown any more. */
const GONE = new Set([404, 410]);

/** Whether this browser can keep anything. */
export function canKeep() {
  return "caches" in globalThis && "serviceWorker" in navigator;
}

/** The facts of every copy, the newest first: {address, title, savedAt, endsAt, addresses, words}. */
export async function allKept() {
  if (!canKeep()) return [];
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const facts = await Promise.all(names.map(factsOf));
  return facts.filter(Boolean).sort((one, other) => (one.savedAt < other.savedAt ? 1 : -1));
}

async function factsOf(name) {
  const stored = await (await caches.open(name)).match(FACTS);
  return stored ? stored.json() : null;
}

/**
 * Keep a copy: every address is fetched first, and only a whole copy takes the place of an older one.
 * Raises an error when anything could not be fetched; `onProgress` is told how many of how many are there.
 */
export async function keep(facts, onProgress = () => {}) {
  const answers = [];
  for (const address of facts.addresses) {
    const answer = await fromNetwork(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    answers.push([address, answer]);
    onProgress(answers.length, facts.addresses.length);
  }
  const name = PREFIX + facts.address;
  await caches.delete(name);
  const cache = await caches.open(name);
  for (const [address, answer] of answers) await cache.put(address, answer);
  const whole = { ...facts, savedAt: new Date().toISOString() };
  await cache.put(FACTS, new Response(JSON.stringify(whole), { headers: { "Content-Type": "application/json" } }));
  await makeRoom();
  return whole;
}

async function makeRoom() {
  const kept = await allKept();
  await Promise.all(kept.slice(MOST_KEPT).map((facts) => forget(facts.address)));
}

/** Remove a copy. */
export function forget(address) {
  return caches.delete(PREFIX + address);
}

/** Whether a copy's time is over, whatever the network says. */
export function hasEnded(facts, now = new Date()) {
  return Boolean(facts.endsAt) && new Date(facts.endsAt) <= now;
}

/**
 * Bring every copy up to date: ended copies go even without a network; what has gone is removed; what is there is
 * fetched again, with whatever its page lists now. Without a network the copies stay as they are.
 */
export async function refreshAll() {
  for (const facts of await allKept()) {
    if (hasEnded(facts)) await forget(facts.address);
    else await refresh(facts);
  }
}

async function refresh(facts) {
  try {
    const answer = await fromNetwork(facts.address);
    if (GONE.has(answer.status)) await forget(facts.address);
    else if (answer.ok) await keep(listed(parsed(await answer.text()), facts.address) ?? facts);
  } catch {
    // No contact: the copy and its date stay.
  }
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Past the service worker, which on a slow network would give the old copy to be kept as the new one. */
function fromNetwork(address) {
  return fetch(address, { cache: "no-cache", headers: { "X-To-Keep": "1" } });
}

/** What the page at this path says is to be kept of it, with whole paths; null when it says nothing. */
export function listed(page, path) {
  const offer = page.querySelector("[data-keep]");
  if (!offer) return null;
  const facts = JSON.parse(offer.dataset.keep);
  const addresses = facts.addresses.map((address) => new URL(address, location.origin + path).pathname);
  return { ...facts, address: path, addresses };
}
