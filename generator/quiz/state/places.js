/**
 * The places of a browser that keep text by key. Each call may throw, where the browser refuses it.
 *
 * Two places are left out. IndexedDB is shut wherever `localStorage` and `sessionStorage` are: in
 * Chromium and Firefox with site data blocked, and in a frame without an origin; and it could not keep
 * what was typed in the moment before a reload, because it answers later. `window.name` outlives a
 * reload as well, but any site that is opened next in the same tab may read it.
 */

/** How long text lasts. @typedef {"browser" | "tab" | "page" | "memory"} Lasting */
/**
 * A place that keeps text: `set` throws what it is refused for, and `test` tries it for real.
 * @typedef {{
 *   lasting: Lasting,
 *   isCopy?: boolean,
 *   test: () => void,
 *   get: (key: string) => string | null,
 *   set: (key: string, text: string) => void,
 *   remove: (key: string) => void,
 *   keys: () => string[],
 * }} Place
 * `isCopy` is set of a place that also keeps what one before it has taken.
 */

/** What the history of a tab holds is written to disk with every change of it: no more than this. */
const MAX_PAGE = 1_000_000;
/**
 * Between two changes of the history, in milliseconds: Safari refuses a hundred in ten seconds, the others
 * two hundred.
 */
const HISTORY_PAUSE = 300;
const TEST = "stagebook-test";

/** One of the two storages of the Web; each call may throw. @implements {Place} */
export class WebPlace {
  /**
   * @param {Lasting} lasting
   * @param {() => globalThis.Storage} open even to name a storage may throw
   * @param {string} [prefix] what the keys begin with there
   */
  constructor(lasting, open, prefix = "") {
    this.lasting = lasting;
    this.open = open;
    this.prefix = prefix;
  }

  test() {
    this.set(TEST, TEST);
    this.remove(TEST);
  }

  get(/** @type {string} */ key) {
    return this.open().getItem(this.prefix + key);
  }

  set(/** @type {string} */ key, /** @type {string} */ text) {
    this.open().setItem(this.prefix + key, text);
    if (this.get(key) !== text) throw new Error("not kept");
  }

  remove(/** @type {string} */ key) {
    this.open().removeItem(this.prefix + key);
  }

  keys() {
    const names = Object.keys(this.open()).filter((name) => name.startsWith(this.prefix));
    return names.map((name) => name.slice(this.prefix.length));
  }
}

/**
 * The state of this page's entry in the history of the tab. Others write there too, up to the moment
 * in which the page is left: a theme keeps where one has scrolled to. So ours goes along with theirs,
 * and into every entry that one comes to.
 * @implements {Place}
 */
export class PagePlace {
  lasting = /** @type {const} */ ("page");
  isCopy = false;
  /** @type {Map<string, string>} */
  #texts;
  #history = history;
  #onLeave;
  #isWatching = false;
  #isPausing = false;
  #isBehind = false;

  /** @param {(write: () => void) => void} onLeave calls it when the page may be left, or has moved */
  constructor(onLeave) {
    // A theme may have written there since; so the page took ours out before it loaded the scripts.
    const kept = this.#history.state?.stagebook ?? Reflect.get(globalThis, "stagebookKept");
    const texts = Object.entries(Object(kept));
    this.#texts = new Map(texts.filter(([, text]) => typeof text === "string"));
    this.#onLeave = onLeave;
    if (this.#texts.size) this.#save();
  }

  test() {
    if (!this.#write()) throw new Error("not kept");
  }

  get(/** @type {string} */ key) {
    return this.#texts.get(key) ?? null;
  }

  set(/** @type {string} */ key, /** @type {string} */ text) {
    const texts = new Map(this.#texts).set(key, text);
    if (JSON.stringify([...texts]).length > MAX_PAGE) throw new Error("too much");
    this.#texts = texts;
    this.#save();
  }

  remove(/** @type {string} */ key) {
    if (this.#texts.delete(key)) this.#save();
  }

  keys() {
    return [...this.#texts.keys()];
  }

  /** Write now, or as soon as the browser may take it again. */
  #save() {
    this.#watch();
    this.#isBehind = this.#isPausing || !this.#write();
    if (this.#isPausing) return;
    this.#isPausing = true;
    setTimeout(() => {
      this.#isPausing = false;
      if (this.#isBehind) this.#save();
    }, HISTORY_PAUSE);
  }

  /** Keep ours in the history, from the first text on: to watch may slow the way back to a page. */
  #watch() {
    if (this.#isWatching) return;
    this.#isWatching = true;
    for (const how of /** @type {const} */ (["pushState", "replaceState"])) {
      const act = this.#history[how];
      this.#history[how] = (state, ...more) => {
        const stagebook = Object.fromEntries(this.#texts);
        act.call(this.#history, { ...state, stagebook }, ...more);
      };
    }
    this.#onLeave(() => {
      // What comes now cannot wait either.
      this.#isPausing = false;
      this.#write();
    });
  }

  /** Return whether the history holds what it should. */
  #write() {
    const texts = Object.fromEntries(this.#texts);
    try {
      this.#history.replaceState({ ...this.#history.state, stagebook: texts }, "");
      return JSON.stringify(this.#history.state.stagebook) === JSON.stringify(texts);
    } catch {
      return false;
    }
  }
}

/** @implements {Place} */
export class MemoryPlace {
  /** @type {Map<string, string>} */
  #texts = new Map();

  /** @param {Lasting} [lasting] what is said of it, where nobody minds that it forgets */
  constructor(lasting = "memory") {
    this.lasting = lasting;
  }

  test() {}

  get(/** @type {string} */ key) {
    return this.#texts.get(key) ?? null;
  }

  set(/** @type {string} */ key, /** @type {string} */ text) {
    this.#texts.set(key, text);
  }

  remove(/** @type {string} */ key) {
    this.#texts.delete(key);
  }

  keys() {
    return [...this.#texts.keys()];
  }
}
