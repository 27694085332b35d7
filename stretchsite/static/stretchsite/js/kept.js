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
/** So many copies are asked about on one page. */
const MOST_ASKED = 4;
/** Answers that mean: this is not to be shown any more. */
const GONE = new Set([404, 410]);

/** Whether this browser can keep anything. */
export function canKeep() {
  return "caches" in globalThis && "serviceWorker" in navigator;
}

/** The facts of every copy, the last confirmed first: {address, title, keptAt, savedAt, endsAt, addresses, words}. */
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
 * Keep a copy: every address is fetched first, and only a whole copy takes the place of an older one. What never
 * changes is taken from the older one. `onProgress` is told how many of how many are there.
 *
 * Raises an error when anything could not be fetched, or when the copy to be renewed was removed meanwhile.
 */
export async function keep(facts, { onProgress = () => {}, older = null } = {}) {
  const name = PREFIX + facts.address;
  const answers = [];
  for (const address of facts.addresses) {
    answers.push([address, (await unchanging(older && (await caches.match(address, { cacheName: name })))) ?? (await whole(address))]);
    onProgress(answers.length, facts.addresses.length);
  }
  if (older && !(await caches.has(name))) throw new Error(`${name}: removed`);
  await caches.delete(name);
  const cache = await caches.open(name);
  for (const [address, answer] of answers) await cache.put(address, answer);
  const now = new Date().toISOString();
  await writeFacts(cache, { ...facts, keptAt: older?.keptAt ?? older?.savedAt ?? now, savedAt: now });
  await makeRoom();
}

function unchanging(answer) {
  return answer?.headers.get("Cache-Control")?.includes("immutable") ? answer : null;
}

async function whole(address) {
  const answer = await fromNetwork(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

function writeFacts(cache, facts) {
  return cache.put(FACTS, new Response(JSON.stringify(facts), { headers: { "Content-Type": "application/json" } }));
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
 * Bring the copies up to date: ended copies go even without a network; what has gone is removed; what has changed is
 * fetched again, with whatever its page lists now; the others are confirmed. Those that were not asked about for longest
 * come first, a few on each page, so that no page view costs dozens of requests. The document hears `kept-changed`.
 */
export async function refreshAll() {
  const kept = await allKept();
  for (const facts of kept.filter((each) => hasEnded(each))) await forget(facts.address);
  for (const facts of kept.filter((each) => !hasEnded(each)).reverse().slice(0, MOST_ASKED)) await refresh(facts);
  document.dispatchEvent(new Event("kept-changed"));
}

async function refresh(facts) {
  try {
    const answer = await fromNetwork(facts.address);
    if (GONE.has(answer.status)) await forget(facts.address);
    else if (answer.ok) await renew(facts, await answer.text());
  } catch {
    // No contact: the copy and its date stay.
  }
}

/** The same page confirms its copy; another is kept instead. One without an offer is not the page, and says nothing. */
async function renew(facts, html) {
  const name = PREFIX + facts.address;
  const before = await caches.match(facts.address, { cacheName: name });
  if (!before) return;
  const listing = listed(parsed(html), facts.address);
  if (listing && html !== (await before.text())) await keep(listing, { older: facts });
  else if (listing) await writeFacts(await caches.open(name), { ...facts, savedAt: new Date().toISOString() });
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
