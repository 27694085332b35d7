/** The diary as a file, to take to another phone. It is taken in whole, or refused with what is wrong. */

import { MOST_ENTRIES, entries, keepAll } from "./diary.js";

const FORMAT = "stretchsite-diary";
const VERSION = 1;
/** More than a thousand entries with long titles. */
const MOST_BYTES = 1000000;
const LONGEST_TITLE = 300;

/** The file's text. */
export function asFile(all) {
  return JSON.stringify({ format: FORMAT, version: VERSION, entries: all }, null, 1);
}

/** Its message names the words that say what is wrong; `number` is that of the entry. */
export class Refused extends Error {
  constructor(name, number = 0) {
    super(name);
    this.number = number;
  }
}

/** The entries of a file's text. Raises `Refused`. */
export function readFile(text) {
  const file = parsed(text);
  if (file?.format !== FORMAT || !Array.isArray(file.entries)) throw new Refused("notADiary");
  if (file.version !== VERSION) throw new Refused("otherVersion");
  const wrong = file.entries.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) throw new Refused("wrongEntry", wrong + 1);
  return file.entries.map(({ at, title, minutes, done, of, before, after }) => ({ at, title, minutes, done, of, before, after }));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("notADiary");
  }
}

const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
const isPain = (value) => value === null || value === undefined || isCount(value, 10);

function isEntry(entry) {
  const { at, title, minutes, done, of, before, after } = entry ?? {};
  const isWhen = typeof at === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !isNaN(Date.parse(at));
  const isNamed = typeof title === "string" && title.trim() !== "" && title.length <= LONGEST_TITLE;
  const isCounted = [done, of].every((value) => value === undefined || isCount(value, 1000));
  return isWhen && isNamed && isCount(minutes, 1440) && isCounted && isPain(before) && isPain(after);
}

/** Add a file's entries to those that are here, none twice. How many are new. Raises `Refused`, unread if too large. */
export async function takeIn(file) {
  if (file.size > MOST_BYTES) throw new Refused("tooLarge");
  const here = entries();
  const known = new Set(here.map(identity));
  const added = readFile(await file.text()).filter((entry) => !known.has(identity(entry)) && known.add(identity(entry)));
  if (here.length + added.length > MOST_ENTRIES) throw new Refused("tooMany");
  const all = [...here, ...added].sort((one, other) => (one.at < other.at ? -1 : 1));
  if (!keepAll(all)) throw new Refused("notKept");
  return added.length;
}

const identity = ({ at, title }) => JSON.stringify([at, title]);
