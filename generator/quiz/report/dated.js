/**
 * How many of the gates that are met have dated evidence: the twin of `stagebook/report/dated.py`.
 */

import { get } from "#core/scoring/intervals.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Section } from "./listing.js" */
/** The met gates of a dimension, and how many have evidence with a date. @typedef {{met: number, dated: number}} Dated */

const DAY = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/s;

/**
 * Return the counts of each dimension in which a gate is met, in the order of the rubric.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @returns {Map<string, Dated>}
 */
export function countDated({ data, gates }, { answers = {} }, { states }) {
  const isDatedGate = (/** @type {string} */ id) =>
    answers[id]?.evidence?.some(({ date = "" }) => isDated(date)) ?? false;
  const counts = data.dimensions.map(({ id }) => {
    const own = gates.filter((gate) => gate.dimension === id && get(states, gate.id).is_open);
    const dated = own.filter((gate) => isDatedGate(gate.id)).length;
    return /** @type {const} */ ([id, { met: own.length, dated }]);
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

/**
 * Return whether text begins with a day, a month or a year that exists: `2026-11-23`.
 * @param {string} text
 */
export function isDated(text) {
  const [, year, month = "01", day = "01"] = DAY.exec(text) ?? [];
  const found = new Date(`${year}-${month}-${day}T00:00Z`);
  // Some browsers take the 31st of June for the 1st of July; there is no year 0.
  return Number(year) > 0 && found.getUTCDate() === Number(day);
}
