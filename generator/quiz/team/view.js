/** Several respondents side by side: the twin of `stagebook/team/view.py`, which tells more. */

import { MEASURED, NOT_APPLICABLE, UNKNOWN } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";

/**
 * @import { Assessment, GateView, State, Team } from "../types.js"
 * @import { ScoredGate } from "../scoring/gates.js"
 * @import { Scorer } from "../scoring/scorer.js"
 */

/** How far an answer that is none on the scale lies from any other answer. */
const ASIDE = 0.5;
export const ROLES = ["leader", "practitioner"];

/**
 * Put the assessments of a rubric side by side.
 * @param {Scorer} scorer
 * @param {Assessment[]} assessments
 * @returns {Team}
 */
export function viewTeam(scorer, assessments) {
  const respondents = assessments.map((assessment) => scorer.score(assessment));
  const gates = scorer.gates.map((gate) => {
    const states = respondents.map((result) => get(result.states, gate.id));
    return viewGate(gate, states, assessments, scorer.scoring.team);
  });
  return {
    respondents,
    gates,
    discuss: rank(gates, (view) => view.disagreement),
    apart: rank(gates, (view) => Math.abs(view.roles[0] - view.roles[1])),
  };
}

/**
 * Return how the answers to a gate spread.
 * @param {ScoredGate} gate
 * @param {State[]} states
 * @param {Assessment[]} assessments
 * @param {"median" | "mean"} by makes one position of many
 * @returns {GateView}
 */
export function viewGate(gate, states, assessments, by) {
  const middle = by === "mean" ? mean : median;
  const positions = states.map((state) => positionOn(gate, state));
  const count = (/** @type {string} */ kind) =>
    states.filter(({ answer }) => answer === kind).length;
  const kinds = new Set([...gate.scores.keys(), MEASURED, UNKNOWN, NOT_APPLICABLE]);
  const ranked = sortPositions(positions);
  return {
    gate,
    counts: [...kinds].flatMap((kind) => (count(kind) ? [[kind, count(kind)]] : [])),
    ranked,
    position: middle(ranked),
    disagreement: disagreement(ranked, count(UNKNOWN), count(NOT_APPLICABLE)),
    roles: ROLES.map((role) =>
      middle(sortPositions(positions.filter((_, index) => assessments[index].role === role))),
    ),
  };
}

/**
 * Return an answer's position between the ends of its scale; NaN for one that is not on it.
 * @param {ScoredGate} gate
 * @param {State} state
 */
export function positionOn({ top, bottom }, { answer, score }) {
  if (score === null || answer === UNKNOWN || answer === NOT_APPLICABLE) return Number.NaN;
  const width = top - bottom;
  return width > 0 ? Math.min(Math.max((score - bottom) / width, 0), 1) : 0;
}

/**
 * Return the positions that there are, lowest first.
 * @param {number[]} positions
 */
const sortPositions = (positions) =>
  positions.filter((position) => position >= 0).sort((a, b) => a - b);

/**
 * Return the median of sorted positions: the mean of the middle two; NaN where there is none.
 * @param {number[]} ranked
 */
function median(ranked) {
  const { length } = ranked;
  return (ranked[(length - 1) >> 1] + ranked[length >> 1]) / 2;
}

/**
 * Return the mean of sorted positions; like ones give just that position, and NaN where there is none.
 * @param {number[]} ranked
 */
function mean(ranked) {
  let total = 0;
  for (const position of ranked) total += position;
  return Math.min(Math.max(total / ranked.length, ranked[0]), ranked[ranked.length - 1]);
}

/**
 * Return Gini's mean difference: the mean distance over all pairs of answers.
 * @param {number[]} ranked
 * @param {number} unknown
 * @param {number} notApplicable
 */
function disagreement(ranked, unknown, notApplicable) {
  const n = ranked.length;
  const aside = unknown + notApplicable;
  let distances = ASIDE * (n * aside + unknown * notApplicable);
  for (let below = 1; below < n; below++) {
    distances += below * (n - below) * (ranked[below] - ranked[below - 1]);
  }
  const given = n + aside;
  return given > 1 ? distances / ((given * (given - 1)) / 2) : 0;
}

/**
 * Return the gates whose number is above 0, highest first, equal ones as they stand.
 * @param {GateView[]} gates
 * @param {(view: GateView) => number} number
 */
const rank = (gates, number) =>
  gates.filter((view) => number(view) > 0).sort((a, b) => number(b) - number(a));
