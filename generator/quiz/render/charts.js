/** Scores as bars, each beside its numbers. */

import { el } from "./dom.js";
import { dimensionScale, share } from "./scale.js";

/** @import { Result, Score, Stages } from "../types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Level } from "./scale.js" */
/** @typedef {Score & {stage?: Stages, bands?: Stages}} Placed */

/**
 * Return a score in numbers, and the stage or band at which it stands.
 * @param {Names} names
 * @param {Placed} placed
 * @param {Level} [of]
 * @param {string} [id]
 */
export const scoreWords = (names, placed, of, id) => {
  const place = names.place(placed);
  return [names.interval(placed, of, id), place && el("small", {}, place)];
};

export class Charts {
  #names;
  #blank;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#names = names;
    // Without an answer all is possible: the ends of the scale.
    this.#blank = scorer.score({});
  }

  /**
   * @param {Result} result
   * @param {"group" | "dimension" | "topic"} of
   * @param {string} id
   */
  bar(result, of, id) {
    const placed = result[`${of}s`][id];
    const scale = dimensionScale(this.#blank[`${of}s`]);
    const { low, high, so_far } = placed;
    const bar = el("span", { class: "sb-bar", "aria-hidden": true });
    for (const [name, value] of Object.entries({ low, high, known: so_far ?? low })) {
      bar.style.setProperty(`--${name}`, String(share(value, scale)));
    }
    return el("span", { class: "sb-cell" }, bar, scoreWords(this.#names, placed, of, id));
  }
}
