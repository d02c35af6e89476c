/** The result in words, tables and bars, in the page. */

import { Charts } from "../render/charts.js";
import { el, line, link, list, show, table } from "../render/dom.js";
import { Sentences } from "../report/sentences.js";
import { isShut } from "../scoring/gates.js";
import { get } from "../scoring/intervals.js";

/** @import { Assessment, Result, ShutGate } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/**
 * What follows from a result, as it is drawn: what was believed, and all that stands below the tables.
 * @typedef {{belief: Child, rest: Child}} Conclusions
 */

export class Results {
  #names;
  #charts;
  #sentences;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#names = names;
    this.#charts = new Charts(scorer, names);
    this.#sentences = new Sentences(scorer, names);
  }

  /**
   * Draw the whole result.
   * @param {Element} body
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   * @param {Conclusions} conclusions
   */
  draw(body, result, what, { belief, rest }) {
    const { t } = this.#names;
    show(
      body,
      line(this.#sentences.headline(result), "sb-headline"),
      // What was believed stands directly under what was found.
      belief,
      this.#sentences.remarks(result).map((text) => line(text)),
      line(this.#sentences.numbers(result)),
      line(t("coverage", result.coverage)),
      what === "quick-check" && el("p", {}, t("quick-caution"), " ", this.#further()),
      this.#dimensions(result),
      rest,
    );
  }

  /**
   * Say that there is no result yet.
   * @param {Element} body
   */
  drawEmpty(body) {
    show(body, line(this.#names.t("result-empty")));
  }

  /** @param {Result} result */
  #dimensions({ dimensions }) {
    const { data, t } = this.#names;
    const rows = data.dimensions.map(({ id, core }) => [
      [this.#names.dimensionLink(id), core && el("small", {}, ` ${t("core")}`)],
      this.#charts.bar(dimensions[id]),
    ]);
    return table("sb-dimensions", t("dimensions"), [t("dimension"), t("score")], rows);
  }

  #further() {
    return link(this.#names.pages.to("assessment"), this.#names.t("to-assessment"));
  }

  /**
   * Draw what a page of a few gates shows: which are open, and what opens the others.
   * @param {Element} body
   * @param {Result} result
   * @param {string[]} gates the ids of the gates on the page
   */
  drawCompact(body, { states }, gates) {
    const { data, t } = this.#names;
    const applying = gates.filter((id) => get(states, id).applies);
    const open = applying.filter((id) => get(states, id).is_open).length;
    const shut = gates.filter((id) => isShut(get(states, id)));
    const plays = data.remediations.filter(({ opens }) => opens.some((id) => shut.includes(id)));
    const unmet = shut.map((gate) => {
      const { blocking } = get(this.#names.gates, gate);
      return shutGate(
        { gate, answer: get(states, gate).answer, blocking },
        this.#sentences,
        this.#names,
      );
    });
    show(
      body,
      line(t("compact-open", { open, total: applying.length }), "sb-headline"),
      section("gates-unmet", unmet, this.#names),
      section(
        "plan",
        plays.map(({ id }) => [this.#names.playLink(id)]),
        this.#names,
      ),
      el("p", {}, this.#further()),
    );
  }

  /**
   * Return the result so far in a few words.
   * @param {Result} result
   */
  now({ coverage, overall }) {
    if (overall.so_far === null || coverage.unanswered === coverage.gates) return "";
    const words = [this.#names.place(overall), this.#names.score(overall.so_far)];
    return this.#names.t("now", { result: words.filter(Boolean).join(", ") });
  }
}

/**
 * Return a gate that is not met, with its answer.
 * @param {ShutGate} gate
 * @param {Sentences} sentences
 * @param {Names} names
 * @returns {Child[]}
 */
export const shutGate = (gate, sentences, names) => [
  names.gateLink(gate.gate),
  `: ${sentences.answer(gate)}`,
];

/**
 * Make a list under its heading, if there is something in it.
 * @param {Key} title
 * @param {Child[][]} items
 * @param {Names} names
 * @returns {Child}
 */
export const section = (title, items, names) =>
  items.length > 0 && [el("h3", {}, names.t(title)), list(items)];
