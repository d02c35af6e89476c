/** Two assessments side by side, and many in a row: all are scored with the rubric of today. */

import { get } from "./algebra.js";
import { isShut } from "./answering.js";
import { unknownIds } from "./assessment.js";

/**
 * @import { Assessment, Change, Compared, Data, GateMove, Moved, Result, Round, Saved, Score, Stages,
 *   State } from "./types.js"
 */
/** @import { Scorer } from "./scoring.js" */

/**
 * Return what moved from one assessment to another; both under the ids of today, as `adopt` leaves
 * them.
 * @param {Scorer} scorer
 * @param {Assessment} before
 * @param {Assessment} after
 * @returns {Compared}
 */
export function compareAssessments(scorer, before, after) {
  const { data } = scorer;
  const was = scorer.score(before);
  const is = scorer.score(after);
  const without = (/** @type {Assessment} */ { symptoms = [] }, /** @type {Assessment} */ other) =>
    symptoms.filter((id) => !other.symptoms?.includes(id));
  const number = (/** @type {Assessment} */ { measures }, /** @type {string} */ id) =>
    measures?.[id] ?? null;
  return {
    overall: findMove(scorer, was.overall, is.overall),
    dimensions: data.dimensions.map(({ id }) => ({
      id,
      ...findMove(scorer, was.dimensions[id], is.dimensions[id]),
    })),
    coverage: { before: was.coverage, after: is.coverage },
    gates: findGateMoves(was, is),
    symptoms: { added: without(after, before), gone: without(before, after) },
    measures: data.measures
      .map(({ id }) => ({ id, before: number(before, id), after: number(after, id) }))
      .filter((one) => one.before !== one.after),
    rubric: compareRubrics(data, before, after),
  };
}

/**
 * Return how far a score moved, and by how many levels its stage so far.
 * @template {Score & {stage: Stages}} T
 * @param {Scorer} scorer
 * @param {T} before
 * @param {T} after
 * @returns {Moved<T>}
 */
export function findMove({ ladder }, before, after) {
  const less = (/** @type {number | null} */ from, /** @type {number | null} */ to) =>
    from === null || to === null ? null : to - from;
  const level = (/** @type {T} */ { stage: { so_far } }) =>
    so_far === null ? null : ladder.level(so_far);
  return {
    before,
    after,
    delta: {
      low: less(before.low, after.low),
      high: less(before.high, after.high),
      so_far: less(before.so_far, after.so_far),
    },
    levels: less(level(before), level(after)),
  };
}

/**
 * Return the gates whose answer or score differs, in the order of the rubric.
 * @param {Result} was
 * @param {Result} is
 * @returns {GateMove[]}
 */
function findGateMoves({ states }, is) {
  return [...states].flatMap(([gate, before]) => {
    const after = get(is.states, gate);
    // One that is measured by points keeps its answer while its score moves.
    if (before.answer === after.answer && before.score === after.score) return [];
    return [{ gate, before: before.answer, after: after.answer, kind: kindOf(before, after) }];
  });
}

/**
 * @param {State} before
 * @param {State} after
 * @returns {GateMove["kind"]}
 */
function kindOf(before, after) {
  if (before.answer === null) return "answered";
  if (after.answer === null) return "cleared";
  if (isShut(before) && after.is_open) return "opened";
  return before.is_open && isShut(after) ? "shut" : "changed";
}

/**
 * Return what two assessments of different ages do not have in common with the rubric of today.
 * @param {Data} data
 * @param {Assessment} before
 * @param {Assessment} after
 * @returns {Compared["rubric"]}
 */
function compareRubrics(data, before, after) {
  const from = versionOf(before);
  const to = versionOf(after);
  const [older, newer] = [from ?? "", to ?? ""].sort((a, b) => order(data.changes, a, b));
  const isBetween = (/** @type {Change} */ { version }) =>
    order(data.changes, version, older) > 0 && order(data.changes, version, newer) <= 0;
  return {
    before: from,
    after: to,
    reworded: data.gates
      .filter(({ id, rev }) => {
        const given = before.answers?.[id];
        // The quiz writes no revision for the first one.
        return given?.answer && (given.rev ?? 1) < rev;
      })
      .map((gate) => gate.id),
    gone: [...new Set([before, after].flatMap((one) => unknownIds(one, data)))],
    changes: older ? data.changes.filter(isBetween) : [],
  };
}

/**
 * Return the order of two versions, as in the rubric's list, newest first; or by dotted numbers.
 * @param {Change[]} changes
 * @param {string} a
 * @param {string} b
 */
function order(changes, a, b) {
  const [i, j] = [a, b].map((version) => changes.findIndex((one) => one.version === version));
  if (i >= 0 && j >= 0) return j - i;
  return a.localeCompare(b, "en", { numeric: true });
}

/** @param {Assessment} assessment */
const versionOf = ({ rubric }) => String(rubric?.version ?? "") || null;

/**
 * Return assessments by date, those without one last, each with what it came to.
 * @param {Scorer} scorer
 * @param {Saved[]} saved
 * @returns {Round[]}
 */
export function series(scorer, saved) {
  const rounds = saved.map(({ id, assessment }) => {
    const { date = null, subject = null } = assessment;
    const result = scorer.score(assessment);
    const stage = result.overall.stage.so_far;
    return { ...result, id, date, subject, version: versionOf(assessment), stage };
  });
  // Two without a date are NaN apart.
  return rounds.sort((a, b) => dayOf(a.date) - dayOf(b.date) || 0);
}

/**
 * Return a date as milliseconds, or infinity where there is none.
 * @param {string | null} date such as 2026-11-23
 */
export function dayOf(date) {
  const day = /^\d{4}(-\d\d){0,2}(T|$)/.test(date ?? "") ? Date.parse(date ?? "") : NaN;
  return Number.isNaN(day) ? Infinity : day;
}
