/** Two assessments side by side, and many in a row: all are scored with the rubric of today. */

import { get } from "./algebra.js";
import { isShut } from "./answering.js";

/** @import { Assessment, Compared, GateMove, Round, Saved, Score, State } from "./types.js" */
/** @import { Scorer } from "./scoring.js" */

/** Puts versions in order by their numbers: 1.9.0, then 1.10.0. */
const { compare } = new Intl.Collator("en", { numeric: true });

/**
 * Return what moved from one assessment to another; both under the ids of today, as `adopt` leaves
 * them.
 * @param {Scorer} scorer
 * @param {Assessment} before
 * @param {Assessment} after
 * @returns {Compared}
 */
export function compareAssessments(scorer, before, after) {
  const { changes, gates, measures, symptoms } = scorer.data;
  const was = scorer.score(before);
  const is = scorer.score(after);
  const versions = [before, after].map(({ rubric }) => String(rubric?.version ?? ""));
  const [older, newer] = [...versions].sort(compare);
  const has = (/** @type {Assessment} */ one, /** @type {string} */ id) =>
    Boolean(one.symptoms?.includes(id));
  return {
    before: was,
    after: is,
    gates: gates.flatMap(({ id }) => findGateMove(id, get(was.states, id), get(is.states, id))),
    symptoms: symptoms
      .map((symptom) => ({ symptom, is_new: has(after, symptom.id) }))
      .filter(({ symptom, is_new }) => is_new !== has(before, symptom.id)),
    measures: measures
      .map((measure) => ({
        measure,
        before: before.measures?.[measure.id],
        after: after.measures?.[measure.id],
      }))
      .filter((one) => one.before !== one.after),
    versions,
    changes: changes.filter(
      ({ version }) => older && compare(version, older) > 0 && compare(version, newer) <= 0,
    ),
    // The quiz writes no revision for the first one.
    reworded: gates
      .filter(({ id, rev }) => before.answers?.[id]?.answer && (before.answers[id].rev ?? 1) < rev)
      .map(({ id }) => id),
  };
}

/**
 * Return how far the score so far moved; null where there is none.
 * @param {Score} before
 * @param {Score} after
 */
export const findDelta = ({ so_far: from }, { so_far: to }) =>
  from === null || to === null ? null : to - from;

/**
 * Return how a gate's answer or score differs, if it does.
 * @param {string} gate
 * @param {State} before
 * @param {State} after
 * @returns {GateMove[]}
 */
function findGateMove(gate, before, after) {
  // One that is measured by points keeps its answer while its score moves.
  if (before.answer === after.answer && before.score === after.score) return [];
  /** @type {GateMove["kind"]} */
  let kind = "changed";
  if (before.answer === null) kind = "answered";
  else if (after.answer === null) kind = "cleared";
  else if (isShut(before) && after.is_open) kind = "opened";
  else if (before.is_open && isShut(after)) kind = "shut";
  return [{ gate, before: before.answer, after: after.answer, kind }];
}

/**
 * Return assessments by date, those without one last, each with what it came to.
 * @param {Scorer} scorer
 * @param {Saved[]} saved
 * @returns {Round[]}
 */
export const series = (scorer, saved) =>
  saved
    .map(({ id, assessment }) => ({ ...scorer.score(assessment), id, assessment }))
    // Two without a date are NaN apart.
    .sort((a, b) => dayOf(a.assessment) - dayOf(b.assessment) || 0);

/**
 * Return the date of an assessment in milliseconds, or infinity where there is none.
 * @param {Assessment} assessment
 */
export const dayOf = ({ date }) => Date.parse(date ?? "") || Infinity;
