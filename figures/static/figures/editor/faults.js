// Faults as the server words them: all in one list, and each beside the limb it concerns.

// Which section of the controls shows the faults of what has no section of its own.
const SECTIONS = { head: "neck", trunk: "root" };

/** Show faults everywhere they belong. ``onChosen`` is given the pose and the limb of a fault somebody follows. */
export function showFaults(editor, faults, say, onChosen) {
  const all = editor.querySelector("[data-all-faults]");
  fill(all, faults, (fault) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "figure-editor__fault";
    button.textContent = fault.words;
    button.addEventListener("click", () => onChosen(fault.pose, sectionOf(fault)));
    return button;
  });
  for (const section of editor.querySelectorAll("[data-panels] details[data-limb], [data-panels] details[data-list]")) {
    const name = section.dataset.limb ?? section.dataset.list;
    const pose = section.closest("[data-panel]").dataset.panel;
    const own = faults.filter((fault) => sectionOf(fault) === name && (!fault.pose || fault.pose === pose));
    fill(section.querySelector("[data-faults]"), own, (fault) => document.createTextNode(fault.words));
    const mark = section.querySelector("[data-mark]");
    if (!mark) continue;
    mark.hidden = own.length === 0;
    mark.textContent = own.length ? `${own.length} ${say.mended}` : "";
  }
}

/** The faults as one short sentence for those who do not see the list: how many, and where. */
export function summary(faults, say) {
  if (!faults.length) return say.noFaults;
  const places = new Set(faults.map((fault) => fault.words.split(":")[0]));
  return `${faults.length} ${say.mended}: ${[...places].join("; ")}.`;
}

function sectionOf(fault) {
  return SECTIONS[fault.limb] ?? fault.limb;
}

function fill(list, faults, make) {
  list.hidden = faults.length === 0;
  const words = faults.map((fault) => fault.words).join("\n");
  if (list.dataset.words === words) return;
  list.dataset.words = words;
  list.replaceChildren(
    ...faults.map((fault) => {
      const item = document.createElement("li");
      item.append(make(fault));
      return item;
    }),
  );
}
