/** What follows from a result, in the page: what holds it back, what to look at again, what to do. */

import { section, shutGate } from "#core/parts/results.js";
import { el, line, list, show } from "#core/render/dom.js";
import { Sentences } from "#core/report/sentences.js";
import { Heat } from "../render/heat.js";
import { Pictures } from "../render/pictures.js";
import { Advice } from "../report/advice.js";
import { Arithmetic } from "../report/arithmetic.js";
import { diagnose } from "../scoring/diagnosis.js";

/** @import { Assessment, Diagnosis, Result, ShutGate } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Conclusions as Drawn } from "./results.js" */

export class Conclusions {
  #scorer;
  #names;
  #advice;
  #arithmetic;
  #heat;
  #pictures;
  #sentences;
  #radarFold;
  #arithmeticFold;
  #target;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {(stage: string) => void} keepTarget keeps the stage that the plan is for
   */
  constructor(scorer, names, keepTarget) {
    const { t } = names;
    this.#scorer = scorer;
    this.#names = names;
    this.#advice = new Advice(scorer, names);
    this.#arithmetic = new Arithmetic(scorer, names);
    this.#heat = new Heat(scorer, names);
    this.#pictures = new Pictures(scorer, names);
    this.#sentences = new Sentences(scorer, names);
    this.#radarFold = new Fold(t("radar"));
    this.#arithmeticFold = new Fold(t("arithmetic"));
    this.#target = el(
      "select",
      { on: { change: () => keepTarget(this.#target.value) } },
      el("option", { value: "" }, t("target-next")),
      scorer.ladder.stages.slice(1).map((id) => el("option", { value: id }, names.stage(id))),
    );
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {Drawn}
   */
  draw(assessment, result) {
    const diagnosis = diagnose(this.#scorer, assessment, result);
    this.#target.value = assessment.target_stage ?? "";
    return {
      belief: line(this.#advice.belief(diagnosis)),
      rest: [
        this.#heat.draw(result),
        this.#radarFold.holding(this.#pictures.radar(result)),
        this.#arithmeticFold.holding(this.#drawArithmetic(result)),
        this.#drawReasons(result, diagnosis),
        this.#drawSecondLook(diagnosis),
        this.#drawPlan(result, diagnosis),
        this.#drawLeftOut(assessment, result),
      ],
    };
  }

  /** @param {Result} result */
  #drawArithmetic(result) {
    const { low, high } = result.overall;
    const sentences = this.#arithmetic.sentences(result);
    if (!sentences.length) return null;
    const isOpen = low !== high && el("p", {}, this.#names.t("arithmetic-open"));
    return [isOpen, list(sentences.map((sentence) => [sentence]))];
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  #drawReasons(result, diagnosis) {
    const { t } = this.#names;
    const { holding, others } = this.#advice.reasons(result, diagnosis);
    const items = (/** @type {typeof holding} */ reasons) =>
      reasons.map(({ text, gates }) => [text, list(gates.map((gate) => this.#gate(gate)))]);
    const lowering = this.#advice.lowering(result, diagnosis);
    return [
      this.#scorer.scoring.dimension === "ladder" && [
        el("h3", {}, t("reasons")),
        holding.length ? list(items(holding)) : line(t("no-reasons")),
      ],
      section("reasons-aside", items(others), this.#names),
      section(
        "lowering",
        lowering.map((gate) => this.#gate(gate)),
        this.#names,
      ),
    ];
  }

  /** @param {ShutGate} gate */
  #gate(gate) {
    return shutGate(gate, this.#sentences, this.#names);
  }

  /** @param {Diagnosis} diagnosis */
  #drawSecondLook(diagnosis) {
    const looks = this.#advice
      .contradictions(diagnosis)
      .map(({ text, gates }) => [text, list(gates.map((gate) => [this.#names.gateLink(gate)]))]);
    const needs = this.#advice.requirements(diagnosis).map((text) => [text]);
    if (!looks.length && !needs.length) return null;
    return [
      el("h3", {}, this.#names.t("second-look")),
      this.#listAfter("second-look-lead", looks),
      this.#listAfter("requires-lead", needs),
    ];
  }

  /**
   * Make a list after a line that leads to it, if there is something in it.
   * @param {Key} lead
   * @param {Child[][]} items
   * @returns {Child}
   */
  #listAfter(lead, items) {
    return items.length > 0 && [line(this.#names.t(lead)), list(items)];
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  #drawPlan(result, diagnosis) {
    const { t } = this.#names;
    const [lead, rest] = this.#advice.planLines(result, diagnosis);
    const plays = diagnosis.plan.map((item) => {
      const { weeks, opens } = this.#advice.planItem(item);
      const effort = weeks && `, ${weeks}`;
      return [this.#names.playLink(item.remediation), effort, el("small", {}, opens)];
    });
    const onLadder = this.#scorer.scoring.dimension === "ladder";
    return el(
      "div",
      { class: "sb-plan" },
      el("h3", {}, t("plan")),
      onLadder && el("p", {}, el("label", {}, t("target"), " ", this.#target)),
      line(lead),
      list(plays, "ol"),
      line(rest),
    );
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   */
  #drawLeftOut(assessment, result) {
    const items = this.#advice
      .leftOut(assessment, result)
      .map(({ gate, reason }) => [this.#names.gateLink(gate), `: ${reason}`]);
    return section("left-out", items, this.#names);
  }
}

/** A fold that stays as it was when what it holds is drawn anew. */
class Fold {
  #details = el("details", { class: "sb-about" });
  #title;

  /** @param {string} title */
  constructor(title) {
    this.#title = title;
  }

  /**
   * Return the fold with content in it; without content there is none.
   * @param {Child} content
   * @returns {Child}
   */
  holding(content) {
    if (!content) return null;
    show(this.#details, el("summary", {}, this.#title), content);
    return this.#details;
  }
}
