/** The answers of the open assessment: what is said of a gate, and changes to it. */

import { edit } from "../assessment/reader.js";

/** @import { Answer, Assessment, Evidence, Gate } from "../types.js" */
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
   * Keep the evidence for an answer, and what another tab added to it meanwhile.
   * @param {string} gate
   * @param {Evidence[]} rows
   * @param {Evidence[]} base what stood there before this change
   */
  keepEvidence(gate, rows, base) {
    const known = new Set([...rows, ...base].map((row) => JSON.stringify(row)));
    this.change(gate, ({ evidence = [] }) => {
      const added = evidence.filter((row) => !known.has(JSON.stringify(row)));
      return { evidence: [...rows, ...added] };
    });
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
