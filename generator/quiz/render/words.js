/** The words of the quiz, by key; they come with the rubric's data, in its language. */

/** @import { Data, Words as Table } from "../types.js" */
/** @typedef {keyof Table} Key */

/**
 * Return a function that finds words and fills in values; `n` chooses between one and other. The words
 * may be of another language than the rubric, which counts otherwise: they say when they stand for one.
 *
 * A number is written as the language writes it.
 * @param {Data} data
 */
export function wordsFor({ words }) {
  /**
   * @param {Key} key
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  return (key, values = {}) => {
    /** @type {string | {one: string, other: string}} */
    const entry = words[key];
    const text = typeof entry === "string" ? entry : entry[values.n === 1 ? "one" : "other"];
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? writeLocal(value, words["decimal-mark"]) : String(value);
    });
  };
}

/**
 * Return a number, or its digits, with the decimal mark of a language.
 * @param {number | string} digits
 * @param {string} mark
 */
export const writeLocal = (digits, mark) => String(digits).replace(".", mark);

/** @typedef {ReturnType<typeof wordsFor>} Words */
