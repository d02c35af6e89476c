/** The ladder: the twin of `stagebook/scoring/ladder.py`. */

import { get, lowest } from "./intervals.js";
import { reaches, wholeSteps } from "./rounding.js";

/** @import { Data, Part, State } from "../types.js" */
/** @import { ScoredGate } from "./gates.js" */

/**
 * A position on the ladder: the level reached, and the part of the way to the stage `next`.
 * @typedef {{level: number, part: number, next: string | null, position: number}} Climb
 */

/** A cell that is not complete never counts as a whole stage. */
const BELOW_NEXT = 0.99;

/** The stages of a rubric, from floor to top. */
export class Ladder {
  /** @param {Data} data */
  constructor(data) {
    /** @type {Map<string, number>} */
    this.levels = new Map(data.stages.map((stage) => [stage.id, stage.level]));
    this.stages = [...data.stages].sort((a, b) => a.level - b.level).map((stage) => stage.id);
    this.floor = this.level(this.stages[0]);
    this.share = data.scoring.share;
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
   * @param {ScoredGate[]} gates
   * @param {Map<string, State>} states
   * @param {number | null} assumed
   * @returns {number}
   */
  fraction(gates, states, assumed) {
    /** @type {[number, number, boolean][]} */
    const shares = [];
    let opened = 0;
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
      if (isOpen) opened += 1;
      else blocked ||= gate.blocking;
    }
    if (!shares.length) return leftOut ? 0 : 1;
    // What neither weighs nor blocks keeps nobody from a stage.
    const counts = weighs || leftOut;
    if (!blocked && (!counts || reaches(opened / shares.length, this.share))) return 1;
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
      const { score } = get(states, gate.id);
      if (score === null || !(gate.weight > 0)) return [];
      return [{ of: "gate", id: gate.id, value: gate.share(score), weight: gate.weight }];
    });
  }

  /**
   * Climb from cell to cell until one is not complete; a stage without a cell is.
   * @param {(stage: string) => number | undefined} fractionOf
   * @returns {Climb}
   */
  climb(fractionOf) {
    let level = this.floor;
    for (const stage of this.stages.slice(1)) {
      const part = fractionOf(stage) ?? 1;
      if (part < 1) return { level, part, next: stage, position: level + part };
      level = this.level(stage);
    }
    return { level, part: 0, next: null, position: level };
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
