/** Pictures of results, each beside its numbers: bars, a table of heat, a radar, a line over time. */

import { dayOf } from "../scoring/compare.js";
import { ANY_STAGE } from "../scoring/gates.js";
import { displayScore } from "../scoring/rounding.js";
import { el, list, svg, table } from "./dom.js";

/** @import { Result, Round, Score, Stages } from "../types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Words } from "./words.js" */
/** @typedef {Score & {stage: Stages, bands?: Stages}} Placed */

/** Where the line over time begins, and as many letters of a level's name find room before it. */
const LEFT = 108;
const RIGHT = 310;
const LETTERS = 17;

/**
 * Return what draws the results of a rubric.
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Words} t
 */
export function createCharts(scorer, names, t) {
  const { ladder, scoring } = scorer;
  const { dimensions } = scorer.data;
  // Without an answer all is possible: the ends of every scale.
  const blank = scorer.score({});
  const ends = extent(Object.values(blank.dimensions).flatMap(endsOf));

  /**
   * Return a score in numbers, and the stage or band at which it stands.
   * @param {Placed} placed
   * @param {number} [times]
   */
  const words = (placed, times) => [
    names.interval(placed, times),
    el("small", {}, names.place(placed)),
  ];

  /** @param {Placed} placed a dimension */
  function bar(placed) {
    const { low, high, so_far } = placed;
    const made = el("span", { class: "sb-bar", "aria-hidden": true });
    for (const [name, value] of Object.entries({ low, high, known: so_far ?? low })) {
      made.style.setProperty(`--${name}`, String(share(value, ends)));
    }
    return el("span", { class: "sb-cell" }, made, words(placed, 1));
  }

  /**
   * Return dimensions by stages, a share in every cell; null where the bars say as much.
   * @param {Result} result
   */
  function heat({ cells }) {
    const columns = [ANY_STAGE, ...ladder.stages].filter((stage) =>
      dimensions.some(({ id }) => cells[id][stage]),
    );
    if (columns.length < 2) return null;
    return table(
      "sb-heat",
      [t("heat"), el("small", {}, t("heat-lead"))],
      [t("dimension"), ...columns.map((id) => names.stage(id) || t("any-stage"))],
      dimensions.map(({ id }) => [
        names.dimensionLink(id),
        ...columns.map(
          (stage) => cells[id][stage] && cell(cells[id][stage], blank.cells[id][stage]),
        ),
      ]),
    );
  }

  /**
   * @param {Score} score
   * @param {Score} possible
   */
  function cell({ low, high, so_far }, possible) {
    if (so_far === null) return "–";
    const of = (/** @type {number | null} */ value) => 100 * share(value, endsOf(possible));
    const percent = (/** @type {number | null} */ value) =>
      names.number(displayScore(of(value), { ...scoring, decimals: 0 }, 100));
    const step = Math.min(Math.floor(of(so_far) / 20) + 1, 5);
    return [
      el("span", { "data-step": step }, t("percent", { share: percent(so_far) })),
      low !== high && el("small", {}, t("range", { low: percent(low), high: percent(high) })),
    ];
  }

  /**
   * Draw the dimensions around a centre; null where they are too few or too many to read.
   * @param {Result} result
   */
  function radar({ dimensions: scores }) {
    const { length } = dimensions;
    if (length < 3 || length > 10) return null;
    const point = (/** @type {number} */ part, /** @type {number} */ index) => {
      const angle = (2 * Math.PI * index) / length;
      return [100 * part * Math.sin(angle), -100 * part * Math.cos(angle)];
    };
    const around = (/** @type {(id: string) => number} */ of) =>
      `M${dimensions.map(({ id }, index) => point(of(id), index)).join("L")}Z`;
    const ring = (/** @type {"low" | "high" | "so_far"} */ key) =>
      around((id) => share(scores[id][key], ends));
    const levels = scoring.dimension === "ladder" ? ladder.stages : [];
    const rings = [1, ...levels.map((id) => share(ladder.level(id), ends))];
    return [
      picture(
        t("radar"),
        "-125 -122 250 244",
        path(
          "grid",
          ...rings.map((part) => around(() => part)),
          ...dimensions.map((_, index) => `M0,0L${point(1, index)}`),
        ),
        path("band", ring("high"), ring("low")),
        path("line", ring("so_far")),
        dimensions.map((_, index) => text(point(1.13, index), String(index + 1))),
      ),
      list(
        dimensions.map(({ id, title }) => [`${title}: ${names.interval(scores[id], 1)}`]),
        "ol",
      ),
      el("p", {}, t("radar-band")),
    ];
  }

  /**
   * Return the edges of bands, the levels of stages, or else the ends of the overall scale.
   * @returns {[value: number | null, title: string][]}
   */
  function marks() {
    const { bands, times } = scoring;
    const { stage, low, high } = blank.overall;
    if (bands) return bands.of.map((one) => [one.at, one.label ?? names.stage(one.stage)]);
    if (stage.low) return ladder.stages.map((id) => [ladder.level(id) * times, names.stage(id)]);
    return [low, high].map((end) => [end, names.score(end ?? 0)]);
  }

  /**
   * Draw overall scores over time, of those that have a date; null where none has.
   * @param {Round[]} rounds
   */
  function trend(rounds) {
    const points = rounds.filter(
      ({ assessment, overall }) => dayOf(assessment) < Infinity && overall.so_far !== null,
    );
    if (!points.length) return null;
    const levels = marks();
    const scale = extent([
      ...levels.map(([value]) => value),
      ...points.flatMap(({ overall }) => endsOf(overall)),
    ]);
    const days = points.map(({ assessment }) => dayOf(assessment));
    const y = (/** @type {number | null} */ value) => 158 - 142 * share(value, scale);
    const x = (/** @type {Round} */ { assessment }) =>
      LEFT + (RIGHT - LEFT) * share(dayOf(assessment), extent(days));
    const places = points.map((one) => `${x(one)},${y(one.overall.so_far)}`);
    const under = scoring.bands?.edge === "upper" ? 10 : -3;
    return picture(
      t("trend"),
      "0 0 320 190",
      path("grid", ...levels.map(([value]) => `M0,${y(value)}H320`)),
      levels.map(
        ([value, title], i) =>
          // One that would touch the label below it is left out.
          !(i && y(levels[i - 1][0]) - y(value) < 11) &&
          text([0, y(value) + under], title.slice(0, LETTERS)),
      ),
      path(
        "line",
        `M${places.join("L")}`,
        ...points.map((one) => `M${x(one)},${y(one.overall.low)}V${y(one.overall.high)}`),
      ),
      path("dot", ...places.map((place) => `M${place}h0`)),
      text([LEFT, 186], points[0].assessment.date),
      points[1] && text([RIGHT, 186], points.at(-1)?.assessment.date),
    );
  }

  return { bar, heat, radar, trend, words };
}

/** @param {Score} score */
const endsOf = ({ low, high }) => [low, high];

/**
 * Return the least and the greatest of some numbers, of those that there are.
 * @param {(number | null)[]} values
 */
function extent(values) {
  const there = values.filter((value) => value !== null);
  return [Math.min(...there), Math.max(...there)];
}

/**
 * Return where a value lies between two ends, from 0 to 1; what is not there is at the start.
 * @param {number | null} value
 * @param {(number | null)[]} ends
 */
function share(value, [from, to]) {
  const start = from ?? 0;
  return ((value ?? start) - start) / ((to ?? 0) - start || 1);
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
