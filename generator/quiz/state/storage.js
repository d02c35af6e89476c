/**
 * Text by key, kept as long as the browser lets it be kept.
 *
 * The places are tried in turn, each by writing to it and reading back: `localStorage` lasts until
 * somebody deletes it, `sessionStorage` until the tab is closed, and the state of the page's entry in
 * the history of the tab as long as that entry, so over a reload; memory lasts until the page is left.
 * What a place refuses goes to the next, and moves up again as soon as there is room. On a page from a file
 * the history has a copy of what the tab keeps.
 */

import { MemoryPlace, PagePlace, WebPlace } from "./places.js";

/** @import { Place } from "./places.js" */
/** Why the browser did not take something. @typedef {"blocked" | "full"} Refusal */
/**
 * A text that the first place refused: `over` marks what lay there then, `at` says when, in
 * milliseconds, later texts always later.
 * @typedef {{over: string, at: number, text: string}} Held
 */

export class TextStorage {
  /** Why the first place did not take something, if it did not. @type {Refusal | null} */
  refused = null;
  /** The place that lasts longest. @type {Place} */
  #first;
  /** The others, in which a text stands behind a head of its own: see `Held`. @type {Place[]} */
  #others;
  /** The moment of the last text that was set in the others, by this page and those before it. */
  #last;
  /** @type {Map<Place, boolean>} */
  #tested = new Map();
  #spare;

  /**
   * @param {[Place, ...Place[]]} places those that last longest first; the last one takes anything
   * @param {(key: string) => string | null} spare returns another key for what somebody else has
   * stored under a key meanwhile, or null where the newer text may replace it
   */
  constructor([first, ...others], spare) {
    this.#first = first;
    this.#others = others;
    this.#spare = spare;
    const held = others.flatMap((place) => keysOf(place).map((key) => heldBy(place, key)));
    this.#last = Math.max(0, ...held.map((text) => text?.at ?? 0));
    if (this.#try(() => first.test())) this.#raise();
  }

  /** Return how long lasts what is set now, and all that is kept. */
  get lasting() {
    const all = new Set(this.#others.flatMap(keysOf));
    const held = this.#others.filter((place) => {
      return keysOf(place).filter((key) => all.delete(key)).length;
    });
    return (held.at(-1) ?? (this.refused ? this.#next() : this.#first)).lasting;
  }

  /**
   * @param {string} key
   * @returns {string | null}
   */
  get(key) {
    return this.#held(key)?.text ?? textOf(this.#first, key);
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  set(key, text) {
    if (this.#lift(key, text)) return this.#raise();
    const over = this.#held(key)?.over ?? markOf(textOf(this.#first, key));
    this.#last = Math.max(this.#last + 1, Date.now());
    let isKept = false;
    for (const place of this.#others) {
      const keep = () => {
        place.set(key, `${over}.${this.#last}.${text}`);
        return true;
      };
      const isWanted = !isKept || place.isCopy;
      if (isWanted && this.#works(place) && attempt(keep, false)) isKept = true;
      else attempt(() => place.remove(key));
    }
  }

  /** @param {string} key */
  remove(key) {
    for (const place of [...this.#others, this.#first]) attempt(() => place.remove(key));
  }

  /** Return the keys of all that is kept. */
  keys() {
    return [...new Set([this.#first, ...this.#others].flatMap(keysOf))];
  }

  /** Move to the first place what other places hold, as far as there is room. */
  #raise() {
    for (const key of new Set(this.#others.flatMap(keysOf))) {
      const held = this.#held(key);
      if (held && !this.#lift(key, held.text)) return;
    }
  }

  /**
   * Put a text into the first place; return whether it took it. What another tab has stored there
   * since the text came to lie elsewhere is kept beside it.
   * @param {string} key
   * @param {string} text
   */
  #lift(key, text) {
    const took = this.#try(() => {
      const held = this.#held(key);
      const there = held ? this.#first.get(key) : null;
      if (held && there !== null && there !== text && markOf(there) !== held.over) {
        const other = this.#spare(key);
        if (other) this.#first.set(other, there);
      }
      this.#first.set(key, text);
    });
    if (took) for (const place of this.#others) attempt(() => place.remove(key));
    return took;
  }

  /**
   * Return the text that was set last of those that lie elsewhere than in the first place.
   * @param {string} key
   * @returns {Held | undefined}
   */
  #held(key) {
    const all = this.#others.flatMap((place) => heldBy(place, key) ?? []);
    return all.sort((a, b) => b.at - a.at)[0];
  }

  /** Return the place, after the first, that takes the next text. */
  #next() {
    return /** @type {Place} */ (this.#others.find((place) => this.#works(place)));
  }

  /** @param {Place} place */
  #works(place) {
    if (!this.#tested.has(place)) {
      const test = () => {
        place.test();
        return true;
      };
      this.#tested.set(place, attempt(test, false));
    }
    return this.#tested.get(place);
  }

  /**
   * Return whether the first place did something; if not, `refused` says why.
   * @param {() => void} act
   */
  #try(act) {
    try {
      act();
      this.refused = null;
      return true;
    } catch (error) {
      this.refused = /quota/i.test(/** @type {Error} */ (error).name) ? "full" : "blocked";
      return false;
    }
  }
}

/** The storage of this page, in the places of its browser. */
export class PageStorage extends TextStorage {
  /** @param {(key: string) => string | null} spare see TextStorage */
  constructor(spare) {
    const browser = new WebPlace("browser", () => localStorage);
    const tab = new WebPlace("tab", () => sessionStorage, "stagebook-held:");
    const page = new PagePlace((write) => {
      addEventListener("beforeunload", write);
      addEventListener("popstate", write);
      document.addEventListener("visibilitychange", () => document.hidden && write());
    });
    // What the tab of a file keeps, Chromium sometimes gives back only seconds after it was loaded anew.
    page.isCopy = location.protocol === "file:";
    super([browser, tab, page, new MemoryPlace()], spare);
  }
}

/**
 * Return the mark of a text; nothing has one of its own.
 * @param {string | null} text
 */
export function markOf(text) {
  if (text === null) return "nothing";
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return (hash >>> 0).toString(16);
}

/**
 * @param {Place} place
 * @param {string} key
 * @returns {Held | undefined}
 */
function heldBy(place, key) {
  const text = textOf(place, key) ?? "";
  const [head, over, at] = /^(\w+)\.(\d+)\./.exec(text) ?? [];
  if (head) return { over, at: Number(at), text: text.slice(head.length) };
}

/**
 * @param {Place} place
 * @param {string} key
 */
const textOf = (place, key) => attempt(() => place.get(key), null);

/** @param {Place} place */
const keysOf = (place) => attempt(() => place.keys(), []);

/**
 * Return what a function returns, or something else where it throws.
 * @template T
 * @param {() => T} act
 * @param {T} [other]
 * @returns {T}
 */
function attempt(act, other) {
  try {
    return act();
  } catch {
    return /** @type {T} */ (other);
  }
}
