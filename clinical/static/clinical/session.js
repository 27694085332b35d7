// A form that is sent asks first whether it would be saved: whether its writer is still signed in, and the site answers.
//
// Else it says so, keeps everything, lets the writer sign in in a window beside it, and is sent when it can be. Nothing
// is saved in the name of somebody else who has signed in meanwhile. The answer brings a fresh token: signing in makes
// the old one void.

export const FORMS = "form[data-edit-form], form[data-keeps-typed]";
const ASK_AGAIN = 5000;
const ONCE_IN = 10000;
const SELDOM = 300000;

const bar = document.getElementById("session-bar");
const others = "BroadcastChannel" in window ? new BroadcastChannel("signed-in") : null;
let waiting = null;
let isQuiet = true;
let onDropped = null;
let clock = null;
let told = "";

/** How it stands: "ready", "signed-out", "somebody-else", "offline" or "unwell". */
export async function ask() {
  if (!bar) return "ready";
  const headers = { Accept: "application/json" };
  const answer = await fetch(bar.dataset.ask, { headers, cache: "no-store" }).catch(() => null);
  if (!answer) return "offline";
  if (answer.status === 403) return "signed-out";
  const said = answer.ok ? await answer.json().catch(() => null) : null;
  if (!said) return "unwell";
  if (said.account !== bar.dataset.account) {
    bar.dataset.name = said.name;
    return "somebody-else";
  }
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = said.token;
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = said.token;
  return "ready";
}

/** Do it as soon as it can be, and tell it whether it had to wait; `dropped` is called where its writer would rather go on. */
export async function whenReady(deed, { dropped = null, quietly = false } = {}) {
  const state = await ask();
  if (state === "ready") {
    // What its writer has sent goes before what the editor saves by itself, now as well.
    const sent = quietly && !isQuiet ? waiting : null;
    waiting = onDropped = null;
    hide();
    return sent ? sent(true) : deed(false);
  }
  show(state);
  if (quietly && waiting && !isQuiet) return;
  [waiting, onDropped, isQuiet] = [deed, dropped, quietly];
  if (!quietly) bar.focus();
}

function show(state) {
  if (told !== state) {
    const words = bar.querySelector(`[data-state="${state}"]`).content.cloneNode(true);
    words.querySelector("[data-name]")?.append(bar.dataset.name);
    bar.querySelector("[data-said]").replaceChildren(words);
  }
  told = state;
  bar.querySelector("[data-sign-in]").hidden = state !== "signed-out";
  bar.querySelector("[data-sign-in-as]").hidden = state !== "somebody-else";
  bar.hidden = false;
  // It stands over the foot of the window: the field somebody is writing in comes out from under it.
  const field = document.activeElement;
  if (field?.matches("input, textarea, select, [contenteditable]")) field.scrollIntoView({ block: "nearest" });
  clock ??= setInterval(() => document.hidden || tryAgain(), ASK_AGAIN);
}

function hide() {
  clearInterval(clock);
  clock = null;
  told = "";
  if (!bar) return;
  bar.hidden = true;
  bar.querySelector("[data-said]").replaceChildren();
}

let isTrying = false;
async function tryAgain() {
  if (bar.hidden || isTrying) return;
  isTrying = true;
  const state = await ask();
  isTrying = false;
  if (bar.hidden) return;
  if (state !== "ready") return show(state);
  const deed = waiting;
  waiting = onDropped = null;
  hide();
  deed?.(true);
}

function later() {
  const dropped = onDropped;
  waiting = onDropped = null;
  hide();
  document.querySelector(FORMS)?.querySelector(":is(input, textarea, select):not([type=hidden])")?.focus();
  dropped?.();
}

/** The platform shows a button that was pressed as busy, and switches it off: not while the form waits. */
function wake(button) {
  if (!button) return;
  button.removeAttribute("data-w-progress-loading-value");
  button.disabled = false;
}

let cleared = null;
function askFirst(event) {
  const form = event.target;
  if (!form.matches(FORMS) || "asksItself" in form.dataset) return;
  if (form === cleared) {
    cleared = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  const go = () => {
    wake(button);
    cleared = form;
    form.requestSubmit(button);
  };
  whenReady(go, { dropped: () => wake(button) });
}

/**
 * What the editor saves by itself has failed: find out why, each time. Whoever had to sign in has it saved at once; but
 * where nothing is amiss here it is the server's fault, and is tried again after longer and longer pauses.
 */
let failed = 0;
let again = null;
let unsaved = null;
function autosaveFailed({ detail, target }) {
  if (detail.type === "network_error") unsaved = target;
  if (detail.type !== "server_error") return;
  failed += 1;
  const save = (waited) => {
    if (waited) failed = 0;
    clearTimeout(again);
    const pause = failed > 2 ? Math.min(ONCE_IN * 2 ** (failed - 3), SELDOM) : 0;
    again = setTimeout(() => saveByItself(target), pause);
  };
  whenReady(save, { quietly: true });
}

function autosaved() {
  clearTimeout(again);
  failed = 0;
  unsaved = null;
}

/** The connection is back. The platform tries five times and then no more. */
function online() {
  tryAgain();
  if (unsaved) saveByItself(unsaved);
}

/** Let the editor save by itself once more. */
export function saveByItself(form) {
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
}

/**
 * The editor takes what stands in the form two seconds after it opens for what was there: what was typed sooner is saved
 * too. The editor of rich text tells of `beforeinput` alone.
 */
const TYPED = ["beforeinput", "input", "change"];
let early = null;
function typedEarly({ isTrusted, target }) {
  if (isTrusted) early = target.closest("form[data-edit-form]") ?? early;
}

function watches() {
  for (const name of TYPED) document.removeEventListener(name, typedEarly);
  if (early) saveByItself(early);
}

/**
 * A dialog, such as one to choose from, cannot be opened or searched because nobody is signed in. Refused once more to
 * somebody who is: it is not for them. What to do with a review then stands on the form as it is now: who has changed
 * some of it since the form was opened approves it no more.
 */
const REVIEW_DIALOG = "/workflow/collect_action_data/";
let pressed = null;
let refused = "";
function dialogFailed(_event, answer, asked) {
  if (answer.status !== 403) return;
  if (asked.url === refused) {
    refused = "";
    if (asked.url.includes(REVIEW_DIALOG)) window.location.reload();
    return;
  }
  const search = document.querySelector(".modal form[data-chooser-modal-search]");
  const button = pressed;
  // The platform leaves the button switched off, and the focus in an open dialog.
  button?.removeAttribute("disabled");
  window.jQuery(document).off("focusin.bs.modal");
  whenReady(() => {
    refused = asked.url;
    if (search) search.requestSubmit();
    else button?.click();
  });
}

function backFromSigningIn() {
  others?.postMessage("");
  const close = document.querySelector("[data-close-window]");
  close.hidden = false;
  close.addEventListener("click", () => window.close());
}

if (bar) {
  document.addEventListener("submit", askFirst, true);
  document.addEventListener("click", ({ target }) => bar.contains(target) || (pressed = target.closest("button") ?? pressed), true);
  for (const name of TYPED) document.addEventListener(name, typedEarly);
  document.addEventListener("w-unsaved:watch-edits", watches, { once: true });
  document.addEventListener("w-autosave:error", autosaveFailed);
  document.addEventListener("w-autosave:success", autosaved);
  window.jQuery?.(document).on("ajaxError", dialogFailed);
  window.jQuery?.(document).on("ajaxSuccess", () => (refused = ""));
  bar.querySelector("[data-try]").addEventListener("click", tryAgain);
  bar.querySelector("[data-later]").addEventListener("click", later);
  window.addEventListener("online", online);
  window.addEventListener("focus", tryAgain);
  document.addEventListener("visibilitychange", () => document.hidden || tryAgain());
  if (others) others.onmessage = tryAgain;
  if (document.querySelector("[data-signed-in-again]")) backFromSigningIn();
}
