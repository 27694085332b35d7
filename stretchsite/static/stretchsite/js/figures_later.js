// Draws the figures of a long list as they come near the screen: the list itself is seen sooner.
// Without scripts the browser draws them all at once.
const stages = [...document.querySelectorAll(".card__stage")].filter((stage) => stage.querySelector("noscript"));
const draw = (stage) => {
  const later = stage.querySelector("noscript");
  if (later) stage.innerHTML = later.textContent;
};
const near = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "100% 0px" },
);

for (const stage of stages) near.observe(stage);
addEventListener("beforeprint", () => stages.forEach(draw));
