/**
 * The assessments of a rubric that this browser keeps, one of them open.
 *
 * Every change is made to what is stored at that moment, so that two tabs never overwrite each other
 * silently. Where nothing can be stored all lives on in memory, and `status` says so.
 */

import { adopt, emptyAssessment, FORMAT, isBlank, readStored, today } from "./assessment.js";
import { Shelf } from "./shelf.js";

/** @import { Assessment, Data } from "./types.js" */
/** @typedef {{gate?: string, all?: boolean, list?: boolean}} Change what changed: one gate, all
 * there is, or the list of assessments */
/** @typedef {{id: string, assessment: Assessment}} Saved */

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
    this.place = location.protocol.startsWith("http")
      ? new URL(root || ".", location.href).pathname
      : "";
    /** The key of the first assessment; the others have an id behind it. */
    this.prefix = this.key(FORMAT);
    this.shelf = new Shelf();
    /** Where what could not be read is kept, if there was such. @type {string | null} */
    this.damaged = null;
    /** Whether what was stored here is gone, though nobody asked for it in this tab. */
    this.lost = false;
    /** Whether that was noticed only when it was stored again. */
    this.purged = false;
    /** Whether something was typed since the last file, where the browser stores nothing. */
    this.unsaved = false;
    /** The text that was stored last: while it is there, nobody else has written. */
    this.written = "";
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    /** Keep what was typed a moment ago, before another assessment is opened. @type {Set<() => void>} */
    this.flushers = new Set();
    this.id = this.#remembered();
    /** @type {Assessment} */
    this.assessment = this.#read() ?? emptyAssessment(data);
    addEventListener("storage", (event) => {
      if (event.key === this.keyOf(this.id) || event.key === null) this.#refresh();
      else if (event.key.startsWith(this.prefix)) this.#tell({ list: true });
    });
    // A page that comes back may have missed what other tabs, or the browser, did.
    addEventListener("pageshow", (event) => event.persisted && this.#refresh());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#refresh();
    });
    addEventListener("beforeunload", (event) => {
      if (this.unsaved && this.status !== "stored") event.preventDefault();
    });
  }

  /** Return whether the browser keeps what is typed, or why not. */
  get status() {
    return this.shelf.refused ?? "stored";
  }

  /**
   * Return the key of something that belongs to this site and rubric.
   * @param {string} what
   */
  key(what) {
    return `${this.place}${what}.${this.data.id}`;
  }

  /** @param {string} id */
  keyOf(id) {
    return id ? `${this.prefix}.${id}` : this.prefix;
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
   * Change the open assessment, in storage and here.
   * @param {(assessment: Assessment) => void} edit
   * @param {Change} change
   */
  change(edit, change) {
    const stored = this.#read();
    this.purged ||= !stored && this.written !== "" && !this.lost;
    const fresh = stored ?? this.assessment;
    // What another tab wrote meanwhile shows here too.
    const all = change.all || fresh !== this.assessment;
    edit(fresh);
    fresh.date ||= today();
    this.#write(fresh, { ...change, all });
  }

  /**
   * Return the assessments kept here, the newest first.
   * @returns {Saved[]}
   */
  saved() {
    const ids = this.shelf
      .keys()
      .filter((key) => key === this.prefix || key.startsWith(`${this.prefix}.`))
      .map((key) => key.slice(this.prefix.length + 1));
    if (!ids.includes(this.id) && !isBlank(this.assessment)) ids.push(this.id);
    /** @type {Saved[]} */
    const found = [];
    for (const id of ids) {
      const assessment = id === this.id ? this.assessment : this.peek(id);
      if (assessment) found.push({ id, assessment });
    }
    const dated = (/** @type {Saved} */ one) => one.assessment.date || "9999";
    return found.sort((a, b) => dated(b).localeCompare(dated(a)) || a.id.localeCompare(b.id));
  }

  /**
   * Return an assessment that is kept here, without opening it.
   * @param {string} id
   */
  peek(id) {
    const found = readStored(this.shelf.get(this.keyOf(id)) ?? "");
    return found && adopt(found, this.data);
  }

  /** @param {string} id */
  open(id) {
    for (const flush of this.flushers) flush();
    this.id = id;
    this.written = "";
    this.lost = false;
    this.#remember();
    this.assessment = this.#read() ?? emptyAssessment(this.data);
    this.#tell({ all: true, list: true });
  }

  /**
   * Open a new assessment beside the others; an open one without content gives way.
   * @param {Assessment} [assessment]
   */
  add(assessment = emptyAssessment(this.data)) {
    for (const flush of this.flushers) flush();
    const id = isBlank(this.assessment) ? this.id : newId();
    if (!isBlank(assessment)) this.shelf.set(this.keyOf(id), JSON.stringify(assessment));
    this.unsaved = true;
    this.open(id);
  }

  /**
   * Open a copy of an assessment, dated today.
   * @param {Assessment} assessment
   */
  duplicate(assessment) {
    this.add({ ...structuredClone(assessment), date: today() });
  }

  /**
   * Name an assessment, open or not.
   * @param {string} id
   * @param {Partial<Assessment>} values
   */
  rename(id, values) {
    if (id === this.id)
      return this.change((a) => Object.assign(a, values), { all: true, list: true });
    const assessment = this.peek(id);
    if (assessment) this.shelf.set(this.keyOf(id), JSON.stringify({ ...assessment, ...values }));
    this.#tell({ list: true });
  }

  /**
   * Delete an assessment; the one deleted last can be brought back, after a reload too.
   * @param {string} id
   */
  remove(id) {
    for (const flush of this.flushers) flush();
    const assessment = id === this.id ? this.assessment : this.peek(id);
    this.shelf.set(this.#bin, JSON.stringify({ id, assessment }));
    this.shelf.remove(this.keyOf(id));
    if (id !== this.id) return this.#tell({ list: true });
    this.assessment = emptyAssessment(this.data);
    this.open(this.saved()[0]?.id ?? "");
  }

  get #bin() {
    return this.key("stagebook-deleted/1");
  }

  /**
   * Return the assessment deleted last, if it can be brought back.
   * @returns {Saved | null}
   */
  get removed() {
    try {
      return JSON.parse(this.shelf.get(this.#bin) ?? "null");
    } catch {
      return null;
    }
  }

  /** Bring back the assessment deleted last. */
  restore() {
    const { removed } = this;
    if (!removed) return;
    const taken = this.shelf.get(this.keyOf(removed.id)) !== null;
    const id = taken ? newId() : removed.id;
    this.shelf.set(this.keyOf(id), JSON.stringify(removed.assessment));
    this.shelf.remove(this.#bin);
    this.open(id);
  }

  /** Store the open assessment again after it was lost. */
  keep() {
    this.#write(this.assessment, { all: true, list: true });
  }

  /** Remember that what is here is in a file. */
  downloaded() {
    this.unsaved = false;
  }

  #refresh() {
    const found = this.#read();
    if (!found && this.written && !this.lost) {
      this.lost = true;
      this.unsaved = true;
      this.#tell({});
    } else if (found && found !== this.assessment) {
      this.lost = false;
      this.assessment = found;
      this.#tell({ all: true, list: true });
    }
  }

  /** @returns {Assessment | null} */
  #read() {
    const key = this.keyOf(this.id);
    const text = this.shelf.get(key);
    if (text === null) return null;
    if (text === this.written) return this.assessment;
    const assessment = readStored(text);
    if (assessment) {
      this.written = text;
      return adopt(assessment, this.data);
    }
    // Not ours to throw away: it stays under another key, and the page says so.
    this.damaged = `${this.key("stagebook-damaged/1")}.${newId()}`;
    this.shelf.set(this.damaged, text);
    this.shelf.remove(key);
    return null;
  }

  /**
   * @param {Assessment} assessment
   * @param {Change} change
   */
  #write(assessment, change) {
    const fresh = this.written === "";
    this.assessment = assessment;
    this.unsaved = true;
    this.lost = false;
    this.written = JSON.stringify(assessment);
    this.shelf.set(this.keyOf(this.id), this.written);
    if (fresh) this.#remember();
    this.#tell(fresh ? { ...change, list: true } : change);
  }

  /** Each tab has its own open assessment; a new tab takes the one opened last. */
  #remembered() {
    const key = this.key("stagebook-open/1");
    try {
      const own = sessionStorage.getItem(key);
      if (own !== null) return own;
    } catch {
      // Then the one that all tabs share.
    }
    return this.shelf.get(key) ?? "";
  }

  #remember() {
    const key = this.key("stagebook-open/1");
    this.shelf.set(key, this.id);
    try {
      sessionStorage.setItem(key, this.id);
    } catch {
      // A reload then opens the one opened last.
    }
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.listeners) listener(change);
  }
}

/** Return an id that no other tab makes at the same time. */
const newId = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
