/** What each number of a result was made of: the twin of `stagebook/scoring/trace.py`. */

/** @import { Calculation, Item, Result } from "../types.js" */
/** @import { Outcome, Scorer } from "./scorer.js" */

/**
 * Return the calculations from the overall score down, for all that has a score.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Calculation[]}
 */
export function findCalculations({ scoring }, { items }) {
  const calculations = traced(items.overall);
  for (const group of items.groups.values()) calculations.push(...traced(group));
  for (const limit of items.limits.values()) calculations.push(...traced(limit));
  const onLadder = scoring.dimension === "ladder";
  for (const [id, topic] of items.topics) {
    const cells = (!onLadder && items.topicCells.get(id)) || new Map();
    calculations.push(...traceRow(topic, id, "topic", cells));
  }
  for (const [id, dimension] of items.dimensions) {
    const cells = (!onLadder && items.cells.get(id)) || new Map();
    calculations.push(...traceRow(dimension, id, "dimension", cells));
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
function traceRow(item, id, of, cells) {
  if (cells.size === 1) {
    // What has one cell is made of that cell's gates.
    const [cell] = cells.values();
    const [made] = traced(cell.item);
    const [told] = traced(item);
    if (!made || !told) return [];
    return [
      { ...made, of, id, value: told.value, times: told.times === 1 ? made.times : told.times },
    ];
  }
  const kind = of === "dimension" ? "cell" : "topic-cell";
  const ofCells = [...cells].flatMap(([stage, cell]) => {
    return traced(cell.item).map((one) => ({ ...one, of: kind, id: `${id}/${stage}` }));
  });
  return [...traced(item), ...ofCells];
}

/**
 * Return the calculation of a score, if there is one.
 * @param {Item | null} item
 * @returns {Calculation[]}
 */
function traced(item) {
  if (!item?.trace || item.so_far === null) return [];
  return [{ of: item.of, id: item.id, ...item.trace, value: item.so_far }];
}
