/** The shortest way to a stage: the twin of `stagebook/scoring/adaptive.py`. */

import { get, WEIGHED } from "#core/scoring/intervals.js";
import { atLeast } from "#core/scoring/rounding.js";
import { countingGates } from "./diagnosis.js";

/** @import { Result, State } from "../types.js" */
/** @import { ScoredGate } from "./gates.js" */
/** @import { Outcome, Row, Scorer } from "./scorer.js" */
/** What gates are sorted by: the lowest first. @typedef {[first: number, second: number]} Rank */

/** Without stages and bands, a result is settled when its interval is a tenth of the whole range. */
export const WIDTH = 0.1;

/** A rubric prepared for asking only what can still change the overall result. */
export class Adaptive {
  /** @type {Map<string, number> | undefined} */
  #influence;

  /**
   * @param {Scorer} scorer
   * @param {Result} empty the result of an assessment without answers
   */
  constructor(scorer, empty) {
    this.scorer = scorer;
    this.whole = widthOf(empty);
    this.order = new Map(scorer.gates.map((gate, number) => [gate.id, number]));
  }

  /**
   * Return whether no missing answer can change the overall stage or band.
   *
   * Without stages and bands: whether the interval is narrow enough.
   * @param {Result} result
   */
  isSettled(result) {
    const { stage, bands } = result.overall;
    if (stage.low !== null) return stage.low === stage.high;
    if (this.scorer.scoring.bands && bands.low === bands.high) return true;
    return widthOf(result) <= WIDTH * this.whole;
  }

  /**
   * Return the unanswered gates that can still change the overall result.
   *
   * The most telling one comes first; how many there are is the most that can still be asked.
   * @param {Result} result
   * @returns {string[]}
   */
  nextGates(result) {
    const { capping, gates, scoring } = this.scorer;
    if (!scoring.has_overall || this.isSettled(result)) return [];
    const isUnanswered = (/** @type {ScoredGate} */ { id }) =>
      get(result.states, id).answer === null;
    /** @type {Map<string, Rank>} */
    let found = new Map();
    if (scoring.climbs) found = this.gatesOfSteps(result);
    else {
      const counted = new Set(countingGates(this.scorer));
      for (const { id } of gates.filter(isUnanswered)) {
        if (counted.has(id)) found.set(id, [0, -get(this.influence, id)]);
      }
    }
    for (const { id } of capping.filter(isUnanswered)) {
      if (!found.has(id)) found.set(id, [0, 0]);
    }
    const ranked = [...found].map(([id, rank]) => ({ id, rank, order: get(this.order, id) }));
    ranked.sort((a, b) => compareRanks(a.rank, b.rank) || a.order - b.order);
    return ranked.map(({ id }) => id);
  }

  /**
   * Return the gates of the cells that are not decided, with what they are sorted by.
   *
   * Lower stages come before higher ones, blocking gates before others, and the dimension that stands
   * lowest so far before the rest.
   * @param {Result} result
   */
  gatesOfSteps(result) {
    /** @type {Map<string, Rank>} */
    const found = new Map();
    for (const { of, id, row, outcomes } of this.ladders(result)) {
      for (const [rank, gate] of this.undecided(of, id, row, outcomes, result)) {
        const before = found.get(gate.id);
        if (!before || compareRanks(rank, before) < 0) found.set(gate.id, rank);
      }
    }
    return found;
  }

  /**
   * Return the rows of cells that the overall stage is made of.
   * @param {Result} result
   * @returns {{of: string, id: string, row: Row, outcomes: Map<string, Outcome>}[]}
   */
  ladders({ items, states }) {
    const { scorer } = this;
    if (scorer.rule.by === "ladder") {
      const row = scorer.overallCells;
      return [{ of: "overall", id: "", row, outcomes: scorer.rowOutcomes(row, states) }];
    }
    return scorer.data.dimensions.flatMap(({ id }) => {
      if (scorer.counted.has(id)) {
        return [{ of: "dimension", id, row: scorer.row(id), outcomes: get(items.cells, id) }];
      }
      const row = scorer.limitCells.get(id);
      return row ? [{ of: "limit", id, row, outcomes: scorer.rowOutcomes(row, states) }] : [];
    });
  }

  /**
   * Return the gates of a row that can still change the overall stage, with their ranks.
   * @param {string} of
   * @param {string} id
   * @param {Row} row
   * @param {Map<string, Outcome>} outcomes
   * @param {Result} result
   * @returns {[Rank, ScoredGate][]}
   */
  undecided(of, id, row, outcomes, result) {
    const { ladder } = this.scorer;
    const [low, high] = this.span(result);
    const soFar = of === "dimension" ? result.dimensions[id].so_far : null;
    /** @type {[Rank, ScoredGate][]} */
    const found = [];
    for (const stage of ladder.stages.slice(1)) {
      const level = ladder.level(stage);
      const outcome = outcomes.get(stage);
      if (!outcome || level > high) continue;
      // Nothing above a cell that cannot be completed counts.
      if (outcome.high < 1 && !ladder.isApart) break;
      if (level <= low || outcome.low >= 1 || outcome.high < 1) continue;
      for (const gate of this.telling(stage, row.get(stage) ?? [], result.states)) {
        const second = (gate.blocking ? 0 : 1) + (soFar === null ? 0 : soFar / 1000);
        found.push([[level, second], gate]);
      }
    }
    return found;
  }

  /**
   * Return the levels between which cells matter: all, unless the lowest ladder decides.
   * @param {Result} result
   * @returns {[number, number]}
   */
  span({ overall: { stage } }) {
    const { ladder, rule } = this.scorer;
    const decides = rule.by === "ladder" || (rule.of === "dimensions" && rule.by === "min");
    if (decides && stage.low && stage.high && !this.isFactored) {
      return [ladder.level(stage.low), ladder.level(stage.high)];
    }
    return [-Infinity, Infinity];
  }

  /** Whether the overall score is not the position itself. */
  get isFactored() {
    return this.scorer.scoring.factors.overall !== 1 || this.scorer.capping.length > 0;
  }

  /**
   * Return the unanswered gates of a cell; blocking ones alone where its share is sure.
   * @param {string} stage
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   */
  telling(stage, gates, states) {
    const applying = gates.filter(({ id }) => get(states, id).applies);
    const unanswered = applying.filter(({ id }) => get(states, id).answer === null);
    const opened = applying.filter(({ id }) => get(states, id).is_open).length;
    const needed = this.scorer.ladder.needed.get(stage) ?? 0;
    if (opened && atLeast(opened / applying.length, needed)) {
      return unanswered.filter((gate) => gate.blocking);
    }
    return unanswered;
  }

  /** How much of the overall range each gate decides, exactly so for means and sums. */
  get influence() {
    this.#influence ??= this.#weigh();
    return this.#influence;
  }

  #weigh() {
    const { counted, data, gates, rule, scoring } = this.scorer;
    const weights = new Map(data.dimensions.map(({ id, weight }) => [id, weight]));
    let total = 0;
    for (const { id, weight } of data.dimensions) if (counted.has(id)) total += weight;
    /** @type {Map<string, number>} */
    const influence = new Map();
    for (const gate of gates) {
      let part = (gate.top - gate.bottom) * gate.weight;
      if (rule.of !== "gates") {
        const row = this.scorer.row(gate.dimension);
        if (scoring.cell === "mean") {
          let sum = 0;
          for (const one of row.get(gate.stages[0]) ?? []) sum += one.weight;
          part /= sum || 1;
        }
        if (scoring.dimension === "mean") part /= row.size;
        if (WEIGHED.includes(rule.by)) part *= get(weights, gate.dimension);
        if (rule.by === "mean") part /= total || 1;
      }
      influence.set(gate.id, part);
    }
    return influence;
  }
}

/**
 * Return the width of the overall interval; 0 where there is no score.
 * @param {Result} result
 */
export function widthOf({ overall: { low, high } }) {
  return low === null || high === null ? 0 : high - low;
}

/**
 * @param {Rank} a
 * @param {Rank} b
 */
const compareRanks = (a, b) => a[0] - b[0] || a[1] - b[1];
