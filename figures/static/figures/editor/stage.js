// The drawings of all poses, as the server drew them, and the handles over them.
//
// While a handle is dragged the server solves the pose and the sticks are shown; the drawing follows after the release.

import { nameOf } from "./panels.js";
import { ask } from "./server.js";

const SVG = "http://www.w3.org/2000/svg";
const HANDLE_PIXELS = 9;
const UNIT = 10;
const DRAW_AFTER_RELEASE_MILLISECONDS = 300;

export class Stage {
  constructor(editor, place, onDragged) {
    this.editor = editor;
    this.place = place;
    this.onDragged = onDragged;
    this.dragging = null;
    new ResizeObserver(() => this.#size()).observe(place);
  }

  /** Show the server's drawings. */
  show(poses, figure) {
    const keys = poses.map((pose) => pose.key).join(" ");
    if (this.place.dataset.keys !== keys) {
      this.place.dataset.keys = keys;
      this.place.replaceChildren(...poses.map((pose) => this.#frame(pose.key)));
    }
    poses.forEach((pose, number) => this.#fill(this.place.children[number], pose, nameOf(figure.figures[number])));
    this.#size();
  }

  #frame(key) {
    const frame = document.createElement("figure");
    frame.className = "figure-editor__frame";
    frame.dataset.pose = key;
    const picture = document.createElement("div");
    picture.className = "figure-editor__picture";
    const overlay = document.createElementNS(SVG, "svg");
    overlay.setAttribute("class", "figure-editor__overlay");
    overlay.setAttribute("aria-hidden", "true");
    overlay.addEventListener("pointerdown", (event) => this.#grasp(event, frame));
    overlay.addEventListener("pointermove", (event) => this.#drag(event));
    overlay.addEventListener("pointerup", () => this.#release());
    overlay.addEventListener("pointercancel", () => this.#release());
    const paper = document.createElement("div");
    paper.className = "figure-editor__paper";
    paper.append(picture, overlay);
    frame.append(paper, document.createElement("figcaption"));
    return frame;
  }

  #fill(frame, pose, label) {
    const drawing = new DOMParser().parseFromString(pose.svg, "image/svg+xml").documentElement;
    frame.querySelector(".figure-editor__picture").replaceChildren(document.importNode(drawing, true));
    frame.querySelector("figcaption").textContent = label;
    const overlay = frame.querySelector(".figure-editor__overlay");
    overlay.setAttribute("viewBox", drawing.getAttribute("viewBox"));
    overlay.replaceChildren(...Object.entries(pose.handles).map(([name, at]) => circle(name, at)));
    frame.classList.remove("figure-editor__frame--dragged");
  }

  /** Handles have the same size on the screen, however large the drawing. */
  #size() {
    for (const overlay of this.place.querySelectorAll(".figure-editor__overlay")) {
      const scale = overlay.getScreenCTM()?.a;
      if (!scale) continue;
      for (const handle of overlay.querySelectorAll("circle")) handle.setAttribute("r", HANDLE_PIXELS / scale);
    }
  }

  #grasp(event, frame) {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    event.preventDefault();
    const overlay = event.currentTarget;
    overlay.setPointerCapture(event.pointerId);
    const text = JSON.stringify(this.editor.figure);
    this.dragging = { frame, overlay, handle: handle.dataset.handle, text, at: null, asked: null, figure: null };
    frame.classList.add("figure-editor__frame--dragged");
  }

  #drag(event) {
    const drag = this.dragging;
    if (!drag) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drag.overlay.getScreenCTM().inverse());
    drag.at = [Math.round(point.x) / UNIT, -Math.round(point.y) / UNIT];
    drag.asked ??= this.#follow(drag);
  }

  /** One question at a time; the place the pointer has reached meanwhile is asked for next. */
  async #follow(drag) {
    while (drag.at) {
      const at = drag.at;
      drag.at = null;
      const question = { text: drag.text, pose: drag.frame.dataset.pose, handle: drag.handle, at };
      const answer = await ask(this.editor.root, "moved", question);
      if (answer?.status !== 200) continue;
      drag.figure = answer.figure;
      if (this.dragging === drag) this.#sketch(drag.overlay, answer);
    }
    drag.asked = null;
  }

  #sketch(overlay, answer) {
    const lines = answer.lines.map((line) => {
      const drawn = document.createElementNS(SVG, "polyline");
      drawn.setAttribute("points", line.map((point) => point.join(",")).join(" "));
      return drawn;
    });
    overlay.replaceChildren(...lines, ...Object.entries(answer.handles).map(([name, at]) => circle(name, at)));
    this.#size();
  }

  async #release() {
    const drag = this.dragging;
    if (!drag) return;
    this.dragging = null;
    await drag.asked;
    if (drag.figure) this.onDragged(drag.figure, DRAW_AFTER_RELEASE_MILLISECONDS);
    else drag.frame.classList.remove("figure-editor__frame--dragged");
  }
}

function circle(name, [x, y]) {
  const drawn = document.createElementNS(SVG, "circle");
  drawn.setAttribute("cx", x);
  drawn.setAttribute("cy", y);
  drawn.dataset.handle = name;
  return drawn;
}
