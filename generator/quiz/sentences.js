/** What a result says, in sentences: the same on the page and in what is made of it to share. */

/** @import { Diagnosis, PlanStep, Reason, Result, Score, ShutGate } from "./types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

export class Sentences {
  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Words} t
   */
  constructor(scorer, names, t) {
    this.scorer = scorer;
    this.data = scorer.data;
    this.names = names;
    this.t = t;
  }

  /**
   * Return the stage, the two that it lies between, or the band; empty where there is none.
   * @param {Result} result
   */
  headline({ overall }) {
    const { low, high } = overall.stage;
    if (low && low === high) return this.names.stage(low);
    if (low && high) {
      const between = { low: this.names.stage(low), high: this.names.stage(high) };
      return this.t("stage-between", between);
    }
    const band = this.data.scoring.bands?.of.find((one) => one.id === overall.band);
    return band?.label ?? this.names.stage(band?.stage);
  }

  /**
   * Return what the headline rests on: the gates still open, and the rule.
   * @param {Result} result
   * @returns {string[]}
   */
  remarks({ overall, coverage }) {
    const { t } = this;
    const { low, high, so_far } = overall.stage;
    const made = [];
    if (low && high) {
      const open = { n: coverage.unanswered, stage: this.names.stage(so_far) };
      if (low !== high && so_far) made.push(t("stage-open", open));
      const { of, by } = this.data.scoring.overall;
      const core = this.scorer.counted.size < this.data.dimensions.length;
      if (of === "dimensions" && by === "min")
        made.push(t(core ? "stage-rule-core" : "stage-rule"));
    }
    return made;
  }

  /**
   * Return the overall score, as an interval while answers are missing.
   * @param {Result} result
   */
  numbers({ overall: { low, high, so_far } }) {
    if (low === null || high === null) return "";
    const shown = (/** @type {number} */ value) => this.names.score(value);
    if (low === high) return this.t("score-is", { score: shown(low) });
    const score = shown(so_far ?? low);
    return this.t("score-between", { low: shown(low), high: shown(high), score });
  }

  /**
   * Return how the stage believed compares with the result; empty where none was named.
   * @param {Diagnosis} diagnosis
   */
  belief({ believed }) {
    if (!believed) return "";
    const { stage, levels_above: n } = believed;
    const words = { believed: this.names.stage(stage), n: Math.abs(n ?? 0) };
    if (n === null) return this.t("believed-open", words);
    const key = n === 0 ? "believed-same" : n > 0 ? "believed-above" : "believed-below";
    return this.t(key, words);
  }

  /**
   * Return the score of a part, with what is still possible.
   * @param {Score} score
   */
  part({ low, high, so_far }) {
    if (low === null || high === null) return "–";
    const shown = (/** @type {number} */ value) => this.names.score(value, 1);
    const score = shown(so_far ?? low);
    const range = { low: shown(low), high: shown(high) };
    return low === high ? score : `${score} (${this.t("range", range)})`;
  }

  /**
   * Return what holds back, each with its gates: the next step of each dimension, core ones first;
   * without a ladder the gates alone, or null where none is shut.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {{text: string, gates: ShutGate[]}[] | null}
   */
  reasons({ dimensions, states }, { reasons }) {
    if (this.data.scoring.dimension !== "ladder") {
      const shut = Object.values(dimensions).flatMap((one) => one.shut);
      const gates = shut.map((gate) => {
        return { gate, answer: states.get(gate)?.answer ?? null, blocking: false };
      });
      return gates.length ? gates.map((one) => ({ text: "", gates: [one] })) : null;
    }
    const counts = (/** @type {Reason} */ one) => Number(this.scorer.counted.has(one.dimension));
    // What lies behind the next step is for later.
    return reasons
      .filter(({ dimension, stage, gates }) => {
        const { low } = dimensions[dimension].stage;
        const next = low !== null && this.scorer.ladder.after(low)[0] === stage;
        return next && gates.some((gate) => gate.answer !== null);
      })
      .sort((a, b) => counts(b) - counts(a))
      .map((one) => ({ text: this.#reason(one, dimensions[one.dimension]), gates: one.gates }));
  }

  /**
   * @param {Reason} reason
   * @param {Result["dimensions"][string]} result
   */
  #reason({ dimension, stage, open, applicable, needed }, result) {
    const words = {
      ...{ open, applicable, needed, stage: this.names.stage(stage) },
      reached: this.names.stage(result.stage.low),
      dimension: this.names.dimension(dimension),
    };
    const line = this.t("reason-line", words);
    return open < needed ? `${line} ${this.t("reason-needed", words)}` : line;
  }

  /**
   * Return how a gate was answered, and whether it blocks.
   * @param {ShutGate} gate
   */
  answer({ gate, answer, blocking }) {
    return this.names.answer(gate, answer) + (blocking ? ` (${this.t("reason-blocking")})` : "");
  }

  /**
   * Return the ticked symptoms that contradict open gates, with these gates.
   * @param {Diagnosis} diagnosis
   */
  secondLook({ second_look: looks }) {
    return this.data.symptoms
      .map(({ id, looks_like, observation, disproof }) => ({
        text: [looks_like, observation, disproof].filter(Boolean).join(" "),
        gates: looks.filter((look) => look.symptom === id).map((look) => look.gate),
      }))
      .filter(({ gates }) => gates.length);
  }

  /**
   * Return what stands before the plays and after them: how many they are, and what none opens.
   * @param {Diagnosis} diagnosis
   */
  planLines({ plan, plan_total, plan_unopened, target }) {
    const { t } = this;
    const rest = plan_unopened.length && t("plan-unopened", { gates: this.#titles(plan_unopened) });
    if (!plan.length) return rest ? ["", rest] : [t("plan-none"), ""];
    const weeks = this.names.weeks(plan_total.weeks);
    const words = { n: plan.length, target: this.names.stage(target), weeks };
    return [t(target ? "plan-lead" : "plan-lead-all", words), rest || ""];
  }

  /**
   * Return a step of the plan: the play, how long it takes, and what it opens.
   * @param {PlanStep} step
   */
  step({ remediation, opens, weeks }) {
    return {
      play: this.names.play(remediation),
      weeks: this.names.weeks(weeks),
      opens: this.t("plan-opens", { gates: this.#titles(opens) }),
    };
  }

  /** @param {string[]} gates */
  #titles(gates) {
    return gates.map((id) => this.names.gate(id)).join("; ");
  }
}
