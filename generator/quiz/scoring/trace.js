/** What each number of a result was made of: the twin of `stagebook/scoring/trace.py`. */

/** @import { Part, Result, Step } from "../types.js" */
/** @import { Scorer } from "./scorer.js" */

/**
 * Return the steps from the overall score down, for all that has a score.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Step[]}
 */
export function findSteps(scorer, result) {
  return [
    ...overallStep(scorer, result),
    ...groupSteps(scorer, result),
    ...dimensionSteps(scorer, result),
  ];
}

/**
 * Return how the overall score is made.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Step[]}
 */
function overallStep(scorer, result) {
  const rule = scorer.scoring.overall;
  const value = result.overall.so_far;
  if (value === null) return [];
  const { counted, data } = scorer;
  /** @type {Part[]} */
  let parts = [];
  if (rule.of === "gates") {
    const named = scorer.gates.filter((gate) => counted.has(gate.dimension)).map((one) => one.id);
    parts = gateParts(scorer, result, named);
  } else if (rule.of === "dimensions") {
    parts = dimensionParts(scorer, result, [...counted]);
  } else {
    const groups = data.dimensions.filter((one) => counted.has(one.id)).map((one) => one.group);
    for (const [id, { so_far }] of Object.entries(result.groups)) {
      if (groups.includes(id) && so_far !== null) {
        parts.push({ of: "group", id, value: so_far, weight: 1 });
      }
    }
  }
  return [{ ...step("overall", "", rule.by, parts, value), times: scorer.scoring.times }];
}

/**
 * Return how each group is made of its dimensions.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Step[]}
 */
function groupSteps(scorer, result) {
  return Object.entries(result.groups).flatMap(([id, { so_far }]) => {
    if (so_far === null) return [];
    const own = scorer.data.dimensions.filter((one) => one.group === id).map((one) => one.id);
    const parts = dimensionParts(scorer, result, own);
    return [step("group", id, scorer.scoring.group, parts, so_far)];
  });
}

/**
 * Return how each dimension is made of its cells, and each cell of its gates.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Step[]}
 */
function dimensionSteps(scorer, result) {
  /** @type {Step[]} */
  const steps = [];
  for (const { id } of scorer.data.dimensions) {
    const { so_far } = result.dimensions[id];
    if (so_far === null) continue;
    if (scorer.scoring.dimension === "ladder") {
      steps.push(ladderStep(scorer, result, id, so_far));
      continue;
    }
    const row = scorer.row(id);
    /** @type {[string, number][]} */
    const cells = [];
    for (const [stage, score] of Object.entries(result.cells[id])) {
      if (score.so_far !== null) cells.push([stage, score.so_far]);
    }
    if (row.size > 1) {
      const parts = cells.map(([stage, value]) => ({ of: "cell", id: stage, value, weight: 1 }));
      steps.push(step("dimension", id, scorer.scoring.dimension, parts, so_far));
    }
    for (const [stage, value] of cells) {
      const gates = (row.get(stage) ?? []).map((gate) => gate.id);
      const of = row.size > 1 ? "cell" : "dimension";
      const name = row.size > 1 ? `${id}/${stage}` : id;
      steps.push(step(of, name, scorer.scoring.cell, gateParts(scorer, result, gates), value));
    }
  }
  return steps;
}

/**
 * Return how a place on the ladder is made: the level reached, and the cell that ends there.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} dimension
 * @param {number} value
 * @returns {Step}
 */
function ladderStep(scorer, result, dimension, value) {
  const stage = scorer.ladder.findStage(value) ?? scorer.ladder.stages[0];
  const following = scorer.ladder.after(stage)[0] ?? null;
  const gates = (scorer.row(dimension).get(following) ?? []).map((gate) => gate.id);
  const parts = gateParts(scorer, result, gates, true);
  const made = step("dimension", dimension, "ladder", parts, value);
  if (!made.parts.length) return { ...made, base: value, next: null };
  return { ...made, base: scorer.ladder.level(stage), next: following };
}

/**
 * Return gates that have a score as parts.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string[]} named
 * @param {boolean} [shares] of the top of the scale, as on a ladder
 * @returns {Part[]}
 */
function gateParts(scorer, result, named, shares = false) {
  return scorer.gates.flatMap((gate) => {
    const score = result.states.get(gate.id)?.score ?? null;
    if (score === null || !named.includes(gate.id)) return [];
    const value = shares ? gate.share(score) : score;
    return [{ of: "gate", id: gate.id, value, weight: gate.weight }];
  });
}

/**
 * Return dimensions that have a score as parts.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string[]} named
 * @returns {Part[]}
 */
function dimensionParts(scorer, result, named) {
  return scorer.data.dimensions.flatMap(({ id, weight }) => {
    const value = result.dimensions[id].so_far;
    return value === null || !named.includes(id) ? [] : [{ of: "dimension", id, value, weight }];
  });
}

/**
 * Return a step; what has no weight is no part of a mean.
 * @param {string} of
 * @param {string} id
 * @param {string} by
 * @param {Part[]} parts
 * @param {number} value
 * @returns {Step}
 */
function step(of, id, by, parts, value) {
  const weighted = by === "mean" || by === "ladder";
  const kept = parts.filter((part) => part.weight > 0 || !weighted);
  return { of, id, by, parts: kept, value, base: null, next: null, times: 1 };
}
