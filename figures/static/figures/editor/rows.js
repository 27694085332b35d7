// Lists that grow: contacts of a pose, things around the figure, arrows.

import { fromTemplate, showInput, take } from "./controls.js";
import { read } from "./data.js";

/** The contacts of one part of the body: which of its parts rest on what. */
export function showContacts(editor, panel, pose, ident) {
  for (const list of panel.querySelectorAll("[data-contacts]")) {
    const parts = [...list.querySelector("[data-add-contact]").options];
    const rows = list.querySelector("[data-rows]");
    const resting = parts.filter((option) => option.value in pose.rests);
    redraw(rows, resting.map((option) => option.value).join(" "), () =>
      resting.map((option) => {
        const row = fromTemplate(editor, "contact", `${ident}-${option.value}`);
        row.querySelector("[data-row]").dataset.contact = option.value;
        for (const place of row.querySelectorAll("[data-part]")) place.textContent = option.label;
        return row;
      }),
    );
    for (const row of rows.children) row.querySelector("[data-support]").value = pose.rests[row.dataset.contact];
  }
}

/** Things or arrows: one row each, made anew only when their kinds have changed. */
export function showThings(editor, list, things, templateOf, ident) {
  const rows = list.querySelector("[data-rows]");
  redraw(rows, things.map(templateOf).join(" "), () =>
    things.map((thing, number) => {
      const row = fromTemplate(editor, templateOf(thing), `${ident}-${number}`);
      for (const place of row.querySelectorAll("[data-number]")) place.textContent = number + 1;
      return row;
    }),
  );
  [...rows.children].forEach((row, number) => {
    for (const input of row.querySelectorAll("[data-path]")) showInput(input, read(things[number], input.dataset.path));
  });
}

/** A new thing, as its template begins. */
export function preset(editor, template) {
  const row = editor.querySelector(`template[data-template="${template}"]`).content.querySelector("[data-row]");
  return JSON.parse(row.dataset.preset);
}

/** Which row of its list an element is in. */
export function numberOf(element) {
  const row = element.closest("[data-row]");
  return [...row.parentElement.children].indexOf(row);
}

/** Put what an input of a row says into its thing. */
export function takeRow(input, things) {
  return take(input, things[numberOf(input)]);
}

function redraw(rows, signature, make) {
  if (rows.dataset.signature === signature) return;
  rows.dataset.signature = signature;
  rows.replaceChildren(...make());
}
