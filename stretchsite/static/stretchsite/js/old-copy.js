/** Whoever has an old copy before them is asked to connect first; to start all the same is their own decision. */

const question = document.querySelector("[data-old-copy]");

if (question && document.querySelector(".kept-banner--old")) {
  const begin = document.querySelector("[data-begin]");
  question.hidden = false;
  begin.hidden = true;
  question.querySelector("button").addEventListener("click", () => {
    question.hidden = true;
    begin.hidden = false;
    begin.querySelector("button:not([hidden], [hidden] *)").focus();
  });
}
