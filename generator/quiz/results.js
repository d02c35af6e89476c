/** The result in words, tables and bars, in the page. */

import { NOT_APPLICABLE, UNKNOWN } from "./answering.js";
import { diagnose } from "./diagnosis.js";
import { el, link, list, show } from "./dom.js";
import { drawArithmetic } from "./explanation.js";
import { labelOf } from "./form.js";
import { displayScore } from "./rounding.js";

/** @import { Assessment, Data, Diagnosis, Gate, Result, Score } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Pages } from "./pages.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

export class Results {
  /**
   * @param {Scorer} scorer
   * @param {Pages} pages
   * @param {Words} t
   * @param {(stage: string) => void} aim keeps the stage that the plan is for
   */
  constructor(scorer, pages, t, aim) {
    this.scorer = scorer;
    this.data = scorer.data;
    this.pages = pages;
    this.t = t;
    /** @type {Map<string, Gate>} */
    this.gates = new Map(this.data.gates.map((gate) => [gate.id, gate]));
    this.stages = new Map(this.data.stages.map((one) => [one.id, one.title]));
    this.dimensions = new Map(this.data.dimensions.map((one) => [one.id, one.title]));
    this.plays = new Map(this.data.remediations.map((one) => [one.id, one.title]));
    const steps = scorer.ladder.stages
      .slice(1)
      .map((id) => el("option", { value: id }, this.stage(id)));
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
    const score = displayScore(so_far, this.data.scoring);
    const place = this.stage(stage.so_far) || band;
    return this.t("now", { result: place ? `${place}, ${score}` : score });
  }

  /** @param {string | null} id */
  stage(id) {
    return this.stages.get(id ?? "") ?? "";
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
      const between = { low: this.stage(low), high: this.stage(high) };
      const headline = low === high ? this.stage(low) : t("stage-between", between);
      made.push(el("p", { class: "sb-headline" }, headline));
      const open = { n: coverage.unanswered, stage: this.stage(so_far) };
      if (low !== high && so_far) made.push(el("p", {}, t("stage-open", open)));
      const { of, by } = this.data.scoring.overall;
      const core = this.scorer.counted.size < this.data.dimensions.length;
      const rule = t(core ? "stage-rule-core" : "stage-rule");
      if (of === "dimensions" && by === "min") made.push(el("p", {}, rule));
    }
    if (overall.band) {
      const band = this.data.scoring.bands?.of.find((one) => one.id === overall.band);
      const label = band?.label ?? this.stage(band?.stage ?? null);
      if (label && !low) made.push(el("p", { class: "sb-headline" }, label));
    }
    made.push(el("p", { class: "sb-score" }, this.numbers(overall)));
    return [...made, this.belief(diagnosis)];
  }

  /** @param {Score} score */
  numbers({ low, high, so_far }) {
    if (low === null || high === null) return "";
    const shown = (/** @type {number} */ value) => displayScore(value, this.data.scoring);
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
    const words = { believed: this.stage(stage), n: Math.abs(n ?? 0) };
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
      const name = link(this.pages.to(`dimensions/${dimension.id}`), dimension.title);
      const core = dimension.core && el("small", {}, ` ${t("core")}`);
      return el(
        "tr",
        {},
        el("th", { scope: "row" }, name, core),
        ladder && el("td", {}, this.stage(one.stage.so_far) || "–"),
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
    const shown = (/** @type {number} */ value) => displayScore(value, this.data.scoring, 1);
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

  /** @param {string} id */
  gate(id) {
    const gate = this.gates.get(id);
    return link(this.pages.to(`dimensions/${gate?.dimension}`, id), gate?.title ?? id);
  }

  /**
   * Return an answer in words.
   * @param {string} id
   * @param {string | null} answer
   */
  answer(id, answer) {
    const gate = this.gates.get(id);
    if (answer === null || !gate) return this.t("unanswered");
    if (answer === UNKNOWN || answer === NOT_APPLICABLE) return this.t(answer);
    return labelOf(this.data, gate, answer);
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
        ...{ open, applicable, needed, stage: this.stage(stage), reached: this.stage(low) },
        dimension: this.dimensions.get(dimension) ?? "",
      };
      const gates = reason.gates.map((one) => [
        this.gate(one.gate),
        `: ${this.answer(one.gate, one.answer)}`,
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
      this.gate(id),
      `: ${this.answer(id, states.get(id)?.answer ?? null)}`,
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
        .map((look) => [this.gate(look.gate)]);
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
    const title = (/** @type {string} */ id) => this.gates.get(id)?.title ?? id;
    const none = plan_unopened.length > 0 && { gates: plan_unopened.map(title).join("; ") };
    const rest = none && el("p", {}, t("plan-unopened", none));
    if (!plan.length) return [heading, rest || el("p", {}, t("plan-none"))];
    const weeks = this.weeks(plan_total.weeks);
    const words = { n: plan.length, target: this.stage(target), weeks };
    const lead = el("p", {}, t(target ? "plan-lead" : "plan-lead-all", words));
    const items = plan.map(({ remediation, opens, weeks: own }) => {
      const name = this.plays.get(remediation) ?? remediation;
      const gates = opens.map(title).join("; ");
      return [
        link(this.pages.to(`remediations/${remediation}`), name),
        `, ${this.weeks(own)}`,
        el("br"),
        el("small", {}, t("plan-opens", { gates })),
      ];
    });
    return [heading, lead, list(items, "ol"), rest];
  }

  /** @param {[number, number]} weeks */
  weeks([from, to]) {
    return from === to ? this.t("weeks-same", { n: from }) : this.t("weeks", { from, to });
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
      return [this.gate(id), `: ${reason}`];
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
      this.gate(id),
      `: ${this.answer(id, result.states.get(id)?.answer ?? null)}`,
      this.gates.get(id)?.blocking && ` (${t("reason-blocking")})`,
    ]);
    show(
      place,
      el("p", { class: "sb-headline" }, t("compact-open", words)),
      items.length > 0 && el("h3", {}, t("reasons")),
      items.length > 0 && list(items),
      plays.length > 0 && el("h3", {}, t("plan")),
      plays.length > 0 &&
        list(plays.map((one) => [link(this.pages.to(`remediations/${one.id}`), one.title)])),
      el("p", {}, link(this.pages.to("assessment"), t("to-assessment"))),
    );
  }
}
