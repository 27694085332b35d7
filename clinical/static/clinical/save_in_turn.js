// A save that is pressed while the editor is saving by itself goes after it, and the editor saves nothing after a save.
//
// The platform lets the two overtake each other. The one that comes second then carries the version the form was opened
// with, and is refused as if somebody else had saved; on a new page it is refused for the address the first one took.

import { filledIn } from "./filled_in.js";
import { sent as hasBeenSent } from "./keep_typed.js";
import { saveByItself, whenReady } from "./session.js";

let isSavingByItself = false;
let isLeaving = false;
let waiting = null;
let sent = "";
let sentAgain = "";

/** What was typed or moved since it was sent: the platform takes the form as it is now for what it has saved. */
function saveTheRest({ target }) {
  const now = filledIn(new FormData(target));
  if (isLeaving || !sent || now === sent || now === sentAgain) return;
  sentAgain = now;
  saveByItself(target);
}

/** The editor begins to save by itself; not any more once the form has been sent. */
function begin(event) {
  if (isLeaving) event.preventDefault();
  else if (!event.defaultPrevented) {
    isSavingByItself = true;
    sent = filledIn(event.detail.formData);
  }
}

/** It is done with that, well or badly: what waited goes now. */
function end() {
  isSavingByItself = false;
  if (!waiting) return;
  const { form, button } = waiting;
  waiting = null;
  // The platform may have switched the button off because it was pressed; what it says must be sent all the same.
  if (button) button.disabled = false;
  form.requestSubmit(button);
}

/** A form that was refused counts as changed from the first, and the platform never begins to watch what is typed in it. */
let isUnwatched = false;
function watchAgain({ target }) {
  if (!isUnwatched) return;
  isUnwatched = false;
  target.dataset.wUnsavedCheckIntervalValue = "500"; // the platform's own pace; set anew, it begins
}

/** Send the form, or keep it waiting. */
function send(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-edit-form]")) return;
  if (isSavingByItself) {
    event.preventDefault();
    waiting = { form, button: event.submitter };
  } else {
    isLeaving = true;
  }
}

document.addEventListener("w-autosave:save", begin);
document.addEventListener("w-autosave:success", saveTheRest);
document.addEventListener("w-autosave:success", end);
document.addEventListener("w-autosave:success", watchAgain);
document.addEventListener("w-autosave:error", end);
document.addEventListener("submit", send);

// Where somebody approves in a dialog, the platform sends the form by calling submit(), which tells nobody.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  isUnwatched = form.dataset.wUnsavedForceValue === "true";
  const leave = () => {
    isLeaving = true;
    hasBeenSent();
    HTMLFormElement.prototype.submit.call(form);
  };
  const inTurn = () => {
    if (isSavingByItself) waiting = { form: { requestSubmit: leave }, button: null };
    else leave();
  };
  form.submit = () => whenReady(inTurn);
});
