/** The words of the quiz, by key; they come with the rubric's data, in its language. */

/** @import { Data, Words as Table } from "./types.js" */
/** @typedef {keyof Table} Key */

/**
 * Return a function that finds words and fills in values; `n` chooses between one and other.
 * @param {Data} data
 */
export function wordsFor({ words, language }) {
  const plural = new Intl.PluralRules(language);
  /**
   * @param {Key} key
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  return (key, values = {}) => {
    /** @type {string | {one: string, other: string}} */
    const found = words[key];
    const form = plural.select(Number(values.n)) === "one" ? "one" : "other";
    const text = typeof found === "string" ? found : found[form];
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
}

/** @typedef {ReturnType<typeof wordsFor>} Words */
