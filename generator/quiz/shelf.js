/** Text by key, in the browser's storage; what it does not take lives in memory, and is said. */

/** @typedef {"blocked" | "full"} Refusal */

export class Shelf {
  constructor() {
    /** What the browser did not take. @type {Map<string, string>} */
    this.memory = new Map();
    /** Why it did not, if so. @type {Refusal | null} */
    this.refused = null;
  }

  /**
   * @param {string} key
   * @returns {string | null}
   */
  get(key) {
    const held = this.memory.get(key);
    if (held !== undefined) return held;
    try {
      return localStorage.getItem(key);
    } catch {
      this.refused = "blocked";
      return null;
    }
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  set(key, text) {
    this.memory.set(key, text);
    try {
      // What did not fit before may fit now.
      for (const [name, held] of this.memory) {
        localStorage.setItem(name, held);
        this.memory.delete(name);
      }
      this.refused = null;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.refused = full ? "full" : "blocked";
    }
  }

  /** @param {string} key */
  remove(key) {
    this.memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      this.refused = "blocked";
    }
  }

  /** Return the keys of all that is kept. */
  keys() {
    const found = new Set(this.memory.keys());
    try {
      for (let i = 0; i < localStorage.length; i++) found.add(localStorage.key(i) ?? "");
    } catch {
      this.refused = "blocked";
    }
    return [...found];
  }
}
