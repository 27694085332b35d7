/**
 * The service worker: serves what its reader keeps on this device when there is no network, and nothing else. It never
 * keeps a page by itself, and never touches the admin. `/sw.js` sets `self.stretchsite` (see `device.py`) and then
 * imports this file.
 */

const { version, files, pages, folder, outputs, stray } = self.stretchsite;
const PARTS = `parts-${version}`;
const KEPT = "kept:";
const FACTS = "/kept-facts";
const PATIENCE = 3000;
/** After so many days the safety advice of a copy may have changed. */
const OLD_DAYS = 30;
const DAY = 86400000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((cache) => cache.addAll([...files, ...pages])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOldParts().then(() => self.clients.claim()));
});

/** The names of all caches that begin so. */
async function named(beginning) {
  return (await caches.keys()).filter((name) => name.startsWith(beginning));
}

/** Parts of an earlier release go, unless a copy of that time still needs some of them. */
async function removeOldParts() {
  const needed = await partsOfCopies();
  for (const name of await named("parts-")) {
    const requests = await (await caches.open(name)).keys();
    const paths = requests.map((request) => new URL(request.url).pathname);
    if (name !== PARTS && !paths.some((path) => needed.has(path))) await caches.delete(name);
  }
}

/** Every part that a page of a copy names and this release has not. */
async function partsOfCopies() {
  const found = new Set();
  for (const name of await named(KEPT)) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if (!isPage(answer)) continue;
      for (const [, path] of (await answer.text()).matchAll(new RegExp(`"(${folder}[^"#]+)`, "g"))) found.add(path);
    }
  }
  return new Set([...found].filter((path) => !files.includes(path)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // A copy is being made or brought up to date: only the network knows.
  if (request.headers.has("X-To-Keep")) return;
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/admin/")) return;
  if (pathname.startsWith(folder)) event.respondWith(partFirst(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
  else if (isKeepable(pathname)) event.respondWith(networkFirst(event));
});

function isKeepable(path) {
  return /^(\/[a-z-]+)?\/(routines|exercises|s|figures|media)\//.test(path);
}

/** This release's part, else one that an older copy needs. */
async function partFirst(request) {
  return (await caches.match(request, { cacheName: PARTS })) ?? (await caches.match(request)) ?? fetch(request);
}

async function page(event) {
  try {
    return await networkFirst(event);
  } catch {
    return (await ownPage(pages[0])) ?? Response.error();
  }
}

/** The network's answer when it comes in time and is no failure; else the kept copy; else what the network says. */
async function networkFirst(event) {
  const path = clean(new URL(event.request.url).pathname);
  const network = fetch(event.request).then(async (answer) => {
    await forgetGone(path, answer.status);
    return answer;
  });
  event.waitUntil(network.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const inTime = await Promise.race([network, late]).catch(() => null);
  if (inTime && inTime.status < 500) return inTime;
  return (await keptCopy(path)) ?? (await ownPage(path)) ?? network;
}

/** A page that shows what is on this device needs no network. */
function ownPage(path) {
  return pages.includes(path) ? caches.match(path, { cacheName: PARTS }) : null;
}

/** The path without what a message program hung on to it. */
function clean(path) {
  try {
    const bare = decodeURIComponent(path).replace(/\/$/, "");
    let end = bare.length;
    while (end && stray.includes(bare[end - 1])) end -= 1;
    return end < bare.length ? bare.slice(0, end) : path;
  } catch {
    return path;
  }
}

/** Whatever address of a copy says that it is gone takes it along: the page, or any output of it. */
async function forgetGone(path, status) {
  if (status !== 404 && status !== 410) return;
  for (const name of await named(KEPT)) {
    const address = name.slice(KEPT.length);
    const rest = path.startsWith(address) && path.slice(address.length);
    if (rest !== false && (status === 410 || outputs.includes(rest))) await caches.delete(name);
  }
}

async function keptCopy(path) {
  for (const name of await named(KEPT)) {
    const cache = await caches.open(name);
    const found = (await cache.match(path)) ?? (await cache.match(`${path}/`));
    if (!found) continue;
    const facts = await (await cache.match(FACTS))?.json();
    if (facts && !(facts.endsAt && new Date(facts.endsAt) <= new Date())) return marked(found, facts);
    await caches.delete(name);
  }
  return null;
}

function isPage(answer) {
  return (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
}

/** A copy says that it is one, from when, and whether it is old. */
async function marked(answer, facts) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept", facts.savedAt);
  if (!isPage(answer)) return new Response(answer.body, { status: answer.status, headers });
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
