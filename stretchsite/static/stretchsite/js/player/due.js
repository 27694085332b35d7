/**
 * What is due today, from what this device remembers of what was really done: which exercises with days of their own,
 * and which step of a dose that steps up. Pure: no clock, no page. What is remembered belongs to one prescription; where
 * it is changed it begins anew, at its lowest.
 */

/** Whoever comes back after so many days begins again, as low as it is written. */
const LONG_AGO = 28;

/** What tells one prescription from any other. */
export const keyOf = ({ exercise, dosage }) => `${exercise.id} ${dosage.words}`;

/** The day of a moment, counted, on this device's wall clock. */
export const dayOf = (now) => Math.floor((now - new Date(now).getTimezoneOffset() * 60000) / 86400000);

/** Whether an item of a routine is due; what was done today already stays due today. `done` are the days it was done. */
export function isDue({ every_days: every, days_per_week: days, days_per_week_most: most }, done, today) {
  const week = most ?? days;
  if ((!every && !week) || done.includes(today)) return true;
  const isRested = today - Math.max(...done) >= (every ?? Math.floor(7 / week));
  return isRested && (!week || done.filter((day) => today - day < 7).length < week);
}

/** The days on which it was done, with today; no more than are ever asked after. */
export const doneOn = (done, today) => [...done.filter((day) => day !== today && today - day < LONG_AGO), today];

/** How many steps up it is: none where nothing is remembered, or it is long ago. */
export const stepOf = (kept, today) => (kept && today - kept.last <= LONG_AGO ? kept.step : 0);

/** Whether to ask today if it was easy: after so many days, when it was done since, and there is a step left. */
export function asksToStep({ steps = [], steps_up_every_days: every }, kept, today) {
  const step = stepOf(kept, today);
  return Boolean(kept && steps[step] && kept.last >= kept.since && today - kept.last <= LONG_AGO && today - kept.since >= (every ?? 1));
}

/** What is remembered when it is begun. */
export const begun = (kept, today) => (kept && today - kept.last <= LONG_AGO ? { ...kept, last: today } : { step: 0, since: today, last: today });
