/**
 * A session as a pure state machine: no clock, no page, no sound. Every function takes a session and the time in
 * milliseconds, and returns a new session. Time is counted to a deadline on the wall clock, never in ticks, so that a
 * tab that slept wakes up where the session is.
 *
 * A session is {intervals, at, status, deadline, left, movesOn, since, ran, total}:
 *   status "running": `deadline` is when the interval at `at` is over
 *   status "paused":  `left` milliseconds of it remain
 *   status "waiting": it is over, and the reader says when to go on
 *   status "over":    everything is done
 * `ran` is how many milliseconds of work of each exercise were really run, `total` of everything, counted up to `since`.
 * An interval with `asks` never goes on by itself: whoever has to get down to the floor says when they are there.
 */

/** Milliseconds into an interval up to which "back" means the one before. */
const JUST_BEGUN = 3000;

/** The least a reader can shorten an interval to, in milliseconds. */
const LEAST_LEFT = 1000;

/** Nobody is called asleep for less, in milliseconds. */
const LEAST_SLEEP = 5000;

/** The kinds in which an exercise is worked; the others are time to get there. */
export const WORKED = new Set(["hold", "repetitions", "moving", "contract", "relax", "stretch"]);

// What is due today, from what this device remembers of each prescription: the days on which it was `done`, and how many
// `step`s up it is, `since` which day, done `last` on which. A prescription that is changed begins at its lowest.

/** Whoever comes back after so many days begins again, as low as it is written. */
const LONG_AGO = 28;

/** What tells one prescription from any other. */
export const keyOf = ({ exercise, dosage }) => `${exercise.id} ${dosage.words}`;

/** The day of a moment, counted, on this device's wall clock. */
export const dayOf = (now) => Math.floor((now - new Date(now).getTimezoneOffset() * 60000) / 86400000);

const isRecent = ({ last }, today) => today - last <= LONG_AGO;

/** Whether an item of a routine is due; what was done today already stays due today. */
export function isDue({ every_days: every, days_per_week: days, days_per_week_most: most }, { done = [] }, today) {
  const week = most ?? days;
  if (!(every || week) || done.includes(today)) return true;
  const isRested = today - Math.max(...done) >= (every ?? Math.floor(7 / week));
  return isRested && (!week || done.filter((day) => today - day < 7).length < week);
}

/** What is remembered when it is done. */
export function doneOn(kept, today) {
  const days = (kept.done ?? []).filter((day) => day !== today && today - day < LONG_AGO);
  return { ...(isRecent(kept, today) || { step: 0, since: today }), last: today, done: [...days, today] };
}

/** How many steps up it is: none where nothing is remembered, or it is long ago. */
export const stepOf = (kept, today) => (isRecent(kept, today) && kept.step) || 0;

/** Whether to ask today if it was easy: after so many days, when it was done since, and there is a step left. */
export function asksToStep({ steps, steps_up_every_days: every }, kept, today) {
  return isRecent(kept, today) && kept.last >= kept.since && today - kept.since >= (every ?? 1) && kept.step < steps.length;
}

/**
 * What is followed: a routine's items, or the one exercise that a sheet is about; each begins with getting ready.
 * `amounts` says how much of a range was chosen, by the number of its item; without a choice it is the least. `kept` is
 * what the device remembers of each prescription, with the day it is.
 */
export function itemsOf(sheet, getReady = "", amounts = {}, week = sheet.week, kept = {}, today = 0) {
  let before = null;
  return (sheet.items ?? [sheet]).map((item, number) => {
    const { from_week: first, to_week: last } = item;
    // What is not due in this week, where that is known, or not on this day has no interval.
    const isOfWeek = !week || (week >= (first ?? 0) && week <= (last ?? week));
    const own = kept[keyOf(item)] ?? {};
    if (!isOfWeek || (sheet.items && !isDue(item.dosage, own, today))) return { title: item.exercise.title, cue: "", intervals: [] };
    const place = placeOf(item.exercise);
    const asks = place !== before;
    before = place;
    const now = item.dosage.steps?.[stepOf(own, today) - 1] ?? item.dosage;
    const offered = now.amounts ?? [];
    const chosen = offered[Math.min(amounts[number + 1] ?? 0, offered.length - 1)] ?? now;
    return {
      title: item.exercise.title,
      cue: [item.pain_words, item.cue].filter(Boolean).join(" "),
      intervals: [
        { kind: "get_ready", seconds: item.get_ready_seconds, words: getReady, place_words: "", side: null, asks },
        ...chosen.intervals,
      ],
    };
  });
}

/** The position an exercise starts in and the things it needs: where another follows, getting there takes its time. */
function placeOf({ position, equipment = [] }) {
  return JSON.stringify([position?.value, equipment.map((thing) => thing.value).sort()]);
}

/** The same intervals with a reader's own seconds to get ready and to change sides, where they have chosen some. */
export function paced(intervals, { getReady, changeSides }) {
  const chosen = { get_ready: getReady, change_sides: changeSides };
  return intervals.map((interval) => ({ ...interval, seconds: chosen[interval.kind] || interval.seconds }));
}

/**
 * All intervals of these items, in order, each with the place of its exercise. `first` is the side a reader begins with
 * where each has its turn; `changes` holds the words for changing to either.
 */
export function layOut(items, first = null, changes = {}) {
  return items.flatMap((item, place) => startingWith(item.intervals, first, changes).map((interval) => ({ ...interval, item: place })));
}

const OTHER = { left: "right", right: "left" };

/** The intervals of each side; only where both have as many is there a first one to choose. */
function turns(intervals) {
  const [left, right] = ["left", "right"].map((side) => intervals.filter((each) => each.side === side && WORKED.has(each.kind)));
  return left.length && left.length === right.length ? { left, right } : null;
}

/** Whether a reader can choose the side to begin with. */
export function hasTurns(items) {
  return items.some(({ intervals }) => turns(intervals));
}

/** The two sides change places, with their words. */
function startingWith(intervals, first, changes) {
  const of = turns(intervals);
  const usual = intervals.find((each) => each.side in OTHER)?.side;
  if (!of || !(first in OTHER) || first === usual) return intervals;
  const taken = { left: 0, right: 0 };
  return intervals.map((each) => {
    const side = OTHER[each.side];
    if (!side) return each;
    return WORKED.has(each.kind) ? of[side][taken[side]++] : { ...each, side, words: changes[side] };
  });
}

/** The side that is due: the interval's own, or in getting ready the one that is worked first; null for none. */
export function sideDue(session) {
  const { item, side } = session.intervals[session.at];
  return side ?? session.intervals.slice(session.at).find((each) => each.side || each.item !== item)?.side ?? null;
}

/** Seconds all intervals take together. */
export function totalSeconds(intervals) {
  return intervals.reduce((sum, interval) => sum + interval.seconds, 0);
}

/** A session at the beginning of an interval, running. */
export function begin(intervals, now, { at = 0, movesOn = true } = {}) {
  const session = { intervals, at, status: "over", deadline: 0, left: 0, movesOn, since: now, ran: {}, total: 0 };
  return intervals.length ? { ...session, status: "running", deadline: now + length(intervals[at]) } : session;
}

/** The session as it stands now: past deadlines are gone through one by one, so no interval is lost or doubled. */
export function settle(session, now) {
  let settled = session;
  while (settled.status === "running" && now >= settled.deadline) settled = finished(settled);
  return settled;
}

function finished(session) {
  const counted = count(session, session.deadline);
  const { intervals, at, deadline, movesOn } = counted;
  if (at + 1 >= intervals.length) return { ...counted, status: "over", left: 0 };
  if (!movesOn || intervals[at].asks) return { ...counted, status: "waiting", left: 0 };
  return { ...counted, at: at + 1, deadline: deadline + length(intervals[at + 1]) };
}

/** The session with the time up to `until` counted as run. */
function count(session, until) {
  if (session.status !== "running") return session;
  const { item, kind } = session.intervals[session.at];
  const run = Math.max(0, until - session.since);
  const ran = WORKED.has(kind) ? { ...session.ran, [item]: (session.ran[item] ?? 0) + run } : session.ran;
  return { ...session, ran, total: session.total + run, since: until };
}

/** What was really done: minutes, and of how many exercises at least half of what was asked. */
export function account(session) {
  const { asked, done } = worked(session);
  return { minutes: Math.round(session.total / 60000), done: done.length, of: Object.keys(asked).length };
}

/** What was asked of each exercise, and the places of those of which at least half was done. */
export function worked(session) {
  const asked = {};
  for (const interval of session.intervals) {
    if (WORKED.has(interval.kind)) asked[interval.item] = (asked[interval.item] ?? 0) + length(interval);
  }
  return { asked, done: Object.keys(asked).filter((item) => 2 * (session.ran[item] ?? 0) >= asked[item]) };
}

/** Whoever slept since `seen` for longer than the interval did not do what followed: it stops where it was then. */
export function wake(session, seen, now) {
  if (session.status !== "running") return session;
  const most = Math.max(LEAST_SLEEP, length(session.intervals[session.at]));
  return now - seen > most ? { ...pause(session, seen), slept: true } : session;
}

/** Go on from getting ready, however much of its time is left. */
export function ready(session, now) {
  const settled = settle(session, now);
  if (!settled.intervals[settled.at].asks || settled.status === "over") return settled;
  return goTo({ ...count(settled, now), status: "running" }, settled.at + 1, now);
}

/** Stop the clock; the place is kept. */
export function pause(session, now) {
  const settled = settle(session, now);
  if (settled.status !== "running") return settled;
  return { ...count(settled, now), status: "paused", left: settled.deadline - now };
}

/** Go on: with what was left, or with the next interval when this one is over. */
export function resume(session, now) {
  if (session.status === "paused") {
    return { ...session, status: "running", deadline: now + session.left, left: 0, since: now, slept: false };
  }
  return session.status === "waiting" ? goTo(session, session.at + 1, now) : session;
}

/** Give the present interval more seconds, or fewer; at least one second is left. */
export function adjust(session, seconds, now) {
  const settled = settle(session, now);
  const change = seconds * 1000;
  if (settled.status === "running") {
    return { ...settled, deadline: Math.max(now + LEAST_LEFT, settled.deadline + change) };
  }
  if (settled.status === "paused") return { ...settled, left: Math.max(LEAST_LEFT, settled.left + change) };
  if (settled.status === "waiting" && change > 0) {
    return { ...settled, status: "running", deadline: now + change, since: now };
  }
  return settled;
}

/** On to the next interval. After the last one the session is over. */
export function skip(session, now) {
  const settled = settle(session, now);
  return settled.status === "over" ? settled : goTo(count(settled, now), settled.at + 1, now);
}

/** Back to the beginning of this interval, or to the one before when this one has just begun. */
export function back(session, now) {
  const settled = settle(session, now);
  const done = length(settled.intervals[settled.at]) - millisecondsLeft(settled, now);
  const isThere = settled.status !== "over" && done > JUST_BEGUN;
  return goTo(count(settled, now), isThere ? settled.at : Math.max(0, settled.at - 1), now);
}

/** Whether intervals follow each other by themselves. */
export function setMovesOn(session, movesOn, now) {
  const settled = settle(session, now);
  const next = { ...settled, movesOn };
  return movesOn && next.status === "waiting" && !next.intervals[next.at].asks ? resume(next, now) : next;
}

function goTo(session, at, now) {
  if (at >= session.intervals.length) return { ...session, status: "over", left: 0 };
  const whole = length(session.intervals[at]);
  if (session.status === "paused") return { ...session, at, left: whole };
  return { ...session, at, status: "running", deadline: now + whole, left: 0, since: now };
}

/** Milliseconds left of the present interval. */
export function millisecondsLeft(session, now) {
  if (session.status === "running") return Math.max(0, session.deadline - now);
  return session.status === "paused" ? session.left : 0;
}

/** Whole seconds left of the present interval, as they are shown: 1 until the very end. */
export function secondsLeft(session, now) {
  return Math.ceil(millisecondsLeft(session, now) / 1000);
}

/** What is worth remembering so that a reload loses nothing. `of` tells whether the sheet is still the same. */
export function toKeep(session, now) {
  const settled = settle(session, now);
  const { at, movesOn, ran, total } = count(settled, now);
  return { at, left: millisecondsLeft(settled, now), movesOn, ran, total, of: mark(settled.intervals) };
}

/** The session that was kept, paused where it was; null when it was of another sheet or makes no sense. */
export function restore(intervals, kept) {
  if (!kept || kept.of !== mark(intervals) || !(kept.at >= 0 && kept.at < intervals.length)) return null;
  const whole = length(intervals[kept.at]);
  const left = Number.isFinite(kept.left) && kept.left > 0 ? Math.min(kept.left, whole + 600000) : whole;
  const session = { intervals, at: kept.at, status: "paused", deadline: 0, left, movesOn: kept.movesOn !== false };
  return { ...session, since: 0, ran: kept.ran ?? {}, total: kept.total ?? 0 };
}

/** What tells one sheet's intervals from another's; how long a reader takes to get ready is no part of it. */
function mark(intervals) {
  const seconds = ({ kind, seconds }) => (kind === "get_ready" || kind === "change_sides" ? "" : seconds);
  return intervals.map((each) => `${each.item}:${each.kind}:${each.side ?? ""}:${seconds(each)}`).join(",");
}

function length(interval) {
  return interval.seconds * 1000;
}
