/**
 * Assessments as text in storage, and back.
 *
 * What this script wrote is read without the reader of untrusted data, which comes with the second
 * script: it carries a mark, a hash of its text and of the rubric without its words, since ids may have
 * changed there without a new version, and other languages read the same. Whatever else lies there, of an earlier release, for another state of the
 * rubric or edited by hand, has a mark that does not fit, or none, and waits for the reader. The mark
 * says who wrote a text, not whom to trust: it is no signature.
 *
 * It stands in the text itself, so that one never comes without the other. Readers of earlier releases
 * leave a key that they do not know where it is.
 */

import { byId, FORMAT, isObject } from "../assessment/record.js";
import { markOf } from "./storage.js";

/** @import { Assessment, Data } from "../types.js" */
/** Reads an assessment that may be anything. @typedef {(raw: Record<string, any>, data: Data) => Assessment} Read */

/** The form that this script writes: with another number, what the script before it wrote is read anew. */
const SHAPE = "1";

/** @type {Read | undefined} */
let reader;

/**
 * Let any assessment be read from now on.
 * @param {Read} read
 */
export function teachReader(read) {
  reader = read;
}

export class StoredText {
  #data;
  #form;

  /** @param {Data} data */
  constructor(data) {
    this.#data = data;
    this.#form = SHAPE + data.form;
  }

  /**
   * Return an assessment as text with its mark.
   * @param {Assessment} assessment
   */
  write({ mark, ...assessment }) {
    mark = markOf(this.#form + JSON.stringify(assessment));
    return JSON.stringify({ ...assessment, mark });
  }

  /**
   * Return the assessment in a text, null where there is none, or nothing before the reader is there.
   * @param {string} text
   * @returns {Assessment | null | undefined}
   */
  read(text) {
    try {
      const raw = JSON.parse(text);
      if (!isObject(raw) || raw.format !== FORMAT) return null;
      const isOurs = this.write(raw) === text;
      delete raw.mark;
      return isOurs ? asWritten(raw) : reader?.(raw, this.#data);
    } catch {
      return null;
    }
  }

  /**
   * Return an assessment as the reader reads it, if it is there: it may understand more by now.
   * @param {Assessment} assessment
   */
  again(assessment) {
    return reader?.(assessment, this.#data) ?? assessment;
  }
}

/**
 * Return data as the assessment that it was before it was written.
 * @param {Record<string, any>} raw
 * @returns {Assessment}
 */
function asWritten(raw) {
  for (const key of ["answers", "measures", "profile"]) {
    if (raw[key]) raw[key] = Object.assign(byId(), raw[key]);
  }
  return { ...raw, symptoms: [raw.symptoms ?? []].flat() };
}
