/**
 * How many of the gates that are met have dated evidence: the twin of `stagebook/report/dated.py`.
 */

import { get } from "#core/scoring/intervals.js";
import { readDay } from "#extras/scoring/days.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Section } from "./listing.js" */
/** The met gates of a dimension, and how many have evidence with a date. @typedef {{met: number, dated: number}} Dated */

/**
 * Return the counts of each dimension in which a gate is met, in the order of the rubric.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @returns {Map<string, Dated>}
 */
export function countDated({ data, gates }, { answers = {} }, { states }) {
  const isDated = (/** @type {{date?: string}} */ { date }) => readDay(date) < Infinity;
  const counts = data.dimensions.map(({ id }) => {
    const met = gates.filter((gate) => gate.dimension === id && get(states, gate.id).is_open);
    const dated = met.filter((gate) => answers[gate.id]?.evidence?.some(isDated));
    return /** @type {const} */ ([id, { met: met.length, dated: dated.length }]);
  });
  return new Map(counts.filter(([, { met }]) => met));
}

/**
 * Return the counts in words, one dimension a line, if a gate is met.
 * @param {Map<string, Dated>} counts
 * @param {Names} names
 * @returns {Section[]}
 */
export function datedSection(counts, names) {
  const entries = [...counts].map(([id, { met, dated }]) => ({
    text: [`${names.dimension(id)}: ${names.t("of-all", { n: dated, total: met })}`],
  }));
  return entries.length ? [{ title: "dated", isAside: true, entries }] : [];
}
