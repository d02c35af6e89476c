/** The table of heat: how much of each cell is reached, dimensions by stages. */

import { el, table } from "#core/render/dom.js";
import { endsOf, share } from "#core/render/scale.js";
import { ANY_STAGE } from "#core/scoring/gates.js";
import { displayScore } from "#core/scoring/rounding.js";

/** @import { Result, Score } from "../types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** What is said of a cell: the share so far, from 0 to 1, and both in words. @typedef {{share: number, known: string, range: string}} HeatCell */

/** The colours of the table. */
const SHADES = 5;

export class Heat {
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
    // Without an answer all is possible: the ends of every scale.
    this.#blank = scorer.score({});
  }

  /** Return the columns: the stages that have gates, or nothing where the bars say as much. */
  get stages() {
    const { cells, ladder } = this.#scorer;
    const stages = [ANY_STAGE, ...ladder.stages].filter((stage) =>
      [...cells.values()].some((row) => row.has(stage)),
    );
    return stages.length < 2 ? [] : stages;
  }

  /** Return the names of the columns. */
  get heads() {
    const { t } = this.#names;
    return this.stages.map((id) => this.#names.stage(id) || t("any-stage"));
  }

  /**
   * Return what is said of a cell: nothing where there is none, null before its first answer.
   * @param {Result} result
   * @param {string} dimension
   * @param {string} stage
   * @returns {HeatCell | null | undefined}
   */
  cell({ cells }, dimension, stage) {
    const score = cells[dimension][stage];
    if (!score) return undefined;
    if (score.so_far === null) return null;
    const ends = endsOf(this.#blank.cells[dimension][stage]);
    // A cell of bonuses alone has one end: it has a score only where they are met.
    const [low, high, so_far] = [score.low, score.high, score.so_far].map((value) =>
      ends[0] === ends[1] ? 1 : share(value, ends),
    );
    const { t } = this.#names;
    const isOpen = score.low !== score.high;
    return {
      share: so_far,
      known: t("percent", { share: this.#percent(so_far) }),
      range: isOpen ? t("range", { low: this.#percent(low), high: this.#percent(high) }) : "",
    };
  }

  /** @param {number} part */
  #percent(part) {
    const scoring = { ...this.#scorer.scoring, decimals: 0 };
    return this.#names.number(displayScore(100 * part, scoring, 100));
  }

  /**
   * Draw the table; null where it would have one column.
   * @param {Result} result
   */
  draw(result) {
    const { stages } = this;
    if (!stages.length) return null;
    const { data, t } = this.#names;
    return table(
      "sb-heat",
      [t("heat"), el("small", {}, t("heat-lead"))],
      [t("dimension"), ...this.heads],
      data.dimensions.map(({ id }) => [
        this.#names.dimensionLink(id),
        ...stages.map((stage) => drawCell(this.cell(result, id, stage))),
      ]),
    );
  }
}

/** @param {HeatCell | null | undefined} cell */
function drawCell(cell) {
  if (!cell) return cell === null && "–";
  const shade = Math.min(Math.floor((100 * cell.share) / (100 / SHADES)) + 1, SHADES);
  return [
    el("span", { "data-step": shade }, cell.known),
    cell.range && el("small", {}, cell.range),
  ];
}
