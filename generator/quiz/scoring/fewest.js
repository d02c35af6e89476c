/** The fewest gates that lead to the next stage: the twin of `stagebook/scoring/fewest.py`. */

import { isMissing } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { atLeast } from "#core/scoring/rounding.js";
import { mayBeMet } from "#extras/scoring/diagnosis.js";
import { cappingGates, nextStage } from "#extras/scoring/holding.js";
import { orderPlays } from "#extras/scoring/planning.js";

/** @import { PlanItem, Result, State } from "../types.js" */
/** @import { ScoredGate } from "./gates.js" */
/** @import { Row, Scorer } from "./scorer.js" */
/**
 * The fewest gates to open for a stage, with the plays that help with them; `proven` is whether no
 * fewer gates are enough.
 * @typedef {{stage: string, gates: string[], plan: PlanItem[], unopened: string[], proven: boolean}} Fewest
 */
/** The gates of a cell, and which fraction must be open. @typedef {{gates: ScoredGate[], needed: number}} Cell */
/** How many gates must still be opened, of which ones. @typedef {{number: number, gates: string[]}} Demand */

/** Choices that are tried before the best so far is taken: for a model made to be hard. */
export const STEPS = 20_000;

/**
 * Return the fewest gates to open for the next stage.
 *
 * null at the top, where the overall stage is not that of ladders, and where opening gates is not
 * enough. A gate that counts only when it is met is left aside, unless it caps the score.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {number} [steps]
 * @returns {Fewest | null}
 */
export function findFewest(scorer, result, steps = STEPS) {
  const stage = nextStage(scorer, result);
  if (stage === null || !isOfLadders(scorer)) return null;
  const search = new Search(scorer, result.states, steps);
  search.choose(rowsToClimb(scorer, result, stage), [], cappingGates(scorer, result, stage));
  const { best, isProven } = search;
  if (!best) return null;
  const gates = scorer.gates.map(({ id }) => id).filter((id) => best.has(id));
  return { stage, gates, ...orderPlays(scorer.data, gates), proven: isProven };
}

/**
 * Return whether the overall stage is that of one ladder, or of the lowest of several.
 * @param {Scorer} scorer
 */
export function isOfLadders({ rule, scoring }) {
  if (!scoring.has_overall || !scoring.climbs) return false;
  const lowest = rule.of === "dimensions" && rule.by === "min" && scoring.dimension === "ladder";
  return rule.by === "ladder" || lowest;
}

/**
 * Return the cells to complete in each row of cells, as the ways to do so, of which one does.
 *
 * Where stages are apart, the cell of any stage from the target up is enough.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} stage
 * @returns {Cell[][][]}
 */
function rowsToClimb(scorer, { states }, stage) {
  const { ladder } = scorer;
  const level = ladder.level(stage);
  /** @type {Cell[][][]} */
  const rows = [];
  for (const { row, isLimit } of rowsOf(scorer)) {
    const counts = (/** @type {ScoredGate} */ { id, weight }) =>
      get(states, id).applies && (weight > 0 || isLimit);
    // Else it has no part in the overall score.
    if (![...row.values()].flat().some(counts)) continue;
    const stages = ladder.stages.slice(1).filter((id) => row.has(id));
    const cellOf = (/** @type {string} */ id) => {
      return { gates: get(row, id), needed: get(ladder.needed, id) };
    };
    if (ladder.isApart) {
      const above = stages.filter((id) => ladder.level(id) >= level);
      rows.push(above.map((id) => [cellOf(id)]));
    } else {
      rows.push([stages.filter((id) => ladder.level(id) <= level).map(cellOf)]);
    }
  }
  return rows;
}

/**
 * Return the rows of cells that the overall stage is made of.
 * @param {Scorer} scorer
 * @returns {{row: Row, isLimit?: boolean}[]}
 */
function rowsOf(scorer) {
  const { counted, data, limitCells, overallCells, rule } = scorer;
  if (rule.by === "ladder") return [{ row: overallCells }];
  const own = data.dimensions.filter(({ id }) => counted.has(id));
  const limits = [...limitCells.values()].map((row) => ({ row, isLimit: true }));
  return [...own.map(({ id }) => ({ row: scorer.row(id) })), ...limits];
}

/** Tries which gates to open, and remembers the fewest. */
class Search {
  /** @type {Set<string> | null} */
  best = null;
  isProven = true;
  /** The gates that are missing and cannot be opened. @type {Set<string>} */
  #closed;
  /** What each gate that may be opened brings along, itself included. @type {Map<string, string[]>} */
  #brings = new Map();
  #states;
  #steps;

  /**
   * @param {Scorer} scorer
   * @param {Map<string, State>} states
   * @param {number} steps
   */
  constructor(scorer, states, steps) {
    this.#states = states;
    this.#steps = steps;
    const all = scorer.gates.filter(({ id, bonus }) => isMissing(get(states, id)) && !bonus);
    const missing = all.filter(({ id }) => mayBeMet(get(states, id)));
    this.#closed = new Set(all.filter((gate) => !missing.includes(gate)).map(({ id }) => id));
    const requires = new Map(missing.map((gate) => [gate.id, gate.requires]));
    for (const { id } of missing) {
      const found = new Set([id]);
      // A set grows while one walks over it.
      for (const one of found) {
        for (const other of requires.get(one) ?? []) if (requires.has(other)) found.add(other);
      }
      this.#brings.set(id, [...found]);
    }
  }

  /**
   * Choose a way to climb each row; try which gates to open for the cells of these ways.
   * @param {Cell[][][]} rows
   * @param {Cell[]} cells
   * @param {string[]} gates
   */
  choose(rows, cells, gates) {
    if (!rows.length) {
      const blocking = cells.flatMap((cell) => cell.gates.filter((gate) => gate.blocking));
      const named = [...gates, ...blocking.map(({ id }) => id)];
      if (named.some((id) => this.#closed.has(id))) return;
      const known = named.filter((id) => this.#brings.has(id));
      this.#open(cells, this.#withRequired(gates, known), new Set());
      return;
    }
    for (const way of rows[0]) this.choose(rows.slice(1), [...cells, ...way], gates);
  }

  /**
   * Return opened gates with others and what those require.
   * @param {Iterable<string>} opened
   * @param {string[]} gates
   */
  #withRequired(opened, gates) {
    return new Set([...opened, ...gates.flatMap((id) => get(this.#brings, id))]);
  }

  /**
   * Open what completes the cells, beside what is opened, without what is to stay shut.
   * @param {Cell[]} cells
   * @param {Set<string>} opened
   * @param {Set<string>} shut
   */
  #open(cells, opened, shut) {
    this.#steps -= 1;
    if (this.#steps < 0) {
      this.isProven = false;
      return;
    }
    const short = cells.flatMap((cell) => this.#demandOf(cell, opened, shut) ?? []);
    if (this.best && opened.size + bound(short) >= this.best.size) return;
    if (short.some(({ number, gates }) => number > gates.length)) return;
    const forced = short.flatMap((one) => (one.number === one.gates.length ? one.gates : []));
    const goOn = (/** @type {string[]} */ gates) => {
      const more = this.#withRequired(opened, gates);
      if (![...more].some((id) => shut.has(id))) this.#open(cells, more, shut);
    };
    if (forced.length) {
      goOn(forced);
      return;
    }
    const tangled = this.#tangled(short, opened);
    if (tangled === null) {
      const first = short.flatMap((one) => this.#plain(short, opened, one).slice(0, one.number));
      this.best = new Set([...opened, ...first]);
      return;
    }
    goOn([tangled]);
    this.#open(cells, opened, new Set([...shut, tangled]));
  }

  /**
   * Return what a cell still needs; null where it is complete.
   * @param {Cell} cell
   * @param {Set<string>} opened
   * @param {Set<string>} shut
   * @returns {Demand | null}
   */
  #demandOf({ gates, needed }, opened, shut) {
    const applying = gates.filter(({ id }) => get(this.#states, id).applies || opened.has(id));
    const isOpen = (/** @type {ScoredGate} */ { id }) =>
      get(this.#states, id).is_open || opened.has(id);
    const open = applying.filter(isOpen).length;
    const count = applying.filter((gate) => isOpen(gate) || !gate.bonus).length;
    let number = 0;
    while (number < count && !atLeast(number / count, needed)) number += 1;
    if (number <= open || !applying.some(({ weight }) => weight > 0)) return null;
    const left = gates.map(({ id }) => id).filter((id) => this.#brings.has(id) && !opened.has(id));
    return { number: number - open, gates: left.filter((id) => !shut.has(id)) };
  }

  /**
   * Return the gates of a demand that bring nothing along and serve no other purpose.
   * @param {Demand[]} short
   * @param {Set<string>} opened
   * @param {Demand} demand
   */
  #plain(short, opened, { gates }) {
    const named = namedBy(short);
    return gates.filter((id) => {
      const bringing = named.filter((one) => get(this.#brings, one).includes(id));
      return bringing.length === 1 && this.#cost(id, opened) === 1;
    });
  }

  /**
   * Return how many gates are opened with one.
   * @param {string} id
   * @param {Set<string>} opened
   */
  #cost(id, opened) {
    return get(this.#brings, id).filter((one) => !opened.has(one)).length;
  }

  /**
   * Return a gate of which it is not clear whether to open it; null where plain ones do.
   *
   * Where enough plain gates complete a cell, no other gate of it can save one.
   * @param {Demand[]} short
   * @param {Set<string>} opened
   */
  #tangled(short, opened) {
    const named = namedBy(short);
    const scarce = short.filter((one) => this.#plain(short, opened, one).length < one.number);
    const unclear = new Set(scarce.flatMap(({ gates }) => gates));
    for (const id of named) if (times(id, named) > 1) unclear.add(id);
    const open = [...this.#brings]
      .filter(([id, brings]) => named.includes(id) && brings.some((one) => unclear.has(one)))
      .map(([id]) => ({ id, cost: this.#cost(id, opened) }));
    const least = Math.min(...open.map(({ cost }) => cost));
    return open.find(({ cost }) => cost === least)?.id ?? null;
  }
}

/** @param {Demand[]} short */
const namedBy = (short) => short.flatMap(({ gates }) => gates);

/**
 * @param {string} id
 * @param {string[]} named
 */
const times = (id, named) => named.filter((one) => one === id).length;

/**
 * Return how many gates must be opened at least.
 * @param {Demand[]} short
 */
function bound(short) {
  const named = namedBy(short);
  const most = Math.max(1, ...named.map((id) => times(id, named)));
  return Math.ceil(short.reduce((total, { number }) => total + number, 0) / most);
}
