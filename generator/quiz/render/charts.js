/** Scores as bars, each beside its numbers. */

import { el } from "./dom.js";
import { dimensionScale, share } from "./scale.js";

/** @import { Score, Stages } from "../types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @typedef {Score & {stage: Stages, bands?: Stages}} Placed */

/**
 * Return a score in numbers, and the stage or band at which it stands.
 * @param {Names} names
 * @param {Placed} placed
 * @param {number} [times]
 */
export const scoreWords = (names, placed, times) => [
  names.interval(placed, times),
  el("small", {}, names.place(placed)),
];

export class Charts {
  #names;
  #scale;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#names = names;
    // Without an answer all is possible: the ends of the scale.
    this.#scale = dimensionScale(scorer.score({}).dimensions);
  }

  /** @param {Placed} placed a dimension */
  bar(placed) {
    const { low, high, so_far } = placed;
    const bar = el("span", { class: "sb-bar", "aria-hidden": true });
    for (const [name, value] of Object.entries({ low, high, known: so_far ?? low })) {
      bar.style.setProperty(`--${name}`, String(share(value, this.#scale)));
    }
    return el("span", { class: "sb-cell" }, bar, scoreWords(this.#names, placed, 1));
  }
}
