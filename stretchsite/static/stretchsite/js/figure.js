/**
 * Plays the movement of a figure when asked: three times there and back at most, and never on its own. Whoever asks
 * their system for less motion switches between the first and the last position instead.
 */

const GO = 2000;
const HOLD = 600;
const TURN = 2 * (GO + HOLD);
const TURNS = 3;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** How far along the movement is, from 0 to 1, after so many milliseconds of one turn. */
function share(time) {
  if (time < GO + HOLD) return Math.min(time / GO, 1);
  return Math.max(1 - (time - GO - HOLD) / GO, 0);
}

for (const figure of document.querySelectorAll("[data-movement]")) {
  const button = figure.querySelector("[data-play]");
  const words = { ...button.dataset, play: button.textContent };
  let frames;
  let loading;
  let isRunning = false;
  let isAtEnd = false;
  let played = 0;
  let seen = 0;

  const label = () => {
    button.textContent = calm.matches
      ? (isAtEnd ? words.toStart : words.toEnd)
      : (isRunning ? words.pause : words.play);
  };
  const show = (number) => frames.forEach((frame, i) => frame.setAttribute("visibility", i === number ? "visible" : "hidden"));
  const rest = () => {
    isRunning = isAtEnd = false;
    played = 0;
    figure.classList.remove("figure-pair--moving");
    label();
  };
  const step = (now) => {
    if (!isRunning) return;
    played += now - seen;
    seen = now;
    if (played >= TURNS * TURN) return rest();
    show(Math.round(share(played % TURN) * (frames.length - 1)));
    requestAnimationFrame(step);
  };
  const load = async () => {
    const answer = await fetch(figure.dataset.movement);
    if (!answer.ok) throw new Error(answer.status);
    const svg = document.importNode(
      new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement, true);
    svg.classList.add("figure-pair__movement");
    figure.firstElementChild.append(svg);
    frames = [...svg.children];
  };

  button.addEventListener("click", async () => {
    try {
      await (loading ??= load());
    } catch {
      button.hidden = true; // both positions still stand there
      return;
    }
    figure.classList.add("figure-pair--moving");
    if (calm.matches) {
      isRunning = false;
      isAtEnd = !isAtEnd;
      show(isAtEnd ? frames.length - 1 : 0);
    } else {
      isRunning = !isRunning;
      seen = performance.now();
      if (isRunning) requestAnimationFrame(step);
    }
    label();
  });
  calm.addEventListener("change", rest);
  label();
  button.hidden = false;
}
