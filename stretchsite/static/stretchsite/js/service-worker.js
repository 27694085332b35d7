/**
 * The service worker: serves what its reader keeps on this device when there is no network, and nothing else. It never
 * keeps a page by itself, and never touches the admin. `/sw.js` sets `self.stretchsite` ({version, files, offline})
 * and then imports this file.
 */

const { version, files, offline } = self.stretchsite;
const PARTS = `parts-${version}`;
const KEPT = "kept:";
const FACTS = "/kept-facts";
const PATIENCE = 3000;
const GONE = new Set([404, 410]);
/** After so many days the safety advice of a copy may have changed. */
const OLD_DAYS = 30;
const DAY = 86400000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((cache) => cache.addAll([...files, offline])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOldParts().then(() => self.clients.claim()));
});

async function removeOldParts() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("parts-") && name !== PARTS).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  // A copy is being made or brought up to date: only the network knows.
  if (request.headers.has("X-To-Keep")) return;
  if (request.method !== "GET" || address.origin !== self.location.origin || address.pathname.startsWith("/admin/")) return;
  if (files.includes(address.pathname)) event.respondWith(partFirst(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
  else if (isKeepable(address.pathname)) event.respondWith(networkFirst(request));
});

function isKeepable(path) {
  return /^\/(routines|exercises|s|figures|media)\//.test(path);
}

async function partFirst(request) {
  return (await caches.match(request, { cacheName: PARTS })) ?? fetch(request);
}

async function page(request) {
  try {
    return await networkFirst(request);
  } catch {
    return (await caches.match(offline, { cacheName: PARTS })) ?? Response.error();
  }
}

/** The network's answer when it comes in time; else the kept copy; else whatever the network says in the end. */
async function networkFirst(request) {
  const network = fetch(request).then(async (answer) => {
    if (GONE.has(answer.status)) await forget(new URL(request.url).pathname);
    return answer;
  });
  network.catch(() => {});
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const inTime = await Promise.race([network, late]).catch(() => null);
  return inTime ?? (await keptCopy(request)) ?? network;
}

/** A page that is gone takes its copy along. */
async function forget(path) {
  await caches.delete(KEPT + path);
}

async function keptCopy(request) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(KEPT))) {
    const cache = await caches.open(name);
    const found = await cache.match(request, { ignoreSearch: false, ignoreVary: true });
    if (!found) continue;
    const facts = await (await cache.match(FACTS))?.json();
    if (!facts || (facts.endsAt && new Date(facts.endsAt) <= new Date())) {
      await caches.delete(name);
      continue;
    }
    return marked(found, facts);
  }
  return null;
}

/** A copy says that it is one, from when, and whether it is old. */
async function marked(answer, facts) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept", facts.savedAt);
  if (!(headers.get("Content-Type") ?? "").startsWith("text/html")) {
    return new Response(answer.body, { status: answer.status, headers });
  }
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  const html = await answer.text();
  return new Response(html.replace(/<body[^>]*>/, (body) => body + banner(facts)), { status: answer.status, headers });
}

function banner(facts) {
  const day = new Intl.DateTimeFormat(facts.language, { dateStyle: "long" }).format(new Date(facts.savedAt));
  const isOld = Date.now() - new Date(facts.savedAt) > OLD_DAYS * DAY;
  const lines = [facts.words.saved.replace("{date}", day), isOld ? facts.words.old : ""].filter(Boolean).map(escaped);
  return `<p class="kept-banner${isOld ? " kept-banner--old" : ""}" role="status">${lines.join(" ")}</p>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
