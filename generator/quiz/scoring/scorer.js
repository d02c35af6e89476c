/** The scoring algebra: the twin of `stagebook/scoring/scorer.py`. */

import { ANY_STAGE, isShut, NOT_APPLICABLE, ScoredGate, UNKNOWN } from "./gates.js";
import { get, reduceItems, WEIGHED } from "./intervals.js";
import { Ladder } from "./ladder.js";
import { reaches } from "./rounding.js";

/**
 * @import { Assessment, Data, DimensionResult, Item, Items, Part, Result, Score, Stages, State }
 *   from "../types.js"
 */

/**
 * What the states of a cell's gates make of it: its score, and its fraction on a ladder.
 *
 * A fraction is 1 for a complete cell; unanswered gates count as shut in `low`, as met in `high`, and
 * not at all in `so_far`, which is the mean of `shares`.
 * @typedef {{item: Item | null, low: number, high: number, so_far: number, shares: Part[]}} Outcome
 */

/** @type {Stages} */
const NO_STAGES = { low: null, high: null, so_far: null };

/** A rubric prepared for scoring, once for any number of assessments. */
export class Scorer {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.scoring = data.scoring;
    this.ladder = new Ladder(data);
    this.gates = data.gates.map((gate) => new ScoredGate(gate, data));
    /** @type {Map<ScoredGate[], {own: State[], outcome: Outcome}>} */
    this.outcomes = new Map();
    /** @type {Map<string, Map<string, ScoredGate[]>>} */
    this.cells = new Map();
    for (const { id } of data.dimensions) {
      const mine = this.gates.filter((gate) => gate.dimension === id);
      const row = [ANY_STAGE, ...this.ladder.stages]
        .map((stage) => /** @type {const} */ ([stage, mine.filter((g) => g.stage === stage)]))
        .filter(([, gates]) => gates.length);
      this.cells.set(id, new Map(row));
    }
    this.counted = countedDimensions(data);
  }

  /**
   * Return the gates of a dimension by stage.
   * @param {string} dimension
   */
  row(dimension) {
    return /** @type {Map<string, ScoredGate[]>} */ (this.cells.get(dimension));
  }

  /**
   * Score an assessment.
   * @param {Assessment} assessment
   * @returns {Result}
   */
  score(assessment) {
    /** @type {Map<string, State>} */
    const states = new Map(this.gates.map((gate) => [gate.id, gate.state(assessment)]));
    const items = this.items(states);
    return {
      states,
      coverage: coverage(states),
      overall: this.overall(items.overall),
      groups: fromMap(items.groups, scoreOf),
      dimensions: fromMap(items.dimensions, (item, id) => {
        return { ...scoreOf(item), stage: this.stages(item), shut: this.shut(id, item, states) };
      }),
      cells: fromMap(items.cells, (row) => fromMap(row, ({ item }) => scoreOf(item))),
      items,
    };
  }

  /**
   * Reduce gates to cells, cells to dimensions, and these to groups and the overall score.
   * @param {Map<string, State>} states
   * @returns {Items}
   */
  items(states) {
    /** @type {Items["cells"]} */
    const cells = new Map();
    /** @type {Items["dimensions"]} */
    const dimensions = new Map();
    const by = this.scoring.dimension;
    for (const { id, weight } of this.data.dimensions) {
      /** @type {Map<string, Outcome>} */
      const row = new Map();
      for (const [stage, gates] of this.row(id)) row.set(stage, this.outcome(stage, gates, states));
      cells.set(id, row);
      const ofCells = [...row.values()].map((cell) => cell.item);
      const item =
        by === "ladder"
          ? this.climb(id, row, states, weight)
          : reduceItems(by, ofCells, "dimension", id, weight);
      dimensions.set(id, item);
    }
    const groups = this.group(dimensions);
    return { overall: this.overallItem(states, dimensions, groups), groups, dimensions, cells };
  }

  /**
   * Return the outcome of a cell as `scoreCell` does; the last one is remembered, because an answer
   * changes one cell of many.
   * @param {string} stage
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   * @returns {Outcome}
   */
  outcome(stage, gates, states) {
    const own = gates.map((gate) => get(states, gate.id));
    const last = this.outcomes.get(gates);
    if (last && own.every((state, index) => state === last.own[index])) return last.outcome;
    const outcome = this.scoreCell(stage, gates, states);
    this.outcomes.set(gates, { own, outcome });
    return outcome;
  }

  /**
   * Return the outcome of a cell; `outcome` is the same, remembered.
   * @param {string} stage
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   * @returns {Outcome}
   */
  scoreCell(stage, gates, states) {
    const items = gates.map((gate) => gate.item(get(states, gate.id)));
    return {
      item: reduceItems(this.scoring.cell, items, "cell", stage),
      low: this.ladder.fraction(gates, states, 0),
      high: this.ladder.fraction(gates, states, 1),
      so_far: this.ladder.fraction(gates, states, null),
      shares: this.ladder.shares(gates, states),
    };
  }

  /**
   * Return a dimension's place on the ladder: the level reached, plus a part of the next.
   * @param {string} dimension
   * @param {Map<string, Outcome>} cells
   * @param {Map<string, State>} states
   * @param {number} weight
   * @returns {Item | null}
   */
  climb(dimension, cells, states, weight) {
    const gates = [...this.row(dimension).values()].flat();
    const own = gates.map((gate) => get(states, gate.id));
    if (!gates.some(({ id, weight }) => weight && get(states, id).applies)) return null;
    const answered = own.some((state) => state.score !== null);
    const low = this.ladder.climb((stage) => cells.get(stage)?.low);
    const high = this.ladder.climb((stage) => cells.get(stage)?.high);
    const so_far = this.ladder.climb((stage) => cells.get(stage)?.so_far);
    const settled = gates.some(({ id, weight }) => weight && get(states, id).score !== null);
    // Where nothing is answered of the cell in which it ends, that counts as its lowest.
    const now = low.position > so_far.position ? low : so_far;
    const parts = cells.get(now.next ?? "")?.shares ?? [];
    const made = parts.length
      ? { base: now.level, next: now.next }
      : { base: now.position, next: null };
    return {
      low: low.position,
      high: high.position,
      so_far: answered ? now.position : null,
      weight,
      optional: !settled && this.scoring.not_applicable === "exclude",
      of: "dimension",
      id: dimension,
      trace: { by: "ladder", parts, ...made },
    };
  }

  /**
   * Reduce the dimensions that name the same group.
   * @param {Map<string, Item | null>} dimensions
   * @returns {Map<string, Item | null>}
   */
  group(dimensions) {
    /** @type {Map<string, (Item | null)[]>} */
    const members = new Map(this.data.groups.map((group) => [group.id, []]));
    for (const { id, group } of this.data.dimensions) {
      if (!group) continue;
      members.set(group, [...(members.get(group) ?? []), get(dimensions, id)]);
    }
    const named = [...members].filter(([, items]) => items.length);
    const by = this.scoring.group;
    return new Map(named.map(([id, items]) => [id, reduceItems(by, items, "group", id)]));
  }

  /**
   * Reduce gates, dimensions or groups, core ones alone if so asked.
   * @param {Map<string, State>} states
   * @param {Map<string, Item | null>} dimensions
   * @param {Map<string, Item | null>} groups
   * @returns {Item | null}
   */
  overallItem(states, dimensions, groups) {
    const rule = this.scoring.overall;
    /** @type {(Item | null)[]} */
    let counted;
    if (rule.of === "gates") {
      const own = this.gates.filter((gate) => this.counted.has(gate.dimension));
      counted = own.map((gate) => gate.item(get(states, gate.id)));
    } else if (rule.of === "dimensions") {
      counted = [...dimensions].filter(([id]) => this.counted.has(id)).map(([, item]) => item);
    } else {
      const own = this.data.dimensions.filter((one) => this.counted.has(one.id));
      const ids = new Set(own.map((one) => one.group));
      counted = [...groups].filter(([id]) => ids.has(id)).map(([, item]) => item);
    }
    return reduceItems(rule.by, counted, "overall", "");
  }

  /**
   * Return the overall score with the stages and bands that it reaches.
   * @param {Item | null} item
   * @returns {Result["overall"]}
   */
  overall(item) {
    const rule = this.scoring.overall;
    const numbers = each(scoreOf(item), (number) => number * this.scoring.times);
    const bands = each(numbers, (number) => this.band(number));
    const onLadder = this.scoring.dimension === "ladder" && rule.of !== "gates";
    let stage = onLadder && rule.by !== "sum" ? this.stages(item) : NO_STAGES;
    const of = this.scoring.bands?.of ?? [];
    if (of.some((band) => band.stage)) {
      stage = each(bands, (id) => of.find((band) => band.id === id)?.stage ?? null);
    }
    return { ...numbers, stage, band: bands.low === bands.high ? bands.low : null, bands };
  }

  /**
   * Return the band in which an overall score lies, if it lies in one.
   * @param {number} score
   * @returns {string | null}
   */
  band(score) {
    const bands = this.scoring.bands;
    if (!bands) return null;
    if (bands.edge === "upper") return bands.of.find((band) => reaches(band.at, score))?.id ?? null;
    const below = bands.of.filter((band) => reaches(score, band.at));
    return below.length ? below[below.length - 1].id : null;
  }

  /**
   * Return the stages on the ladder at which the three numbers stand.
   * @param {Item | null} item
   * @returns {Stages}
   */
  stages(item) {
    if (this.scoring.dimension !== "ladder") return NO_STAGES;
    return each(scoreOf(item), (score) => this.ladder.findStage(score));
  }

  /**
   * Return the gates known to be shut, blocking ones first; on a ladder, of the next step.
   * @param {string} dimension
   * @param {Item | null} item
   * @param {Map<string, State>} states
   * @returns {string[]}
   */
  shut(dimension, item, states) {
    if (!item) return [];
    const row = this.row(dimension);
    const stage = this.stages(item).low;
    const stages = stage === null ? [...row.keys()] : this.ladder.after(stage).slice(0, 1);
    const gates = stages.flatMap((id) => row.get(id) ?? []);
    const shut = gates.filter((gate) => isShut(get(states, gate.id)));
    return shut.sort((a, b) => Number(b.blocking) - Number(a.blocking)).map((gate) => gate.id);
  }
}

/**
 * Prepare a rubric for scoring.
 * @param {Data} data
 */
export const createScorer = (data) => new Scorer(data);

/**
 * Apply a function to those of three values that there are.
 * @template T, U
 * @param {{low: T | null, high: T | null, so_far: T | null}} three
 * @param {(value: T) => U | null} make
 * @returns {{low: U | null, high: U | null, so_far: U | null}}
 */
function each({ low, high, so_far }, make) {
  const one = (/** @type {T | null} */ value) => (value === null ? null : make(value));
  return { low: one(low), high: one(high), so_far: one(so_far) };
}

/**
 * Return the dimensions that count to the overall score: core ones alone if so asked; where it is made
 * of groups, all of a group that counts.
 * @param {Data} data
 * @returns {Set<string>}
 */
export function countedDimensions({ dimensions, scoring: { overall } }) {
  const core = dimensions.filter((one) => one.core);
  let counted = overall.only === "core" && core.length ? core : dimensions;
  if (overall.of === "groups") {
    const groups = new Set(counted.map((one) => one.group));
    counted = dimensions.filter((one) => one.group && groups.has(one.group));
  }
  return new Set(counted.map((one) => one.id));
}

/**
 * Return the gates whose scores the overall score is made of; what weighs 0 in it is not.
 * @param {Scorer} scorer
 * @returns {string[]}
 */
export function countingGates({ counted, data, gates, scoring }) {
  const rule = scoring.overall;
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
 * Return an object made from the values of a map.
 * @template T, U
 * @param {Map<string, T>} map
 * @param {(value: T, id: string) => U} make
 * @returns {Record<string, U>}
 */
function fromMap(map, make) {
  return Object.fromEntries([...map].map(([id, value]) => [id, make(value, id)]));
}

/**
 * Return the three numbers of an item; none for what does not apply.
 * @param {Item | null} item
 * @returns {Score}
 */
export function scoreOf(item) {
  if (!item) return { low: null, high: null, so_far: null };
  return { low: item.low, high: item.high, so_far: item.so_far };
}

/**
 * Count the gates, and how they were answered.
 * @param {Map<string, State>} states
 * @returns {Result["coverage"]}
 */
export function coverage(states) {
  const found = { gates: 0, answered: 0, unknown: 0, not_applicable: 0, unanswered: 0 };
  for (const { answer } of states.values()) {
    found.gates += 1;
    if (answer === null) found.unanswered += 1;
    else if (answer === UNKNOWN) found.unknown += 1;
    else if (answer === NOT_APPLICABLE) found.not_applicable += 1;
    else found.answered += 1;
  }
  return found;
}
