/** Overall scores over time, as a line. */

import { endsOf, extent, share } from "#core/render/scale.js";
import { path, picture, text } from "#extras/render/picture.js";
import { readDay } from "#extras/scoring/days.js";

/** @import { Round } from "../types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** The number of a mark on a scale, and what it is called. @typedef {[number | null, string]} Mark */

/** The line, in pixels: where it begins and ends, and its highest and lowest point. */
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

export class Trend {
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
   * Draw the scores of rounds that have a date; null where none has.
   * @param {Round[]} rounds
   */
  draw(rounds) {
    const points = rounds.filter(
      ({ assessment, overall }) => readDay(assessment.date) < Infinity && overall.so_far !== null,
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
 * Return the line through scores, a stroke for what missing answers allow of each, and its dot.
 * @param {Round[]} points
 * @param {(value: number | null) => number} y
 */
function lineOf(points, y) {
  const days = extent(points.map(({ assessment }) => readDay(assessment.date)));
  const x = (/** @type {Round} */ { assessment }) =>
    LEFT + (RIGHT - LEFT) * share(readDay(assessment.date), days);
  const places = points.map((round) => `${x(round)},${y(round.overall.so_far)}`);
  const strokes = points.map(
    (round) => `M${x(round)},${y(round.overall.low)}V${y(round.overall.high)}`,
  );
  return [
    path("line", `M${places.join("L")}`, ...strokes),
    path("dot", ...places.map((place) => `M${place}h0`)),
  ];
}
