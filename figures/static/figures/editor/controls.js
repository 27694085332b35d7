// The inputs of a panel: each shows and changes what is at its path.

import { read, wayOf, write } from "./data.js";

/** A copy of a template whose ids are its own. */
export function fromTemplate(editor, name, ident) {
  const made = editor.querySelector(`template[data-template="${name}"]`).content.cloneNode(true);
  for (const attribute of ["id", "for", "aria-labelledby"]) {
    for (const element of made.querySelectorAll(`[${attribute}*="__at__"]`)) {
      element.setAttribute(attribute, element.getAttribute(attribute).replace("__at__", ident));
    }
  }
  return made;
}

/** Show in every input of a panel what the data hold, but leave alone the one somebody writes in. */
export function show(panel, data) {
  for (const input of panel.querySelectorAll("[data-path]")) {
    if (input.closest("[data-row]")) continue;
    showInput(input, read(data, input.dataset.path));
  }
}

/** Show one value in one input. */
export function showInput(input, value) {
  if (input.dataset.kind === "tick") {
    input.checked = value === true;
    return;
  }
  const text = value === undefined || value === null ? "" : String(tidy(value));
  if (input !== document.activeElement || input.type !== "number" || Number(input.value) !== Number(text)) {
    if (input.value !== text) input.value = text;
  }
}

/** What an input says, for the data. */
export function valueOf(input) {
  switch (input.dataset.kind) {
    case "tick":
      return input.checked;
    case "number":
      return input.value === "" || !Number.isFinite(Number(input.value)) ? null : Number(input.value);
    case "number-choice":
      return Number(input.value);
    case "choice":
      if (input.value === "") return undefined;
      return { true: true, false: false }[input.value] ?? input.value;
    default:
      return input.value;
  }
}

/** Show a pose's panel: its inputs, which of them there are, and how its limbs are placed. */
export function showPose(panel, pose) {
  show(panel, pose);
  for (const select of panel.querySelectorAll("[data-way-of]")) select.value = wayOf(pose[select.dataset.wayOf]);
  for (const cluster of panel.querySelectorAll("fieldset[data-ways], fieldset[data-optional]")) {
    const limb = cluster.closest("[data-limb]").dataset.limb;
    const way = wayOf(pose[limb]);
    cluster.hidden = cluster.dataset.ways !== undefined && !cluster.dataset.ways.split(" ").includes(way);
    const path = cluster.dataset.optional;
    if (path === undefined) continue;
    const use = cluster.querySelector("[data-use]");
    use.checked = read(pose, path) !== undefined;
    use.disabled = cluster.dataset.needed.split(" ").includes(way);
    cluster.querySelector("[data-inner]").hidden = !use.checked;
  }
}

/** Put what an input says into the data; whether it said anything. */
export function take(input, data) {
  const value = valueOf(input);
  if (value === null) return false;
  write(data, input.dataset.path, value);
  return true;
}

function tidy(value) {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}
