/**
 * What a player shows and announces. It takes sessions and shows them; it decides nothing. Its words come from the
 * page, where they are translated.
 */

import { millisecondsLeft, secondsLeft } from "./session.js";

/** The circumference of the ring, as its path length says. */
const RING = 1000;
/** A movement shown from its start to its end and back, in seconds each way. */
const MOVE_SECONDS = 2;
const WORKED = new Set(["hold", "repetitions", "moving"]);

/** "45", "4:59": minutes only where there are many seconds. */
function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export class Face {
  constructor(player, items) {
    this.player = player;
    this.items = items;
    this.part = (name) => player.querySelector(`[data-part="${name}"]`);
    this.words = player.dataset;
    this.isStill = matchMedia("(prefers-reduced-motion: reduce)");
    this.item = -1;
  }

  /** The player takes the place of the page's list. */
  open() {
    document.body.classList.add("is-following");
    this.player.hidden = false;
    this.part("running").hidden = false;
    this.part("done").hidden = true;
    this.item = -1;
    this.part("title").focus();
    scrollTo(0, 0);
  }

  /** The page is as it was. */
  close() {
    document.body.classList.remove("is-following");
    this.player.hidden = true;
    (document.querySelector('[data-play="go-on"]:not([hidden])') ?? document.querySelector('[data-play="start"]')).focus();
  }

  /** Everything is done. */
  finish() {
    this.part("running").hidden = true;
    this.part("done").hidden = false;
    this.part("done").querySelector("h1").focus();
    this.announce(this.words.wordsDone);
  }

  show(session, now) {
    const interval = session.intervals[session.at];
    if (interval.item !== this.item) this.showExercise(interval.item);
    const left = secondsLeft(session, now);
    this.write("seconds", session.status === "waiting" ? "0" : clock(left));
    this.write("interval", interval.words);
    this.write("place", interval.place_words);
    this.write("next", this.whatIsNext(session));
    const gone = 1 - millisecondsLeft(session, now) / (interval.seconds * 1000);
    this.part("ring").setAttribute("stroke-dashoffset", String(Math.round(RING * Math.min(1, Math.max(0, gone)))));
    this.showPause(session.status);
    this.move(interval, (now / 1000) % (2 * MOVE_SECONDS) < MOVE_SECONDS);
    this.player.dataset.kind = interval.kind;
  }

  showExercise(place) {
    this.item = place;
    const item = this.items[place];
    const section = document.getElementById(`exercise-${place + 1}`);
    const count = this.words.wordsExercise.replace("{this}", place + 1).replace("{all}", this.items.length);
    this.write("count", this.items.length > 1 ? count : "");
    this.write("title", item.title);
    this.write("cue", item.cue || "");
    for (const name of ["figure", "ready", "how"]) {
      this.part(name).replaceChildren(...[...section.querySelectorAll(`[data-copy="${name}"]`)].map((it) => it.cloneNode(true)));
    }
    for (const [index, segment] of [...this.player.querySelectorAll(".segments rect")].entries()) {
      segment.classList.toggle("is-done", index < place);
      segment.classList.toggle("is-now", index === place);
    }
  }

  /** Held: the end. Repeated: to and fro. Otherwise: the start, ready for what comes. Still for those who asked. */
  move(interval, isForth) {
    const moves = interval.kind === "repetitions" || interval.kind === "moving";
    const frame = !WORKED.has(interval.kind) || (moves && !isForth && !this.isStill.matches) ? "start" : "end";
    if (this.frame === frame && this.frameOf === this.item) return;
    Object.assign(this, { frame, frameOf: this.item });
    this.part("figure").dataset.frame = frame;
  }

  showPause(status) {
    const runs = status === "running";
    if (this.runs === runs && this.status === status) return;
    Object.assign(this, { runs, status });
    this.part("pause-words").textContent = runs ? this.words.wordsPause : this.words.wordsGoOn;
    this.player.classList.toggle("player--paused", !runs);
  }

  whatIsNext(session) {
    const next = session.intervals[session.at + 1];
    if (!next) return this.words.wordsThenDone;
    const isOther = next.item !== session.intervals[session.at].item;
    return this.words.wordsNext.replace("{next}", isOther ? this.items[next.item].title : next.words);
  }

  /** What is said of a new interval: the exercise's name where it begins, what to do, for how long. */
  spoken(interval) {
    const seconds = this.words.wordsSeconds.replace("{seconds}", interval.seconds);
    const words = [interval.words, interval.place_words, seconds].filter(Boolean).join(", ");
    return interval.kind === "get_ready" ? `${this.items[interval.item].title}. ${words}` : words;
  }

  statusWords(status) {
    return { paused: this.words.wordsPaused, waiting: this.words.wordsWaiting }[status] ?? this.words.wordsOn;
  }

  tenSecondsLeft() {
    return this.words.wordsTen;
  }

  /** Politely, once; the same words twice in a row are still two announcements. */
  announce(words) {
    const line = this.part("announced");
    line.textContent = line.textContent === words ? `${words}\u00a0` : words;
  }

  write(name, words) {
    const part = this.part(name);
    if (part.textContent !== words) part.textContent = words;
  }
}
