/**
 * The guided player: binds a session to the page. Without this script the page is complete; with it, the exercises are
 * followed one by one. It is fed by the sheet's data and keeps its place on this device.
 */

import { recall, remember } from "../memory.js";
import { Face } from "./face.js";
import { Screen, listenToHeadset } from "./screen.js";
import * as play from "./session.js";
import { Signals } from "./signals.js";

const FRAME_MILLISECONDS = 200;
const STEP_SECONDS = 10;
/** A low window, or letters twice as large: the card alone fills screens. */
const FEW_LINES = matchMedia("(max-height: 30rem)");
const WEEK = 7 * 24 * 60 * 60 * 1000;
const SETTINGS = { movesOn: true, voice: false, tones: true, vibration: true, flash: false, getReady: null, changeSides: null, firstSide: null };
/** What a reader may choose to get ready or to change sides, in seconds. */
const LEAST_SECONDS = 5;
const MOST_SECONDS = 60;

class Player {
  constructor(element, sheet) {
    this.element = element;
    this.title = sheet.title;
    this.sheet = sheet;
    this.settings = { ...SETTINGS, ...recall("player", {}) };
    this.beganName = `began.${sheet.id}`;
    this.amountsName = `amounts.${sheet.id}`;
    this.keptName = `kept.${sheet.id}`;
    this.prescribed = sheet.items ?? [sheet];
    this.forgetLongAgo();
    this.layOut();
    this.signals = new Signals(element, this.settings);
    this.face = new Face(element, this.items);
    this.screen = new Screen();
    this.placeName = `place.${sheet.id}`;
    this.session = null;
    this.shown = null;
    this.seen = 0;
    this.read = new Set();
    this.bind();
    this.offerToGoOn();
  }

  /** The day it is now: a page may stay open over midnight. */
  get today() {
    return play.dayOf(Date.now());
  }

  /** What is to come, with what this reader has chosen on this device. */
  layOut(firstSide = this.settings.firstSide) {
    this.items = play.itemsOf(this.sheet, this.element.dataset.wordsGetReady, recall(this.amountsName, {}), this.week(), recall(this.keptName, {}), this.today);
    const { wordsChangeLeft: left, wordsChangeRight: right } = this.element.dataset;
    this.usual = play.layOut(this.items, firstSide, { left, right });
    this.intervals = play.paced(this.usual, this.settings);
  }

  bind() {
    const act = (name, action) => {
      for (const button of document.querySelectorAll(`[data-play="${name}"]`)) button.addEventListener("click", action);
    };
    act("start", () => this.startAfresh());
    act("go-on", () => this.start(play.resume(this.kept, Date.now())));
    act("pause", () => this.toggle());
    act("next", () => this.change(play.skip));
    act("previous", () => this.change(play.back));
    act("longer", () => this.change((session, now) => play.adjust(session, STEP_SECONDS, now)));
    act("shorter", () => this.change((session, now) => play.adjust(session, -STEP_SECONDS, now)));
    act("end", () => this.leave());
    act("stop-signs", () => this.showStopSigns());
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => this.update());
    window.addEventListener("pagehide", () => this.keepPlace());
    this.bindAmounts();
    this.bindSteps();
    this.bindSettings();
    this.sayWhatIsNotDue();
    const isNow = new URLSearchParams(location.search).has("now");
    if (isNow || FEW_LINES.matches) this.bringUp();
    if (play.hasTurns(this.items)) this.bindSides(isNow);
  }

  /** Start comes first, below when to call and when to stop; the rest of the card is read while getting ready. */
  bringUp() {
    const offer = document.querySelector("[data-player-offer]");
    const signs = offer.querySelector("[data-first-signs]");
    signs.hidden = false;
    // The card below has regions of these names.
    for (const group of signs.children) group.removeAttribute("aria-labelledby");
    offer.prepend(...offer.querySelectorAll("[data-first]"));
    offer.classList.add("follow__first");
    offer.querySelector("h2").className = "visually-hidden";
    document.querySelector(".follow h1").after(offer);
    this.element.dataset.up = "";
  }

  /** The side to begin with is chosen and remembered; in a cramp it is asked, and Start is either answer. */
  bindSides(isNow) {
    const choice = document.querySelector("[data-first-side]");
    choice.hidden = isNow;
    choice.querySelector(`[value="${this.settings.firstSide ?? "left"}"]`).checked = true;
    choice.addEventListener("change", ({ target }) => {
      this.settings.firstSide = target.value;
      remember("player", this.settings);
      this.layOut();
      this.offerToGoOn();
    });
    const question = document.querySelector("[data-which-side]");
    question.hidden = !isNow;
    for (const start of document.querySelectorAll('[data-play="start"]')) start.hidden = isNow;
    for (const answer of question.querySelectorAll("button")) {
      answer.addEventListener("click", () => this.startAfresh(answer.value));
    }
  }

  startAfresh(firstSide) {
    this.layOut(firstSide);
    this.face.items = this.items;
    this.sayWhatIsNotDue();
    if (this.intervals.length) this.start(play.begin(this.intervals, Date.now(), { movesOn: this.settings.movesOn }));
  }

  /** The week it is in: a link knows it; otherwise it is counted from the first start on this device. */
  week() {
    const began = this.sheet.began_on ? Date.parse(`${this.sheet.began_on}T00:00`) : recall(this.beganName)?.first;
    return began ? Math.max(0, Math.floor((Date.now() - began) / WEEK)) + 1 : 1;
  }

  /** Who comes back after four weeks without it begins with the first week again. */
  forgetLongAgo() {
    const began = recall(this.beganName);
    if (began && Date.now() - began.last > 4 * WEEK) remember(this.beganName, null);
  }

  /** How much of a range: asked before the start, remembered for the next time. */
  bindAmounts() {
    for (const field of document.querySelectorAll("[data-amount]")) {
      field.selectedIndex = Math.min(recall(this.amountsName, {})[field.dataset.amount] ?? 0, field.length - 1);
      field.addEventListener("change", () => {
        remember(this.amountsName, { ...recall(this.amountsName, {}), [field.dataset.amount]: field.selectedIndex });
        this.layOut();
        this.offerToGoOn();
        this.sayTime();
      });
      this.sayTime();
    }
  }

  /** What steps up: how much it is today, and on its day the question. Only yes makes it more; no answer leaves it. */
  bindSteps() {
    for (const place of document.querySelectorAll("[data-step]")) {
      const item = this.prescribed[place.dataset.step - 1];
      const kept = this.keptOf(item);
      const now = place.querySelector("[data-step-now]");
      const words = [now.textContent, ...item.dosage.steps.map((each) => each.words)];
      const step = play.stepOf(kept, this.today);
      const question = place.querySelector("fieldset");
      now.textContent = words[step];
      this.sayTime();
      question.hidden = !play.asksToStep(item.dosage, kept, this.today);
      question.querySelector("[data-step-more]").textContent = words[step + 1];
      question.addEventListener("change", ({ target }) => {
        this.keep(item, { step: step + +target.value, since: this.today });
        now.textContent = words[step + +target.value];
        this.layOut();
        this.offerToGoOn();
        this.sayTime();
      });
    }
  }

  /** What this device remembers of one prescription. */
  keptOf(item) {
    return recall(this.keptName, {})[play.keyOf(item)] ?? {};
  }

  keep(item, more) {
    remember(this.keptName, { ...recall(this.keptName, {}), [play.keyOf(item)]: { ...this.keptOf(item), ...more } });
  }

  /** Which exercises are not asked today; where none is, there is nothing to start. */
  sayWhatIsNotDue() {
    const titles = this.items.filter((item) => !item.intervals.length).map((item) => item.title);
    const line = document.querySelector("[data-not-today]");
    line.hidden = !titles.length;
    if (titles.length) this.sayTime();
    line.querySelector("span").textContent = titles.join(", ");
    if (titles.length === this.items.length) document.querySelector("[data-begin]").hidden = true;
  }

  /** The day on which at least half of an exercise was done. */
  keepDone() {
    for (const place of play.worked(this.session).done) {
      const item = this.prescribed[place];
      this.keep(item, play.doneOn(this.keptOf(item), this.today));
    }
  }

  /** How long what was chosen takes, as the page counts it: a routine in whole minutes, one exercise as people say it. */
  sayTime() {
    const seconds = play.totalSeconds(this.usual);
    const minutes = (count) => this.face.timeWords(60 * count);
    const roughly = () => this.element.dataset.wordsAbout.replace("{time}", minutes(Math.round(seconds / 60)));
    const one = seconds < 60 ? this.face.timeWords(seconds) : seconds % 60 ? roughly() : minutes(seconds / 60);
    document.querySelector("[data-time]").textContent = this.sheet.items ? minutes(Math.ceil(seconds / 60)) : one;
  }

  bindSettings() {
    for (const box of this.element.querySelectorAll("[data-setting]")) {
      const name = box.dataset.setting;
      box.checked = this.settings[name];
      box.addEventListener("change", () => {
        this.settings[name] = box.checked;
        remember("player", this.settings);
        this.signals.unlock();
        if (name === "movesOn" && this.session) this.change((session, now) => play.setMovesOn(session, box.checked, now));
        if (name === "voice") this.element.querySelector("[data-no-voice]").hidden = !(box.checked && !this.signals.voice());
      });
    }
    for (const field of this.element.querySelectorAll("[data-setting-seconds]")) this.bindSeconds(field);
  }

  /** Seconds to get ready and to change sides, for what is still to come. */
  bindSeconds(field) {
    const [name, kind] = field.dataset.settingSeconds.split(" ");
    const usual = this.usual.find((interval) => interval.kind === kind)?.seconds;
    field.closest("label").hidden = !usual;
    field.value = this.settings[name] ?? usual;
    field.addEventListener("change", () => {
      const chosen = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.round(field.valueAsNumber) || usual));
      field.value = chosen;
      this.settings[name] = chosen;
      remember("player", this.settings);
      this.intervals = play.paced(this.usual, this.settings);
      if (this.session) this.session = { ...this.session, intervals: this.intervals };
    });
  }

  offerToGoOn() {
    this.kept = play.restore(this.intervals, recall(this.placeName));
    for (const button of document.querySelectorAll('[data-play="go-on"]')) {
      button.hidden = !this.kept;
      if (this.kept) button.querySelector("[data-place]").textContent = this.items[this.intervals[this.kept.at].item].title;
    }
  }

  start(session) {
    if (this.sheet.items?.some((item) => item.from_week || item.to_week)) {
      remember(this.beganName, { first: recall(this.beganName)?.first ?? Date.now(), last: Date.now() });
    }
    this.session = session;
    this.shown = null;
    this.seen = Date.now();
    this.signals.unlock();
    this.screen.keepOn();
    this.face.open();
    listenToHeadset(this.title, {
      play: () => this.toggle(),
      pause: () => this.toggle(),
      nexttrack: () => this.change(play.skip),
      previoustrack: () => this.change(play.back),
    });
    clearInterval(this.timer);
    this.timer = setInterval(() => this.update(), FRAME_MILLISECONDS);
    this.update();
  }

  toggle() {
    if (!this.session) return;
    const { status, intervals, at } = this.session;
    if (intervals[at].asks && status !== "paused") this.change(play.ready);
    else this.change(status === "running" ? play.pause : play.resume);
  }

  change(action) {
    if (!this.session || this.session.status === "over") return;
    this.session = action(this.look(Date.now()), this.seen);
    this.update();
  }

  /** The session as it is found, perhaps after a sleep. */
  look(now) {
    const found = play.wake(this.session, this.seen, now);
    this.seen = now;
    return found;
  }

  update() {
    if (!this.session) return;
    const now = Date.now();
    this.session = play.settle(this.look(now), now);
    if (this.session.status === "over") {
      this.finish();
      return;
    }
    this.tell(now);
    this.face.show(this.session, now);
  }

  /** Says what changed: a new interval, ten seconds left, three, two, one. Never every second. */
  tell(now) {
    const { at, status } = this.session;
    const interval = this.intervals[at];
    const left = play.secondsLeft(this.session, now);
    if (this.shown?.at !== at) {
      const words = this.face.spoken(interval);
      this.face.announce(words);
      this.signals.change(words, this.howToOnce(interval));
      this.keepPlace();
    } else if (this.shown.status !== status) {
      this.face.announce(this.face.statusWords(this.session));
      this.keepPlace();
    } else if (status === "running" && left !== this.shown.left) {
      if (left === STEP_SECONDS && interval.seconds > 2 * STEP_SECONDS) this.face.announce(this.face.tenSecondsLeft());
      if (left <= 3) this.signals.countIn();
    }
    this.shown = { at, status, left };
  }

  /** How to do an exercise, where the voice has not read it yet. */
  howToOnce({ item, kind }) {
    if (!this.settings.voice || kind !== "get_ready" || this.read.has(item)) return "";
    this.read.add(item);
    this.face.showExercise(item);
    return this.face.howTo();
  }

  keepPlace() {
    if (this.session) this.keepDone();
    if (this.session && this.session.status !== "over") remember(this.placeName, play.toKeep(this.session, Date.now()));
  }

  /** Everything is done: the session stops here, and says so. */
  finish() {
    const session = this.session;
    this.keepDone();
    this.stop();
    remember(this.placeName, null);
    this.face.finish(session);
    const detail = { ...play.account(session), title: this.title };
    this.element.dispatchEvent(new CustomEvent("session-done", { bubbles: true, detail }));
  }

  /** Back to the page; the place is kept. */
  leave() {
    if (this.session && this.session.status !== "over") this.session = play.pause(this.session, Date.now());
    this.keepPlace();
    this.stop();
    this.offerToGoOn();
    this.face.close();
  }

  stop() {
    clearInterval(this.timer);
    this.signals.hush();
    this.screen.letGo();
    this.session = null;
  }

  showStopSigns() {
    if (this.session?.status === "running") this.change(play.pause);
    document.querySelector("[data-stop-signs]").showModal();
    document.getElementById("player-stop").focus();
  }

  key(event) {
    if (!this.session || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input[type=number]") && event.key !== "Escape") return;
    const isControl = event.target.closest("button, input, summary, a");
    const actions = {
      " ": () => this.toggle(),
      ArrowRight: () => this.change(play.skip),
      ArrowLeft: () => this.change(play.back),
      Escape: () => this.leave(),
    };
    if (!(event.key in actions) || (event.key === " " && isControl)) return;
    event.preventDefault();
    actions[event.key]();
  }
}

/** Waits for the sheet; without it the page stays as it is, which is complete. */
async function prepare(element) {
  try {
    const answer = await fetch(element.dataset.sheet);
    if (!answer.ok) return;
    const sheet = await answer.json();
    if (!play.layOut(play.itemsOf(sheet)).length) return;
    new Player(element, sheet);
    for (const offer of document.querySelectorAll("[data-player-offer]")) offer.hidden = false;
  } catch {
    // No network and no kept copy: the page itself can be followed.
  }
}

const player = document.querySelector("[data-player]");
if (player) prepare(player);
