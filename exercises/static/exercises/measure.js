// Shows of an exercise's dosage only what the chosen measure needs. What is filled in is never hidden, and nothing is
// emptied. Without this script every field is there.

const told = document.querySelector("script[data-measures]");
/** Which fields go with which measures, and what the measures are called; the server says both. */
const { fields, names, label, all } = JSON.parse(told.dataset.measures);

/** What stands round a field, with its label and its help. */
const roundOf = (input) => input.closest("[data-contentpath]") ?? input.closest(".w-field__wrapper") ?? input.parentElement;

/** The input of each field in this editor, by its name; none where this is no editor of an exercise. */
function inputs() {
  const found = Object.keys(fields).map((name) => [name, document.querySelector(`form [name="${name}"]`)]);
  return found.every(([, input]) => input) ? found : [];
}

/** The measure that is written already. */
function written(all) {
  const own = all.filter(([name, input]) => input.value !== "" && fields[name].length === 1);
  const first = own[0] ?? all.find(([name, input]) => input.value !== "" && name === "repetitions");
  return first ? (fields[first[0]].length === 1 ? fields[first[0]][0] : "repetitions") : "";
}

function begin() {
  const found = inputs();
  if (!found.length) return;
  const choice = document.createElement("select");
  choice.id = "measure";
  choice.append(...[["", all], ...Object.entries(names)].map(([value, words]) => new Option(words, value)));
  choice.value = written(found);
  const named = Object.assign(document.createElement("label"), { htmlFor: choice.id, textContent: label });
  named.className = "w-field__label";
  const place = document.createElement("p");
  place.append(named, " ", choice);
  const panel = roundOf(found[0][1]).closest(".w-panel__content") ?? roundOf(found[0][1]).parentElement;
  panel.prepend(place);
  const show = () => {
    for (const [name, input] of found) {
      roundOf(input).hidden = choice.value !== "" && input.value === "" && !fields[name].includes(choice.value);
    }
  };
  choice.addEventListener("change", show);
  show();
}

begin();
