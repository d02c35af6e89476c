/**
 * The assessments of a rubric that this browser keeps, one of them open.
 *
 * Every change is made to what is stored at that moment, so that two tabs never overwrite each other
 * silently. Where little or nothing can be stored, `storage` says how long the answers last.
 *
 * How the open assessment stands to what is stored of it is one of four states:
 *
 * - `new`: nothing is stored of it yet
 * - `stored`: its text is stored
 * - `gone`: its text was stored and is missing, though nobody asked for that in this tab
 * - `restored`: that was noticed only when it was stored again
 *
 * | event                                                  | new    | stored   | gone   | restored |
 * | ------------------------------------------------------ | ------ | -------- | ------ | -------- |
 * | `opened`: it becomes the open one                      | new    | new      | new    | new      |
 * | `read`: its text is found, when opened or changed      | stored | stored   | gone   | restored |
 * | `renewed`: another text is found than the one known    | stored | stored   | stored | stored   |
 * | `missed`: its text is not found                        | new    | gone     | gone   | gone     |
 * | `written`: a change is stored, its text was there      | stored | stored   | stored | restored |
 * | `rewritten`: a change is stored, its text was missing  | stored | restored | stored | restored |
 * | `kept`: it is stored by the reader's wish              | stored | stored   | stored | stored   |
 *
 * Three things stand beside the state. `unsaved`: the keys of assessments that were written, added or
 * missed since the last file of them; a download takes its own out. `damaged`: the key under which lies
 * what could not be read; it stays.
 * `isUnread`: what is stored of the open assessment is for the reader that comes with the second script.
 */

import { emptyAssessment, FORMAT, today } from "../assessment/record.js";
import { StoredText } from "./stored-text.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { TextStorage } from "./storage.js" */
/**
 * What changed: one gate, all there is, or the list of assessments.
 * @typedef {{gate?: string, all?: boolean, list?: boolean}} Change
 */
/** @typedef {"new" | "stored" | "gone" | "restored"} State */
/** @typedef {"opened" | "read" | "renewed" | "missed" | "written" | "rewritten" | "kept"} StoreEvent */

/** @type {Partial<Record<State, State>>} */
const STORED = { new: "stored", gone: "stored", restored: "stored" };

/**
 * The table above, without the states that stay as they are.
 * @type {Record<StoreEvent, Partial<Record<State, State>>>}
 */
const NEXT = {
  opened: { stored: "new", gone: "new", restored: "new" },
  read: { new: "stored" },
  renewed: STORED,
  missed: { stored: "gone", restored: "gone" },
  written: { new: "stored", gone: "stored" },
  rewritten: { new: "stored", stored: "restored", gone: "stored" },
  kept: STORED,
};

export class Store {
  /** @type {State} */
  state = "new";
  /** The key under which lies what could not be read, if there was such. */
  damaged = "";
  /** The keys of the assessments that were changed since the last file of them. */
  unsaved = /** @type {Set<string>} */ (new Set());
  /** Whether what is stored can be read only when the second script is there. */
  isUnread = false;
  /** What keeps what was typed a moment ago, before another assessment is opened. */
  flushers = /** @type {Set<() => void>} */ (new Set());
  /** The text that was stored last: while it is there, nobody else has written. */
  #text = "";
  #listeners = /** @type {Set<(change: Change) => void>} */ (new Set());

  /**
   * @param {Data} data
   * @param {string} prefix what the keys of this site begin with
   * @param {TextStorage} storage
   * @param {(key: string, text?: string) => string | null} here returns, or sets, a text of this tab
   */
  constructor(data, prefix, storage, here) {
    this.data = data;
    this.prefix = prefix;
    this.storage = storage;
    this.here = here;
    this.texts = new StoredText(data);
    // Each tab has its own open assessment; a new tab takes the one opened last.
    const openKey = this.key("stagebook-open/1");
    this.id = here(openKey) ?? storage.get(openKey) ?? "";
    this.assessment = emptyAssessment(data);
    this.assessment = this.#read() ?? this.assessment;
  }

  /** Return the key of something that belongs to this site and rubric. */
  key(/** @type {string} */ what) {
    return `${this.prefix}${what}.${this.data.id}`;
  }

  /** Return whether an assessment lies under a key. */
  owns(/** @type {string} */ key) {
    const first = this.key(FORMAT);
    return key === first || key.startsWith(`${first}.`);
  }

  /** Return whether a key is that of the open assessment. */
  isOpen(/** @type {string} */ key) {
    return key === this.keyOf(this.id);
  }

  /**
   * Call a function after every change, until the signal ends it.
   * @param {(change: Change) => void} listener
   * @param {AbortSignal} [signal]
   */
  listen(listener, signal) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  /**
   * Change the open assessment, in storage and here.
   * @param {(assessment: Assessment) => void} edit
   * @param {Change} [change]
   */
  change(edit, change = { all: true }) {
    const stored = this.#read();
    const fresh = stored ?? this.assessment;
    // What another tab wrote meanwhile shows here too.
    const all = change.all || fresh !== this.assessment;
    edit(fresh);
    fresh.date ||= today();
    const event = stored || this.isUnread ? "written" : "rewritten";
    this.#write(fresh, event, { ...change, all });
  }

  /** Store the open assessment again after it was lost. */
  keep() {
    this.#write(this.assessment, "kept", { all: true, list: true });
  }

  /**
   * Open an assessment that is kept here.
   * @param {string} id
   */
  open(id) {
    this.flush();
    this.id = id;
    this.#move("opened");
    this.#text = "";
    this.#remember();
    this.assessment = this.#read() ?? emptyAssessment(this.data);
    this.#tell({ all: true, list: true });
  }

  /** See what others did to the open assessment: another tab, or the browser. */
  refresh() {
    const assessment = this.#read();
    if (this.isUnread) this.#tell({});
    else if (!assessment) this.#miss();
    else if (assessment !== this.assessment || this.state === "gone") {
      this.assessment = assessment;
      this.#move("renewed");
      this.#tell({ all: true, list: true });
    }
  }

  /** Read the open assessment with the reader: it may understand what was not understood before. */
  readAgain() {
    if (this.isUnread) return this.refresh();
    const { measures = {} } = this.assessment;
    if (!Object.values(measures).some((value) => typeof value === "string")) return;
    this.assessment = this.texts.again(this.assessment);
    this.#tell({ all: true });
  }

  #miss() {
    const { state } = this;
    this.#move("missed");
    if (this.state === state) return;
    this.unsaved.add(this.keyOf(this.id));
    this.#tell({});
  }

  /** @param {StoreEvent} event */
  #move(event) {
    this.state = NEXT[event][this.state] ?? this.state;
  }

  /** Say that the list of assessments has changed. */
  relist() {
    this.#tell({ list: true });
  }

  /** Return the key of an assessment: the first has the bare one, the others an id behind it. */
  keyOf(/** @type {string} */ id) {
    return id ? `${this.key(FORMAT)}.${id}` : this.key(FORMAT);
  }

  /** Keep what was typed a moment ago. */
  flush() {
    for (const flush of this.flushers) flush();
  }

  /**
   * Return the open assessment as it is stored, or null.
   * @returns {Assessment | null}
   */
  #read() {
    const key = this.keyOf(this.id);
    const text = this.storage.get(key);
    this.isUnread = false;
    if (text === null) return null;
    if (text === this.#text) return this.assessment;
    const assessment = this.texts.read(text);
    if (assessment) {
      this.#text = text;
      this.#move("read");
      return assessment;
    }
    this.isUnread = assessment === undefined;
    if (this.isUnread) return null;
    // Not ours to throw away: it stays under another key, and the page says so.
    this.damaged = `${this.key("stagebook-damaged/1")}.${newId()}`;
    this.storage.set(this.damaged, text);
    this.storage.remove(key);
    return null;
  }

  /**
   * @param {Assessment} assessment
   * @param {StoreEvent} event
   * @param {Change} change
   */
  #write(assessment, event, change) {
    const isNew = this.state === "new" || this.isUnread;
    const key = this.keyOf(this.id);
    // What cannot be read yet is not ours to write over: it becomes another assessment.
    if (this.isUnread) this.storage.set(this.keyOf(newId()), this.storage.get(key) ?? "");
    this.isUnread = false;
    this.assessment = assessment;
    this.unsaved.add(key);
    this.#move(event);
    this.#text = this.texts.write(assessment);
    this.storage.set(key, this.#text);
    if (isNew) this.#remember();
    this.#tell(isNew ? { ...change, list: true } : change);
  }

  #remember() {
    const key = this.key("stagebook-open/1");
    this.storage.set(key, this.id);
    this.here(key, this.id);
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Return an id that no other tab makes at the same time. */
export const newId = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
