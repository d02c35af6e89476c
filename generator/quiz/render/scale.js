/** Where values lie on a scale. */

/** @import { Items, Score } from "../types.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** What has a score. @typedef {"overall" | "group" | "dimension" | "topic"} Level */

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
 * Return the ends of the scale on which the dimensions of a rubric lie, or its groups or topics.
 * @param {Record<string, Score>} dimensions the scores of an assessment without an answer, which may
 * still become anything
 */
export const dimensionScale = (dimensions) => extent(Object.values(dimensions).flatMap(endsOf));

/**
 * Return the scores of an assessment in which every gate has the top of its scale: what scores are out
 * of. The twin of `stagebook/scoring/scale.py`.
 * @param {Scorer} scorer
 * @returns {Items}
 */
export function findTops(scorer) {
  const best = scorer.gates.map(({ id, top }) => {
    return /** @type {const} */ ([id, { answer: "", score: top, applies: true, is_open: true }]);
  });
  return scorer.scoreStates(new Map(best)).items;
}

/**
 * Return the highest score of the overall result, or of a group, dimension or topic by id.
 * @param {Items} tops
 * @param {Level} of
 * @param {string} id
 */
export const topOf = (tops, of, id) =>
  (of === "overall" ? tops.overall : tops[`${of}s`].get(id))?.so_far ?? null;
