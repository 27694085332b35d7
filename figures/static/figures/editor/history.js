// What the figure was before: undo and redo. Moving one slider is one step, however often it reports.

const SAME_GESTURE_MILLISECONDS = 900;
const MOST_STEPS = 200;

export class History {
  constructor(first) {
    this.states = [JSON.stringify(first)];
    this.at = 0;
    this.gesture = "";
    this.since = 0;
  }

  /** Remember a state; one that continues the last gesture takes its place. */
  remember(state, gesture = "") {
    const now = Date.now();
    const text = JSON.stringify(state);
    if (text === this.states[this.at]) return;
    const continues = gesture && gesture === this.gesture && now - this.since < SAME_GESTURE_MILLISECONDS;
    this.states.length = this.at + 1;
    if (continues && this.at > 0) this.states[this.at] = text;
    else this.states.push(text);
    if (this.states.length > MOST_STEPS) this.states.shift();
    this.at = this.states.length - 1;
    this.gesture = gesture;
    this.since = now;
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.states.length - 1;
  }

  /** The state before, or after; both begin a new gesture. */
  undone() {
    return this.#go(-1);
  }

  redone() {
    return this.#go(1);
  }

  #go(way) {
    this.at += way;
    this.gesture = "";
    return JSON.parse(this.states[this.at]);
  }
}
