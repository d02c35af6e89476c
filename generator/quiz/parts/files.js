/** Assessments from files and links: into this browser, beside those that are here. */

import { MAX_BYTES, readFile, textOfFile } from "../assessment/file-reader.js";
import { firstOf, unreadWords } from "../report/misread-words.js";

/** @import { AssessmentList } from "../state/assessment-list.js" */
/** @import { Data } from "../types.js" */
/** @import { Read } from "../assessment/file-reader.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Messages } from "./messages.js" */

export class Files {
  #data;
  #list;
  #messages;
  #store;
  #t;

  /**
   * @param {Data} data
   * @param {Store} store
   * @param {AssessmentList} list
   * @param {Messages} messages
   * @param {Words} t
   */
  constructor(data, store, list, messages, t) {
    this.#data = data;
    this.#list = list;
    this.#messages = messages;
    this.#store = store;
    this.#t = t;
  }

  /**
   * Open the assessment in a file that the reader chose.
   * @param {HTMLInputElement} input
   */
  async load(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    // So many bytes of UTF-8 are more characters than an assessment may have.
    const text = await textOfFile(file.slice(0, 4 * MAX_BYTES + 1));
    input.value = "";
    this.take(readFile(text, this.#data), file.name);
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
    const same = this.#list.saved().find(({ assessment }) => JSON.stringify(assessment) === text);
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
    this.#list.add(assessment);
    const added = store.id;
    const words = this.#t(unknown.length ? "was-loaded-unknown" : "was-loaded", {
      ...{ file, ids: firstOf(unknown), n: unknown.length },
    });
    this.#messages.say(words + unreadWords(findings, this.#t), () => {
      this.#list.remove(added);
      store.open(id);
    });
  }
}
