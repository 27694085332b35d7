/**
 * What a player shows and announces. It takes sessions and shows them; it decides nothing. Its words come from the
 * page, where they are translated.
 */

import { WORKED, account, millisecondsLeft, secondsLeft, sideDue } from "./session.js";

/** The circumference of the ring, as its path length says. */
const RING = 1000;
/** A movement shown from its start to its end and back, in seconds each way. */
const MOVE_SECONDS = 2;

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

  /** Everything is over: what was really done is said. */
  finish(session) {
    const { minutes, done, of } = account(session);
    this.write("account", this.words.wordsAccount.replace("{done}", done).replace("{of}", of).replace("{time}", this.timeWords(60 * Math.max(1, minutes))));
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
    this.part("rest").hidden = session.at > 0;
    this.showPause(session.status, interval);
    this.write("told", this.tells(session, interval));
    this.move(interval, (now / 1000) % (2 * MOVE_SECONDS) < MOVE_SECONDS);
    this.player.dataset.kind = interval.kind;
    const due = sideDue(session);
    const inTurn = Math.floor(now / 1000 / (2 * MOVE_SECONDS)) % 2 ? "right" : "left";
    this.part("figure").dataset.side = (due === "in_turn" ? inTurn : due) ?? this.part("figure").querySelector("[data-side-of]:not([data-other-side])")?.dataset.sideOf ?? "";
  }

  showExercise(place) {
    this.item = place;
    const item = this.items[place];
    const section = document.getElementById(`exercise-${place + 1}`);
    // What is not due in this week has no intervals, and is not counted.
    const due = this.items.filter((each) => each.intervals.length);
    const count = this.words.wordsExercise.replace("{this}", due.indexOf(item) + 1).replace("{all}", due.length);
    this.write("count", due.length > 1 ? count : "");
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

  showPause(status, { asks = false }) {
    if (this.status === status && this.asks === asks) return;
    const runs = status === "running";
    this.write("pause-words", this.words[asks && status !== "paused" ? "wordsReady" : runs ? "wordsPause" : "wordsGoOn"]);
    this.player.classList.toggle("player--paused", !runs);
    this.player.classList.toggle("player--asks", asks);
    if (this.asks !== asks) this.part("how").closest("details").open = asks;
    Object.assign(this, { status, asks });
  }

  /** Why the clock does not run, where the reader did not stop it. */
  tells(session, { asks = false }) {
    if (session.slept) return this.words.wordsSlept;
    return asks && session.status !== "paused" ? this.words.wordsTakeYourTime : "";
  }

  whatIsNext(session) {
    const next = session.intervals[session.at + 1];
    if (!next) return this.words.wordsThenDone;
    const isOther = next.item !== session.intervals[session.at].item;
    return this.words.wordsNext.replace("{next}", isOther ? this.items[next.item].title : next.words);
  }

  /** What is said of a new interval: the exercise's name where it begins, what to do, for how long. */
  spoken(interval) {
    const words = [interval.words, interval.place_words, this.timeWords(interval.seconds)].filter(Boolean).join(", ");
    if (interval.kind !== "get_ready") return words;
    const { title } = this.items[interval.item];
    return interval.asks ? `${title}. ${interval.words}. ${this.words.wordsTakeYourTime}` : `${title}. ${words}`;
  }

  /** How to do the exercise, read out once, before it. */
  howTo() {
    return [...this.part("how").querySelectorAll("li")].map((step) => step.textContent.trim()).join(" ");
  }

  /** "5 minutes", never "300 seconds". */
  timeWords(seconds) {
    if (seconds < 60 || seconds % 60) return this.words.wordsSeconds.replace("{seconds}", seconds);
    return seconds === 60 ? this.words.wordsOneMinute : this.words.wordsMinutes.replace("{minutes}", seconds / 60);
  }

  statusWords({ status, slept, intervals, at }) {
    if (slept) return this.words.wordsSlept;
    if (status === "waiting") return intervals[at].asks ? this.words.wordsTakeYourTime : this.words.wordsWaiting;
    return status === "paused" ? this.words.wordsPaused : this.words.wordsOn;
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
