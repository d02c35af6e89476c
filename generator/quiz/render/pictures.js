/** Pictures that take room, each beside its numbers: a radar, and a line over time. */

import { el, list } from "#core/render/dom.js";
import { dimensionScale, endsOf, extent, share } from "#core/render/scale.js";
import { dayOf } from "../scoring/days.js";
import { svg } from "./svg.js";

/** @import { Result, Round } from "../types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** The number of a mark on a scale, and what it is called. @typedef {[number | null, string]} Mark */

/** A radar of fewer dimensions, or of more, is not read. */
const RADAR_LEAST = 3;
const RADAR_MOST = 10;
/** The line over time, in pixels: where it begins and ends, and its highest and lowest point. */
const LEFT = 108;
const RIGHT = 310;
const TOP = 16;
const BOTTOM = 158;
/** Where the dates stand below it. */
const FOOT = 186;
/** As many letters of a level's name find room before the line. */
const LETTERS = 17;
/** Labels of levels that are closer would touch. */
const LABEL_HEIGHT = 11;

export class Pictures {
  #scorer;
  #names;
  #blank;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
    this.#blank = scorer.score({});
  }

  /**
   * Draw the dimensions around a centre; null where they are too few or too many to read.
   * @param {Result} result
   */
  radar({ dimensions: scores }) {
    const { dimensions } = this.#scorer.data;
    const { length } = dimensions;
    if (length < RADAR_LEAST || length > RADAR_MOST) return null;
    const scale = dimensionScale(this.#blank.dimensions);
    const ring = (/** @type {"low" | "high" | "so_far"} */ key) =>
      ringOf(dimensions.map(({ id }) => share(scores[id][key], scale)));
    return [
      picture(
        this.#names.t("radar"),
        "-125 -122 250 244",
        path("grid", ...this.#radarGrid(scale, length)),
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
  #radarGrid(scale, length) {
    const { ladder, scoring } = this.#scorer;
    const stages = scoring.dimension === "ladder" ? ladder.stages : [];
    const rings = [1, ...stages.map((id) => share(ladder.level(id), scale))];
    return [
      ...rings.map((part) => ringOf(Array.from({ length }, () => part))),
      ...Array.from({ length }, (_, index) => `M0,0L${pointOf(1, index, length)}`),
    ];
  }

  /**
   * Draw overall scores over time, of those that have a date; null where none has.
   * @param {Round[]} rounds
   */
  trend(rounds) {
    const points = rounds.filter(
      ({ assessment, overall }) => dayOf(assessment) < Infinity && overall.so_far !== null,
    );
    if (!points.length) return null;
    const marks = this.#marks();
    const ends = points.flatMap(({ overall }) => endsOf(overall));
    const scale = extent([...marks.map(([value]) => value), ...ends]);
    const y = (/** @type {number | null} */ value) => BOTTOM - (BOTTOM - TOP) * share(value, scale);
    return picture(
      this.#names.t("trend"),
      "0 0 320 190",
      path("grid", ...marks.map(([value]) => `M0,${y(value)}H320`)),
      this.#labels(marks, y),
      lineOf(points, y),
      text([LEFT, FOOT], points[0].assessment.date),
      points[1] && text([RIGHT, FOOT], points.at(-1)?.assessment.date),
    );
  }

  /**
   * Return the edges of bands, the levels of stages, or else the ends of the overall scale.
   * @returns {Mark[]}
   */
  #marks() {
    const { ladder, scoring } = this.#scorer;
    const { bands, times } = scoring;
    const { stage, low, high } = this.#blank.overall;
    if (bands) {
      return bands.of.map((band) => [band.at, band.label ?? this.#names.stage(band.stage)]);
    }
    if (stage.low) {
      return ladder.stages.map((id) => [ladder.level(id) * times, this.#names.stage(id)]);
    }
    return [low, high].map((end) => [end, this.#names.score(end ?? 0)]);
  }

  /**
   * Return the names of marks; one that would touch the label below it is left out.
   * @param {Mark[]} marks
   * @param {(value: number | null) => number} y
   */
  #labels(marks, y) {
    const offset = this.#scorer.scoring.bands?.edge === "upper" ? 10 : -3;
    return marks.map(([value, title], index) => {
      const touches = index && y(marks[index - 1][0]) - y(value) < LABEL_HEIGHT;
      return !touches && text([0, y(value) + offset], title.slice(0, LETTERS));
    });
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

/**
 * Return the line through scores, a stroke for what missing answers allow of each, and its dot.
 * @param {Round[]} points
 * @param {(value: number | null) => number} y
 */
function lineOf(points, y) {
  const days = extent(points.map(({ assessment }) => dayOf(assessment)));
  const x = (/** @type {Round} */ { assessment }) =>
    LEFT + (RIGHT - LEFT) * share(dayOf(assessment), days);
  const places = points.map((round) => `${x(round)},${y(round.overall.so_far)}`);
  const strokes = points.map(
    (round) => `M${x(round)},${y(round.overall.low)}V${y(round.overall.high)}`,
  );
  return [
    path("line", `M${places.join("L")}`, ...strokes),
    path("dot", ...places.map((place) => `M${place}h0`)),
  ];
}

/**
 * Draw a picture, whose numbers stand beside it.
 * @param {string} title
 * @param {string} viewBox
 * @param {...Child} shapes
 */
const picture = (title, viewBox, ...shapes) =>
  svg("svg", { class: "sb-picture", role: "img", "aria-label": title, viewBox }, ...shapes);

/**
 * @param {string} name
 * @param {...string} parts
 */
const path = (name, ...parts) => svg("path", { class: `sb-${name}`, d: parts.join("") });

/**
 * @param {number[]} place
 * @param {string} [words]
 */
const text = ([x, y], words) => svg("text", { x, y }, words);
