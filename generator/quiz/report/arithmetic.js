/** The arithmetic in words: what each number of the result was made of. */

import { mean } from "#core/scoring/intervals.js";
import { BELOW_NEXT } from "#core/scoring/ladder.js";
import { roundHalfUp } from "#core/scoring/rounding.js";
import { findCalculations } from "../scoring/trace.js";

/** @import { Calculation, Child, Part, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/** So many decimals of a number inside a sum are enough to do the sum again. */
const DECIMALS = 4;
/** Stands for what a number is made of, in which gates are links. */
const HERE = "\0";

export class Arithmetic {
  #scorer;
  #names;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
  }

  /**
   * Return how each number is made, from the overall score down.
   * @param {Result} result
   */
  sentences(result) {
    return findCalculations(this.#scorer, result).map((one) => this.#sentence(one));
  }

  /**
   * @param {Calculation} step
   * @returns {Child[]}
   */
  #sentence({ of, id, by, parts, value, base, next, times, cap }) {
    const { t } = this.#names;
    const pairs = parts.map((one) => /** @type {[number, number]} */ ([one.value, one.weight]));
    const words = {
      name: this.#nameOf(of, id),
      value: of === "overall" ? this.#names.score(value) : this.#short(value),
      parts: HERE,
      base: base ?? 0,
      added: this.#short(Math.min(mean(pairs), BELOW_NEXT)),
      stage: this.#stage(next ?? ""),
    };
    const key = /** @type {"of-min" | "of-max" | "of-mean" | "of-sum"} */ (`of-${by}`);
    const text =
      (by === "ladder" ? t(next ? "of-ladder" : "of-ladder-end", words) : t(key, words)) +
      (times === 1 ? "" : t("of-times", { times })) +
      (cap === null ? "" : t("of-cap", { cap: this.#short(cap) }));
    const [before, after] = text.split(HERE);
    const made = parts.map((part, at) => [at > 0 && ", ", this.#part(part, by)]);
    return after === undefined ? [before] : [before, made, after];
  }

  /**
   * @param {Part} part
   * @param {string} by
   * @returns {Child[]}
   */
  #part({ of, id, value, weight }, by) {
    const name = this.#nameOf(of, id);
    const part = [of === "gate" ? this.#names.gateLink(id, name) : name, ` ${this.#short(value)}`];
    if (weight === 1 || (by !== "mean" && by !== "sum")) return part;
    const [before, after] = this.#names.t("of-weight", { part: HERE, weight }).split(HERE);
    return [before, part, after];
  }

  /**
   * @param {string} of
   * @param {string} id
   */
  #nameOf(of, id) {
    if (of === "overall") return this.#names.t("overall");
    if (of === "gate") return this.#names.gates.get(id)?.code || this.#names.gate(id);
    if (of === "group") return this.#names.group(id);
    if (of === "limit") return this.#names.t("limit", { dimension: this.#names.dimension(id) });
    const [dimension, stage] = id.split("/");
    if (of.startsWith("topic")) {
      const title = this.#names.topic(dimension);
      return stage ? `${title}, ${this.#stage(stage)}` : title;
    }
    if (stage) return `${this.#names.dimension(dimension)}, ${this.#stage(stage)}`;
    return of === "cell" ? this.#stage(id) : this.#names.dimension(id);
  }

  /** @param {string} id */
  #stage(id) {
    return this.#names.stage(id) || this.#names.t("any-stage");
  }

  /** @param {number} value */
  #short(value) {
    return this.#names.number(Number(roundHalfUp(value, DECIMALS)));
  }
}
