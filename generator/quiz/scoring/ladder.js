/** The ladder: the twin of `stagebook/scoring/ladder.py`. */

import { get, lowest } from "./intervals.js";
import { atLeast, wholeSteps } from "./rounding.js";

/** @import { Data, Part, State } from "../types.js" */
/**
 * Unanswered gates counted as their lowest answer, as their best, or not at all.
 * @typedef {"low" | "high" | "so_far"} Assumption
 */
/** @typedef {Record<Assumption, number>} Fractions how much of a cell is done: 1 where it is complete */

/** @import { ScoredGate } from "./gates.js" */

/**
 * A position on the ladder, the level reached, and the stage to which a part is added.
 * @typedef {{position: number, level: number, next: string | null}} Climb
 */

/** A cell that is not complete never counts as a whole stage. */
export const BELOW_NEXT = 0.99;

/** The stages of a rubric, from floor to top. */
export class Ladder {
  /** @param {Data} data */
  constructor(data) {
    /** @type {Map<string, number>} */
    this.levels = new Map(data.stages.map((stage) => [stage.id, stage.level]));
    this.stages = [...data.stages].sort((a, b) => a.level - b.level).map((stage) => stage.id);
    this.floor = this.stages.length ? this.level(this.stages[0]) : 0;
    this.isApart = data.scoring.ladder === "apart";
    /** @type {Map<string, number>} */
    this.needed = new Map(data.stages.map(({ id, share }) => [id, share ?? data.scoring.share]));
  }

  /**
   * Return the level of a stage.
   * @param {string} stage
   */
  level(stage) {
    return /** @type {number} */ (this.levels.get(stage));
  }

  /**
   * Return 1 for a complete cell, else the mean of its gates' shares, which stays below 1.
   *
   * Unanswered gates count as their lowest answer where `assumed` is 0, as their best where it is 1,
   * and with null not at all.
   * @param {string} stage
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   * @param {number | null} assumed
   * @returns {number}
   */
  fraction(stage, gates, states, assumed) {
    /** @type {[number, number, boolean][]} */
    const shares = [];
    let opened = 0;
    let counted = 0;
    let blocked = false;
    let leftOut = false;
    let weighs = false;
    for (const gate of gates) {
      const state = get(states, gate.id);
      if (!state.applies) continue;
      const left = assumed === 0 ? gate.share(gate.unanswered.low) : assumed;
      const share = state.score === null ? left : gate.share(state.score);
      const isOpen = state.score === null ? assumed === 1 : state.is_open;
      if (share === null) {
        leftOut = true;
        continue;
      }
      // An unanswered gate may also turn out not to apply.
      const optional = state.score === null && gate.unanswered.optional;
      weighs ||= gate.weight > 0 && !(optional && assumed === 1);
      shares.push([share, gate.weight, optional && assumed === 0]);
      // It counts only when it is met: the mean may do without it.
      if (gate.bonus && !isOpen) continue;
      counted += 1;
      if (isOpen) opened += 1;
      else blocked ||= gate.blocking;
    }
    if (!shares.length) return leftOut ? 0 : 1;
    // What neither weighs nor blocks keeps nobody from a stage.
    const enough = !counted || atLeast(opened / counted, this.needed.get(stage) ?? 0);
    if (!blocked && (enough || !(weighs || leftOut))) return 1;
    const weighted = shares.filter((pair) => pair[1] > 0);
    return weighted.length ? Math.min(lowest("mean", weighted), BELOW_NEXT) : 0;
  }

  /**
   * Return what the answers so far add to the fraction of a cell.
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   * @returns {Part[]}
   */
  shares(gates, states) {
    return gates.flatMap((gate) => {
      const { score, applies } = get(states, gate.id);
      if (score === null || !applies || !(gate.weight > 0)) return [];
      return [{ of: "gate", id: gate.id, value: gate.share(score), weight: gate.weight }];
    });
  }

  /**
   * Climb from cell to cell until one is not complete; a stage without a cell is.
   *
   * Where stages are apart, climb to the highest one with a complete cell.
   * @param {Map<string, Fractions>} cells
   * @param {Assumption} assumption
   * @returns {Climb}
   */
  climb(cells, assumption) {
    if (this.isApart) return this.reach(cells, assumption);
    let level = this.floor;
    for (const stage of this.stages.slice(1)) {
      const fraction = cells.get(stage)?.[assumption] ?? 1;
      if (fraction < 1) return { position: level + fraction, level, next: stage };
      level = this.level(stage);
    }
    return { position: level, level, next: null };
  }

  /**
   * Return the highest stage with a complete cell, and the part of the next cell above it.
   * @param {Map<string, Fractions>} cells
   * @param {Assumption} assumption
   * @returns {Climb}
   */
  reach(cells, assumption) {
    let level = this.floor;
    let part = 0;
    let next = null;
    for (const stage of this.stages.slice(1).reverse()) {
      const fraction = cells.get(stage)?.[assumption];
      if (fraction === undefined) continue;
      if (fraction >= 1) {
        level = this.level(stage);
        break;
      }
      part = fraction;
      next = stage;
    }
    return { position: level + part, level, next };
  }

  /**
   * Return the highest stage whose level a place on the ladder reaches.
   * @param {number} score
   */
  findStage(score) {
    const steps = Math.max(wholeSteps(score, 1) - this.floor, 0);
    return this.stages[Math.min(steps, this.stages.length - 1)];
  }

  /**
   * Return the stages above one, ascending.
   * @param {string} stage
   */
  after(stage) {
    return this.stages.slice(this.stages.indexOf(stage) + 1);
  }
}
