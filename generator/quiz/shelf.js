/** Text by key, in the browser's storage; what it does not take lives in memory, and is said. */

/** @typedef {"blocked" | "full"} Refusal */

/** Make a shelf; `refused` says why the browser did not take something, if so. */
export function makeShelf() {
  /** What the browser did not take. @type {Map<string, string>} */
  const memory = new Map();
  const shelf = {
    refused: /** @type {Refusal | null} */ (null),

    /**
     * @param {string} key
     * @returns {string | null}
     */
    get: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key)) ?? null,

    /**
     * @param {string} key
     * @param {string} text
     */
    set(key, text) {
      memory.set(key, text);
      try {
        // What did not fit before may fit now.
        for (const [name, held] of memory) {
          localStorage.setItem(name, held);
          memory.delete(name);
        }
        shelf.refused = null;
      } catch (error) {
        const full = /** @type {Error} */ (error).name === "QuotaExceededError";
        shelf.refused = full ? "full" : "blocked";
      }
    },

    /** @param {string} key */
    remove(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key));
    },

    /** Return the keys of all that is kept. */
    keys: () => [
      ...new Set([...memory.keys(), ...(attempt(() => Object.keys(localStorage)) ?? [])]),
    ],
  };
  return shelf;

  /**
   * @template T
   * @param {() => T} act
   */
  function attempt(act) {
    try {
      return act();
    } catch {
      shelf.refused = "blocked";
    }
  }
}
