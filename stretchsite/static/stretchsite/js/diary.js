/**
 * The diary of this device; nothing here sends anything. An entry is {at: when, as ISO text; title; minutes; done, of:
 * how many exercises; before; after: pain from 0 to 10, or null}.
 */

import { recall, remember } from "./memory.js";

const NAME = "diary";
/** More than two entries a day for a year; older ones make room. */
export const MOST_ENTRIES = 1000;

/** All entries, oldest first. What is not an entry is left out. */
export function entries() {
  const kept = recall(NAME, []);
  return Array.isArray(kept) ? kept.filter((entry) => entry && typeof entry.title === "string" && !isNaN(Date.parse(entry.at))) : [];
}

/** Write an entry; returns whether this device could keep it. */
export function write(entry) {
  return keepAll([...entries(), entry]);
}

/** Keep these entries and no others, the newest where there are too many; returns whether this device could. */
export function keepAll(all) {
  return remember(NAME, all.slice(-MOST_ENTRIES));
}

/** Forget everything. */
export function erase() {
  return remember(NAME, null);
}
