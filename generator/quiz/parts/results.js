/** The result in words, tables and bars, in the page. */

import { Charts } from "../render/charts.js";
import { el, line, link, list, show, table } from "../render/dom.js";
import { Sentences, scoredParts } from "../report/sentences.js";
import { isShut } from "../scoring/gates.js";
import { get } from "../scoring/intervals.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/**
 * What follows from a result, as it is drawn: what was believed, what decides and comes next, and all
 * that stands below the scores.
 * @typedef {{belief?: Child, lead?: Child, rest: Child}} Conclusions
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
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   * @param {Conclusions} conclusions
   */
  draw(body, { subject, team, respondent, date }, result, what, { belief, lead, rest }) {
    const { data, t } = this.#names;
    const about = [`${data.title} ${data.version}`, subject, team, respondent, date];
    show(
      body,
      // Paper does not show the toolbar, which says this on the screen.
      line(about.filter(Boolean).join(" · "), "sb-on-paper"),
      line(this.#sentences.headline(result, what), "sb-headline"),
      // What was believed stands directly under what was found.
      belief,
      lead,
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
  #dimensions(result) {
    const { t } = this.#names;
    const titles = {
      group: (/** @type {string} */ id) => el("b", {}, this.#names.group(id)),
      dimension: (/** @type {string} */ id) => this.#names.dimensionLink(id),
      topic: (/** @type {string} */ id) => el("span", { class: "sb-topic" }, this.#names.topic(id)),
    };
    const rows = scoredParts(this.#names.data).map(({ of, id, core }) => [
      [titles[of](id), core && el("small", {}, ` ${t("core")}`)],
      this.#charts.bar(result, of, id),
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
      const { answer } = get(states, gate);
      return [
        this.#names.gateLink(gate),
        `: ${this.#sentences.answer({ gate, answer, blocking })}`,
      ];
    });
    show(
      body,
      line(t("compact-open", { open, total: applying.length }), "sb-headline"),
      section(t("gates-unmet"), unmet),
      section(
        t("plan"),
        plays.map(({ id }) => [this.#names.playLink(id)]),
      ),
      el("p", {}, this.#further()),
    );
  }

  /**
   * Return the result so far in a few words.
   * @param {Result} result
   */
  now({ overall }) {
    if (overall.so_far === null) return "";
    const words = [this.#names.place(overall), this.#names.scored(overall.so_far)];
    return this.#names.t("now", { result: words.filter(Boolean).join(", ") });
  }
}

/**
 * Make a list under its heading, if there is something in it.
 * @param {string} title
 * @param {Child[][]} items
 * @returns {Child}
 */
const section = (title, items) => items.length > 0 && [el("h3", {}, title), list(items)];
