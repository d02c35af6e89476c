/**
 * One assessment of a rubric, kept in this browser.
 *
 * Every change is made to what is stored at that moment, so that two tabs never overwrite each other
 * silently. Where nothing can be stored the assessment lives on in memory, and `status` says so.
 */

import { adopt, emptyAssessment, readStored } from "./assessment.js";

/** @import { Assessment, Data } from "./types.js" */
/** @typedef {"stored" | "blocked" | "full"} Status */
/** @typedef {{gate?: string, all?: boolean}} Change what changed: one gate, or all there is */

const FORMAT_KEY = "stagebook-assessment/1";

/** @type {Map<string, Store>} */
const stores = new Map();

/**
 * Return the one store of a rubric on this page.
 * @param {Data} data
 * @param {string} root the address of the site's root
 */
export function openStore(data, root) {
  const store = stores.get(data.id) ?? new Store(data, root);
  stores.set(data.id, store);
  return store;
}

export class Store {
  /**
   * @param {Data} data
   * @param {string} root
   */
  constructor(data, root) {
    this.data = data;
    const place = location.protocol.startsWith("http")
      ? new URL(root || ".", location.href).pathname
      : "";
    this.key = `${place}${FORMAT_KEY}.${data.id}`;
    /** @type {Status} */
    this.status = "stored";
    /** What was found in storage and could not be read, if anything. @type {string | null} */
    this.damaged = null;
    /** Whether something was typed since the last file, where the browser stores nothing. */
    this.unsaved = false;
    /** The text that was stored last: while it is there, nobody else has written. */
    this.written = "";
    /** @type {Assessment | null} */
    this.before = null;
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    /** @type {Assessment} */
    this.assessment = this.#read() ?? emptyAssessment(data);
    addEventListener("storage", (event) => {
      if (event.key === this.key || event.key === null) this.#refresh();
    });
    // A page that comes back from the browser's cache may have missed what other tabs did.
    addEventListener("pageshow", (event) => event.persisted && this.#refresh());
    addEventListener("beforeunload", (event) => {
      if (this.unsaved && this.status !== "stored") event.preventDefault();
    });
  }

  /**
   * Call a function after every change, until the signal ends it.
   * @param {(change: Change) => void} listener
   * @param {AbortSignal} signal
   */
  listen(listener, signal) {
    this.listeners.add(listener);
    signal.addEventListener("abort", () => this.listeners.delete(listener));
  }

  /**
   * Change the assessment, in storage and here.
   * @param {(assessment: Assessment) => void} edit
   * @param {Change} change
   */
  change(edit, change) {
    const fresh = (this.status === "stored" && this.#read()) || this.assessment;
    edit(fresh);
    this.before = null;
    this.#write(fresh, change);
  }

  /**
   * Put another assessment in the place of this one; `undo` brings this one back.
   * @param {Assessment} assessment
   */
  replace(assessment) {
    const before = structuredClone(this.assessment);
    this.#write(assessment, { all: true });
    this.before = before;
    this.#tell({});
  }

  /** Bring back what `replace` replaced. */
  undo() {
    if (!this.before) return;
    const before = this.before;
    this.before = null;
    this.#write(before, { all: true });
  }

  /** Remember that what is here is in a file. */
  downloaded() {
    this.unsaved = false;
  }

  #refresh() {
    // What could not be stored lives here alone.
    if (this.unsaved && this.status !== "stored") return;
    this.assessment = this.#read() ?? emptyAssessment(this.data);
    this.#tell({ all: true });
  }

  /** @returns {Assessment | null} */
  #read() {
    try {
      const text = localStorage.getItem(this.key);
      if (text === null) return null;
      if (text === this.written) return this.assessment;
      const assessment = readStored(text);
      if (assessment) return adopt(assessment, this.data);
      // Not ours to throw away: it stays under another key, and the page says so.
      this.damaged = `${this.key}.damaged-${Date.now()}`;
      localStorage.setItem(this.damaged, text);
      localStorage.removeItem(this.key);
    } catch {
      this.status = "blocked";
    }
    return null;
  }

  /**
   * @param {Assessment} assessment
   * @param {Change} change
   */
  #write(assessment, change) {
    this.assessment = assessment;
    this.unsaved = true;
    try {
      const text = JSON.stringify(assessment);
      localStorage.setItem(this.key, text);
      this.written = text;
      this.status = "stored";
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.status = full ? "full" : "blocked";
    }
    this.#tell(change);
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.listeners) listener(change);
  }
}
