/**
 * What is kept on this device because its reader asked for it: one cache for each routine, exercise or shared link, with
 * its own facts. The service worker serves it.
 */

const PREFIX = "kept:";
/** No page has this address. */
const FACTS = "/kept-facts";
const MOST_KEPT = 20;
const MOST_ASKED = 4;
const GONE = new Set([404, 410]);

/** Whether this browser can keep anything. */
export function canKeep() {
  return "caches" in globalThis && "serviceWorker" in navigator;
}

/** The facts of every copy, the last confirmed first: {address, title, keptAt, savedAt: confirmed, endsAt, addresses, words}. */
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
 * Keep a copy, whole: only then does it take the place of an older one, whose unchanging parts it takes over. Raises an
 * error when anything could not be fetched, or when the older copy was removed meanwhile.
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

/** Whether a copy's time is over. */
export function hasEnded(facts, now = new Date()) {
  return Boolean(facts.endsAt) && new Date(facts.endsAt) <= now;
}

/**
 * Bring the copies up to date: what has ended or gone is removed, what has changed is fetched again, the others are
 * confirmed. Those not asked about for longest come first, a few on each page. The document hears `kept-changed`.
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
    // The copy and its date stay.
  }
}

/** The same page confirms its copy; another is kept instead; one without an offer says nothing. */
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

/** Past the service worker, which might give the old copy. */
function fromNetwork(address) {
  return fetch(address, { cache: "no-cache", headers: { "X-To-Keep": "1" } });
}

/** What the page at this path says is to be kept of it, with whole paths. */
export function listed(page, path) {
  const offer = page.querySelector("[data-keep]");
  if (!offer) return null;
  const facts = JSON.parse(offer.dataset.keep);
  const addresses = facts.addresses.map((address) => new URL(address, location.origin + path).pathname);
  return { ...facts, address: path, addresses };
}
