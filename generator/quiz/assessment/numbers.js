/**
 * Numbers as people write them, from text to a number or to the reason why it is none, and back: with
 * `written-numbers` the twin of `stagebook/assessment/numbers.py`, which says the rules.
 */

/** @import { Measure } from "../types.js" */

/** Why a text or a number cannot be taken; keys of words. */
export const FORM = "number-form";
export const NOT_FINITE = "not-finite";
export const OUT_OF_RANGE = "out-of-range";
/** @typedef {typeof FORM | "number-ambiguous" | typeof NOT_FINITE | typeof OUT_OF_RANGE} Reason */

/** Digits, and perhaps decimals, that can mean one number only. */
const PLAIN = /^(?![1-9]\d{0,2}[.,]\d{3}$)\d{1,15}(?:[.,]\d{1,15})?$/;
const READS_AS_EITHER = /^(-?[1-9][0-9]{0,2}\.[0-9]{3})(?![0-9])/;

/** @typedef {(text: string, unit: string) => number | Reason} ReadWritten */
/**
 * Reads what is not plain. Before `written-numbers` is there, such text stays as it was typed.
 * @type {ReadWritten}
 */
let readWritten = () => FORM;

/**
 * Let text that is not plain be read from now on.
 * @param {ReadWritten} read
 */
export function teachNumbers(read) {
  readWritten = read;
}

/**
 * Return the number that a person wrote, or the reason why it is not understood.
 * @param {string} text
 * @param {string} [unit]
 * @returns {number | Reason}
 */
export const readNumber = (text, unit = "") =>
  PLAIN.test(text) ? Number(text.replace(",", ".")) : readWritten(text, unit);

/**
 * Return the number taken for a measure, or why it is not understood or does not fit.
 * @param {number | string} value
 * @param {Measure} measure
 * @returns {number | Reason}
 */
export function readMeasure(value, { unit, min, max }) {
  const number = typeof value === "string" ? readNumber(value, unit) : asDouble(value);
  if (typeof number === "string") return number;
  const fits = (min ?? -Infinity) <= number && number <= (max ?? Infinity);
  return fits ? number : OUT_OF_RANGE;
}

/**
 * @param {number} value
 * @returns {number | Reason}
 */
const asDouble = (value) => (Number.isFinite(value) ? value + 0 : NOT_FINITE);

/**
 * Return a number as text that reads back to the same number, in any language.
 *
 * One that would read as ambiguous gets one more zero: `1.1250`.
 * @param {number} number
 * @param {string} [mark] the decimal mark
 */
export const writeNumber = (number, mark = ".") =>
  String(number).replace(READS_AS_EITHER, "$10").replace(".", mark);
