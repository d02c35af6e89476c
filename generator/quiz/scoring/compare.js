/** Two assessments side by side, and many in a row: the twin of `stagebook/scoring/compare.py`. */

import { fallsShort } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { readDay } from "#extras/scoring/days.js";

/** @import { Assessment, Compared, GateMove, Round, Saved, Score, State } from "../types.js" */
/** @import { Scorer } from "./scorer.js" */

const SEMVER = /^(\d+\.\d+\.\d+)(?:-([\w.-]+))?(?:\+.*)?$/;

/**
 * Put texts in order by the numbers in them: 1.9, then 1.10.
 * @param {string} a
 * @param {string} b
 */
function compareText(a, b) {
  const [parts, others] = [a, b].map((text) => text.split(/(\d+)/));
  for (const [index, part] of parts.entries()) {
    const other = others[index];
    if (other === undefined) break;
    const [number, another] = [part, other].map((digits) => digits.replace(/^0+(?=\d*$)/, ""));
    const areNumbers = part !== other && /^\d+$/.test(part) && /^\d+$/.test(other);
    const order = areNumbers
      ? number.length - another.length || compareOrder(number, another)
      : compareOrder(part, other);
    if (order) return order;
  }
  return parts.length - others.length;
}

/**
 * Put versions in order as semver 2.0.0 does (section 11): 1.9.0, then 1.10.0-rc.2, then 1.10.0.
 * Other text is in order by its numbers.
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const [[, core = "", marks = ""], [, otherCore = "", otherMarks = ""]] = [a, b].map(
    (version) => SEMVER.exec(version) ?? [version, version],
  );
  if (core !== otherCore) return compareText(core, otherCore);
  if (!marks || !otherMarks) return Number(!marks) - Number(!otherMarks);
  const others = otherMarks.split(".");
  for (const [index, mark] of marks.split(".").entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    const order = compareMarks(mark, other);
    if (order) return order;
  }
  return marks.split(".").length - others.length;
}

/**
 * Put two parts of a prerelease in order: numbers by value and before words, words by their ASCII.
 * @param {string} a
 * @param {string} b
 */
function compareMarks(a, b) {
  const [isNumber, isOther] = [a, b].map((mark) => /^\d+$/.test(mark));
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  if (isNumber) return a.length - b.length || compareOrder(a, b);
  return compareOrder(a, b);
}

/**
 * Put two texts in order by the numbers of their characters.
 * @param {string} a
 * @param {string} b
 */
function compareOrder(a, b) {
  return Number(a > b) - Number(a < b);
}

/**
 * Return what moved from one assessment to another; both under the ids of today, as `adopt` leaves
 * them.
 * @param {Scorer} scorer
 * @param {Assessment} before
 * @param {Assessment} after
 * @returns {Compared}
 */
export function compareAssessments(scorer, before, after) {
  const { changes, gates, measures, profile, symptoms } = scorer.data;
  const was = scorer.score(before);
  const is = scorer.score(after);
  const versions = [before, after].map(({ rubric }) => String(rubric?.version ?? ""));
  const [older, newer] = [...versions].sort(compareVersions);
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
    profile: profile
      .map(({ id }) => ({
        question: id,
        before: before.profile?.[id] ?? null,
        after: after.profile?.[id] ?? null,
      }))
      .filter((one) => one.before !== one.after),
    versions,
    changes: changes.filter(
      ({ version }) =>
        older && compareVersions(version, older) > 0 && compareVersions(version, newer) <= 0,
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
  else if (fallsShort(before) && after.is_open) kind = "opened";
  else if (before.is_open && fallsShort(after)) kind = "shut";
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
    .sort((a, b) => readDay(a.assessment.date) - readDay(b.assessment.date) || 0);
