/** Shows the diary of this device: by week, as a small chart and a table; exports, prints and erases it. */

import { asTable, dayName, entries, erase, named, weeks } from "./diary.js";

const page = document.querySelector("[data-diary-page]");
const words = page.dataset;
const list = page.querySelector("[data-diary-weeks]");
const language = document.documentElement.lang || undefined;
const SVG = "http://www.w3.org/2000/svg";

const node = (name, content = "", attributes = {}) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...[content].flat());
  return made;
};

const drawn = (name, attributes, text = "") => {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = text;
  return made;
};

const shortDay = (number) => new Intl.DateTimeFormat(language, { weekday: "short" }).format(new Date(2024, 0, 1 + number));
const longDay = (text) => new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(text));
const clock = (text) => new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit" }).format(new Date(text));

/** Seven columns from Monday to Sunday; the table under it says the same in words. */
function chart(week) {
  const most = Math.max(10, ...week.days);
  const picture = drawn("svg", { viewBox: "0 0 350 110", class: "diary__chart", "aria-hidden": "true" });
  for (const [number, minutes] of week.days.entries()) {
    const height = Math.round((70 * minutes) / most);
    picture.append(
      drawn("rect", { x: 10 + 48 * number, y: 85 - height, width: 34, height, rx: 3 }),
      drawn("text", { x: 27 + 48 * number, y: 102, "text-anchor": "middle" }, shortDay(number)),
    );
    if (minutes) picture.append(drawn("text", { x: 27 + 48 * number, y: 80 - height, "text-anchor": "middle" }, String(minutes)));
  }
  return picture;
}

function table(week) {
  const head = node("tr", [words.wordsWhen, words.wordsWhat, words.wordsMinutes, words.wordsBefore, words.wordsAfter].map((it) => node("th", it, { scope: "col" })));
  const rows = week.entries.map((entry) =>
    node("tr", [clock(entry.at), named(entry, words.wordsPartly), entry.minutes, entry.before ?? "–", entry.after ?? "–"].map((it) => node("td", String(it)))),
  );
  return node("table", [node("thead", head), node("tbody", rows)], { class: "diary__table" });
}

function show() {
  const all = entries();
  for (const part of page.querySelectorAll("[data-diary-filled]")) part.hidden = all.length === 0;
  page.querySelector("[data-diary-empty]").hidden = all.length > 0;
  list.replaceChildren(
    ...weeks(all).map((week) => {
      const heading = words.wordsWeek.replace("{day}", longDay(`${week.week}T12:00`));
      const total = words.wordsTotal.replace("{times}", week.entries.length).replace("{minutes}", week.minutes);
      return node("section", [node("h2", heading), node("p", total), chart(week), table(week)], { class: "panel stack" });
    }),
  );
}

page.querySelector("[data-diary-export]").addEventListener("click", () => {
  const headings = [words.wordsWhen, words.wordsWhat, words.wordsMinutes, words.wordsBefore, words.wordsAfter];
  const file = new Blob(["\ufeff", asTable(entries(), headings, words.wordsPartly)], { type: "text/csv" });
  const link = node("a", "", { href: URL.createObjectURL(file), download: `diary-${dayName(new Date())}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

const ask = page.querySelector("[data-diary-ask]");
page.querySelector("[data-diary-erase]").addEventListener("click", () => ask.showModal());
ask.addEventListener("close", () => {
  if (ask.returnValue !== "erase") return;
  erase();
  show();
  page.querySelector("[data-diary-empty]").focus();
});

page.querySelector("[data-diary-with-script]").hidden = false;
show();
