/** Several respondents side by side: the twin of `stagebook/team.py`. */

import { get } from "./algebra.js";
import { MEASURED, NOT_APPLICABLE, UNKNOWN } from "./answering.js";

/**
 * @import { Assessment, GateView, Respondent, RoleView, State, Team } from "./types.js"
 * @import { ScoredGate } from "./answering.js"
 * @import { Scorer } from "./scoring.js"
 */

/** How far an answer that is none on the scale lies from any other answer. */
const ASIDE = 0.5;
export const LEADER = "leader";
export const PRACTITIONER = "practitioner";

/**
 * Put the assessments of a rubric side by side.
 * @param {Scorer} scorer
 * @param {Assessment[]} said
 * @param {boolean} [hideNames]
 * @returns {Team}
 */
export function viewTeam(scorer, said, hideNames = false) {
  /** @type {Map<string, State[]>} */
  const states = new Map(scorer.gates.map((gate) => [gate.id, []]));
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Map<string, number[]>} */
  const members = new Map();
  /** @type {Respondent[]} */
  const respondents = said.map((one, index) => {
    const [respondent, role, date] = [one.respondent || "", one.role || "", one.date || ""];
    const result = scorer.score(one);
    const key = JSON.stringify([respondent, date]);
    const repeats = (respondent && seen.get(key)) || null;
    if (!repeats) seen.set(key, index + 1);
    if (role) members.set(role, [...(members.get(role) ?? []), index]);
    for (const [id, state] of result.states) get(states, id).push(state);
    return {
      name: hideNames ? "" : respondent,
      role,
      date,
      repeats,
      coverage: result.coverage,
      overall: result.overall,
    };
  });
  const gates = scorer.gates.map((gate) => viewGate(gate, get(states, gate.id), members));
  return {
    respondents,
    gates,
    discuss: rank(gates.map((view) => [view.gate, view.disagreement])),
    apart: rank(gates.map((view) => [view.gate, gap(view.roles)])),
  };
}

/**
 * Return how the answers to a gate spread.
 * @param {ScoredGate} gate
 * @param {State[]} states
 * @param {Map<string, number[]>} members the respondents of each role
 * @returns {GateView}
 */
function viewGate(gate, states, members) {
  const answers = states.map((state) => state.answer);
  const places = states.map((state) => placeOf(gate, state));
  const ranked = sortPlaces(places);
  /** @type {RoleView[]} */
  const roles = [];
  for (const [role, indexes] of members) {
    const counts = countAnswers(
      gate,
      indexes.map((index) => answers[index]),
    );
    if (!counts.length) continue;
    const own = sortPlaces(indexes.map((index) => places[index]));
    roles.push({ role, counts, n: own.length, median: median(own) });
  }
  const aside = (/** @type {string} */ kind) => answers.filter((one) => one === kind).length;
  return {
    gate: gate.id,
    answers,
    counts: countAnswers(gate, answers),
    n: ranked.length,
    lowest: ranked[0] ?? null,
    median: median(ranked),
    highest: ranked[ranked.length - 1] ?? null,
    disagreement: disagreement(ranked, aside(UNKNOWN), aside(NOT_APPLICABLE)),
    roles,
  };
}

/**
 * Return an answer's place between the ends of its scale; null for one that is not on it.
 * @param {ScoredGate} gate
 * @param {{answer: string | null, score: number | null}} state
 */
export function placeOf({ top, bottom }, { answer, score }) {
  if (score === null || answer === UNKNOWN || answer === NOT_APPLICABLE) return null;
  const width = top - bottom;
  return width > 0 ? Math.min(Math.max((score - bottom) / width, 0), 1) : 0;
}

/**
 * Return the places that there are, lowest first.
 * @param {(number | null)[]} places
 */
function sortPlaces(places) {
  return places.filter((place) => place !== null).sort((a, b) => a - b);
}

/**
 * Count each answer that was given, in the order of the scale, those that are none last.
 * @param {ScoredGate} gate
 * @param {(string | null)[]} answers
 * @returns {[string, number][]}
 */
function countAnswers(gate, answers) {
  /** @type {Map<string | null, number>} */
  const found = new Map();
  for (const answer of answers) found.set(answer, (found.get(answer) ?? 0) + 1);
  const order = [...(gate.points ? [MEASURED] : gate.scores.keys()), UNKNOWN, NOT_APPLICABLE];
  return order.flatMap((answer) => {
    const count = found.get(answer);
    return count ? [[answer, count]] : [];
  });
}

/**
 * Return the median of sorted places: the mean of the middle two where they are even.
 * @param {number[]} ranked
 */
function median(ranked) {
  const half = ranked.length >> 1;
  if (!ranked.length) return null;
  return ranked.length % 2 ? ranked[half] : (ranked[half - 1] + ranked[half]) / 2;
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
 * Return how far apart the medians of leaders and practitioners are.
 * @param {RoleView[]} roles
 */
function gap(roles) {
  const of = (/** @type {string} */ role) => roles.find((one) => one.role === role)?.median ?? null;
  const [leader, practitioner] = [of(LEADER), of(PRACTITIONER)];
  return leader === null || practitioner === null ? 0 : Math.abs(leader - practitioner);
}

/**
 * Return the gates whose number is above 0, highest first, equal ones as they stand.
 * @param {[string, number][]} gates
 */
function rank(gates) {
  const above = gates.filter(([, number]) => number > 0);
  return above.sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
