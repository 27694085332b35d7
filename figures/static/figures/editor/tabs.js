// Tabs as the WAI-ARIA patterns describe them: one is in the tab order, arrows go to its neighbours.

export class Tabs {
  constructor(list, panels, ident) {
    this.list = list;
    this.panels = panels;
    this.ident = ident;
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) this.select(tab.dataset.tab);
    });
    list.addEventListener("keydown", (event) => this.#step(event));
  }

  /** Make a tab with its panel; the panel. */
  add(name, label, content) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.dataset.tab = name;
    tab.id = `${this.ident}-tab-${name}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `${this.ident}-panel-${name}`);
    tab.textContent = label;
    const panel = document.createElement("div");
    panel.id = `${this.ident}-panel-${name}`;
    panel.dataset.panel = name;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.append(content);
    this.list.append(tab);
    this.panels.append(panel);
    return panel;
  }

  /** Call a tab something else. */
  name(name, label) {
    const tab = [...this.list.children].find((one) => one.dataset.tab === name);
    if (tab.textContent !== label) tab.textContent = label;
  }

  clear() {
    this.list.replaceChildren();
    this.panels.replaceChildren();
  }

  /** Show one panel; the first when there is none of that name. */
  select(name) {
    const all = [...this.list.children];
    const chosen = all.find((tab) => tab.dataset.tab === name) ?? all[0];
    for (const tab of all) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    for (const panel of this.panels.children) panel.hidden = panel.dataset.panel !== chosen.dataset.tab;
    this.selected = chosen.dataset.tab;
  }

  #step(event) {
    const all = [...this.list.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const tab = all[(to + all.length) % all.length];
    this.select(tab.dataset.tab);
    tab.focus();
  }
}
