/** A result and its table of heat as pictures, to paste into slides and pages. */

import { dimensionScale, share } from "#core/render/scale.js";
import { Sentences } from "#core/report/sentences.js";
import { Heat } from "#extras/render/heat.js";
import { coverageOn } from "#extras/report/remarks.js";
import { COLOURS, stack, wrap } from "./scene.js";

/** @import { Assessment, Result, Score } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Box, Label, Scene } from "./scene.js" */

const WIDTH = 1000;
const MARGIN = 32;
const INNER = WIDTH - 2 * MARGIN;
/** Where the bars of dimensions begin, and how long they are. */
const BARS = 320;
const BAR = 380;
const ROW = 30;
/** Shades from this one on are dark. */
const DARK = 3;

export class ResultPictures {
  #blank;
  #heat;
  #names;
  #scorer;
  #sentences;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
    this.#blank = scorer.score({});
    this.#heat = new Heat(scorer, names);
    this.#sentences = new Sentences(scorer, names);
  }

  /** Whether there is a table of heat: a model with one column has none. */
  get hasHeat() {
    return this.#heat.stages.length > 0;
  }

  /**
   * Return what a picture of an assessment is called.
   * @param {"picture-result" | "heat"} kind
   * @param {Assessment} assessment
   */
  #title(kind, { subject, date }) {
    return [this.#names.t(kind), this.#names.data.title, subject, date].filter(Boolean).join(", ");
  }

  /**
   * Return a result: where it stands, on which ladder, and the score of each dimension.
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {Scene}
   */
  result(assessment, result) {
    const { overall } = result;
    const numbers = overall.so_far === null ? "" : this.#names.scored(overall.so_far);
    const headline = this.#sentences.headline(result) || numbers || "–";
    const coverage = coverageOn(result, assessment, this.#names);
    const about = [assessment.subject, assessment.date].filter(Boolean).join(" · ");
    let y = MARGIN;
    /** @type {(Box | Label)[]} */
    const shapes = [];
    const write = (
      /** @type {string} */ text,
      /** @type {number} */ size,
      /** @type {string} */ fill,
      isBold = false,
    ) => {
      if (!text) return;
      const first = { x: MARGIN, y: y + size, size, fill, isBold };
      const { labels, height } = stack(wrap(text, INNER, isBold ? size * 1.08 : size, 2), first);
      shapes.push(...labels);
      y += height + 4;
    };
    write(this.#names.data.title, 17, COLOURS.dim);
    write(about, 17, COLOURS.dim);
    write(headline, 36, COLOURS.hue, true);
    write(
      [headline === numbers ? "" : numbers, coverage].filter(Boolean).join(" · "),
      15,
      COLOURS.ink,
    );
    if (overall.stage.low) {
      const ladder = this.#rungs(overall.stage.low, y + 8);
      shapes.push(...ladder.shapes);
      y = ladder.end + 12;
    }
    const bars = this.#bars(result, y + 12);
    const title = this.#title("picture-result", assessment);
    const words = [headline, coverage, ...this.#dimensionWords(result)];
    shapes.push(...bars.shapes);
    return { width: WIDTH, height: bars.end + MARGIN - 8, title, about: sentences(words), shapes };
  }

  /**
   * Return the ladder with the stage that is reached.
   * @param {string} reached
   * @param {number} y
   */
  #rungs(reached, y) {
    const { stages } = this.#scorer.ladder;
    const width = (INNER - 6 * (stages.length - 1)) / stages.length;
    const texts = stages.map((id) => wrap(this.#names.stage(id), width - 16, 15, 2));
    const height = 18 + 20 * Math.max(...texts.map(({ length }) => length));
    const at = stages.indexOf(reached);
    const shapes = stages.flatMap((id, index) => {
      const x = MARGIN + index * (width + 6);
      const [fill, ink] =
        id === reached
          ? [COLOURS.hue, COLOURS.ground]
          : [index < at ? COLOURS.shades[1] : COLOURS.ground, COLOURS.ink];
      const place = { x: x + 8, y: y + 24, size: 15, fill: ink, isBold: id === reached };
      const { labels } = stack(texts[index], place);
      return [
        { x, y, width, height, fill, line: id === reached ? COLOURS.hue : COLOURS.line },
        ...labels,
      ];
    });
    return { shapes, end: y + height };
  }

  /**
   * Return a bar for each dimension: what is reached, and what missing answers still allow.
   * @param {Result} result
   * @param {number} top
   */
  #bars({ dimensions }, top) {
    const scale = dimensionScale(this.#blank.dimensions);
    let y = top;
    const shapes = this.#names.data.dimensions.flatMap(({ id, title }) => {
      const { low, high, so_far } = dimensions[id];
      const at = (/** @type {number | null} */ value) => BAR * share(value, scale);
      const x = MARGIN + BARS;
      const name = stack(wrap(title, BARS - 16, 15, 2), {
        x: MARGIN,
        y: y + 15,
        size: 15,
        fill: COLOURS.ink,
      });
      const bar = { y: y + 3, height: 15 };
      const words = this.#scoreWords(dimensions[id], id);
      const place = { x: x + BAR + 16, y: y + 15, size: 15, fill: COLOURS.ink, text: words };
      y += Math.max(ROW, name.height + 8);
      return [
        ...name.labels,
        { ...bar, x, width: BAR, fill: COLOURS.ground, line: COLOURS.line },
        { ...bar, x: x + at(low), width: at(high) - at(low), fill: COLOURS.shades[1] },
        { ...bar, x, width: at(so_far ?? low), fill: COLOURS.hue },
        place,
      ];
    });
    return { shapes, end: y };
  }

  /**
   * @param {Score} score
   * @param {string} id
   */
  #scoreWords({ so_far }, id) {
    return so_far === null ? "–" : this.#names.scored(so_far, "dimension", id);
  }

  /** @param {Result} result */
  #dimensionWords({ dimensions }) {
    return this.#names.data.dimensions.map(
      ({ id, title }) => `${title}: ${this.#scoreWords(dimensions[id], id)}`,
    );
  }

  /**
   * Return the table of heat: how much of each cell is reached.
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {Scene}
   */
  heat(assessment, result) {
    const { stages, heads } = this.#heat;
    const first = 250;
    const width = (INNER - first) / stages.length;
    const title = this.#title("heat", assessment);
    const heading = stack(wrap(title, INNER, 22, 2), {
      ...{ x: MARGIN, y: MARGIN + 20, size: 20, fill: COLOURS.ink, isBold: true },
    });
    let y = MARGIN + heading.height + 12;
    const columns = heads.map((head, index) =>
      stack(wrap(head, width - 10, 14, 2), {
        ...{ x: MARGIN + first + index * width + 6, y: y + 14, size: 14, fill: COLOURS.dim },
      }),
    );
    y += Math.max(...columns.map(({ height }) => height)) + 6;
    /** @type {(Box | Label)[]} */
    const shapes = [...heading.labels, ...columns.flatMap(({ labels }) => labels)];
    const words = [];
    for (const { id, title: name } of this.#names.data.dimensions) {
      const row = stack(wrap(name, first - 12, 14, 2), {
        x: MARGIN,
        y: y + 21,
        size: 14,
        fill: COLOURS.ink,
      });
      const height = Math.max(32, row.height + 12);
      shapes.push(...row.labels);
      const cells = [];
      for (const [index, stage] of stages.entries()) {
        const cell = this.#heat.cell(result, id, stage);
        if (cell === undefined) continue;
        const shade = Math.min(Math.floor((cell?.share ?? 0) * 5), 4);
        const x = MARGIN + first + index * width;
        const fill = cell ? COLOURS.shades[shade] : COLOURS.ground;
        const ink = cell && shade >= DARK ? COLOURS.ground : COLOURS.ink;
        const text = cell?.known ?? "–";
        shapes.push({
          x,
          y,
          width: width - 3,
          height: height - 3,
          fill,
          line: cell ? fill : COLOURS.line,
        });
        shapes.push({ x: x + 8, y: y + 20, text, size: 14, fill: ink });
        cells.push(`${heads[index]} ${text}`);
      }
      words.push(`${name}: ${cells.join(", ")}`);
      y += height;
    }
    return { width: WIDTH, height: y + MARGIN - 4, title, about: sentences(words), shapes };
  }
}

/**
 * Return texts as sentences.
 * @param {string[]} texts
 */
const sentences = (texts) =>
  texts.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(" ");
