/** Where values lie on a scale. */

/** @import { Score } from "../types.js" */

/**
 * Return the ends between which a score may still come to lie.
 * @param {Score} score
 */
export const endsOf = ({ low, high }) => [low, high];

/**
 * Return the least and the greatest of some numbers, of those that there are.
 * @param {(number | null)[]} values
 */
export function extent(values) {
  const numbers = values.filter((value) => value !== null);
  return [Math.min(...numbers), Math.max(...numbers)];
}

/**
 * Return where a value lies between two ends, from 0 to 1; what is not there is at the start.
 * @param {number | null} value
 * @param {(number | null)[]} ends
 */
export function share(value, [from, to]) {
  const start = from ?? 0;
  return ((value ?? start) - start) / ((to ?? 0) - start || 1);
}

/**
 * Return the ends of the scale on which the dimensions of a rubric lie.
 * @param {Record<string, Score>} dimensions the scores of an assessment without an answer, which may
 * still become anything
 */
export const dimensionScale = (dimensions) => extent(Object.values(dimensions).flatMap(endsOf));
