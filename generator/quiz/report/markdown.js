/** A result as Markdown, for issues and documents: the same sentences that the page shows. */

import { Sentences, scoredParts } from "#core/report/sentences.js";
import { Heat } from "#extras/render/heat.js";
import { Advice } from "#extras/report/advice.js";
import { countApplying } from "#extras/report/left-out.js";
import { coverageOn, remarksOn } from "#extras/report/remarks.js";
import { diagnose } from "#extras/scoring/diagnosis.js";
import { countDated, datedSection } from "./dated.js";
import { oneLine } from "./one-line.js";

/** @import { Assessment, Diagnosis, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Placed } from "../render/charts.js" */
/** @import { Piece, Section } from "./listing.js" */

/**
 * Return text on one line as Markdown that shows it as it stands, on GitHub too.
 *
 * GitHub links names, numbers of issues and addresses, and sets emoji, after all escapes are gone: a
 * space of no width keeps them apart. A dollar sign it leaves alone in an element of its own.
 * @param {string} text
 */
export function md(text) {
  return oneLine(text)
    .replace(/([@#:]|GH-|www)(?=\S)/gi, "$&\u200b")
    .replace(/[\\`*_[\]~#<>|&]|^[-+=]|[.)](?<=^\d+.)(?= |$)/g, "\\$&")
    .replaceAll("$", "<span>$$</span>");
}

export class ResultMarkdown {
  #scorer;
  #names;
  #sentences;
  #advice;
  #heat;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
    this.#sentences = new Sentences(scorer, names);
    this.#heat = new Heat(scorer, names);
    this.#advice = new Advice(scorer, names, this.#sentences);
  }

  /**
   * Return the whole result.
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   */
  whole(assessment, result, what) {
    if (this.#isEmpty(assessment, result)) return md(this.#names.t("result-empty"));
    const diagnosis = diagnose(this.#scorer, assessment, result);
    const sections = [
      ...this.#advice.sections(assessment, result, diagnosis),
      ...datedSection(countDated(this.#scorer, assessment, result), this.#names),
    ];
    return blocks(
      this.#lead(assessment, result, diagnosis, what),
      this.#scores(result),
      this.#cells(result),
      this.#sections(sections),
    );
  }

  /**
   * Return whether nothing is known of any gate that applies.
   * @param {Assessment} assessment
   * @param {Result} result
   */
  #isEmpty(assessment, result) {
    return !countApplying(this.#scorer.data, result, assessment).given;
  }

  /**
   * Return the plan alone.
   * @param {Assessment} assessment
   * @param {Result} result
   */
  plan(assessment, result) {
    if (this.#isEmpty(assessment, result)) return md(this.#names.t("result-empty"));
    return this.#sections(
      this.#advice.plan.sections(result, diagnose(this.#scorer, assessment, result)),
    );
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @param {string} what
   */
  #lead(assessment, result, diagnosis, what) {
    const { t } = this.#names;
    const lines = [
      this.#sentences.headline(result, what),
      this.#advice.belief(diagnosis),
      ...[
        this.#advice.reasons.decisive(result, diagnosis, what),
        this.#advice.plan.nextStep(result, diagnosis),
      ].map((pieces) => this.#text(pieces)),
      ...remarksOn(result, this.#scorer, this.#names),
      coverageOn(result, assessment, this.#names),
      what === "quick-check" ? `${t("quick-caution")} ${t("to-assessment")}` : "",
    ];
    return blocks(...lines.map(md));
  }

  /** @param {Result} result */
  #scores(result) {
    const { t } = this.#names;
    const rows = scoredParts(this.#scorer.data).map(({ of, id, core }) => {
      const placed = /** @type {Placed} */ (result[`${of}s`][id]);
      const place = this.#names.place(placed);
      return [
        this.#names[of](id) + (core ? small(t("core")) : ""),
        this.#names.interval(placed, of, id) + (place && small(place)),
      ];
    });
    return table(t("dimensions"), [t("dimension"), t("score")], rows);
  }

  /** @param {Result} result */
  #cells(result) {
    const { stages, heads } = this.#heat;
    if (!stages.length) return "";
    const { data, t } = this.#names;
    const rows = data.dimensions.map(({ id }) => [
      this.#names.dimension(id),
      ...stages.map((stage) => {
        const cell = this.#heat.cell(result, id, stage);
        if (!cell) return cell === null ? "–" : "";
        return cell.known + (cell.range && small(cell.range));
      }),
    ]);
    return table(t("heat") + small(t("heat-lead")), [t("dimension"), ...heads], rows);
  }

  /** @param {Section[]} sections */
  #sections(sections) {
    const parts = sections.map(({ title, leads = [], entries, isOrdered }) => {
      const lines = entries.flatMap(({ text, small: more, below = [] }) => [
        (isOrdered ? "- [ ] " : "- ") + md(this.#text(text) + (more ? small(more) : "")),
        ...below.map((pieces) => `  - ${md(this.#text(pieces))}`),
      ]);
      const head = title && heading(this.#names.t(title));
      return blocks(head, ...leads.map(md), lines.join("\n"));
    });
    return blocks(...parts);
  }

  /** @param {Piece[]} pieces */
  #text(pieces) {
    const texts = pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      return "gate" in piece ? this.#names.gate(piece.gate) : this.#names.play(piece.play);
    });
    return texts.join("");
  }
}

/** @param {string} text what the page shows in small print */
const small = (text) => ` (${text.trim()})`;

/** @param {string} title */
const heading = (title) => `### ${md(title)}`;

/** @param {...string} parts */
const blocks = (...parts) => parts.filter(Boolean).join("\n\n");

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(caption, heads, rows) {
  const lines = [heads, ...rows].map((cells) => `| ${cells.map(md).join(" | ")} |`);
  lines.splice(1, 0, `${"| --- ".repeat(heads.length)}|`);
  return [`${heading(caption)}\n`, ...lines].join("\n");
}
