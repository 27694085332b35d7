// Changes of a figure that are more than a value at a path.

import { write } from "./data.js";

/** The figure with a muscle shown, or not. */
export function withMuscle(figure, name, side, isShown) {
  const others = figure.muscles.filter((muscle) => muscle.name !== name || muscle.side !== side);
  return { ...figure, muscles: isShown ? [...others, { name, side }] : others };
}

/** The figure with something that may be left out put in, or taken out. */
export function withOptional(figure, part, box) {
  const { optional, preset: begins } = box.closest("[data-optional]").dataset;
  write(part, optional, box.checked ? JSON.parse(begins) : undefined);
  return figure;
}
