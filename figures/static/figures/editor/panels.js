// The panels of the editor: one a pose, and one for what all poses share.

import { fromTemplate, show, showPose } from "./controls.js";
import { showContacts, showThings } from "./rows.js";
import { Tabs } from "./tabs.js";

// No pose can have this key.
const SHARED = "_shared";

/** What a pose is called: its key, as faults call it, and its caption. */
export function nameOf(pose) {
  return `${pose.key[0].toUpperCase()}${pose.key.slice(1)}: ${pose.label}`;
}

export class Panels {
  constructor(editor, sharedLabel) {
    this.editor = editor;
    this.sharedLabel = sharedLabel;
    const [list, panels] = ["[data-tabs]", "[data-panels]"].map((selector) => editor.querySelector(selector));
    this.tabs = new Tabs(list, panels, editor.dataset.figureEditor);
  }

  /** Show a figure in all panels. */
  show(figure) {
    this.#make(figure.figures);
    for (const pose of figure.figures) {
      const panel = this.#panel(pose.key);
      showPose(panel, pose);
      showContacts(this.editor, panel, pose, pose.key);
    }
    this.#showShared(this.#panel(SHARED), figure);
  }

  /** The part of a figure that the panel round an element shows: a pose, or the whole. */
  partOf(element, figure) {
    const { panel } = element.closest("[data-panel]").dataset;
    return panel === SHARED ? figure : figure.figures.find((pose) => pose.key === panel);
  }

  /** Open the controls of a limb, for somebody who follows a fault. */
  goTo(pose, limb) {
    if (pose) this.tabs.select(pose);
    const there = `[data-limb="${limb}"], [data-list="${limb}"]`;
    let section = this.#panel(this.tabs.selected).querySelector(there);
    if (!section && this.#panel(SHARED).querySelector(there)) {
      this.tabs.select(SHARED);
      section = this.#panel(SHARED).querySelector(there);
    }
    if (!section) return;
    section.open = true;
    section.querySelector("summary").focus();
  }

  #make(figures) {
    const keys = figures.map((pose) => pose.key).join(" ");
    if (this.keys !== keys) {
      this.keys = keys;
      this.tabs.clear();
      for (const pose of figures) this.tabs.add(pose.key, nameOf(pose), fromTemplate(this.editor, "pose", pose.key));
      this.tabs.add(SHARED, this.sharedLabel, fromTemplate(this.editor, "shared", SHARED));
      this.tabs.select(this.tabs.selected);
    }
    for (const pose of figures) this.tabs.name(pose.key, nameOf(pose));
  }

  #panel(name) {
    return this.editor.querySelector(`[data-panel="${name}"]`);
  }

  #showShared(panel, figure) {
    show(panel, figure);
    const { yaw, pitch } = figure.view;
    const camera = panel.querySelector("[data-camera]");
    const same = [...camera.options].find((o) => Number(o.dataset.yaw) === yaw && Number(o.dataset.pitch) === pitch);
    camera.value = same?.value ?? "";
    for (const box of panel.querySelectorAll("[data-muscle]")) {
      const { muscle, side } = box.dataset;
      box.checked = figure.muscles.some((shown) => shown.name === muscle && shown.side === side);
    }
    for (const list of panel.querySelectorAll("[data-list]")) {
      const name = list.dataset.list;
      const templateOf = (thing) => (name === "props" ? `prop-${thing.kind}` : "arrow");
      showThings(this.editor, list, figure[name], templateOf, name);
    }
  }
}
