// What is typed is kept on this device until it is saved, so that neither a reload nor a crash loses it.
//
// By account, address and when the form was opened. What may be about a patient is kept by the tab alone. It goes when
// it has been saved, when its writer signs out, and after a day. Bringing it back sends it to the server, which answers
// with the form filled in and writes nothing.

import { filledIn } from "./filled_in.js";
import { FORMS } from "./session.js";

const BEGINNING = "typed|";
const PENDING = "typed-sent";
const ADOPTED = "typed-adopted";
const DAY = 86400000;
const PAUSE = 300;
const LOOK_AGAIN = 1500;
/** Never kept: what opens doors, and what cannot be kept. */
const NEVER = /csrfmiddlewaretoken|password/i;

const bar = document.getElementById("session-bar");
const form = bar && document.querySelector(FORMS);
const mine = bar && `${BEGINNING}${bar.dataset.account}|`;
const shelf = form?.dataset.keepsTyped === "tab" ? sessionStorage : localStorage;
let key = form && `${mine}${location.pathname}|${Date.now()}`;
let saved = null;
let last = null;

/** A device may have no room, or be told to keep nothing: then nothing is kept, and all else goes on. */
function quietly(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}

const keysOf = (where, beginning) => quietly(() => Object.keys(where).filter((name) => name.startsWith(beginning))) ?? [];
const read = (where, name) => quietly(() => JSON.parse(where.getItem(name)));

function forget(beginning, isOld = () => true) {
  for (const where of [localStorage, sessionStorage]) {
    for (const name of keysOf(where, beginning)) if (isOld(read(where, name))) where.removeItem(name);
  }
}

/** Keep what stands in the form now, unless it is what is saved. */
function keep() {
  const data = new FormData(form);
  const now = filledIn(data);
  if (now === last) return;
  last = now;
  if (now === saved) return quietly(() => shelf.removeItem(key));
  const fields = [...data].filter(([name, value]) => !NEVER.test(name) && typeof value === "string");
  const files = [...data].filter(([, value]) => value instanceof File && value.name).map(([name, file]) => [name, file.name]);
  quietly(() => shelf.setItem(key, JSON.stringify({ at: Date.now(), fields, files })));
}

/** What the form holds before anything is done to it is no more than what is saved. */
function begin() {
  saved ??= filledIn(new FormData(form));
}

/** The form has been sent: whether it was saved is seen by the page that comes next. */
export function sent() {
  if (!form) return;
  begin();
  keep();
  const files = read(shelf, key)?.files ?? [];
  quietly(() => sessionStorage.setItem(PENDING, JSON.stringify({ key, files })));
}

function take(name) {
  const held = read(sessionStorage, name);
  quietly(() => sessionStorage.removeItem(name));
  return held;
}

/** Whether this page says that what was sent before it has been saved. */
function saysSaved() {
  const messages = document.querySelector(".messages");
  return Boolean(document.querySelector("[data-typed-saved]") || messages?.querySelector("li.success")) &&
    !messages?.querySelector("li.error");
}

/** Whether the form holds what was sent, given back by the server. */
const holdsTyped = () => form && (form.dataset.wUnsavedForceValue === "true" || "holdsTyped" in form.dataset);

/** What was typed in the page before this one: saved, or in this form, or to be offered. */
function settle() {
  const pending = take(PENDING);
  const adopted = take(ADOPTED) ?? pending;
  if (pending && saysSaved()) return forget(pending.key);
  if (!adopted || !holdsTyped()) return undefined;
  key = adopted.key;
  saved = "";
  for (const [name, file] of adopted.files ?? []) chooseAgain(name, file);
  return undefined;
}

/** A browser forgets which file was chosen; its name at least is said. */
function chooseAgain(name, file) {
  const field = form.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
  if (!field || field.files.length) return;
  const said = bar.querySelector("[data-file-again]").content.cloneNode(true);
  const line = said.querySelector("p");
  line.textContent = line.textContent.replace("{name}", file);
  field.after(said);
}

function when(moment) {
  const date = new Date(moment);
  const isToday = date.toDateString() === new Date().toDateString();
  const parts = { hour: "2-digit", minute: "2-digit", ...(isToday ? {} : { weekday: "long" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, parts).format(date);
}

/** Offer what was typed here before and not saved. */
function offer(name) {
  const held = read(shelf, name);
  if (!held || filledIn(held.fields) === filledIn(new FormData(form))) return quietly(() => shelf.removeItem(name));
  const said = bar.querySelector("[data-offer]").content.cloneNode(true);
  const section = said.querySelector("section");
  for (const part of section.querySelectorAll("p:first-child, [data-bring-back]")) {
    part.textContent = part.textContent.replace("{time}", when(held.at));
  }
  section.querySelector("[data-bring-back]").addEventListener("click", () => bringBack(name, held));
  section.querySelector("[data-discard]").addEventListener("click", () => {
    shelf.removeItem(name);
    section.remove();
  });
  form.before(section);
  return section;
}

/** Have the server fill in the form with it. */
function bringBack(name, held) {
  const back = document.createElement("form");
  back.method = "post";
  back.action = form.action;
  back.hidden = true;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const fields = [...held.fields, ["csrfmiddlewaretoken", token], [form.dataset.bringsBack ?? "bring_back", "1"]];
  for (const [field, value] of fields) {
    // A text area keeps its lines; a hidden input would lose them.
    const input = document.createElement("textarea");
    input.name = field;
    input.value = value;
    back.append(input);
  }
  quietly(() => sessionStorage.setItem(ADOPTED, JSON.stringify({ key: name, files: held.files })));
  document.body.append(back);
  back.submit();
}

function watch() {
  let pause;
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE);
  };
  for (const first of ["focusin", "pointerdown", "keydown"]) form.addEventListener(first, begin, { capture: true, once: true });
  for (const change of ["input", "change", "click"]) form.addEventListener(change, soon);
  // A row that is dragged to another place tells nobody.
  setInterval(() => saved !== null && !document.hidden && keep(), LOOK_AGAIN);
  for (const end of ["pagehide", "visibilitychange"]) window.addEventListener(end, () => saved !== null && keep(), true);
  watchTheEditor();
  window.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) sent();
  });
}

/** What the editor has saved by itself need not be kept. On a new page the address changes with the first time. */
function watchTheEditor() {
  let underWay = "";
  document.addEventListener("w-autosave:save", (event) => {
    if (!event.defaultPrevented) underWay = filledIn(event.detail.formData);
  });
  document.addEventListener("w-autosave:success", () => {
    saved = underWay;
    const moved = `${mine}${location.pathname}|${key.split("|").pop()}`;
    if (moved !== key) quietly(() => shelf.removeItem(key));
    [key, last] = [moved, null];
    keep();
  });
}

if (bar) {
  forget(BEGINNING, (held) => !held || Date.now() - held.at > DAY);
  document.addEventListener("submit", ({ target }) => {
    if (new URL(target.action, location).pathname.endsWith("/logout/")) forget(mine);
  }, true);
  settle();
}
if (form) {
  watch();
  // Only then have the platform's widgets been put into the form.
  window.addEventListener("load", () => {
    const others = keysOf(shelf, `${mine}${location.pathname}|`).filter((name) => name !== key);
    for (const name of others.sort()) offer(name);
  });
}
