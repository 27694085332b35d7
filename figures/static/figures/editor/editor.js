// The pose editor: a figure's JSON in a text area, shown as pictures and controls.
//
// The text area stays the form's field and the only truth: every change is written there at once, so that saving,
// autosave and preview work as for any field. Without this script it is a plain text area.

import { withMuscle, withOptional } from "./changes.js";
import { take } from "./controls.js";
import { copied } from "./data.js";
import { showFaults, summary } from "./faults.js";
import { Gallery } from "./gallery.js";
import { History } from "./history.js";
import { Panels } from "./panels.js";
import { numberOf, preset, takeRow } from "./rows.js";
import { ask, libraryPose } from "./server.js";
import { Stage } from "./stage.js";

const DRAW_AFTER_MILLISECONDS = 150;

class FigureEditor {
  constructor(root) {
    this.root = root;
    this.textarea = document.getElementById(root.dataset.figureEditor);
    this.source = this.#find("[data-source]");
    this.panels = new Panels(root, root.dataset.sayShared);
    this.gallery = new Gallery(root, this.#find("[data-gallery]"), (count) => this.#say(`${this.say.found} ${count}`));
    this.stage = new Stage(this, this.#find("[data-stage]"), (figure, wait) => this.#change(() => figure, "", wait));
    this.figure = null;
    this.isFigure = false;
    this.#listen();
    this.#start();
  }

  /** What the editor says, in the page's language. */
  get say() {
    const words = {};
    for (const [name, value] of Object.entries(this.root.dataset)) {
      if (name.startsWith("say")) words[name[3].toLowerCase() + name.slice(4)] = value;
    }
    return words;
  }

  #find(selector) {
    return this.root.querySelector(selector);
  }

  #start() {
    this.#find("[data-screen]").hidden = false;
    this.source.open = false;
    const [data, isText] = this.#typed();
    this.history = new History(data);
    this.#take(data);
    if (!isText) this.source.open = true;
    this.#draw();
  }

  #listen() {
    this.root.addEventListener("click", (event) => this.#click(event));
    this.root.addEventListener("input", (event) => this.#input(event));
    this.root.addEventListener("change", (event) => this.#chosen(event));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.textarea.addEventListener("change", (event) => {
      if (!this.isWriting) this.#textChanged(event);
    });
  }

  /** What the text area holds, and whether it can be read. */
  #typed() {
    if (!this.textarea.value.trim()) return [null, true];
    try {
      return [JSON.parse(this.textarea.value), true];
    } catch {
      return [null, false];
    }
  }

  /** Somebody wrote in the text area. */
  #textChanged() {
    const [data, isText] = this.#typed();
    if (isText) this.history.remember(data);
    this.#take(data);
    this.#draw();
  }

  /** Change the figure: everything goes this way, so that everything can be undone. */
  #change(make, gesture = "", wait = DRAW_AFTER_MILLISECONDS) {
    const figure = make(copied(this.figure)) ?? null;
    this.history.remember(figure, gesture);
    this.#put(figure);
    this.#take(figure);
    this.#drawSoon(wait);
  }

  /** Write the figure into the form's field. */
  #put(figure) {
    this.textarea.value = figure === null ? "" : JSON.stringify(figure, null, 1);
    this.isWriting = true;
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    this.textarea.dispatchEvent(new Event("change", { bubbles: true }));
    this.isWriting = false;
  }

  /** Show a figure's controls, or the gallery when there is none. */
  #take(figure) {
    this.figure = figure;
    const isEmpty = figure === null && !this.textarea.value.trim();
    this.#find("[data-of-a-figure]").hidden = figure === null;
    this.#find('[data-do="undo"]').disabled = !this.history.canUndo;
    this.#find('[data-do="redo"]').disabled = !this.history.canRedo;
    if (figure === null) {
      this.isFigure = false;
      this.#find("[data-editing]").hidden = true;
      this.gallery.open(isEmpty || !this.textarea.value.trim());
      return;
    }
    this.gallery.close();
    if (this.isFigure) this.panels.show(this.figure);
  }

  /** Ask for the drawings a moment after the last change. */
  #drawSoon(wait) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#draw(), wait);
  }

  async #draw() {
    const text = this.textarea.value;
    if (!text.trim()) return;
    const answer = await ask(this.root, "preview", { text });
    if (answer === null || text !== this.textarea.value) return;
    if (answer.status === 0) {
      this.#say(this.say.offline);
    } else if (answer.status === 422) {
      this.#refused(answer.faults);
    } else {
      this.#drawn(answer);
    }
  }

  /** The text is no figure: say why, and leave the last drawing of one. */
  #refused(faults) {
    const hadOne = this.isFigure;
    if (hadOne) showFaults(this.root, faults, this.say, (pose, limb) => this.panels.goTo(pose, limb));
    else this.source.open = true;
    this.#say(`${this.say.unreadable} ${faults.map((fault) => fault.words).join(". ")}`);
  }

  #drawn(answer) {
    this.figure = answer.figure;
    this.isFigure = true;
    this.#find("[data-editing]").hidden = this.gallery.isOpen;
    this.stage.show(answer.poses, answer.figure);
    this.panels.show(this.figure);
    showFaults(this.root, answer.faults, this.say, (pose, limb) => this.panels.goTo(pose, limb));
    this.#say(summary(answer.faults, this.say));
  }

  #say(words) {
    const status = this.#find("[data-status]");
    if (status.textContent !== words) status.textContent = words;
  }

  #input(event) {
    const input = event.target;
    if (input.dataset.path === undefined) return;
    const row = input.closest("[data-row]") ? numberOf(input) : "";
    const gesture = `${input.closest("[data-panel]").dataset.panel} ${input.dataset.path} ${row}`;
    this.#change((figure) => {
      const list = input.closest("[data-list]");
      if (list) takeRow(input, figure[list.dataset.list]);
      else take(input, this.panels.partOf(input, figure));
      return figure;
    }, gesture);
  }

  #chosen(event) {
    const { target } = event;
    const { dataset } = target;
    if (dataset.wayOf) {
      this.#answer("placed", { limb: dataset.wayOf, way: target.value }, "");
    } else if (dataset.camera !== undefined && target.value) {
      const { yaw, pitch } = target.selectedOptions[0].dataset;
      this.#change((figure) => Object.assign(figure, { view: { ...figure.view, yaw: Number(yaw), pitch: Number(pitch) } }));
    } else if (dataset.muscle) {
      this.#change((figure) => withMuscle(figure, dataset.muscle, dataset.side, target.checked));
    } else if (dataset.use !== undefined) {
      this.#change((figure) => withOptional(figure, this.panels.partOf(target, figure), target));
    } else if (dataset.support !== undefined) {
      this.#change((figure) => {
        this.panels.partOf(target, figure).rests[target.closest("[data-row]").dataset.contact] = target.value;
        return figure;
      });
    }
  }

  #click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do) this.#do(button.dataset.do);
    else if (button.dataset.pick) this.#pick(button.dataset.pick);
    else if (button.dataset.add !== undefined) this.#add(button);
    else if (button.dataset.takeAway !== undefined) this.#takeAway(button);
  }

  #add(button) {
    const list = button.closest("[data-list]")?.dataset.list;
    if (list) {
      const kind = button.closest("[data-list]").querySelector("[data-kind-to-add]")?.value;
      const thing = preset(this.root, kind ? `prop-${kind}` : "arrow");
      this.#change((figure) => ({ ...figure, [list]: [...figure[list], thing] }));
      return;
    }
    const part = button.parentElement.querySelector("[data-add-contact]").value;
    this.#change((figure) => {
      this.panels.partOf(button, figure).rests[part] ??= "floor";
      return figure;
    });
  }

  #takeAway(button) {
    const list = button.closest("[data-list]")?.dataset.list;
    const holder = button.closest("details").querySelector("summary, [data-add]");
    const number = numberOf(button);
    const { contact } = button.closest("[data-row]").dataset;
    this.#change((figure) => {
      if (list) figure[list].splice(number, 1);
      else delete this.panels.partOf(button, figure).rests[contact];
      return figure;
    });
    // The button is gone; the keyboard goes on from the section it was in.
    holder.focus();
  }

  async #do(what) {
    if (what === "undo" || what === "redo") this.#step(what);
    else if (what === "mirror") await this.#answer("mirrored", {}, this.say.mirrored);
    else if (what === "reset") await this.#pick(this.figure.id, this.say.reset);
    else if (what === "pick") this.#openGallery(true);
    else if (what === "keep") this.#openGallery(false);
    else if (what === "remove") {
      this.#change(() => null);
      this.#say(this.say.removed);
      this.#find('[data-do="undo"]').focus();
    }
  }

  #openGallery(isOpen) {
    this.#find("[data-editing]").hidden = isOpen;
    if (isOpen) this.gallery.open(false);
    else this.gallery.close();
    (isOpen ? this.gallery.search : this.#find('[data-do="pick"]')).focus();
  }

  /** Take over a figure the server made of this one. */
  async #answer(kind, question, words) {
    const answer = await ask(this.root, kind, { text: JSON.stringify(this.figure), ...question });
    if (answer?.status !== 200) {
      if (answer) this.#say(this.say.offline);
      return;
    }
    this.#change(() => answer.figure, "", 0);
    if (words) this.#say(words);
  }

  async #pick(name, words) {
    const figure = await libraryPose(this.root, name);
    if (figure === null) {
      this.#say(this.say.offline);
      return;
    }
    const wasPicked = this.gallery.isOpen;
    this.#change(() => figure, "", 0);
    const title = this.#find(`[data-pick="${name}"]`).textContent.trim();
    this.#say(words ?? `${this.say.picked} ${title}`);
    if (wasPicked) this.#find('[data-do="pick"]').focus();
  }

  #step(what) {
    if (what === "undo" ? !this.history.canUndo : !this.history.canRedo) return;
    const figure = what === "undo" ? this.history.undone() : this.history.redone();
    this.#put(figure);
    this.#take(figure);
    this.#say(what === "undo" ? this.say.undone : this.say.redone);
    this.#drawSoon(0);
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(event.key.toLowerCase())) return;
    // In a text somebody writes, the browser's own undo is the right one.
    if (event.target.matches("textarea, input[type=text], input[type=search]")) return;
    event.preventDefault();
    this.#step(event.shiftKey || event.key.toLowerCase() === "y" ? "redo" : "undo");
  }
}

for (const root of document.querySelectorAll("[data-figure-editor]")) new FigureEditor(root);
