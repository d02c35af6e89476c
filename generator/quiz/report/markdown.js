/** A result as Markdown, for issues and documents: the same sentences that the page shows. */

import { Sentences } from "#core/report/sentences.js";
import { Heat } from "../render/heat.js";
import { diagnose } from "../scoring/diagnosis.js";
import { Advice } from "./advice.js";
import { oneLine } from "./one-line.js";

/** @import { Assessment, Diagnosis, Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Placed } from "../render/charts.js" */
/** An entry of a list, and the entries below it. @typedef {{text: string, below?: string[]}} Entry */

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
    this.#advice = new Advice(scorer, names);
  }

  /**
   * Return the whole result.
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   */
  whole(assessment, result, what) {
    const { coverage } = result;
    if (coverage.unanswered === coverage.gates) return md(this.#names.t("result-empty"));
    const diagnosis = diagnose(this.#scorer, assessment, result);
    return blocks(
      this.#lead(result, diagnosis, what),
      this.#dimensions(result),
      this.#cells(result),
      this.#reasons(result, diagnosis),
      this.#secondLook(diagnosis),
      this.#plan(result, diagnosis),
      this.#leftOut(assessment, result),
    );
  }

  /**
   * Return the plan alone.
   * @param {Assessment} assessment
   * @param {Result} result
   */
  plan(assessment, result) {
    const { coverage } = result;
    if (coverage.unanswered === coverage.gates) return md(this.#names.t("result-empty"));
    return this.#plan(result, diagnose(this.#scorer, assessment, result));
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @param {string} what
   */
  #lead(result, diagnosis, what) {
    const { t } = this.#names;
    const lines = [
      this.#sentences.headline(result),
      this.#advice.belief(diagnosis),
      ...this.#sentences.remarks(result),
      this.#sentences.numbers(result),
      t("coverage", result.coverage),
      what === "quick-check" ? `${t("quick-caution")} ${t("to-assessment")}` : "",
    ];
    return blocks(...lines.map(md));
  }

  /** @param {Result} result */
  #dimensions({ dimensions }) {
    const { t } = this.#names;
    const rows = this.#scorer.data.dimensions.map(({ id, core }) => [
      this.#names.dimension(id) + (core ? small(t("core")) : ""),
      this.#score(dimensions[id]),
    ]);
    return table(t("dimensions"), [t("dimension"), t("score")], rows);
  }

  /** @param {Placed} placed */
  #score(placed) {
    return this.#names.interval(placed, 1) + small(this.#names.place(placed));
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

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  #reasons(result, diagnosis) {
    const { t } = this.#names;
    const { holding, others } = this.#advice.reasons(result, diagnosis);
    const entries = (/** @type {typeof holding} */ reasons) =>
      reasons.map(({ text, gates }) => ({
        text,
        below: gates.map((gate) => this.#shutGate(gate)),
      }));
    const onLadder = this.#scorer.scoring.dimension === "ladder";
    return blocks(
      onLadder ? heading(t("reasons")) : "",
      onLadder ? list(entries(holding)) || md(t("no-reasons")) : "",
      this.#section("reasons-aside", entries(others)),
      this.#section(
        "lowering",
        this.#advice.lowering(result, diagnosis).map((gate) => ({ text: this.#shutGate(gate) })),
      ),
    );
  }

  /** @param {ShutGate} gate */
  #shutGate(gate) {
    return `${this.#names.gate(gate.gate)}: ${this.#sentences.answer(gate)}`;
  }

  /**
   * Return entries under their heading, or nothing where there are none.
   * @param {Key} title
   * @param {Entry[]} entries
   */
  #section(title, entries) {
    return entries.length ? blocks(heading(this.#names.t(title)), list(entries)) : "";
  }

  /** @param {Diagnosis} diagnosis */
  #secondLook(diagnosis) {
    const { t } = this.#names;
    const looks = this.#advice.contradictions(diagnosis).map(({ text, gates }) => ({
      text,
      below: gates.map((gate) => this.#names.gate(gate)),
    }));
    const needs = this.#advice.requirements(diagnosis).map((text) => ({ text }));
    if (!looks.length && !needs.length) return "";
    return blocks(
      heading(t("second-look")),
      looks.length ? md(t("second-look-lead")) : "",
      list(looks),
      needs.length ? md(t("requires-lead")) : "",
      list(needs),
    );
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  #plan(result, diagnosis) {
    const [lead, rest] = this.#advice.planLines(result, diagnosis);
    const plays = diagnosis.plan.map((item) => {
      const { weeks, opens } = this.#advice.planItem(item);
      const effort = weeks && `, ${weeks}`;
      return { text: this.#names.play(item.remediation) + effort + small(opens) };
    });
    return blocks(heading(this.#names.t("plan")), md(lead), list(plays, "- [ ] "), md(rest));
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   */
  #leftOut(assessment, result) {
    const entries = this.#advice
      .leftOut(assessment, result)
      .map(({ gate, reason }) => ({ text: `${this.#names.gate(gate)}: ${reason}` }));
    return this.#section("left-out", entries);
  }
}

/** @param {string} text what the page shows in small print */
const small = (text) => ` (${text.trim()})`;

/** @param {string} title */
const heading = (title) => `### ${md(title)}`;

/** @param {...string} parts */
const blocks = (...parts) => parts.filter(Boolean).join("\n\n");

/**
 * @param {Entry[]} entries
 * @param {string} [sign] what begins each
 */
const list = (entries, sign = "- ") =>
  entries
    .flatMap(({ text, below = [] }) => [
      sign + md(text),
      ...below.map((entry) => `  - ${md(entry)}`),
    ])
    .join("\n");

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
