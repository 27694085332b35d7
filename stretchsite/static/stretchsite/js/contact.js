/**
 * On every page, for whoever keeps copies on this device: at every contact the copies are brought up to date. Nobody
 * else pays for it: without a copy nothing more is loaded.
 */

async function refresh() {
  if (!navigator.onLine || !("caches" in globalThis)) return;
  const names = await caches.keys();
  if (names.some((name) => name.startsWith("kept:"))) (await import("./kept.js")).refreshAll();
}

refresh();
addEventListener("online", refresh);
