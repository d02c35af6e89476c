/** What follows from a result, in the page: the ladder, what decides, what holds it back, what to do. */

import { el, line, list, show } from "#core/render/dom.js";
import { Sentences } from "#core/report/sentences.js";
import { Heat } from "../render/heat.js";
import { Radar } from "../render/radar.js";
import { Advice } from "../report/advice.js";
import { Arithmetic } from "../report/arithmetic.js";
import { coverageOn, remarksOn } from "../report/remarks.js";
import { diagnose } from "../scoring/diagnosis.js";

/** @import { Assessment, Diagnosis, Result } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { PlanChoices } from "./plan-choices.js" */
/** @import { Entry, Piece, Section } from "../report/listing.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Conclusions as Drawn } from "./results.js" */

/** How many entries of a list are shown before the rest is folded, and how many lines of each. */
const FIRST = 5;
const FIRST_BELOW = 2;

export class Conclusions {
  #scorer;
  #names;
  #advice;
  #arithmetic;
  #heat;
  #radar;
  #choices;
  /** The folds by their title: they stay open when what they hold is drawn anew. @type {Map<string, Element>} */
  #folds = new Map();

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {PlanChoices} choices
   */
  constructor(scorer, names, choices) {
    this.#scorer = scorer;
    this.#names = names;
    this.#advice = new Advice(scorer, names, new Sentences(scorer, names));
    this.#arithmetic = new Arithmetic(scorer, names);
    this.#heat = new Heat(scorer, names);
    this.#radar = new Radar(scorer, names);
    this.#choices = choices;
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   * @returns {Drawn}
   */
  draw(assessment, result, what) {
    const diagnosis = diagnose(this.#scorer, assessment, result);
    const { t } = this.#names;
    const lead = [
      this.#advice.reasons.decisive(result, diagnosis, what),
      this.#advice.plan.nextStep(result, diagnosis),
    ].filter(({ length }) => length);
    return {
      belief: [this.#drawLadder(result, diagnosis), line(this.#advice.belief(diagnosis))],
      lead: [
        lead.map((pieces) => el("p", { class: "sb-lead" }, this.#pieces(pieces))),
        remarksOn(result, this.#scorer, this.#names).map((remark) => line(remark)),
        line(coverageOn(result, assessment, this.#names)),
      ],
      rest: [
        this.#heat.draw(result),
        this.#advice
          .sections(assessment, result, diagnosis)
          .map((section) => this.#drawSection(section, assessment)),
        this.#fold(t("radar"), this.#radar.draw(result)),
        this.#fold(t("arithmetic"), this.#drawArithmetic(result)),
      ],
    };
  }

  /**
   * Draw the ladder with where one is, and where one believed to be; null where there is none.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  #drawLadder({ overall }, { believed }) {
    const { t } = this.#names;
    const { high, low } = overall.stage;
    if (!low) return null;
    const here = t(low === high ? "you-are-here" : "certain-here");
    const steps = this.#scorer.ladder.stages.map((id) => {
      const marks = [id === low && here, id === believed?.stage && t("you-believed")];
      return el(
        "li",
        { "aria-current": id === low && "step" },
        this.#names.stage(id),
        marks.map((mark) => mark && el("small", {}, mark)),
      );
    });
    return el("ol", { class: "sb-rungs" }, steps);
  }

  /** @param {Piece[]} pieces */
  #pieces(pieces) {
    return pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      return "gate" in piece ? this.#names.gateLink(piece.gate) : this.#names.playLink(piece.play);
    });
  }

  /**
   * @param {Section} section
   * @param {Assessment} assessment
   */
  #drawSection({ title, leads = [], entries, isAside, isOrdered, isPlan }, assessment) {
    const name = title && this.#names.t(title);
    const content = [
      isPlan && this.#choices.draw(assessment),
      leads.map((lead) => line(lead)),
      this.#short(
        entries.map((entry) => this.#entry(entry)),
        FIRST,
        isOrdered ? "ol" : "ul",
      ),
    ];
    if (isAside) return this.#fold(name, content);
    return el("div", { class: isPlan && "sb-plan" }, name && el("h3", {}, name), content);
  }

  /**
   * @param {Entry} entry
   * @returns {Child[]}
   */
  #entry({ text, small, below = [] }) {
    const lines = below.map((pieces) => [this.#pieces(pieces)]);
    return [this.#pieces(text), small && el("small", {}, small), this.#short(lines, FIRST_BELOW)];
  }

  /**
   * Make a list of which the first items are shown, and the others on demand.
   * @param {Child[][]} items
   * @param {number} first
   * @param {"ul" | "ol"} [tag]
   * @returns {Child}
   */
  #short(items, first, tag = "ul") {
    const rest = items.slice(first);
    // One more takes no more room than what unfolds it.
    if (rest.length < 2) return items.length > 0 && list(items, tag);
    const more = list(rest, tag);
    more.setAttribute("start", String(first + 1));
    return [
      list(items.slice(0, first), tag),
      el("details", {}, el("summary", {}, this.#names.t("more", { n: rest.length })), more),
    ];
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
   * Return the fold with a title, and content in it; without content there is none.
   * @param {string} title
   * @param {Child} content
   */
  #fold(title, content) {
    if (!content) return null;
    const fold = this.#folds.get(title) ?? el("details", { class: "sb-about" });
    this.#folds.set(title, fold);
    show(fold, el("summary", {}, title), content);
    return fold;
  }
}
