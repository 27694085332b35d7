/**
 * A session as a pure state machine: no clock, no page, no sound. Every function takes a session and the time in
 * milliseconds, and returns a new session. Time is counted to a deadline on the wall clock, never in ticks, so that a
 * tab that slept wakes up where the session is.
 *
 * A session is {intervals, at, status, deadline, left, movesOn}:
 *   status "running": `deadline` is when the interval at `at` is over
 *   status "paused":  `left` milliseconds of it remain
 *   status "waiting": it is over, and the reader says when to go on
 *   status "over":    everything is done
 */

/** Milliseconds into an interval up to which "back" means the one before. */
const JUST_BEGUN = 3000;

/** The least a reader can shorten an interval to, in milliseconds. */
const LEAST_LEFT = 1000;

/** What is followed: a routine's items, or the one exercise that a sheet is about; each begins with getting ready. */
export function itemsOf(sheet, getReady = "") {
  return (sheet.items ?? [sheet]).map((item) => ({
    title: item.exercise.title,
    cue: [item.pain_words, item.cue].filter(Boolean).join(" "),
    intervals: [
      { kind: "get_ready", seconds: item.get_ready_seconds, words: getReady, place_words: "", side: null },
      ...item.dosage.intervals,
    ],
  }));
}

/** All intervals of these items, in order, each with the place of its exercise. */
export function layOut(items) {
  return items.flatMap((item, place) => item.intervals.map((interval) => ({ ...interval, item: place })));
}

/** Seconds all intervals take together. */
export function totalSeconds(intervals) {
  return intervals.reduce((sum, interval) => sum + interval.seconds, 0);
}

/** A session at the beginning of an interval, running. */
export function begin(intervals, now, { at = 0, movesOn = true } = {}) {
  if (!intervals.length) return { intervals, at: 0, status: "over", deadline: 0, left: 0, movesOn };
  return { intervals, at, status: "running", deadline: now + length(intervals[at]), left: 0, movesOn };
}

/** The session as it stands now: past deadlines are gone through one by one, so no interval is lost or doubled. */
export function settle(session, now) {
  let settled = session;
  while (settled.status === "running" && now >= settled.deadline) settled = finished(settled);
  return settled;
}

function finished(session) {
  const { intervals, at, deadline, movesOn } = session;
  if (at + 1 >= intervals.length) return { ...session, status: "over", left: 0 };
  if (!movesOn) return { ...session, status: "waiting", left: 0 };
  return { ...session, at: at + 1, deadline: deadline + length(intervals[at + 1]) };
}

/** Stop the clock; the place is kept. */
export function pause(session, now) {
  const settled = settle(session, now);
  if (settled.status !== "running") return settled;
  return { ...settled, status: "paused", left: settled.deadline - now };
}

/** Go on: with what was left, or with the next interval when this one is over. */
export function resume(session, now) {
  if (session.status === "paused") return { ...session, status: "running", deadline: now + session.left, left: 0 };
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
    return { ...settled, status: "running", deadline: now + change };
  }
  return settled;
}

/** On to the next interval. After the last one the session is over. */
export function skip(session, now) {
  const settled = settle(session, now);
  return settled.status === "over" ? settled : goTo(settled, settled.at + 1, now);
}

/** Back to the beginning of this interval, or to the one before when this one has just begun. */
export function back(session, now) {
  const settled = settle(session, now);
  const done = length(settled.intervals[settled.at]) - millisecondsLeft(settled, now);
  const isThere = settled.status !== "over" && done > JUST_BEGUN;
  return goTo(settled, isThere ? settled.at : Math.max(0, settled.at - 1), now);
}

/** To the first interval of an exercise, counted from 0. */
export function goToExercise(session, place, now) {
  const at = session.intervals.findIndex((interval) => interval.item === place);
  return at < 0 ? { ...session, status: "over", left: 0 } : goTo(session, at, now);
}

/** Whether intervals follow each other by themselves. */
export function setMovesOn(session, movesOn, now) {
  const settled = settle(session, now);
  const next = { ...settled, movesOn };
  return movesOn && next.status === "waiting" ? resume(next, now) : next;
}

function goTo(session, at, now) {
  if (at >= session.intervals.length) return { ...session, status: "over", left: 0 };
  const whole = length(session.intervals[at]);
  if (session.status === "paused") return { ...session, at, left: whole };
  return { ...session, at, status: "running", deadline: now + whole, left: 0 };
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
  return { at: settled.at, left: millisecondsLeft(settled, now), movesOn: settled.movesOn, of: mark(settled.intervals) };
}

/** The session that was kept, paused where it was; null when it was of another sheet or makes no sense. */
export function restore(intervals, kept) {
  if (!kept || kept.of !== mark(intervals) || !(kept.at >= 0 && kept.at < intervals.length)) return null;
  const whole = length(intervals[kept.at]);
  const left = Number.isFinite(kept.left) && kept.left > 0 ? Math.min(kept.left, whole + 600000) : whole;
  return { intervals, at: kept.at, status: "paused", deadline: 0, left, movesOn: kept.movesOn !== false };
}

function mark(intervals) {
  return intervals.map((interval) => `${interval.item}:${interval.kind}:${interval.side ?? ""}:${interval.seconds}`).join(",");
}

function length(interval) {
  return interval.seconds * 1000;
}
