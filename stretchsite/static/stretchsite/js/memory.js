/**
 * What this device remembers for its reader, and nobody else: where a session stood, how the player is set, the diary.
 * Storage may be full, switched off or forbidden; then nothing is remembered, and nothing breaks.
 */

const PREFIX = "stretchsite.";

/** What was remembered under this name, or `otherwise`. */
export function recall(name, otherwise = null) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** Remember a value; null forgets it. Returns whether it could be remembered. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
