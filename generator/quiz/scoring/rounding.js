/** Rounding for people: the twin of `stagebook/scoring/rounding.py`. */

/** @import { Scoring } from "../types.js" */

/**
 * Return a number with so many decimals, halves away from zero; `down` cuts instead.
 *
 * The shortest decimal text of the double is what is rounded, so 1.005 gives 1.01.
 * @param {number} value
 * @param {number} decimals
 * @param {boolean} [down]
 * @returns {string}
 */
export function roundHalfUp(value, decimals, down = false) {
  const [mantissa, exponent = "0"] = String(Math.abs(value)).split("e");
  const [whole, part = ""] = mantissa.split(".");
  // The number is 0.<digits> times ten to the power of `point`.
  let digits = whole + part;
  let point = whole.length + Number(exponent);
  if (point < 0) {
    digits = "0".repeat(-point) + digits;
    point = 0;
  }
  const kept = point + decimals;
  const rest = digits.charAt(kept);
  digits = digits.slice(0, kept).padEnd(kept, "0");
  if (!down && rest >= "5") digits = increment(digits);
  point = digits.length - decimals;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "") || "0";
  const shown = decimals ? `${left}.${digits.slice(point)}` : left;
  return value < 0 && /[1-9]/.test(shown) ? `-${shown}` : shown;
}

/**
 * Add one to the last of some digits.
 * @param {string} digits
 * @returns {string}
 */
function increment(digits) {
  const nines = /** @type {RegExpMatchArray} */ (digits.match(/9*$/))[0].length;
  const head = digits.slice(0, digits.length - nines);
  const raised = head ? head.slice(0, -1) + (Number(head.slice(-1)) + 1) : "1";
  return raised + "0".repeat(nines);
}

/**
 * Return a score as people see it; `times` is the factor already in it.
 *
 * A place on a ladder never shows the next stage before it is reached, nor a percentage 100 before
 * everything is done; and neither shows 0 after a start.
 * @param {number} value
 * @param {Scoring} scoring
 * @param {number} [times]
 * @returns {string}
 */
export function displayScore(value, scoring, times = scoring.times) {
  let shown = roundHalfUp(value, scoring.decimals);
  const ladder = scoring.dimension === "ladder";
  if (!ladder && times !== 100) return shown;
  const step = ladder ? times : 100;
  const reached = wholeSteps(value, step);
  const isRight = (/** @type {number} */ number) =>
    wholeSteps(number, step) <= reached && (number || value <= 0);
  for (let more = 0; more < 7 && !isRight(Number(shown)); more++) {
    shown = roundHalfUp(value, scoring.decimals + more, true);
  }
  return shown;
}

/**
 * Return how many whole steps are reached, with the tolerance of `atLeast`.
 * @param {number} value
 * @param {number} step
 */
export function wholeSteps(value, step) {
  const steps = Math.floor(value / step);
  return atLeast(value, (steps + 1) * step) ? steps + 1 : steps;
}

/**
 * Return whether a score is at an edge or above: 100 * 0.57 is 56.99999999999999.
 * @param {number} value
 * @param {number} edge
 */
export function atLeast(value, edge) {
  return value >= edge - 1e-9 * Math.max(1, Math.abs(edge));
}
