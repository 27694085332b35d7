// Says beside a field with room for a few words how many there are: the server says the same when it is saved.

/** Letters and words as the server counts them. */
function counted(text) {
  const trimmed = text.trim();
  return { letters: [...trimmed].length, words: trimmed ? trimmed.split(/\s+/u).length : 0 };
}

/** Keep the count beside this field up to date. */
function watch(field) {
  const said = document.createElement("p");
  said.id = `${field.id}-count`;
  said.className = "help";
  field.after(said);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
  const say = () => {
    const { letters, words } = counted(field.value);
    const { countLetters, countWords, countSays } = field.dataset;
    said.textContent = countSays.replace("{letters}", letters).replace("{words}", words);
    said.classList.toggle("help-critical", letters > Number(countLetters) || words > Number(countWords));
    said.classList.toggle("help-block", said.classList.contains("help-critical"));
  };
  field.addEventListener("input", say);
  say();
}

for (const field of document.querySelectorAll("input[data-count-says]")) watch(field);
