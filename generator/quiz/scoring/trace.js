/** What each number of a result was made of: the twin of `stagebook/scoring/trace.py`. */

/** @import { Calculation, Item, Result } from "../types.js" */
/** @import { Scorer } from "./scorer.js" */

/**
 * Return the calculations from the overall score down, for all that has a score.
 * @param {Scorer} scorer
 * @param {Result} result
 * @returns {Calculation[]}
 */
export function findCalculations({ scoring }, { items }) {
  const { times } = scoring;
  const calculations = traced(items.overall).map((one) => {
    return { ...one, value: one.value * times, times };
  });
  for (const group of items.groups.values()) calculations.push(...traced(group));
  for (const [id, dimension] of items.dimensions) {
    const row = [...(items.cells.get(id) ?? [])];
    if (scoring.dimension === "ladder") {
      calculations.push(...traced(dimension));
    } else if (row.length > 1) {
      calculations.push(...traced(dimension));
      for (const [stage, cell] of row)
        calculations.push(...traced(cell.item, "cell", `${id}/${stage}`));
    } else {
      // A dimension of one cell is made of that cell's gates.
      for (const [, cell] of row) calculations.push(...traced(cell.item, "dimension", id));
    }
  }
  return calculations;
}

/**
 * Return the calculation of a score if there is one, under another name if one is given.
 * @param {Item | null} item
 * @param {string} [of]
 * @param {string} [id]
 * @returns {Calculation[]}
 */
function traced(item, of = item?.of ?? "", id = item?.id ?? "") {
  if (!item?.trace || item.so_far === null) return [];
  return [{ of, id, ...item.trace, value: item.so_far, times: 1 }];
}
