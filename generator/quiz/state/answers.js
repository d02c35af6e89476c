/** The answers of the open assessment: what is said of a gate, and changes to it. */

import { edit } from "../assessment/record.js";

/** @import { Answer, Assessment, Gate } from "../types.js" */
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
 * Set a text of an assessment; an empty one is left out.
 * @param {Assessment} assessment
 * @param {TextKey} key
 * @param {string} value
 */
export function setOrDelete(assessment, key, value) {
  if (value) assessment[key] = value;
  else delete assessment[key];
}
