/** What each number of a result was made of: the twin of `stagebook/scoring/trace.py`. */

/** @import { Calculation, Item, Result } from "../types.js" */
/** @import { Outcome, Scorer } from "./scorer.js" */

/**
 * Return the calculations from the overall score down, for all that has a score.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Calculation[]}
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
    const named = scorer.gates.filter((gate) => counted.has(gate.dimension)).map((gate) => gate.id);
    parts = gateParts(scorer, result, named);
  } else if (rule.of === "dimensions") {
    parts = dimensionParts(scorer, result, [...counted]);
  } else {
    const groups = data.dimensions.filter(({ id }) => counted.has(id)).map(({ group }) => group);
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
    const members = scorer.data.dimensions.filter(({ group }) => group === id);
    const named = members.map((dimension) => dimension.id);
    const parts = dimensionParts(scorer, result, named);
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
  return calculations;
}

/**
 * Return how a dimension or topic is made of its cells, and each cell of its gates.
 * @param {Item | null} item
 * @param {string} id
 * @param {"dimension" | "topic"} of
 * @param {Map<string, Outcome>} cells
 * @returns {Calculation[]}
 */
function step(of, id, by, parts, value) {
  const weighted = by === "mean" || by === "ladder";
  const counting = parts.filter((part) => part.weight > 0 || !weighted);
  return { of, id, by, parts: counting, value, base: null, next: null, times: 1 };
}
