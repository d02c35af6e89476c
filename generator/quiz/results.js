/** The result in words, tables and bars, in the page. */

import { NOT_APPLICABLE } from "./answering.js";
import { foldedRadar, heatTable } from "./charts.js";
import { diagnose } from "./diagnosis.js";
import { el, link, list, show } from "./dom.js";
import { drawArithmetic } from "./explanation.js";

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
  outcome({ overall, coverage }, diagnosis) {
    const { t } = this;
    const { low, high, so_far } = overall.stage;
    /** @type {Child[]} */
    const made = [];
    if (low && high) {
      const between = { low: this.names.stage(low), high: this.names.stage(high) };
      const headline = low === high ? this.names.stage(low) : t("stage-between", between);
      made.push(el("p", { class: "sb-headline" }, headline));
      const open = { n: coverage.unanswered, stage: this.names.stage(so_far) };
      if (low !== high && so_far) made.push(el("p", {}, t("stage-open", open)));
      const { of, by } = this.data.scoring.overall;
      const core = this.scorer.counted.size < this.data.dimensions.length;
      const rule = t(core ? "stage-rule-core" : "stage-rule");
      if (of === "dimensions" && by === "min") made.push(el("p", {}, rule));
    }
    if (overall.band) {
      const band = this.data.scoring.bands?.of.find((one) => one.id === overall.band);
      const label = band?.label ?? this.names.stage(band?.stage ?? null);
      if (label && !low) made.push(el("p", { class: "sb-headline" }, label));
    }
    // What was believed stands directly under what was found.
    made.splice(1, 0, this.belief(diagnosis));
    made.push(el("p", { class: "sb-score" }, this.numbers(overall)));
    return [...made, el("p", { class: "sb-coverage" }, t("coverage", coverage))];
  }

  /** @param {Score} score */
  numbers({ low, high, so_far }) {
    if (low === null || high === null) return "";
    const shown = (/** @type {number} */ value) => this.names.score(value);
    if (low === high) return this.t("score-is", { score: shown(low) });
    const score = shown(so_far ?? low);
    return this.t("score-between", { low: shown(low), high: shown(high), score });
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Child}
   */
  belief({ believed }) {
    if (!believed) return null;
    const { stage, levels_above: n } = believed;
    const words = { believed: this.names.stage(stage), n: Math.abs(n ?? 0) };
    if (n === null) return el("p", {}, this.t("believed-open", words));
    const key = n === 0 ? "believed-same" : n > 0 ? "believed-above" : "believed-below";
    return el("p", { class: "sb-belief" }, this.t(key, words));
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
    const text = low === high ? words.score : `${words.score} (${this.t("range", words)})`;
    return el("span", { class: "sb-cell" }, bar, el("span", { class: "sb-number" }, text));
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  reasons(result, { reasons }) {
    const { t } = this;
    if (this.data.scoring.dimension !== "ladder") return this.shut(result);
    // The next step of each dimension; what lies behind it is for later.
    const next = reasons.filter((reason) => {
      const low = result.dimensions[reason.dimension].stage.low;
      return low !== null && this.scorer.ladder.after(low)[0] === reason.stage;
    });
    const told = next.filter((reason) => reason.gates.some((gate) => gate.answer !== null));
    told.sort((a, b) => Number(this.counts(b.dimension)) - Number(this.counts(a.dimension)));
    const items = told.map((reason) => {
      const { dimension, stage, open, applicable, needed } = reason;
      const low = result.dimensions[dimension].stage.low;
      const words = {
        ...{
          open,
          applicable,
          needed,
          stage: this.names.stage(stage),
          reached: this.names.stage(low),
        },
        dimension: this.names.dimension(dimension),
      };
      const gates = reason.gates.map((one) => [
        this.names.gateLink(one.gate),
        `: ${this.names.answer(one.gate, one.answer)}`,
        one.blocking && ` (${t("reason-blocking")})`,
      ]);
      const short = open < needed && ` ${t("reason-needed", words)}`;
      return [t("reason-line", words), short, list(gates)];
    });
    const heading = el("h3", {}, t("reasons"));
    return [heading, items.length ? list(items) : el("p", {}, t("no-reasons"))];
  }

  /** @param {string} dimension */
  counts(dimension) {
    return this.scorer.counted.has(dimension);
  }

  /**
   * @param {Result} result
   * @returns {Child[]}
   */
  shut({ dimensions, states }) {
    const ids = Object.values(dimensions).flatMap((one) => one.shut);
    if (!ids.length) return [];
    const items = ids.map((id) => [
      this.names.gateLink(id),
      `: ${this.names.answer(id, states.get(id)?.answer ?? null)}`,
    ]);
    return [el("h3", {}, this.t("reasons")), list(items)];
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  secondLook({ second_look: looks }) {
    if (!looks.length) return [];
    const ids = new Set(looks.map((look) => look.symptom));
    const seen = this.data.symptoms.filter((one) => ids.has(one.id));
    const items = seen.map(({ id, looks_like, observation, disproof }) => {
      const gates = looks
        .filter((look) => look.symptom === id)
        .map((look) => [this.names.gateLink(look.gate)]);
      return [[looks_like, observation, disproof].filter(Boolean).join(" "), list(gates)];
    });
    const heading = el("h3", {}, this.t("second-look"));
    return [heading, el("p", {}, this.t("second-look-lead")), list(items)];
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Child[]}
   */
  plan({ plan, plan_total, plan_unopened, target }) {
    const { t } = this;
    const ladder = this.data.scoring.dimension === "ladder";
    const choice = ladder && el("p", {}, el("label", {}, t("target"), " ", this.target));
    const heading = el("div", {}, el("h3", {}, t("plan")), choice);
    const title = (/** @type {string} */ id) => this.names.gate(id);
    const none = plan_unopened.length > 0 && { gates: plan_unopened.map(title).join("; ") };
    const rest = none && el("p", {}, t("plan-unopened", none));
    if (!plan.length) return [heading, rest || el("p", {}, t("plan-none"))];
    const weeks = this.names.weeks(plan_total.weeks);
    const words = { n: plan.length, target: this.names.stage(target), weeks };
    const lead = el("p", {}, t(target ? "plan-lead" : "plan-lead-all", words));
    const items = plan.map(({ remediation, opens, weeks: own }) => {
      const gates = opens.map(title).join("; ");
      return [
        this.names.playLink(remediation),
        `, ${this.names.weeks(own)}`,
        el("br"),
        el("small", {}, t("plan-opens", { gates })),
      ];
    });
    return [heading, lead, list(items, "ol"), rest];
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
