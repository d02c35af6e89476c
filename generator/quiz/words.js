/** The words of the quiz, by key, in the language of the rubric. */

import en from "./strings/en.json";

/** @typedef {keyof typeof en} Key */

/** @type {Record<string, Record<string, string | {one: string, other: string}>>} */
const TABLES = { en };

/**
 * Return a function that finds words and fills in values; `n` chooses between one and other.
 * @param {string} language
 */
export function wordsFor(language) {
  const code = language.slice(0, 2);
  const table = TABLES[code] ?? en;
  const plural = new Intl.PluralRules(TABLES[code] ? code : "en");
  /**
   * @param {Key} key
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  return (key, values = {}) => {
    const found = table[key];
    const form = plural.select(Number(values.n)) === "one" ? "one" : "other";
    const text = typeof found === "string" ? found : found[form];
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
}

/** @typedef {ReturnType<typeof wordsFor>} Words */
