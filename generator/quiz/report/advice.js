/** What follows from a result, in sentences: what holds it back, what to look at again, what to do. */

import { NOT_APPLICABLE } from "#core/scoring/gates.js";

/** @import { Assessment, Diagnosis, PlanItem, Reason, Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

export class Advice {
  #scorer;
  #names;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
  }

  /**
   * Return how the stage believed compares with the result; empty where none was named.
   * @param {Diagnosis} diagnosis
   */
  belief({ believed }) {
    if (!believed) return "";
    const { stage, levels_above: n } = believed;
    const words = { believed: this.#names.stage(stage), n: Math.abs(n ?? 0) };
    if (n === null) return this.#names.t("believed-open", words);
    if (!n) return this.#names.t("believed-same", words);
    return this.#names.t(n > 0 ? "believed-above" : "believed-below", words);
  }

  /**
   * Return the next cell of each dimension that has not reached it, with its gates: of those that
   * hold the result back, and of the others. Without a ladder there are none.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  reasons(result, { holding, reasons }) {
    // What lies behind the next step is for later.
    const next = reasons.filter(({ dimension, stage, gates }) => {
      const { low } = result.dimensions[dimension].stage;
      const follows = low !== null && this.#scorer.ladder.after(low)[0] === stage;
      return follows && gates.some((gate) => gate.answer !== null);
    });
    const those = (/** @type {boolean} */ holds) =>
      next
        .filter(({ dimension }) => holding.includes(dimension) === holds)
        .map((reason) => ({ text: this.#reason(reason, result), gates: reason.gates }));
    return { holding: those(true), others: those(false) };
  }

  /**
   * @param {Reason} reason
   * @param {Result} result
   */
  #reason({ dimension, stage, open, applicable, needed }, result) {
    const { t } = this.#names;
    const words = {
      ...{ open, applicable, needed, stage: this.#names.stage(stage) },
      reached: this.#names.stage(result.dimensions[dimension].stage.low),
      dimension: this.#names.dimension(dimension),
    };
    return t("reason-line", words) + (open < needed ? ` ${t("reason-needed", words)}` : "");
  }

  /**
   * Return the gates that keep a score without a ladder from its top; none on a ladder.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {ShutGate[]}
   */
  lowering({ states }, { lowering }) {
    if (this.#scorer.scoring.dimension === "ladder") return [];
    return lowering.map((gate) => {
      return { gate, answer: states.get(gate)?.answer ?? null, blocking: false };
    });
  }

  /**
   * Return the ticked symptoms that contradict open gates, with these gates.
   * @param {Diagnosis} diagnosis
   */
  contradictions({ second_look }) {
    return this.#scorer.data.symptoms
      .map(({ id, looks_like, observation, disproof }) => ({
        text: [looks_like, observation, disproof].filter(Boolean).join(" "),
        gates: second_look.filter(({ symptom }) => symptom === id).map(({ gate }) => gate),
      }))
      .filter(({ gates }) => gates.length);
  }

  /**
   * Return the open gates that need another one first which is not met.
   * @param {Diagnosis} diagnosis
   */
  requirements({ second_look_requires }) {
    return second_look_requires.map(({ gate, requires }) =>
      this.#names.t("requires-line", {
        gate: this.#names.gate(gate),
        required: this.#names.gate(requires),
      }),
    );
  }

  /**
   * Return what stands before the plays and after them: how many they are, and what none opens.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  planLines(result, diagnosis) {
    const { plan, plan_unopened, target } = diagnosis;
    const gates = this.#titles(plan_unopened);
    const rest = gates ? this.#names.t("plan-unopened", { gates }) : "";
    if (plan.length) return [this.#planLead(diagnosis), rest];
    return rest ? ["", rest] : [this.#noPlay(result, target), ""];
  }

  /** @param {Diagnosis} diagnosis */
  #planLead({ plan, plan_total, plan_unestimated: unknown, target }) {
    const { t } = this.#names;
    const n = plan.length;
    const known = n - unknown;
    const total = this.#weeks(plan_total.weeks);
    const weeks = known ? t("plan-weeks", { n: known, weeks: total }) : "";
    const lead = t(target ? "plan-lead" : "plan-lead-all", {
      ...{ n, target: this.#names.stage(target), weeks },
    });
    return known && unknown ? `${lead} ${t("plan-unestimated", { n: unknown })}` : lead;
  }

  /**
   * Return why there is no play in a plan.
   * @param {Result} result
   * @param {string | null} target
   */
  #noPlay({ coverage, overall }, target) {
    const { ladder } = this.#scorer;
    const { t } = this.#names;
    const { low } = overall.stage;
    if (low && !target) return t("plan-top", { stage: this.#names.stage(low) });
    if (low && target && ladder.level(low) >= ladder.level(target)) {
      return t("plan-reached", { target: this.#names.stage(target) });
    }
    const n = coverage.unanswered;
    return n ? t("plan-unanswered", { n }) : t("plan-none");
  }

  /**
   * Return an item of the plan: how long it takes, where it says so, and what it opens.
   * @param {PlanItem} item
   */
  planItem({ opens, weeks }) {
    return {
      weeks: weeks ? this.#weeks(weeks) : "",
      opens: this.#names.t("plan-opens", { gates: this.#titles(opens) }),
    };
  }

  /** @param {[number, number]} weeks */
  #weeks([from, to]) {
    return from === to
      ? this.#names.t("weeks-same", { n: from })
      : this.#names.t("weeks", { from, to });
  }

  /**
   * Return the gates that do not apply, each with the reason given.
   * @param {Assessment} assessment
   * @param {Result} result
   */
  leftOut({ answers = {} }, { states }) {
    return [...states]
      .filter(([, { answer }]) => answer === NOT_APPLICABLE)
      .map(([gate]) => ({ gate, reason: answers[gate]?.reason || this.#names.t("no-reason") }));
  }

  /** @param {string[]} gates */
  #titles(gates) {
    return gates.map((id) => this.#names.gate(id)).join("; ");
  }
}
