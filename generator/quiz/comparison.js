/** Comparing saved assessments in the page: two side by side, and those of a subject over time. */

import { foldedRadar, trendChart } from "./charts.js";
import { compareAssessments, findMove, series } from "./compare.js";
import { button, el, list, show, table } from "./dom.js";
import { roundHalfUp } from "./rounding.js";

/** @import { Assessment, Compared, Moved, Round, Saved, Score, Stages } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */
/** @typedef {Score & {stage: Stages, bands?: Stages}} Placed */
/** @typedef {[heading: string, items: Child[][]]} Section */

/** The lists of gates, in this order. */
const KINDS = /** @type {const} */ (["opened", "shut", "answered", "changed", "cleared"]);

/** Two choices among the saved assessments, what lies between them, and the trend. */
export class Comparison {
  #scorer;
  #names;
  #t;
  #saved;
  #before = this.#select();
  #after = this.#select();
  #place = el("div");
  #choice;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Words} t
   * @param {() => Saved[]} saved
   */
  constructor(scorer, names, t, saved) {
    this.#scorer = scorer;
    this.#names = names;
    this.#t = t;
    this.#saved = saved;
    this.#choice = el(
      "div",
      { class: "sb-menu" },
      el("label", {}, t("compare"), " ", this.#before),
      el("label", {}, t("compare-with"), " ", this.#after),
      button(t("swap"), () => this.#swap()),
    );
    this.element = el("div", { class: "sb-comparison" });
  }

  /** Draw what is saved now; what was chosen stays chosen while it is there. */
  draw() {
    const rounds = series(this.#scorer, this.#saved());
    const [first, last] = rounds.slice(-2);
    if (!last) {
      show(this.element, el("p", {}, this.#t("compare-few")));
      return;
    }
    const own = rounds.filter(({ subject }) => subject === last.subject);
    this.#offer(this.#before, rounds, own.length > 1 ? own[own.length - 2] : first);
    this.#offer(this.#after, rounds, last);
    // A choice that is put in its place anew would lose the focus.
    if (!this.element.contains(this.#choice)) show(this.element, this.#choice, this.#place);
    this.#paint();
  }

  #select() {
    return el("select", { on: { change: () => this.#paint() } });
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Round[]} rounds
   * @param {Round} usual
   */
  #offer(select, rounds, usual) {
    const { value } = select;
    const options = rounds.map((round) =>
      el("option", { value: round.id }, titleOf(round, this.#t).join(", ")),
    );
    show(select, ...options);
    select.value = value;
    select.value ||= usual.id;
  }

  #swap() {
    [this.#before.value, this.#after.value] = [this.#after.value, this.#before.value];
    this.#paint();
  }

  #paint() {
    const saved = this.#saved();
    const [before, after] = [this.#before, this.#after].map(
      ({ value }) => saved.find(({ id }) => id === value)?.assessment,
    );
    if (!before || !after) return;
    const own = saved.filter(({ assessment }) => assessment.subject === after.subject);
    show(
      this.#place,
      drawComparison(this.#scorer, before, after, this.#names, this.#t),
      drawTrend(this.#scorer, own, this.#names, this.#t),
    );
  }
}

/**
 * Draw what moved between two assessments: numbers, gates, symptoms, measures, and the rubric.
 * @param {Scorer} scorer
 * @param {Assessment} before
 * @param {Assessment} after
 * @param {Names} names
 * @param {Words} t
 */
export function drawComparison(scorer, before, after, names, t) {
  const compared = compareAssessments(scorer, before, after);
  const { overall, dimensions, coverage, gates } = compared;
  const cells = (/** @type {Moved<Placed>} */ moved, times = names.data.scoring.times) => [
    score(moved.before, names, times),
    score(moved.after, names, times),
    change(moved, names, t),
  ];
  const sections = [
    ...gateSections(compared, names, t),
    ...observed(compared, names, t),
    rubricMoves(compared, names, t),
  ];
  return el(
    "div",
    {},
    el("p", { class: "sb-headline" }, t("overall"), " ", ...change(overall, names, t)),
    el("p", {}, t("scored-today", { version: names.data.version })),
    table(
      "sb-dimensions sb-rounds",
      [t("dimensions")],
      [
        t("dimension"),
        [t("before"), el("small", {}, titleOf(before, t).join(", "))],
        [t("after"), el("small", {}, titleOf(after, t).join(", "))],
        t("change"),
      ],
      [
        [t("overall"), ...cells(overall)],
        ...dimensions.map((one) => [names.dimensionLink(one.id), ...cells(one, 1)]),
        [t("answers"), answered(coverage.before, t), answered(coverage.after, t), ""],
      ],
    ),
    !gates.length && el("p", {}, t("nothing-moved")),
    ...sections.flatMap(([heading, items]) =>
      items.length ? [el("h3", {}, heading), list(items)] : [],
    ),
    foldedRadar(scorer, scorer.score(after), names, t, { before: scorer.score(before) }),
  );
}

/**
 * Draw the assessments of one subject over time: the line, a table of rounds, and the dimensions.
 * @param {Scorer} scorer
 * @param {Saved[]} saved
 * @param {Names} names
 * @param {Words} t
 */
export function drawTrend(scorer, saved, names, t) {
  const rounds = series(scorer, saved);
  const titles = rounds.map((round) => {
    const [subject, date] = titleOf(round, t);
    return [date, el("small", {}, subject)];
  });
  const rows = rounds.map(({ overall, coverage }, i) => [
    titles[i],
    score(overall, names),
    answered(coverage, t),
    i ? change(findMove(scorer, rounds[i - 1].overall, overall), names, t) : "",
  ]);
  const parts = scorer.data.dimensions.map(({ id }) => [
    names.dimensionLink(id),
    ...rounds.map(({ dimensions }) => score(dimensions[id], names, 1)),
  ]);
  const dates = rounds.map((round) => titleOf(round, t)[1]);
  return el(
    "div",
    {},
    el("h3", {}, t("trend")),
    trendChart(rounds, names, t),
    table(
      "sb-dimensions sb-rounds",
      [],
      [t("assessment"), t("score"), t("answers"), t("change")],
      rows,
    ),
    el(
      "details",
      { class: "sb-about sb-scroll" },
      el("summary", {}, t("dimensions")),
      table("sb-dimensions sb-rounds", [], [t("dimension"), ...dates], parts),
    ),
  );
}

/**
 * @param {{subject?: string | null, date?: string | null}} round
 * @param {Words} t
 */
const titleOf = ({ subject, date }, t) => [subject || t("no-subject"), date || t("no-date")];

/**
 * @param {Round["coverage"]} coverage
 * @param {Words} t
 */
const answered = ({ answered: n, gates: total }, t) => t("of-all", { n, total });

/**
 * @param {Placed} placed
 * @param {Names} names
 * @param {number} [times]
 * @returns {Child[]}
 */
const score = (placed, names, times) => [
  names.interval(placed, times),
  el("small", {}, names.place(placed)),
];

/**
 * Return a move as an arrow and in words: the score so far, then the stage.
 * @param {Moved<Placed>} moved
 * @param {Names} names
 * @param {Words} t
 * @returns {Child[]}
 */
function change({ delta, levels }, names, t) {
  if (delta.so_far === null) return ["–"];
  const size = Math.abs(delta.so_far);
  if (size < 1e-9) return [t("same")];
  const isUp = delta.so_far > 0;
  let by = "";
  // A move too small for the usual decimals is a move.
  for (let more = names.data.scoring.decimals; !Number(by); more++) by = roundHalfUp(size, more);
  const steps =
    levels && `, ${t(levels > 0 ? "stages-up" : "stages-down", { n: Math.abs(levels) })}`;
  return [
    el("span", { "aria-hidden": "true" }, isUp ? "↑ " : "↓ "),
    t(isUp ? "up" : "down", { by }),
    steps || "",
  ];
}

/**
 * @param {Compared} compared
 * @param {Names} names
 * @param {Words} t
 * @returns {Section[]}
 */
function gateSections({ gates }, names, t) {
  return KINDS.map((kind) => {
    const own = gates.filter((one) => one.kind === kind);
    const items = own.map(({ gate, before, after }) => {
      const words = { before: names.answer(gate, before), after: names.answer(gate, after) };
      return [names.gateLink(gate), `: ${t("was-is", words)}`];
    });
    return [t(`gates-${kind}`), items];
  });
}

/**
 * Return what was observed and measured otherwise.
 * @param {Compared} compared
 * @param {Names} names
 * @param {Words} t
 * @returns {Section[]}
 */
function observed({ symptoms, measures }, { data }, t) {
  const seen = (/** @type {string[]} */ ids) =>
    data.symptoms.filter(({ id }) => ids.includes(id)).map((one) => [one.observation]);
  const numbers = measures.map(({ id, before, after }) => {
    const measure = data.measures.find((one) => one.id === id);
    const words = { before: before ?? "–", after: `${after ?? "–"} ${measure?.unit}` };
    return [`${measure?.title}: ${t("was-is", words)}`];
  });
  return [
    [t("symptoms-added"), seen(symptoms.added)],
    [t("symptoms-gone"), seen(symptoms.gone)],
    [t("measures-moved"), numbers],
  ];
}

/**
 * Return what changed in the rubric between the two.
 * @param {Compared} compared
 * @param {Names} names
 * @param {Words} t
 * @returns {Section}
 */
function rubricMoves({ rubric: { before, after, reworded, gone, changes } }, names, t) {
  /** @type {Child[][]} */
  const items = [];
  if (before !== after) {
    items.push([t("rubric-versions", { before: before ?? "–", after: after ?? "–" })]);
  }
  for (const { version, notes } of changes) items.push([version, list(notes.map((one) => [one]))]);
  if (reworded.length) {
    items.push([t("reworded"), list(reworded.map((id) => [names.gateLink(id)]))]);
  }
  if (gone.length) items.push([t("ids-gone", { ids: gone.join(", ") })]);
  return [t("rubric-moved"), items];
}
