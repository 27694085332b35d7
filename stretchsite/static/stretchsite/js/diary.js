/**
 * The diary: what somebody did, how long, and how it felt. It lives on this device and nowhere else; nothing here sends
 * anything. An entry is {at: when, as ISO text; title; minutes; done, of: how many of its exercises; before; after}, the
 * last two 0 to 10 or null.
 */

import { recall, remember } from "./memory.js";

const NAME = "diary";
/** More than two entries a day for a year; older ones make room. */
const MOST_ENTRIES = 1000;

/** All entries, oldest first. What is not an entry is left out. */
export function entries() {
  const kept = recall(NAME, []);
  return Array.isArray(kept) ? kept.filter((entry) => entry && typeof entry.title === "string" && !isNaN(Date.parse(entry.at))) : [];
}

/** Write an entry; returns whether this device could keep it. */
export function write(entry) {
  return remember(NAME, [...entries(), entry].slice(-MOST_ENTRIES));
}

/** Forget everything. */
export function erase() {
  return remember(NAME, null);
}

/** The Monday of the week a day is in, as "2026-11-16" in the reader's own time. */
export function weekOf(day) {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return dayName(monday);
}

/** A day as "2026-11-21" in the reader's own time. */
export function dayName(day) {
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** By week, newest first: {week, entries, minutes, days: minutes from Monday to Sunday}. */
export function weeks(all) {
  const byWeek = new Map();
  for (const entry of all) {
    const day = new Date(entry.at);
    const name = weekOf(day);
    const week = byWeek.get(name) ?? { week: name, entries: [], minutes: 0, days: [0, 0, 0, 0, 0, 0, 0] };
    const minutes = Number(entry.minutes) || 0;
    week.entries.push(entry);
    week.minutes += minutes;
    week.days[(day.getDay() + 6) % 7] += minutes;
    byWeek.set(name, week);
  }
  return [...byWeek.values()].sort((one, other) => (one.week < other.week ? 1 : -1));
}

/** What an entry is of, and how much of it was done where not all was; `words` is "{title}, {done} of {of} exercises". */
export function named({ title, done, of }, words) {
  return done < of ? words.replace("{title}", title).replace("{done}", done).replace("{of}", of) : title;
}

/** The entries as a table for a spreadsheet. A cell that a spreadsheet would take for a formula is made harmless. */
export function asTable(all, headings, partly) {
  const cell = (value) => {
    const text = String(value ?? "");
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${harmless.replaceAll('"', '""')}"`;
  };
  const rows = all.map((entry) => [entry.at, named(entry, partly), entry.minutes, entry.before, entry.after]);
  return [headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}
