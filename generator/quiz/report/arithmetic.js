/** The arithmetic in words: what each number of the result was made of. */

import { roundHalfUp } from "#core/scoring/rounding.js";
import { findCalculations } from "../scoring/trace.js";

/** @import { Calculation, Part, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/** So many decimals of a number inside a sum are enough to do the sum again. */
const DECIMALS = 4;

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

  /** @param {Calculation} step */
  #sentence({ of, id, by, parts, value, base, next, times }) {
    const { t } = this.#names;
    const words = {
      name: this.#nameOf(of, id),
      value: of === "overall" ? this.#names.score(value) : this.#short(value),
      parts: parts.map((part) => this.#part(part, by)).join(", "),
      base: base ?? 0,
      added: this.#short(value - (base ?? 0)),
      stage: this.#stage(next ?? ""),
    };
    if (by === "ladder") return t(next ? "of-ladder" : "of-ladder-end", words);
    const key = /** @type {"of-min" | "of-max" | "of-mean" | "of-sum"} */ (`of-${by}`);
    return times === 1 ? t(key, words) : t(key, words) + t("of-times", { times });
  }

  /**
   * @param {Part} part
   * @param {string} by
   */
  #part({ of, id, value, weight }, by) {
    const part = `${this.#nameOf(of, id)} ${this.#short(value)}`;
    const counts = weight !== 1 && (by === "mean" || by === "sum");
    return counts ? this.#names.t("of-weight", { part, weight }) : part;
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
