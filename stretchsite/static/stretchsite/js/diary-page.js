/** Shows the diary of this device; saves, takes in and erases it. */

import { asFile, takeIn } from "./diary-file.js";
import { asTable, dayName, named, painChart, weekChart, weeks, withPain } from "./diary-shown.js";
import { entries, erase } from "./diary.js";

const page = document.querySelector("[data-diary-page]");
const words = page.dataset;
const list = page.querySelector("[data-diary-weeks]");
const pain = page.querySelector("[data-diary-pain]");
const said = page.querySelector("[data-diary-said]");
const language = document.documentElement.lang || undefined;
const headings = [words.wordsWhen, words.wordsWhat, words.wordsMinutes, words.wordsBefore, words.wordsAfter];

const node = (name, content = "", attributes = {}) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...[content].flat());
  return made;
};

const shortDay = (number) => new Intl.DateTimeFormat(language, { weekday: "short" }).format(new Date(2024, 0, 1 + number));
const longDay = (text) => new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(text));
const clock = (text) => new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit" }).format(new Date(text));

function table(week) {
  const head = node("tr", headings.map((it) => node("th", it, { scope: "col" })));
  const rows = week.entries.map((entry) => {
    const cells = [clock(entry.at), named(entry, words.wordsPartly), entry.minutes, entry.before ?? "–", entry.after ?? "–"];
    return node("tr", cells.map((it, number) => node("td", String(it), { "data-heading": headings[number] })));
  });
  return node("table", [node("thead", head), node("tbody", rows)], { class: "diary__table" });
}

function section(week) {
  const heading = words.wordsWeek.replace("{day}", longDay(`${week.week}T12:00`));
  const total = words.wordsTotal.replace("{times}", week.entries.length).replace("{minutes}", week.minutes);
  return node("section", [node("h2", heading), node("p", total), weekChart(week.days, shortDay), table(week)], { class: "panel stack" });
}

function show() {
  const all = entries();
  for (const part of page.querySelectorAll("[data-diary-filled]")) part.hidden = all.length === 0;
  page.querySelector("[data-diary-empty]").hidden = all.length > 0;
  list.replaceChildren(...weeks(all).map(section));
  const sessions = withPain(all);
  pain.hidden = sessions.length === 0;
  const label = words.wordsPain.replace("{count}", sessions.length);
  pain.querySelector("[data-diary-chart]").replaceChildren(painChart(sessions, label));
}

function save(content, type, ending) {
  const link = node("a", "", { href: URL.createObjectURL(new Blob(content, { type })), download: `diary-${dayName(new Date())}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

page.querySelector("[data-diary-export]").addEventListener("click", () => save(["\ufeff", asTable(entries(), headings, words.wordsPartly)], "text/csv", "csv"));
page.querySelector("[data-diary-file]").addEventListener("click", () => save([asFile(entries())], "application/json", "json"));

const chosen = page.querySelector("[data-diary-take-in]");
chosen.addEventListener("change", async () => {
  const [file] = chosen.files;
  if (!file) return;
  try {
    const count = await takeIn(file);
    said.textContent = words[count ? "wordsTakenIn" : "wordsNothingNew"].replace("{count}", count);
  } catch (refusal) {
    said.textContent = (said.dataset[refusal.message] ?? said.dataset.notADiary).replace("{number}", refusal.number);
  }
  chosen.value = "";
  show();
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
