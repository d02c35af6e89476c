/** The dimensions around a centre, with their numbers beside the picture. */

import { el, list } from "#core/render/dom.js";
import { dimensionScale, share } from "#core/render/scale.js";
import { path, picture, text } from "./picture.js";

/** @import { Result } from "../types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/** A radar of fewer dimensions, or of more, is not read. */
const LEAST = 3;
const MOST = 10;

export class Radar {
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
   * Draw the dimensions around a centre; null where they are too few or too many to read. One that does
   * not apply has no score, and would look like the lowest.
   * @param {Result} result
   */
  draw({ dimensions: scores }) {
    const dimensions = this.#scorer.data.dimensions.filter(({ id }) => scores[id].low !== null);
    const { length } = dimensions;
    if (length < LEAST || length > MOST) return null;
    const scale = dimensionScale(this.#scorer.score({}).dimensions);
    const ring = (/** @type {"low" | "high" | "so_far"} */ key) =>
      ringOf(dimensions.map(({ id }) => share(scores[id][key], scale)));
    return [
      picture(
        this.#names.t("radar"),
        "-125 -122 250 244",
        path("grid", ...this.#grid(scale, length)),
        path("band", ring("high"), ring("low")),
        path("line", ring("so_far")),
        dimensions.map((_, index) => text(pointOf(1.13, index, length), String(index + 1))),
      ),
      list(
        dimensions.map(({ id, title }) => [
          `${title}: ${this.#names.interval(scores[id], "dimension", id)}`,
        ]),
        "ol",
      ),
      el("p", {}, this.#names.t("radar-band")),
    ];
  }

  /**
   * Return the outermost ring, one for each stage of a ladder, and the spokes.
   * @param {number[]} scale
   * @param {number} length
   */
  #grid(scale, length) {
    const { ladder, scoring } = this.#scorer;
    const stages = scoring.dimension === "ladder" ? ladder.stages : [];
    const rings = [1, ...stages.map((id) => share(ladder.level(id), scale))];
    return [
      ...rings.map((part) => ringOf(Array.from({ length }, () => part))),
      ...Array.from({ length }, (_, index) => `M0,0L${pointOf(1, index, length)}`),
    ];
  }
}

/**
 * Return a point of a radar.
 * @param {number} part how far it lies from the centre, of 1
 * @param {number} index the spoke
 * @param {number} length how many spokes there are
 */
function pointOf(part, index, length) {
  const angle = (2 * Math.PI * index) / length;
  return [100 * part * Math.sin(angle), -100 * part * Math.cos(angle)];
}

/** @param {number[]} distances from the centre, one for each spoke */
const ringOf = (distances) =>
  `M${distances.map((part, index) => pointOf(part, index, distances.length)).join("L")}Z`;
