/** What follows from a result: the twin of `stagebook/scoring/diagnosis.py`. */

import { isShut, NOT_APPLICABLE } from "#core/scoring/gates.js";
import { get, WEIGHED } from "#core/scoring/intervals.js";
import { atLeast } from "#core/scoring/rounding.js";
import { findHolding, findLowering, heldStage, nextStage, shutCaps } from "./holding.js";
import { orderPlays } from "./planning.js";

/** @import { Assessment, Data, Diagnosis, Reason, Result, State } from "../types.js" */
/** @import { Row, Scorer } from "./scorer.js" */

/**
 * Draw the conclusions from a result.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @returns {Diagnosis}
 */
export function diagnose(scorer, assessment, result) {
  const reasons = findReasons(scorer, result);
  const limits = findLimits(scorer, result);
  const wanted = assessment.target_stage;
  const target = wanted && scorer.ladder.levels.has(wanted) ? wanted : nextStage(scorer, result);
  const counted = reasons.filter(({ dimension }) => !scorer.limitCells.has(dimension));
  const needed = neededGates(scorer, result, [...counted, ...limits], target);
  const { plan, unopened } = orderPlays(scorer.data, needed);
  const spans = plan.flatMap(({ weeks }) => (weeks ? [weeks] : []));
  return {
    believed: compareBelief(scorer, assessment, result),
    target,
    reasons,
    limits,
    holding: findHolding(scorer, result),
    lowering: findLowering(scorer, result),
    second_look: findContradictions(scorer.data, assessment, result),
    second_look_requires: findUnmetRequirements(scorer, result),
    plan,
    plan_total: { weeks: [sum(spans.map(([least]) => least)), sum(spans.map(([, most]) => most))] },
    plan_unestimated: plan.length - spans.length,
    plan_unopened: unopened,
  };
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/**
 * Return the cells that keep stages shut, by stage and then by dimension.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Reason[]}
 */
export function findReasons(scorer, result) {
  /** @type {Reason[]} */
  const reasons = [];
  if (scorer.scoring.dimension !== "ladder") return reasons;
  for (const { id } of scorer.data.dimensions) {
    for (const stage of stagesToReach(scorer, result.dimensions[id].stage.low)) {
      const reason = explainCell(scorer, result, id, stage);
      if (reason) reasons.push(reason);
    }
  }
  return byStage(scorer, reasons);
}

/**
 * Return the cells of blocking gates that limit the overall score, by stage and dimension.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Reason[]}
 */
export function findLimits(scorer, result) {
  /** @type {Reason[]} */
  const limits = [];
  for (const [id, item] of result.items.limits) {
    for (const stage of stagesToReach(scorer, scorer.stages(item).low)) {
      const reason = explainCell(scorer, result, id, stage, get(scorer.limitCells, id));
      if (reason) limits.push(reason);
    }
  }
  return byStage(scorer, limits);
}

/**
 * Sort reasons by the level of their stage.
 * @param {Scorer} scorer
 * @param {Reason[]} reasons
 */
const byStage = ({ ladder }, reasons) =>
  reasons.sort((a, b) => ladder.level(a.stage) - ladder.level(b.stage));

/**
 * Return the stages that are not reached; where they are apart, each may be incomplete.
 * @param {Scorer} scorer
 * @param {string | null} reached
 */
function stagesToReach({ ladder }, reached) {
  if (reached === null) return [];
  return ladder.isApart ? ladder.stages.slice(1) : ladder.after(reached);
}

/**
 * Return why a cell is not complete, if it is not.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} dimension
 * @param {string} stage
 * @param {Row} [row] the gates of the dimension that matter, by stage
 * @returns {Reason | null}
 */
export function explainCell(scorer, result, dimension, stage, row = scorer.row(dimension)) {
  const cell = row.get(stage) ?? [];
  const gates = cell.filter(({ id, bonus }) => {
    const { applies, is_open } = get(result.states, id);
    return applies && (is_open || !bonus);
  });
  const shut = gates.filter((gate) => !get(result.states, gate.id).is_open);
  const blocking = shut.filter((gate) => gate.blocking);
  const count = gates.length;
  const open = count - shut.length;
  let needed = 0;
  while (needed < count && !atLeast(needed / count, get(scorer.ladder.needed, stage))) needed += 1;
  const complete = open >= needed || !gates.some((gate) => gate.weight);
  if (complete && !blocking.length) return null;
  // Where the share is made once blocking gates open, the others may stay as they are.
  const others = open + blocking.length >= needed ? [] : shut.filter((gate) => !gate.blocking);
  const named = [...blocking, ...others].map(({ id, blocking }) => {
    return { gate: id, answer: get(result.states, id).answer, blocking };
  });
  const least = Math.max(needed, gates.filter((gate) => gate.blocking).length);
  return { dimension, stage, open, applicable: count, needed: least, gates: named };
}

/**
 * Return met gates with each gate that they require and that is known not to be met.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Diagnosis["second_look_requires"]}
 */
export function findUnmetRequirements(scorer, result) {
  return scorer.gates
    .filter(({ id }) => get(result.states, id).is_open)
    .flatMap(({ id, requires }) => requires.map((required) => ({ gate: id, requires: required })))
    .filter(({ requires }) => {
      const state = result.states.get(requires);
      return state && isUnmet(state);
    });
}

/**
 * Return whether an answer says that a gate is not met, and it may still be met.
 * @param {State} state
 */
const isUnmet = (state) => isShut(state) && mayBeMet(state);

/**
 * Return whether a gate may be met: one that does not apply may not, even if it counts as 0.
 * @param {State} state
 */
export const mayBeMet = ({ answer }) => answer !== NOT_APPLICABLE;

/**
 * Return the gates known not to be met on the way to a stage, with those that they require.
 *
 * On a ladder: what keeps the dimensions that must rise for it from the target, and each of them from
 * its next stage. Elsewhere: all that count. Those whose caps keep the score below the target are among
 * them.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Reason[]} reasons
 * @param {string | null} target
 * @returns {string[]}
 */
export function neededGates(scorer, result, reasons, target) {
  const stateOf = (/** @type {string} */ id) => get(result.states, id);
  const { ladder, scoring } = scorer;
  const onLadder = scoring.dimension === "ladder";
  const reached = result.overall.stage.low;
  const goal = target ? ladder.level(target) : null;
  if (reached && (goal === null ? onLadder : ladder.level(reached) >= goal)) return [];
  const named = onLadder
    ? onTheWay(scorer, result, reasons, goal).flatMap(({ gates }) => gates.map((g) => g.gate))
    : countingGates(scorer);
  const wanted = new Set([
    ...named.filter((id) => isUnmet(stateOf(id))),
    ...shutCaps(scorer, result, onLadder ? target : null).filter((id) => mayBeMet(stateOf(id))),
  ]);
  const requires = new Map(scorer.gates.map((gate) => [gate.id, gate.requires]));
  // A set grows while one walks over it: what is added is visited too.
  for (const id of wanted) {
    for (const required of requires.get(id) ?? []) {
      if (result.states.has(required) && isUnmet(stateOf(required))) wanted.add(required);
    }
  }
  return scorer.gates.map((gate) => gate.id).filter((id) => wanted.has(id));
}

/**
 * Return the gates whose scores the overall score is made of; what weighs 0 in it is not.
 * @param {Scorer} scorer
 * @returns {string[]}
 */
export function countingGates({ counted, data, gates, rule, scoring }) {
  const dimensionRule = rule.of === "groups" ? scoring.group : rule.by;
  const gateRule = rule.of === "gates" ? rule.by : scoring.cell;
  const weights = new Map(data.dimensions.map(({ id, weight }) => [id, weight]));
  const found = gates.filter(({ dimension, weight }) => {
    const byDimension =
      rule.of === "gates" || !WEIGHED.includes(dimensionRule) || get(weights, dimension) > 0;
    const byGate = !WEIGHED.includes(gateRule) || weight > 0;
    return counted.has(dimension) && byDimension && byGate;
  });
  return found.map(({ id }) => id);
}

/**
 * Return the reasons that stand between the overall score and a level, or its next step.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Reason[]} reasons
 * @param {number | null} goal
 * @returns {Reason[]}
 */
function onTheWay(scorer, result, reasons, goal) {
  const { ladder } = scorer;
  const held = heldStage(scorer, result);
  // What holds the result back today is on the way to any stage above it.
  const rising = new Set([...findHolding(scorer, result, goal), ...findHolding(scorer, result)]);
  /** @type {Reason[]} */
  const found = [];
  for (const reason of reasons) {
    const isFirst = !found.some((one) => one.dimension === reason.dimension);
    const low = reachedOf(scorer, result, reason.dimension);
    const isNext = isFirst || isNextStep(scorer, low, reason, reasons);
    const within = reason.stage === held || (goal !== null && ladder.level(reason.stage) <= goal);
    if (rising.has(reason.dimension) && (isNext || within)) found.push(reason);
  }
  return found;
}

/**
 * Return the stage at which a dimension counts: where it only limits, by its blocking gates.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} dimension
 */
function reachedOf(scorer, { dimensions, items }, dimension) {
  if (!scorer.limitCells.has(dimension)) return dimensions[dimension].stage.low;
  return scorer.stages(get(items.limits, dimension)).low;
}

/**
 * Return whether a reason is about the next stage of its dimension above the one that is reached.
 * @param {Scorer} scorer
 * @param {string | null} reached
 * @param {Reason} reason
 * @param {Reason[]} reasons
 */
export function isNextStep({ ladder }, reached, { dimension, stage }, reasons) {
  const own = reasons.filter((one) => one.dimension === dimension).map((one) => one.stage);
  return reached !== null && ladder.after(reached).find((id) => own.includes(id)) === stage;
}

/**
 * Return the stage believed, and its distance from the result where that is settled.
 *
 * Nothing can be compared where no answers lead to an overall stage.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @returns {Diagnosis["believed"]}
 */
export function compareBelief(scorer, assessment, result) {
  const stage = assessment.believed_stage;
  const { low, high } = result.overall.stage;
  if (!stage || high === null || !scorer.ladder.levels.has(stage)) return null;
  const settled = low !== null && low === high;
  return {
    stage,
    levels_above: settled ? scorer.ladder.level(stage) - scorer.ladder.level(low) : null,
  };
}

/**
 * Return met gates that are the root of a ticked symptom, in the order of the rubric.
 * @param {Data} data
 * @param {Assessment} assessment
 * @param {Result} result
 * @returns {Diagnosis["second_look"]}
 */
export function findContradictions(data, assessment, result) {
  const ticked = new Set(assessment.symptoms ?? []);
  return data.symptoms
    .filter((symptom) => ticked.has(symptom.id))
    .flatMap((symptom) => symptom.gates.map((gate) => ({ gate, symptom: symptom.id })))
    .filter(({ gate }) => result.states.get(gate)?.is_open);
}
