/* Makes putting a programme together quicker where scripts run: what is asked acts at once, and nothing typed is lost.
   All of it works without: every button is a plain button of a plain form. */

import { ask, whenReady } from "../clinical/session.js";

const root = document.querySelector("[data-programme]");
const said = root.querySelector("[data-said]");
const WAIT = 250;

/* One request after the other, so that each sees what the one before it has kept. */
let line = Promise.resolve();
let underWay = 0;
const inTurn = (deed) => {
  underWay += 1;
  return (line = line.then(deed, deed).finally(() => (underWay -= 1)));
};

const chosen = () => root.querySelector("[data-chosen]");
const basket = () => document.getElementById("basket");
const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

function values(form) {
  const found = new Map();
  for (const field of form.elements) {
    if (field.name && !["hidden", "submit", "button"].includes(field.type)) {
      found.set(field.id || field.name, field.type === "checkbox" ? field.checked : field.value);
    }
  }
  return found;
}

/* What was typed while the answer was on its way stands in the new form too. */
function carryOver(before, sent, after) {
  const now = values(before);
  for (const field of after.elements) {
    const key = field.id || field.name;
    const isOnlyHere = "onlyHere" in field.dataset;
    if (!now.has(key) || (!isOnlyHere && now.get(key) === sent.get(key))) continue;
    if (field.type === "checkbox") field.checked = now.get(key);
    else field.value = now.get(key);
  }
}

function openAsBefore(before, after) {
  const open = new Set([...before.querySelectorAll("details[open] summary")].map((each) => each.textContent));
  for (const summary of after.querySelectorAll("summary")) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
}

function refocus(focused, after) {
  if (!focused) return;
  const same = focused.id
    ? document.getElementById(focused.id)
    : after.querySelector(`button[name="${focused.name}"][value="${CSS.escape(focused.value)}"]:not(:disabled)`);
  (same || after.querySelector("button:not(:disabled)"))?.focus({ preventScroll: true });
}

/* Signed out, or no connection: it says so, and is sent as soon as it can be. Whatever else went wrong is said. */
async function notSent(button, answer, isSecondTime) {
  tell(root.dataset.failed);
  if ((await ask()) !== "ready") {
    return new Promise((done) => whenReady(() => done(send(button)), { dropped: () => done(false) }));
  }
  // Refused for its old token, or led to sign in, but in order by now.
  const wasRefused = answer?.status === 403 || answer?.redirected;
  return wasRefused && !isSecondTime ? send(button, true) : false;
}

async function send(button, isSecondTime = false) {
  const form = basket();
  const sent = values(form);
  const answers = new FormData(form);
  answers.set("back", findAsked());
  if (button) answers.set(button.name, button.value);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: answers }).catch(() => null);
  const page = answer?.ok ? await read(answer) : null;
  const fresh = page?.querySelector("[data-chosen]");
  if (!fresh) return notSent(button, answer, isSecondTime);
  const focused = chosen().contains(document.activeElement) ? document.activeElement : null;
  const before = chosen();
  carryOver(basket(), sent, fresh.querySelector("form"));
  openAsBefore(before, fresh);
  before.replaceWith(fresh);
  refocus(focused && { id: focused.id, name: focused.name, value: focused.value }, fresh);
  follow(answer.url);
  const messages = [...page.querySelectorAll(".messages li")].map((each) => each.textContent.trim());
  if (messages.length) tell(messages.join(" "));
  else if (button?.name === "save" && !fresh.querySelector(".help-critical")) tell(root.dataset.saved);
  else tell(fresh.querySelector("h2").textContent, false);
  if (button) fresh.querySelector(".error-message")?.scrollIntoView({ block: "center" });
  prepareRows();
  return true;
}

/* Said aloud, and shown where it is no more than the heading says. */
function tell(words, isShown = true) {
  said.textContent = words;
  said.classList.toggle("w-sr-only", !isShown);
}

function follow(address) {
  history.replaceState(null, "", address);
  root.querySelector("[data-find]").setAttribute("action", new URL(address).pathname);
}

function findAsked() {
  const asked = new URLSearchParams(new FormData(root.querySelector("[data-find]")));
  for (const [name, value] of [...asked]) if (!value) asked.delete(name);
  return asked.toString();
}

let asking = 0;
async function find(address) {
  const number = ++asking;
  const answer = await fetch(address).catch(() => null);
  const fresh = answer?.ok ? (await read(answer)).querySelector("[data-offers]") : null;
  if (number !== asking) return;
  if (!fresh) {
    tell(root.dataset.failed);
    return whenReady(() => {}, { quietly: true });
  }
  root.querySelector("[data-offers]").replaceWith(fresh);
  history.replaceState(null, "", address);
  tell(fresh.querySelector("p").textContent, false);
}

const findNow = () => {
  const asked = findAsked();
  return find(location.pathname + (asked ? `?${asked}` : "?"));
};

let waiting;
root.querySelector("[data-find]").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(findNow, WAIT);
});
root.querySelector("[data-find]").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  findNow();
});
root.querySelector("[data-found]").addEventListener("click", (event) => {
  const link = event.target.closest(".basket__pages a");
  if (!link) return;
  event.preventDefault();
  find(link.href);
});

/* What leaves the screen waits until all that was asked before is kept; where that failed, it stays. */
const LEAVING = ["link", "give", "routine"];
let isLeaving = false;
async function leaveAfter(name) {
  if (underWay && !(await line)) return;
  await whenReady(() => {
    const form = basket();
    const button = form.querySelector(`button[name="${name}"]:not(:disabled)`);
    isLeaving = true;
    if (button) form.requestSubmit(button);
    isLeaving = false;
  });
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "basket" || isLeaving) return;
  const button = event.submitter;
  event.preventDefault();
  if (button && LEAVING.includes(button.name)) leaveAfter(button.name);
  else inTurn(() => send(button));
});
document.addEventListener("change", (event) => {
  if ("onlyHere" in event.target.dataset) return;
  if (event.target.form?.id === "basket" && event.target.name) inTurn(() => send(null));
});

/* Dragging a row; the arrows do the same by keys. */
function prepareRows() {
  for (const row of root.querySelectorAll("[data-row]")) {
    const grip = document.createElement("span");
    grip.className = "basket__grip";
    grip.textContent = "⠿";
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("pointerdown", () => (row.draggable = true));
    row.querySelector(".basket__moves").prepend(grip);
    row.addEventListener("dragstart", () => row.setAttribute("data-dragged", ""));
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.removeAttribute("data-dragged");
      inTurn(() => send(null));
    });
  }
  root.querySelector("[data-rows]").addEventListener("dragover", (event) => {
    const dragged = root.querySelector("[data-dragged]");
    const over = event.target.closest("[data-row]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const middle = over.getBoundingClientRect();
    over[event.clientY < middle.top + middle.height / 2 ? "before" : "after"](dragged);
  });
}

root.querySelector("[data-find-button]").hidden = true;
prepareRows();
