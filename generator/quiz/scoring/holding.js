/** What keeps the overall score from rising: the twin of `stagebook/scoring/holding.py`. */

import { fallsShort, isMissing } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { atLeast, wholeSteps } from "#core/scoring/rounding.js";

/** @import { Result, Score } from "../types.js" */
/** @import { ScoredGate } from "./gates.js" */
/** @import { Scorer } from "./scorer.js" */
/** @typedef {[id: string, value: number, weight: number]} Part */

/**
 * Return which parts of a number keep it from rising, by id.
 *
 * Of a minimum the lowest do, or those below the goal; of a maximum the highest. A part without
 * weight is no part of a mean or a sum.
 * @param {string} by
 * @param {Part[]} scores
 * @param {number | null} [goal]
 */
export function decisive(by, scores, goal = null) {
  const values = scores.map(([, value]) => value);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const kept = scores.filter(([, value, weight]) => {
    if (by === "min") return goal === null ? atLeast(least, value) : !atLeast(value, goal);
    return by === "max" ? atLeast(value, most) : weight > 0;
  });
  return kept.map(([id]) => id);
}

/**
 * Return the dimensions that the overall score, or on a ladder its stage, hangs on just now.
 *
 * Numbers are those of the answers so far; on a ladder a dimension counts with its stage. With a goal
 * they are those that must rise for the overall score to reach it. Where a cap keeps it from the next
 * stage, so do only those that have not reached that stage themselves.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {number | null} [goal]
 * @returns {string[]}
 */
export function findHolding(scorer, result, goal = null) {
  const { counted, data, rule, scoring } = scorer;
  const following = goal === null && scorer.scoring.climbs ? nextStage(scorer, result) : null;
  if (following && shutCaps(scorer, result, following).length) {
    return findHolding(scorer, result, scorer.ladder.level(following));
  }
  /** @type {Part[]} */
  const parts = [];
  for (const { id, weight } of data.dimensions) {
    const value = numberOf(scorer, result.dimensions[id], "dimension");
    if (counted.has(id) && value !== null) parts.push([id, value, weight]);
  }
  if (rule.by === "ladder") return dimensionsBelow(scorer, result, goal);
  if (rule.of === "dimensions") {
    // Where nothing counts, there is no score that limits could hold.
    for (const [id, item] of parts.length ? result.items.limits : []) {
      const value = item && numberOf(scorer, item, "limit");
      if (value !== null) parts.push([id, value, 1]);
    }
    const named = decisive(rule.by, parts, goal);
    return data.dimensions.map(({ id }) => id).filter((id) => named.includes(id));
  }
  if (rule.of === "gates") return parts.map(([id]) => id);
  const groupOf = new Map(data.dimensions.map(({ id, group }) => [id, group]));
  const groupsCounted = new Set([...counted].map((id) => groupOf.get(id)));
  /** @type {Part[]} */
  const groups = [];
  for (const [id, score] of Object.entries(result.groups)) {
    const value = numberOf(scorer, score, "group");
    if (value !== null && groupsCounted.has(id)) groups.push([id, value, 1]);
  }
  const found = new Set(
    decisive(rule.by, groups, goal).flatMap((group) =>
      decisive(
        scoring.group,
        parts.filter(([id]) => groupOf.get(id) === group),
        goal,
      ),
    ),
  );
  return parts.map(([id]) => id).filter((id) => found.has(id));
}

/**
 * Return the dimensions with gates that are not met on the overall way to a level, or up.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {number | null} goal
 * @returns {string[]}
 */
function dimensionsBelow(scorer, result, goal) {
  const { data, ladder } = scorer;
  const held = heldStage(scorer, result);
  const wanted = stagesAbove(scorer, result).filter((stage) => {
    return goal === null ? stage === held : ladder.level(stage) <= goal;
  });
  const missing = wanted.flatMap((id) => missingAt(scorer, result, id));
  const named = missing.map(({ dimension }) => dimension);
  return data.dimensions.map(({ id }) => id).filter((id) => named.includes(id));
}

/**
 * Return the gates to a stage that are not met, on one ladder of all.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} stage
 */
const missingAt = ({ overallCells }, { states }, stage) =>
  (overallCells.get(stage) ?? []).filter(({ id }) => isMissing(get(states, id)));

/**
 * Return the first stage above the overall one with a gate that is not met, on one ladder of all.
 * @param {Scorer} scorer
 * @param {Result} result
 */
export const heldStage = (scorer, result) =>
  scorer.rule.by === "ladder"
    ? stagesAbove(scorer, result).find((stage) => missingAt(scorer, result, stage).length)
    : undefined;

/**
 * Return the stage above the overall one; null at the top, or where there is no ladder.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {string | null}
 */
export const nextStage = (scorer, result) => stagesAbove(scorer, result)[0] ?? null;

/**
 * Return the stages above the overall one; none where there is no ladder.
 * @param {Scorer} scorer
 * @param {Result} result
 */
const stagesAbove = ({ ladder }, { overall: { stage } }) =>
  stage.low ? ladder.after(stage.low) : [];

/**
 * Return the gates that may keep the overall score below a stage by their caps.
 *
 * Without a stage, and where the stage is that of a band, all that are not met.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string | null} stage
 */
export function cappingGates(scorer, { states }, stage) {
  const { ladder, scoring } = scorer;
  const goal = stage !== null && scoring.climbs ? ladder.level(stage) : null;
  const found = scorer.unmetCaps(states).filter(({ cap }) => {
    const limit = cap?.score ?? Infinity;
    return goal === null || ladder.level(ladder.findStage(limit / scoring.factors.overall)) < goal;
  });
  return found.map(({ id }) => id);
}

/**
 * Return those of them that are known not to be met.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string | null} stage
 */
export const shutCaps = (scorer, result, stage) =>
  cappingGates(scorer, result, stage).filter((id) => fallsShort(get(result.states, id)));

/**
 * Return what a score counts as: on a ladder its stage as reached, else the answers so far.
 * @param {Scorer} scorer
 * @param {Score} score
 * @param {string} of
 */
function numberOf({ scoring }, { low, so_far }, of) {
  const factor = scoring.factors[of];
  return factor && low !== null ? wholeSteps(low / factor, 1) : so_far;
}

/**
 * Return the answered gates below what they aim for that the overall score hangs on, those whose
 * caps limit it among them; none on a ladder, where reasons tell more.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {string[]}
 */
export function findLowering(scorer, result) {
  const { counted, gates, rule, scoring } = scorer;
  if (scoring.dimension === "ladder") return [];
  const found = new Set(shutCaps(scorer, result, null));
  if (rule.of === "gates") {
    const own = gates.filter((gate) => counted.has(gate.dimension));
    for (const id of decisiveGates(scorer, rule.by, own, result)) found.add(id);
  } else {
    for (const dimension of findHolding(scorer, result)) {
      /** @type {Part[]} */
      const scores = [];
      for (const [stage, { so_far }] of Object.entries(result.cells[dimension])) {
        if (so_far !== null) scores.push([stage, so_far, 1]);
      }
      for (const stage of decisive(scoring.dimension, scores)) {
        const cell = scorer.row(dimension).get(stage) ?? [];
        for (const id of decisiveGates(scorer, scoring.cell, cell, result)) found.add(id);
      }
    }
  }
  return gates.map(({ id }) => id).filter((id) => found.has(id));
}

/**
 * Return the gates that keep a number from rising, of those answered below what they aim for.
 * @param {Scorer} scorer
 * @param {string} by
 * @param {ScoredGate[]} gates
 * @param {Result} result
 */
function decisiveGates(scorer, by, gates, result) {
  /** @type {Part[]} */
  const scores = [];
  for (const { id, weight } of gates) {
    const { score, applies } = get(result.states, id);
    if (score !== null && applies) scores.push([id, score, weight]);
  }
  const named = new Set(decisive(by, scores));
  const aims = new Map(gates.map((gate) => [gate.id, aimOf(scorer, gate)]));
  return scores.filter(([id, score]) => named.has(id) && score < get(aims, id)).map(([id]) => id);
}

/**
 * Return the score of the answer that a gate aims for: its target, or the top of its scale.
 * @param {Scorer} scorer
 * @param {ScoredGate} gate
 */
const aimOf = ({ data }, { id, scores, top }) =>
  scores.get(data.gates.find((one) => one.id === id)?.target ?? "") ?? top;
