// The library of poses by picture, and its search.

export class Gallery {
  constructor(editor, place, onFound) {
    this.place = place;
    this.poses = [...place.querySelectorAll("[data-words]")];
    this.search = place.querySelector("[data-search]");
    this.search.addEventListener("input", () => onFound(this.#find()));
    // Enter in a search must not save the page.
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  /** Open it, for a first pose or for another. */
  open(isFirst) {
    this.place.hidden = false;
    this.place.querySelector("[data-when-empty]").hidden = !isFirst;
    this.place.querySelector("[data-when-not-empty]").hidden = isFirst;
    this.place.querySelector('[data-do="keep"]').hidden = isFirst;
  }

  close() {
    this.place.hidden = true;
  }

  get isOpen() {
    return !this.place.hidden;
  }

  /** Leave what has all the words; how many that are. */
  #find() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const pose of this.poses) pose.hidden = !words.every((word) => pose.dataset.words.includes(word));
    return this.poses.filter((pose) => !pose.hidden).length;
  }
}
