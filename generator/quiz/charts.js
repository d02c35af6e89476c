/** Pictures of results: a table of heat, a radar, a line over time. Each says its numbers in words. */

import { get, reduceItems } from "./algebra.js";
import { ANY_STAGE } from "./answering.js";
import { dayOf } from "./compare.js";
import { el, list, show, svg, table } from "./dom.js";
import { displayScore } from "./rounding.js";

/** @import { Data, Item, Result, Round, Score } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

/** The radius of the radar, and the size of the line's picture, in units of their own. */
const RADIUS = 100;
const WIDTH = 320;
const HEIGHT = 190;
/** As many letters of a label as find room beside the line. */
const LABEL = 18;

/**
 * Return dimensions by stages, a share in every cell; null where the bars say as much.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Names} names
 * @param {Words} t
 */
export function heatTable(scorer, result, names, t) {
  const { dimensions } = scorer.data;
  const stages = [ANY_STAGE, ...scorer.ladder.stages].filter((stage) =>
    dimensions.some(({ id }) => scorer.row(id).has(stage)),
  );
  if (stages.length < 2) return null;
  const marks = scorer.scoring.dimension === "ladder" && ` ✓ ${t("complete")}.`;
  return table(
    "sb-heat",
    [t("heat"), el("small", {}, t("heat-lead"), marks)],
    [
      t("dimension"),
      ...stages.map((stage) => el("span", {}, names.stage(stage) || t("any-stage"))),
    ],
    dimensions.map(({ id }) => [
      names.dimensionLink(id),
      ...stages.map((stage) => heatCell(scorer, result, id, stage, t)),
    ]),
  );
}

/**
 * Draw a cell: its score as a share of what the gates that apply can give, whatever reduces them.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {string} dimension
 * @param {string} stage
 * @param {Words} t
 */
function heatCell(scorer, { cells, states }, dimension, stage, t) {
  const { scoring, ladder } = scorer;
  const gates = scorer.row(dimension).get(stage);
  if (!gates) return "";
  const { low, high, so_far } = cells[dimension][stage];
  if (so_far === null) return "–";
  const own = gates.filter((gate) => get(states, gate.id).applies);
  const items = own.map((gate) => ({ ...gate.unanswered, optional: false }));
  const ends = /** @type {Item} */ (reduceItems(scoring.cell, items));
  const share = scale([ends.low, ends.high], 0, 100);
  const percent = (/** @type {number | null} */ value) =>
    displayScore(share(value), { ...scoring, decimals: 0 }, 100);
  const complete = scoring.dimension === "ladder" && ladder.step(gates, states, 0) === 1;
  return el(
    "td",
    { "data-step": Math.min(Math.floor(share(so_far) / 20) + 1, 5) },
    t("percent", { share: percent(so_far) }),
    complete && el("span", { role: "img", "aria-label": t("complete") }, " ✓"),
    low !== high && el("small", {}, t("range", { low: percent(low), high: percent(high) })),
  );
}

/**
 * Return whether a radar of the dimensions can be read.
 * @param {Data} data
 */
const isRound = ({ dimensions: { length } }) => length > 2 && length < 11;

/**
 * Draw the dimensions around a centre; null for fewer than 3 or more than 10.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Names} names
 * @param {Words} t
 * @param {Result} [before] drawn dashed
 */
export function radar(scorer, result, names, t, before) {
  const { data, scoring } = scorer;
  if (!isRound(data)) return null;
  const ids = data.dimensions.map((one) => one.id);
  const scores = ids.map((id) => result.dimensions[id]);
  const blank = Object.values(scorer.score({}).dimensions);
  const ends = extent(blank.flatMap(({ low, high }) => [low, high]));
  const radius = scale(ends, 0, RADIUS);
  const levels = data.stages.map((one) => one.level);
  const rings = scoring.dimension === "ladder" ? levels : ends;
  const point = (/** @type {number | null} */ value, /** @type {number} */ index, more = 0) => {
    const angle = (2 * Math.PI * index) / ids.length;
    const length = radius(value) + more;
    return [length * Math.sin(angle), -length * Math.cos(angle)].map((one) => one.toFixed(1));
  };
  const ring = (/** @type {(number | null)[]} */ values) =>
    `M${values.map((value, index) => point(value, index)).join("L")}Z`;
  const of = (/** @type {keyof Score} */ key, from = result) =>
    ring(ids.map((id) => from.dimensions[id][key]));
  const words = ids.map((id, i) => `${names.dimension(id)}: ${names.interval(scores[i], 1)}`);
  return picture(
    [t("radar"), words.join("; ")],
    "-125 -122 250 244",
    [
      path(
        "grid",
        rings.map((level) => ring(ids.map(() => level))),
        ids.map((_, index) => `M0,0L${point(ends[1], index)}`),
      ),
      path("band", [of("high"), of("low")]),
      before && path("before", [of("so_far", before)]),
      path("line", [of("so_far")]),
      ...scores.map(({ so_far }, i) => so_far !== null && dot(point(so_far, i))),
      ...rings.map((level) => text([4, point(level, 0)[1]], short(names.score(level, 1)))),
      // Letters, because the rings have numbers.
      ...ids.map((_, i) => text(point(ends[1], i, 13), String.fromCharCode(65 + i), "middle")),
    ],
    list(
      words.map((one) => [one]),
      "ol",
    ),
    el("small", {}, t("radar-band"), before && ` ${t("radar-before")}`),
  );
}

/**
 * Draw the radar in a fold, when that is opened; `kept` remembers whether it is.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Names} names
 * @param {Words} t
 * @param {{open?: boolean, before?: Result}} [kept]
 */
export function foldedRadar(scorer, result, names, t, kept = {}) {
  if (!isRound(scorer.data)) return null;
  const place = el("div");
  const summary = el("summary", {}, t("radar"));
  const details = el("details", { class: "sb-about", open: kept.open }, summary, place);
  const draw = () => {
    kept.open = details.open;
    if (details.open) show(place, radar(scorer, result, names, t, kept.before));
  };
  draw();
  details.addEventListener("toggle", draw);
  return details;
}

/**
 * Draw the overall scores of one subject over time, in the order of `series`.
 * @param {Round[]} points
 * @param {Names} names
 * @param {Words} t
 */
export function trendChart(points, names, t) {
  const marks = marksOf(names);
  const scores = points.map((one) => one.overall);
  const values = scores.flatMap(({ low, high }) => [low, high]);
  const ends = extent([...values, ...marks.map(([value]) => value)]);
  if (!marks.length) for (const end of ends) marks.push([end, ""]);
  const labels = marks.map(([value, title]) => {
    const words = `${short(names.score(value))} ${title}`;
    return words.length > LABEL ? `${words.slice(0, LABEL)}…` : words;
  });
  const left = Math.max(...labels.map((label) => label.length)) * 6 + 12;
  const days = points.map(({ date }) => dayOf(date));
  const isDated = days.every(Number.isFinite) && new Set(days).size > 1;
  const order = isDated ? days : [...days.keys()];
  const xs = order.map(scale(extent(order), left, WIDTH - 10));
  const y = scale(ends, HEIGHT - 32, 16);
  const under = names.data.scoring.bands?.edge === "upper" ? 10 : -3;
  const known = scores.flatMap(({ so_far }, i) => (so_far === null ? [] : [[xs[i], y(so_far)]]));
  const dates = points.map(({ date }) => date || t("no-date"));
  const words = scores.map((score, i) => `${dates[i]}: ${names.interval(score)}`);
  const end = points.length - 1;
  return picture([t("trend"), words.join("; ")], `0 0 ${WIDTH} ${HEIGHT}`, [
    path(
      "grid",
      marks.map(([value]) => `M0,${y(value)}H${WIDTH}`),
    ),
    ...labels.map((label, i) => {
      const isCrowded = i > 0 && y(marks[i - 1][0]) - y(marks[i][0]) < 11;
      return !isCrowded && text([0, y(marks[i][0]) + under], label);
    }),
    path(
      "whisker",
      scores.map(({ low, high }, i) =>
        low === high ? "" : `M${xs[i]},${y(low)}m-4,0h8m-4,0V${y(high)}m-4,0h8`,
      ),
    ),
    path("line", known.length ? [`M${known.join("L")}`] : []),
    ...known.map(dot),
    text([left, HEIGHT - 4], dates[0]),
    end > 0 && text([WIDTH - 10, HEIGHT - 4], dates[end], "end"),
  ]);
}

/**
 * Return the edges of bands, or the levels of stages, on the scale of the overall score.
 * @param {Names} names
 * @returns {[value: number, title: string][]}
 */
function marksOf(names) {
  const { scoring, stages } = names.data;
  const { bands, times, dimension, overall } = scoring;
  if (bands) return bands.of.map(({ at, label, stage }) => [at, label ?? names.stage(stage)]);
  if (dimension !== "ladder" || overall.of === "gates" || overall.by === "sum") return [];
  /** @type {[number, string][]} */
  const levels = stages.map(({ level, title }) => [level * times, title]);
  return levels.sort((a, b) => a[0] - b[0]);
}

/**
 * Return a function that puts a value between two ends into its place; what is not there is at the
 * start, and nothing is outside.
 * @param {number[]} ends
 * @param {number} from
 * @param {number} to
 */
function scale([floor, top], from, to) {
  return (/** @type {number | null} */ value) => {
    const share = ((value ?? floor) - floor) / (top - floor || 1);
    return from + Math.min(Math.max(share, 0), 1) * (to - from);
  };
}

/**
 * Return a number without the zeros at its end.
 * @param {string} number
 */
const short = (number) => String(Number(number));

/**
 * Return the least and the greatest of some numbers, of those that there are.
 * @param {(number | null)[]} values
 */
function extent(values) {
  const there = values.filter((value) => value !== null);
  return there.length ? [Math.min(...there), Math.max(...there)] : [0, 0];
}

/**
 * Draw a picture that assistive technology reads as its words.
 * @param {[title: string, numbers: string]} words
 * @param {string} viewBox
 * @param {Child[]} shapes
 * @param {...Child} caption
 */
function picture([title, numbers], viewBox, shapes, ...caption) {
  const words = [svg("title", {}, title), svg("desc", {}, numbers)];
  return el(
    "figure",
    { class: "sb-picture" },
    svg("svg", { role: "img", viewBox }, ...words, ...shapes),
    el("figcaption", {}, ...caption),
  );
}

/**
 * @param {string} name
 * @param {...string[]} parts
 */
const path = (name, ...parts) => svg("path", { class: `sb-${name}`, d: parts.flat().join("") });

/** @param {(string | number)[]} place */
const dot = ([cx, cy]) => svg("circle", { class: "sb-dot", cx, cy, r: 3.5 });

/**
 * @param {(string | number)[]} place
 * @param {string} words
 * @param {string} [anchor]
 */
const text = ([x, y], words, anchor) => svg("text", { x, y, "text-anchor": anchor }, words);
