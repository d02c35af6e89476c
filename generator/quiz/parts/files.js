/** Assessments as files: out of this browser, and into it beside those that are here. */

import { fileName } from "../assessment/file-name.js";
import { MAX_BYTES, readFile, withToday } from "../assessment/reader.js";
import { save } from "../render/dom.js";
import { firstOf, unreadWords } from "../report/misread-words.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Read } from "../assessment/reader.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Messages } from "./messages.js" */

export class Files {
  #data;
  #messages;
  #store;
  #t;

  /**
   * @param {Data} data
   * @param {Store} store
   * @param {Messages} messages
   * @param {Words} t
   */
  constructor(data, store, messages, t) {
    this.#data = data;
    this.#messages = messages;
    this.#store = store;
    this.#t = t;
  }

  /**
   * Offer an assessment as a file.
   * @param {Assessment} assessment
   */
  download(assessment) {
    const file = withToday(assessment, this.#data);
    const text = `${JSON.stringify(file, null, 2)}\n`;
    save(fileName(this.#data, file, "json"), text, "application/json");
    if (assessment === this.#store.assessment) this.#store.unsaved = false;
  }

  /** Offer what was stored here and could not be read. */
  rescue() {
    const text = this.#store.storage.get(this.#store.damaged) ?? "";
    save(`${this.#data.id}.txt`, text, "text/plain");
  }

  /**
   * Open the assessment in a file that the reader chose.
   * @param {HTMLInputElement} input
   */
  async load(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    const { name, size } = file;
    // A larger file is refused unread.
    const text = size > MAX_BYTES ? " ".repeat(MAX_BYTES + 1) : await file.text();
    input.value = "";
    this.take(readFile(text, this.#data), name);
  }

  /**
   * Open an assessment that came from elsewhere, beside those that are here.
   * @param {Read} read
   * @param {string} file what it came from
   */
  take(read, file) {
    if ("refused" in read) {
      this.#messages.say(this.#t(read.refused, read));
      return;
    }
    const text = JSON.stringify(read.assessment);
    const same = this.#store.saved().find(({ assessment }) => JSON.stringify(assessment) === text);
    if (same) {
      this.#store.open(same.id);
      this.#messages.say(this.#t("was-here", { file }));
    } else this.#add(read, file);
  }

  /**
   * @param {Exclude<Read, {refused: unknown}>} read
   * @param {string} file
   */
  #add({ assessment, unknown, findings }, file) {
    const store = this.#store;
    const { id } = store;
    store.add(assessment);
    const added = store.id;
    const words = this.#t(unknown.length ? "was-loaded-unknown" : "was-loaded", {
      ...{ file, ids: firstOf(unknown), n: unknown.length },
    });
    this.#messages.say(words + unreadWords(findings, this.#t), () => {
      store.remove(added);
      store.open(id);
    });
  }
}
