/** The result in words, tables and bars, in the page. */

import { NOT_APPLICABLE } from "./answering.js";
import { foldedRadar, heatTable } from "./charts.js";
import { diagnose } from "./diagnosis.js";
import { el, link, list, show } from "./dom.js";
import { drawArithmetic } from "./explanation.js";
import { sentences } from "./sentences.js";

/** @import { Assessment, Diagnosis, Result, Score } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

export class Results {
  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Words} t
   * @param {(stage: string) => void} aim keeps the stage that the plan is for
   */
  constructor(scorer, names, t, aim) {
    this.scorer = scorer;
    this.data = scorer.data;
    this.names = names;
    this.pages = names.pages;
    this.t = t;
    this.say = sentences(scorer, names, t);
    const steps = scorer.ladder.stages
      .slice(1)
      .map((id) => el("option", { value: id }, this.names.stage(id)));
    /** Whether the radar is open; it is drawn anew with every answer. @type {{open?: boolean}} */
    this.radar = {};
    this.target = el("select", {}, el("option", { value: "" }, t("target-next")), ...steps);
    this.target.addEventListener("change", () => aim(this.target.value));
  }

  /**
   * Draw the whole result.
   * @param {Element} place
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} show_ what the page asks: the full assessment, or less of it
   */
  draw(place, assessment, result, show_) {
    const { t } = this;
    if (result.coverage.unanswered === result.coverage.gates) {
      show(place, el("p", {}, t("result-empty")));
      return;
    }
    const diagnosis = diagnose(this.scorer, assessment, result);
    const aiming = this.target === document.activeElement;
    this.target.value = assessment.target_stage ?? "";
    show(
      place,
      ...this.outcome(result, diagnosis),
      show_ === "quick-check" && this.caution(),
      this.table(result),
      heatTable(this.scorer, result, this.names, t),
      foldedRadar(this.scorer, result, this.names, t, this.radar),
      drawArithmetic(this.scorer, result, t),
      ...this.reasons(result, diagnosis),
      ...this.secondLook(diagnosis),
      ...this.plan(diagnosis),
      ...this.leftOut(assessment, result),
    );
    // What was drawn anew has lost the focus.
    if (aiming) this.target.focus();
  }

  /**
   * Return the result so far in a few words.
   * @param {Result} result
   */
  now({ coverage, overall }) {
    const { so_far, stage, bands } = overall;
    if (so_far === null || coverage.unanswered === coverage.gates) return "";
    const band = this.data.scoring.bands?.of.find((one) => one.id === bands.so_far)?.label;
    const score = this.names.score(so_far);
    const place = this.names.stage(stage.so_far) || band;
    return this.t("now", { result: place ? `${place}, ${score}` : score });
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  outcome(result, diagnosis) {
    const { say, t } = this;
    const line = (/** @type {string} */ text, kind = {}) => text && el("p", kind, text);
    return [
      line(say.headline(result), { class: "sb-headline" }),
      // What was believed stands directly under what was found.
      line(say.belief(diagnosis), { class: "sb-belief" }),
      ...say.remarks(result).map((text) => line(text)),
      line(say.numbers(result), { class: "sb-score" }),
      line(t("coverage", result.coverage), { class: "sb-coverage" }),
    ];
  }

  caution() {
    const { t } = this;
    const address = this.pages.to("assessment");
    return el("p", {}, t("quick-caution"), " ", link(address, t("to-assessment")), ".");
  }

  /** @param {Result} result */
  table({ dimensions }) {
    const { t, data } = this;
    const head = ["dimension", "stage", "score"].map((key) =>
      el("th", { scope: "col" }, t(/** @type {"dimension" | "stage" | "score"} */ (key))),
    );
    const ladder = data.scoring.dimension === "ladder";
    if (!ladder) head.splice(1, 1);
    const range = this.range(Object.values(dimensions));
    const rows = data.dimensions.map((dimension) => {
      const one = dimensions[dimension.id];
      const name = this.names.dimensionLink(dimension.id);
      const core = dimension.core && el("small", {}, ` ${t("core")}`);
      return el(
        "tr",
        {},
        el("th", { scope: "row" }, name, core),
        ladder && el("td", {}, this.names.stage(one.stage.so_far) || "–"),
        el("td", {}, this.bar(one, range)),
      );
    });
    return el(
      "table",
      { class: "sb-dimensions" },
      el("caption", {}, t("dimensions")),
      el("thead", {}, el("tr", {}, ...head)),
      el("tbody", {}, ...rows),
    );
  }

  /**
   * Return the ends of the scale that the bars share.
   * @param {Score[]} scores
   */
  range(scores) {
    const levels = this.data.stages.map((stage) => stage.level);
    if (this.data.scoring.dimension === "ladder") {
      return { floor: Math.min(...levels), top: Math.max(...levels) };
    }
    const tops = scores.map((one) => one.high ?? 0);
    return { floor: Math.min(0, ...scores.map((one) => one.low ?? 0)), top: Math.max(...tops) };
  }

  /**
   * @param {Score} score
   * @param {{floor: number, top: number}} range
   */
  bar({ low, high, so_far }, { floor, top }) {
    if (low === null || high === null) return el("span", {}, "–");
    const shown = (/** @type {number} */ value) => this.names.score(value, 1);
    const known = so_far ?? low;
    const words = { score: shown(known), low: shown(low), high: shown(high), floor, top };
    const bar = el("span", { class: "sb-bar", role: "img", "aria-label": this.t("bar", words) });
    const share = (/** @type {number} */ value) => (value - floor) / (top - floor || 1);
    for (const [name, value] of Object.entries({ low, high, known })) {
      bar.style.setProperty(`--${name}`, share(value).toFixed(4));
    }
    const text = el("span", { class: "sb-number" }, this.say.part({ low, high, so_far }));
    return el("span", { class: "sb-cell" }, bar, text);
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  reasons(result, diagnosis) {
    const { say, t } = this;
    const found = say.reasons(result, diagnosis);
    if (!found) return [];
    const items = found.map(({ text, gates }) => {
      const named = gates.map((one) => [this.names.gateLink(one.gate), `: ${say.answer(one)}`]);
      return text ? [text, list(named)] : named[0];
    });
    const heading = el("h3", {}, t("reasons"));
    return [heading, items.length ? list(items) : el("p", {}, t("no-reasons"))];
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  secondLook(diagnosis) {
    const looks = this.say.secondLook(diagnosis);
    if (!looks.length) return [];
    const items = looks.map(({ text, gates }) => {
      return [text, list(gates.map((gate) => [this.names.gateLink(gate)]))];
    });
    const heading = el("h3", {}, this.t("second-look"));
    return [heading, el("p", {}, this.t("second-look-lead")), list(items)];
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  plan(diagnosis) {
    const { say, t } = this;
    const ladder = this.data.scoring.dimension === "ladder";
    const choice = ladder && el("p", {}, el("label", {}, t("target"), " ", this.target));
    const heading = el("div", {}, el("h3", {}, t("plan")), choice);
    const [lead, rest] = say.planLines(diagnosis);
    const items = diagnosis.plan.map((step) => {
      const { weeks, opens } = say.step(step);
      const play = this.names.playLink(step.remediation);
      return [play, `, ${weeks}`, el("br"), el("small", {}, opens)];
    });
    const parts = [lead && el("p", {}, lead), items.length > 0 && list(items, "ol")];
    return [el("div", { class: "sb-plan" }, heading, ...parts, rest && el("p", {}, rest))];
  }

  /**
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {Child[]}
   */
  leftOut(assessment, { states }) {
    const ids = [...states].filter(([, state]) => state.answer === NOT_APPLICABLE);
    if (!ids.length) return [];
    const items = ids.map(([id]) => {
      const reason = assessment.answers?.[id]?.reason || this.t("no-reason");
      return [this.names.gateLink(id), `: ${reason}`];
    });
    return [el("h3", {}, this.t("left-out")), list(items)];
  }

  /**
   * Draw what a page of a few gates shows: which are open, and what opens the others.
   * @param {Element} place
   * @param {Result} result
   * @param {string[]} ids the gates on the page
   */
  drawCompact(place, result, ids) {
    const { t } = this;
    const applies = ids.filter((id) => result.states.get(id)?.applies);
    const open = applies.filter((id) => result.states.get(id)?.is_open);
    const shut = applies.filter((id) => (result.states.get(id)?.answer ?? null) !== null);
    const known = shut.filter((id) => !open.includes(id));
    const words = { open: open.length, total: applies.length };
    const plays = this.data.remediations.filter((play) =>
      play.opens.some((g) => known.includes(g)),
    );
    const items = known.map((id) => [
      this.names.gateLink(id),
      `: ${this.names.answer(id, result.states.get(id)?.answer ?? null)}`,
      this.names.gates.get(id)?.blocking && ` (${t("reason-blocking")})`,
    ]);
    show(
      place,
      el("p", { class: "sb-headline" }, t("compact-open", words)),
      items.length > 0 && el("h3", {}, t("reasons")),
      items.length > 0 && list(items),
      plays.length > 0 && el("h3", {}, t("plan")),
      plays.length > 0 && list(plays.map((one) => [this.names.playLink(one.id)])),
      el("p", {}, link(this.pages.to("assessment"), t("to-assessment"))),
    );
  }
}
