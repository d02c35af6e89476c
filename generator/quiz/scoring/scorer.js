/** The scoring algebra: the twin of `stagebook/scoring/scorer.py`. */

import {
  ANY_STAGE,
  fallsShort,
  isShut,
  mayCap,
  NOT_APPLICABLE,
  ScoredGate,
  UNKNOWN,
} from "./gates.js";
import { get, limit, limited, multiply, reduceItems } from "./intervals.js";
import { Ladder } from "./ladder.js";
import { atLeast } from "./rounding.js";

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

/** @typedef {Map<string, ScoredGate[]>} Row the gates of a dimension or topic, by stage */

/** What there is of three numbers, or of their stages, where there is nothing. */
const NOTHING = { low: null, high: null, so_far: null };

/** A rubric prepared for scoring, once for any number of assessments. */
export class Scorer {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.scoring = data.scoring;
    this.rule = data.scoring.overall;
    this.ladder = new Ladder(data);
    this.gates = data.gates.map((gate) => new ScoredGate(gate, data));
    this.counted = countedDimensions(data);
    /** @type {Map<ScoredGate[], {own: State[], outcome: Outcome}>} */
    this.outcomes = new Map();
    this.cells = new Map(
      data.dimensions.map(({ id }) => [id, this.sortCells((gate) => gate.dimension === id)]),
    );
    /** The blocking gates of dimensions that limit the overall score by them alone. */
    this.limitCells = new Map(
      this.limiting().map((id) => [
        id,
        this.sortCells((gate) => gate.dimension === id && gate.blocking),
      ]),
    );
    this.topicCells = new Map(
      data.topics.map(({ id }) => [id, this.sortCells((gate) => gate.topic === id)]),
    );
    this.overallCells = this.sortCells(({ dimension }) => this.counted.has(dimension));
    this.capping = this.gates.filter((gate) => gate.cap);
  }

  /** Return the dimensions that limit the overall score by their blocking gates alone. */
  limiting() {
    const { blocking, by, of } = this.rule;
    const ofLadders = of === "dimensions" && this.scoring.dimension === "ladder";
    if (blocking === "counted" || by !== "min" || !ofLadders) return [];
    return this.data.dimensions.map(({ id }) => id).filter((id) => !this.counted.has(id));
  }

  /**
   * Sort gates into cells, by level.
   * @param {(gate: ScoredGate) => boolean} belongs
   * @returns {Row}
   */
  sortCells(belongs) {
    const gates = this.gates.filter(belongs);
    const cells = [ANY_STAGE, ...this.ladder.stages].map((stage) => {
      return /** @type {const} */ ([stage, gates.filter((gate) => gate.stages.includes(stage))]);
    });
    return new Map(cells.filter(([, cell]) => cell.length));
  }

  /**
   * Return the gates of a dimension by stage.
   * @param {string} dimension
   */
  row(dimension) {
    return get(this.cells, dimension);
  }

  /**
   * Score an assessment.
   * @param {Assessment} assessment
   * @returns {Result}
   */
  score(assessment) {
    return this.scoreStates(new Map(this.gates.map((gate) => [gate.id, gate.state(assessment)])));
  }

  /**
   * Score the states of all gates, such as they are or might be.
   * @param {Map<string, State>} states
   * @returns {Result}
   */
  scoreStates(states) {
    const row = this.rule.by === "ladder" ? this.rowOutcomes(this.overallCells, states) : new Map();
    const items = this.items(states, row);
    return {
      states,
      coverage: coverage(states),
      overall: this.overall(items.overall, states),
      groups: fromMap(items.groups, scoreOf),
      topics: fromMap(items.topics, scoreOf),
      dimensions: fromMap(items.dimensions, (item, id) => {
        return { ...scoreOf(item), stage: this.stages(item), shut: this.shut(id, item, states) };
      }),
      cells: fromMap(items.cells, (cells) => fromMap(cells, ({ item }) => scoreOf(item))),
      stages: fromMap(row, ({ low, high, so_far }) => ({ low, high, so_far })),
      items,
    };
  }

  /**
   * Reduce gates to cells, cells to dimensions, and these to groups and the overall score.
   * @param {Map<string, State>} states
   * @param {Map<string, Outcome>} row the cells of an overall ladder
   * @returns {Items}
   */
  items(states, row) {
    const weights = this.data.dimensions.map((one) => one.weight);
    const [dimensions, cells] = this.reduceRows("dimension", this.cells, states, weights);
    const [limits] = this.reduceRows("limit", this.limitCells, states);
    const [topics, topicCells] = this.reduceRows("topic", this.topicCells, states);
    const groups = this.group(dimensions);
    const raw = this.overallItem(states, dimensions, limits, groups, row);
    const overall = limit(multiply(raw, this.scoring.times), this.caps(states));
    return { overall, groups, topics, dimensions, limits, cells, topicCells };
  }

  /**
   * Reduce the cells of each of some rows; return the scores of the rows and the outcomes of their cells.
   * @param {string} of
   * @param {Map<string, Row>} rows
   * @param {Map<string, State>} states
   * @param {number[]} [weights] those of the rows, if they are not all 1
   * @returns {[Map<string, Item | null>, Map<string, Map<string, Outcome>>]}
   */
  reduceRows(of, rows, states, weights = []) {
    const items = new Map();
    const cells = new Map();
    for (const [id, row] of rows) {
      const outcomes = this.rowOutcomes(row, states);
      const item = this.reduceRow(of, id, row, outcomes, states, weights[items.size]);
      items.set(id, this.scaled(item));
      cells.set(id, outcomes);
    }
    return [items, cells];
  }

  /**
   * Return an item times the factor of its level.
   * @param {Item | null} item
   */
  scaled(item) {
    const level = item && this.scoring.levels[item.of];
    return level ? multiply(item, level.times) : item;
  }

  /**
   * Return the outcome of each cell of a row, by stage.
   * @param {Row} row
   * @param {Map<string, State>} states
   * @returns {Map<string, Outcome>}
   */
  rowOutcomes(row, states) {
    return new Map([...row].map(([stage, gates]) => [stage, this.outcome(stage, gates, states)]));
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
      low: this.ladder.fraction(stage, gates, states, 0),
      high: this.ladder.fraction(stage, gates, states, 1),
      so_far: this.ladder.fraction(stage, gates, states, null),
      shares: this.ladder.shares(gates, states),
    };
  }

  /**
   * Reduce the cells of a row, or climb them.
   * @param {string} of
   * @param {string} id
   * @param {Row} row
   * @param {Map<string, Outcome>} cells
   * @param {Map<string, State>} states
   * @param {number} [weight]
   * @returns {Item | null}
   */
  reduceRow(of, id, row, cells, states, weight = 1) {
    const by = this.scoring.dimension;
    if (of === "overall" || by === "ladder") return this.climb(of, id, row, cells, states, weight);
    return reduceItems(
      by,
      [...cells.values()].map((cell) => cell.item),
      of,
      id,
      weight,
    );
  }

  /**
   * Return a position on the ladder: the level reached, plus a part of the next.
   * @param {string} of
   * @param {string} id
   * @param {Row} row
   * @param {Map<string, Outcome>} cells
   * @param {Map<string, State>} states
   * @param {number} weight
   * @returns {Item | null}
   */
  climb(of, id, row, cells, states, weight) {
    const gates = [...row.values()].flat();
    // A gate without weight limits as much as another.
    const weighs = (/** @type {ScoredGate} */ gate) => gate.weight > 0 || of === "limit";
    if (!gates.some((gate) => weighs(gate) && get(states, gate.id).applies)) return null;
    const answered = gates.some(({ id }) => {
      const { score, applies } = get(states, id);
      return score !== null && applies;
    });
    const low = this.ladder.climb(cells, "low");
    const high = this.ladder.climb(cells, "high");
    const so_far = this.ladder.climb(cells, "so_far");
    const isSure = (/** @type {ScoredGate} */ gate) =>
      gate.item(get(states, gate.id))?.optional === false;
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
      optional: !gates.some((gate) => weighs(gate) && isSure(gate)),
      of,
      id,
      trace: { by: "ladder", parts, ...made, times: 1, cap: null },
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
    return new Map(
      named.map(([id, items]) => [id, this.scaled(reduceItems(by, items, "group", id))]),
    );
  }

  /**
   * Reduce gates, dimensions or groups, core ones alone if so asked.
   * @param {Map<string, State>} states
   * @param {Map<string, Item | null>} dimensions
   * @param {Map<string, Item | null>} limits
   * @param {Map<string, Item | null>} groups
   * @param {Map<string, Outcome>} row
   * @returns {Item | null}
   */
  overallItem(states, dimensions, limits, groups, row) {
    const { counted, rule } = this;
    if (!this.scoring.has_overall) return null;
    if (rule.by === "ladder") return this.reduceRow("overall", "", this.overallCells, row, states);
    let items = [...counted].map((id) => get(dimensions, id));
    if (rule.of === "gates") {
      const own = this.gates.filter((gate) => counted.has(gate.dimension));
      items = own.map((gate) => gate.item(get(states, gate.id)));
    } else if (rule.of === "groups") {
      const own = this.data.dimensions.filter((one) => counted.has(one.id));
      items = [...groups].flatMap(([id, item]) =>
        own.some((one) => one.group === id) ? item : [],
      );
    }
    return limited(rule.by, items, [...limits.values()]);
  }

  /**
   * Return what gates that are not met leave of the overall score, at most.
   *
   * An unanswered gate counts as not met in `low` alone.
   * @param {Map<string, State>} states
   * @returns {Score}
   */
  caps(states) {
    return this.lowestCap(states, ({ cap }) => cap?.score ?? null);
  }

  /**
   * Return the gates with caps that are not met, or not answered.
   * @param {Map<string, State>} states
   */
  unmetCaps(states) {
    return this.capping.filter(({ id }) => mayCap(get(states, id)));
  }

  /**
   * Return the lowest number that gates which are not met allow: known, and in the worst case.
   * @param {Map<string, State>} states
   * @param {(gate: ScoredGate) => number | null} capOf
   * @returns {Score}
   */
  lowestCap(states, capOf) {
    /** @type {Score} */
    const caps = { ...NOTHING };
    for (const gate of this.unmetCaps(states)) {
      const cap = capOf(gate);
      if (cap === null) continue;
      caps.low = Math.min(cap, caps.low ?? Infinity);
      if (!fallsShort(get(states, gate.id))) continue;
      caps.so_far = Math.min(cap, caps.so_far ?? Infinity);
      caps.high = caps.so_far;
    }
    return caps;
  }

  /**
   * Return the overall score with the stages and bands that it reaches.
   * @param {Item | null} item
   * @param {Map<string, State>} states
   * @returns {Result["overall"]}
   */
  overall(item, states) {
    const numbers = scoreOf(item);
    const bands = this.bands(numbers, states);
    const of = this.scoring.bands?.of ?? [];
    let stage = this.stages(item);
    if (of.some((band) => band.stage)) {
      stage = each(bands, (id) => of.find((band) => band.id === id)?.stage ?? null);
    }
    return { ...numbers, stage, band: bands.low === bands.high ? bands.low : null, bands };
  }

  /**
   * Return the bands of the three numbers, none above what a gate that is not met allows.
   * @param {Score} numbers
   * @param {Map<string, State>} states
   * @returns {Stages}
   */
  bands(numbers, states) {
    const order = (this.scoring.bands?.of ?? []).map(({ id }) => id);
    const caps = this.lowestCap(states, ({ cap }) => {
      return cap?.band && order.includes(cap.band) ? order.indexOf(cap.band) : null;
    });
    const capped = (/** @type {number | null} */ number, /** @type {number | null} */ cap) => {
      const band = number === null ? null : this.band(number);
      return band === null ? null : order[Math.min(order.indexOf(band), cap ?? Infinity)];
    };
    return {
      low: capped(numbers.low, caps.low),
      high: capped(numbers.high, caps.high),
      so_far: capped(numbers.so_far, caps.so_far),
    };
  }

  /**
   * Return the band in which an overall score lies, if it lies in one.
   * @param {number} score
   * @returns {string | null}
   */
  band(score) {
    const bands = this.scoring.bands;
    if (!bands) return null;
    if (bands.edge === "upper") return bands.of.find((band) => atLeast(band.at, score))?.id ?? null;
    return bands.of.filter((band) => atLeast(score, band.at)).at(-1)?.id ?? null;
  }

  /**
   * Return the stages on the ladder at which the three numbers of an item stand.
   * @param {Item | null} item
   * @returns {Stages}
   */
  stages(item) {
    const factor = item && this.scoring.factors[item.of];
    if (!factor) return NOTHING;
    return each(scoreOf(item), (score) => this.ladder.findStage(score / factor));
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
    const stages = this.ladder.after(stage ?? "").filter((id) => row.has(id));
    const gates = stage === null ? [...row.values()].flat() : (row.get(stages[0]) ?? []);
    const shut = gates.filter((gate) => isShut(get(states, gate.id)));
    const ordered = shut.sort((a, b) => +b.blocking - +a.blocking);
    return [...new Set(ordered.map((gate) => gate.id))];
  }
}

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
  const { low, high, so_far } = item ?? NOTHING;
  return { low, high, so_far };
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
    if (answer === UNKNOWN) found.unknown += 1;
    else if (answer === NOT_APPLICABLE) found.not_applicable += 1;
    else found[answer === null ? "unanswered" : "answered"] += 1;
  }
  return found;
}
