/**
 * Numbers as people write them: with units, signs, groups of thousands, in the digits of any script. It
 * comes with the extras; with `numbers`, which reads plain ones, it is the twin of
 * `stagebook/assessment/numbers.py`, which says the rules.
 */

import { FORM, NOT_FINITE, writeNumber } from "#core/assessment/numbers.js";

/** @import { Reason } from "./numbers.js" */

/** Why a text that may mean two numbers is not taken; a key of words. */
const AMBIGUOUS = "number-ambiguous";
/** Longer texts are no numbers, or numbers that no double comes near. */
const MAX_LENGTH = 100;

/** The zero of each script whose digits are read; the other nine follow it. */
const ZEROS =
  "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0" +
  "\u1810\uff10";
const SPACES =
  "\t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029" +
  "\u202f\u205f\u3000";
const UNSEEN =
  "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff";
/** What each character is read as: digits, blanks, signs and separators of other scripts. */
const PLAIN = new Map([
  ...[...ZEROS].flatMap((zero) =>
    [..."0123456789"].map(
      (digit) =>
        /** @type {[string, string]} */ ([
          String.fromCharCode(zero.charCodeAt(0) + Number(digit)),
          digit,
        ]),
    ),
  ),
  ...each(SPACES, " "),
  ...each(UNSEEN, ""),
  ...each("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
  ...each("\u00b4\u02bc\u2018\u2019\u066c\uff07`", "'"),
  ...each("\uff0b", "+"),
  ...each("\uff0c", ","),
  ...each("\uff0e", "."),
  ...each("\uff05\u066a", "%"),
]);

/** Units for which a per cent sign may stand. */
const PERCENT = ["%", "per cent", "percent", "pct", "prozent"];
/** A unit of so many letters is a word: case and its last letter, as in `1 day`, do not matter. */
const WORD = 4;

const WRITTEN =
  /^ *([+-]?) *((?:[.,\u066b]?[0-9])(?:[ '.,\u066b]?[0-9])*)(?:[eE]([+-]?[0-9]+))?(.*)$/s;
const WHOLE = /^[0-9]+$/;
const DECIMAL = /^([0-9]*)[.,\u066b]([0-9]+)$/;
const EITHER = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;
const GROUPS = /^([1-9][0-9]{0,2}([ '.,])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,\u066b]([0-9]+))?$/;
const INDIAN_GROUPS = /^([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?$/;
const WORDS = /^ *[+-]? *(?:nan|inf|infinity|\u221e) *$/i;
const IN_JSON = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * @param {string} characters
 * @param {string} plain
 * @returns {[string, string][]}
 */
function each(characters, plain) {
  return [...characters].map((character) => [character, plain]);
}

/** @param {string} text */
const isLong = (text) => text.length > 2 * MAX_LENGTH || [...text].length > MAX_LENGTH;

/** @param {string} text */
const translate = (text) => Array.from(text, (sign) => PLAIN.get(sign) ?? sign).join("");

/** @param {string} text */
const strip = (text) => text.replace(/^ +| +$/g, "");

/**
 * Return the number that a person wrote, or the reason why it is not understood.
 * @param {string} text
 * @param {string} unit
 * @returns {number | Reason}
 */
export function readWritten(text, unit) {
  if (isLong(text)) return IN_JSON.test(text) && toFinite(text) === NOT_FINITE ? NOT_FINITE : FORM;
  const plain = translate(text);
  if (WORDS.test(plain)) return NOT_FINITE;
  const [, sign, body, exponent = "0", rest] = WRITTEN.exec(plain) ?? [];
  if (body === undefined || !isUnit(strip(rest), unit)) return FORM;
  const digits = digitsOf(body);
  if (digits === FORM || digits === AMBIGUOUS) return digits;
  return toFinite(`${sign}${digits}e${exponent}`);
}

/**
 * @param {string} text
 * @param {string} unit
 */
function isUnit(text, unit) {
  const plain = strip(translate(unit));
  const word = plain.toLowerCase();
  if (!text || text === plain) return true;
  if (text === "%" && (PERCENT.includes(word) || word.startsWith("%"))) return true;
  const letters = [...word];
  const lower = text.toLowerCase();
  const isWord = [...plain].length >= WORD;
  return isWord && (lower === word || lower === letters.slice(0, -1).join(""));
}

/**
 * @param {string} body
 * @returns {string}
 */
function digitsOf(body) {
  if (WHOLE.test(body)) return body;
  if (EITHER.test(body)) return AMBIGUOUS;
  const decimal = DECIMAL.exec(body);
  if (decimal) return `${decimal[1] || "0"}.${decimal[2]}`;
  const groups = GROUPS.exec(body) ?? INDIAN_GROUPS.exec(body);
  return groups ? `${groups[1].replace(/[^0-9]/g, "")}.${groups.at(-1) ?? "0"}` : FORM;
}

/**
 * Return ASCII digits as a number, -0 as 0, or a reason where no double is near it.
 * @param {string} digits
 * @returns {number | Reason}
 */
export function toFinite(digits) {
  const number = Number(digits);
  const isLost = number === 0 && /[1-9]/.test(digits.toLowerCase().split("e")[0]);
  return Number.isFinite(number) && !isLost ? number + 0 : NOT_FINITE;
}

/**
 * Return what an ambiguous text may mean, with groups of thousands and with decimals; else [].
 *
 * Each is written so that it reads back as that number.
 * @param {string} text
 * @param {string} [mark] the decimal mark
 */
export function readings(text, mark = ".") {
  const [, sign, body, exponent = "0"] = (!isLong(text) && WRITTEN.exec(translate(text))) || [];
  if (body === undefined || !EITHER.test(body)) return [];
  return ["", "."].flatMap((point) => {
    const number = toFinite(`${sign}${body.replace(/[.,]/g, point)}e${exponent}`);
    return typeof number === "string" ? [] : [writeNumber(number, mark)];
  });
}
