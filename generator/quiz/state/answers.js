/** The answers of the open assessment: what is said of a gate, and changes to it. */

import { edit } from "../assessment/record.js";

/** @import { Answer, Gate } from "../types.js" */
/** @import { ABOUT, STAGES } from "../assessment/reader.js" */
/** @import { Store } from "./store.js" */
/** @typedef {typeof ABOUT[number] | typeof STAGES[number]} TextKey */

export class Answers {
  #store;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /**
   * Return what is said of a gate.
   * @param {string} gate
   * @returns {Answer}
   */
  of(gate) {
    return this.#store.assessment.answers?.[gate] ?? {};
  }

  /**
   * Answer a gate; null takes the answer back.
   * @param {Gate} gate
   * @param {string | null} answer
   */
  give({ id, rev }, answer) {
    this.change(id, () => ({ answer, rev: rev > 1 && answer ? rev : undefined }));
  }

  /**
   * Change what is said of a gate.
   * @param {string} gate
   * @param {(answer: Answer) => Partial<Answer>} values
   */
  change(gate, values) {
    this.#store.change((a) => edit(a, gate, values(a.answers?.[gate] ?? {})), { gate });
  }
}

/**
 * Set a text of an assessment, or an answer of its profile; an empty one is left out.
 * @template {string} K
 * @param {{[key in K]?: unknown}} texts
 * @param {K} key
 * @param {string} value
 */
export function setOrDelete(texts, key, value) {
  if (value) texts[key] = value;
  else delete texts[key];
}
