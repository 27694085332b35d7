/** The diary as it is shown: by week in the reader's own time, as small pictures, and as a table for a spreadsheet. */

/** The Monday of the week a day is in, as "2026-11-16". */
export function weekOf(day) {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return dayName(monday);
}

const two = (number) => String(number).padStart(2, "0");

/** A day as "2026-11-21". */
export function dayName(day) {
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

/** The entries as a table for a spreadsheet. A cell it would take for a formula is made harmless. */
export function asTable(all, headings, partly) {
  const cell = (value) => {
    const text = String(value ?? "");
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${harmless.replaceAll('"', '""')}"`;
  };
  const when = (at) => `${dayName(at)} ${two(at.getHours())}:${two(at.getMinutes())}`;
  const rows = all.map((entry) => [when(new Date(entry.at)), named(entry, partly), entry.minutes, entry.before, entry.after]);
  return [headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

const SVG = "http://www.w3.org/2000/svg";
const MOST_SHOWN = 20;

function drawn(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = text;
  return made;
}

/** Seven columns from Monday to Sunday; the table under it says the same in words. */
export function weekChart(days, dayWord) {
  const most = Math.max(10, ...days);
  const picture = drawn("svg", { viewBox: "0 0 350 110", class: "diary__chart", "aria-hidden": "true" });
  for (const [number, minutes] of days.entries()) {
    const height = Math.round((70 * minutes) / most);
    picture.append(
      drawn("rect", { x: 10 + 48 * number, y: 85 - height, width: 34, height, rx: 3 }),
      drawn("text", { x: 27 + 48 * number, y: 103, "text-anchor": "middle" }, dayWord(number)),
    );
    if (minutes) picture.append(drawn("text", { x: 27 + 48 * number, y: 80 - height, "text-anchor": "middle" }, String(minutes)));
  }
  return picture;
}

/** The last sessions of which something was said, the oldest first. */
export function withPain(all) {
  return all.filter(({ before, after }) => Number.isFinite(before) || Number.isFinite(after)).slice(-MOST_SHOWN);
}

/** For each session a ring for before, a disc for after and a line between, from 0 to 10. */
export function painChart(sessions, words) {
  const picture = drawn("svg", { viewBox: "0 0 350 150", class: "diary__chart", role: "img", "aria-label": words });
  const height = (pain) => 135 - 12 * pain;
  for (const pain of [0, 5, 10]) {
    picture.append(
      drawn("line", { x1: 24, x2: 346, y1: height(pain), y2: height(pain), class: "diary__scale" }),
      drawn("text", { x: 18, y: height(pain) + 5, "text-anchor": "end" }, String(pain)),
    );
  }
  const step = 310 / Math.max(sessions.length, 6);
  for (const [number, { before, after }] of sessions.entries()) {
    const x = 24 + step * (number + 0.5);
    if (Number.isFinite(before) && Number.isFinite(after)) {
      picture.append(drawn("line", { x1: x, x2: x, y1: height(before), y2: height(after), class: "diary__change" }));
    }
    if (Number.isFinite(before)) picture.append(drawn("circle", { cx: x, cy: height(before), r: 5.5, class: "diary__before" }));
    if (Number.isFinite(after)) picture.append(drawn("circle", { cx: x, cy: height(after), r: 4.5, class: "diary__after" }));
  }
  return picture;
}
