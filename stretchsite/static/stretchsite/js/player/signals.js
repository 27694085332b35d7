/**
 * What a session says besides what it shows: voice, tones, vibration, a flash. Each can be switched on or off, none is
 * ever the only signal, and what a device cannot do is simply not done.
 */

const TONE_SECONDS = 0.12;
const COUNT_IN_HERTZ = 880;
const CHANGE_HERTZ = 1320;
const FLASH_MILLISECONDS = 400;

/** The signals of one player. `wanted` holds booleans: voice, tones, vibration, flash. */
export class Signals {
  constructor(player, wanted) {
    this.player = player;
    this.wanted = wanted;
    this.audio = null;
  }

  /** Browsers allow sound only after a press: called when a session is started. */
  unlock() {
    if (!this.wanted.tones || !globalThis.AudioContext) return;
    this.audio ??= new AudioContext();
    this.audio.resume?.().catch(() => {});
  }

  /** A new interval has begun. `more` is read out after its words, and neither shown nor announced again. */
  change(words, more = "") {
    this.tone(CHANGE_HERTZ);
    this.speak([words, more].filter(Boolean).join(". "));
    if (this.wanted.vibration) navigator.vibrate?.([200]);
    if (this.wanted.flash) this.flash();
  }

  /** Three, two, one. */
  countIn() {
    this.tone(COUNT_IN_HERTZ);
  }

  tone(hertz) {
    if (!this.wanted.tones || !this.audio) return;
    const oscillator = this.audio.createOscillator();
    const volume = this.audio.createGain();
    volume.gain.setValueAtTime(0.2, this.audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, this.audio.currentTime + TONE_SECONDS);
    oscillator.frequency.value = hertz;
    oscillator.connect(volume).connect(this.audio.destination);
    oscillator.start();
    oscillator.stop(this.audio.currentTime + TONE_SECONDS);
  }

  /** Only by a voice that lives on the device: what somebody does is nobody else's business. */
  speak(words) {
    const voice = this.wanted.voice && this.voice();
    if (!voice) return;
    const spoken = new SpeechSynthesisUtterance(words);
    Object.assign(spoken, { voice, lang: voice.lang });
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  }

  /** A voice of this device for the page's language: the one the device has chosen, else the first. */
  voice() {
    const language = document.documentElement.lang.slice(0, 2);
    const known = globalThis.speechSynthesis?.getVoices() ?? [];
    const voices = known.filter((voice) => voice.localService && voice.lang.startsWith(language));
    return voices.find((voice) => voice.default) ?? voices[0];
  }

  flash() {
    this.player.classList.add("player--flash");
    setTimeout(() => this.player.classList.remove("player--flash"), FLASH_MILLISECONDS);
  }

  /** Nothing more is said. */
  hush() {
    globalThis.speechSynthesis?.cancel();
  }
}
