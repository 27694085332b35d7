/**
 * The screen and the keys of a headset: the screen stays on while a session runs, where the device allows it, and the
 * keys of a headset or a lock screen pause and go on.
 */

export class Screen {
  constructor() {
    this.lock = null;
    this.isWanted = false;
    document.addEventListener("visibilitychange", () => this.isWanted && this.keepOn());
  }

  /** Keep the screen on. A device may refuse; then its own timeout applies. */
  async keepOn() {
    this.isWanted = true;
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      this.lock = null;
    }
  }

  /** The screen may go off again. */
  letGo() {
    this.isWanted = false;
    this.lock?.release().catch(() => {});
    this.lock = null;
  }
}

/** Let the keys of a headset do what the buttons do. `actions` has play, pause, nexttrack and previoustrack. */
export function listenToHeadset(title, actions) {
  if (!navigator.mediaSession) return;
  navigator.mediaSession.metadata = globalThis.MediaMetadata ? new MediaMetadata({ title }) : null;
  for (const [name, act] of Object.entries(actions)) {
    try {
      navigator.mediaSession.setActionHandler(name, act);
    } catch {
      // A browser that does not know this key goes without it.
    }
  }
}
