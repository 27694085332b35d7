/** On every page: who keeps copies on this device has them brought up to date; nobody else loads more than this. */

async function refresh() {
  if (!navigator.onLine || !("caches" in globalThis)) return;
  const names = await caches.keys();
  if (names.some((name) => name.startsWith("kept:"))) (await import("./kept.js")).refreshAll();
}

refresh();
addEventListener("online", refresh);
