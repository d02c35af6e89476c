/** What a result says, in sentences. */

/** @import { Diagnosis, PlanStep, Reason, Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Words } from "../render/words.js" */

/**
 * Return what says a result, part by part.
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Words} t
 */
export function sentences({ counted, data, ladder }, names, t) {
  const { bands, dimension: byDimension, overall: rule } = data.scoring;
  const titles = (/** @type {string[]} */ gates) => gates.map((id) => names.gate(id)).join("; ");

  /** @param {Reason} reason */
  function reasonLine(
    { dimension, stage, open, applicable, needed },
    /** @type {Result} */ result,
  ) {
    const words = {
      ...{ open, applicable, needed, stage: names.stage(stage) },
      reached: names.stage(result.dimensions[dimension].stage.low),
      dimension: names.dimension(dimension),
    };
    return t("reason-line", words) + (open < needed ? ` ${t("reason-needed", words)}` : "");
  }

  /**
   * Return why there is no play in a plan.
   * @param {Result} result
   * @param {string | null} target
   */
  function noPlay({ coverage, overall }, target) {
    const { low } = overall.stage;
    if (low && !target) return t("plan-top", { stage: names.stage(low) });
    if (low && target && ladder.level(low) >= ladder.level(target)) {
      return t("plan-reached", { target: names.stage(target) });
    }
    const n = coverage.unanswered;
    return n ? t("plan-unanswered", { n }) : t("plan-none");
  }

  return {
    /**
     * Return the stage, the two that it lies between, or the band; empty where there is none.
     * @param {Result} result
     */
    headline({ overall: { band, stage } }) {
      const [low, high] = [stage.low, stage.high].map((id) => names.stage(id));
      if (low && high) return low === high ? low : t("stage-between", { low, high });
      const reached = bands?.of.find((one) => one.id === band);
      return reached?.label ?? names.stage(reached?.stage);
    },

    /**
     * Return what the headline rests on: the gates still open, and the rule.
     * @param {Result} result
     * @returns {string[]}
     */
    remarks({ overall, coverage }) {
      const { low, high, so_far } = overall.stage;
      const made = [];
      if (low && high) {
        const open = { n: coverage.unanswered, stage: names.stage(so_far) };
        if (low !== high && so_far) made.push(t("stage-open", open));
        const core = counted.size < data.dimensions.length;
        if (rule.of === "dimensions" && rule.by === "min")
          made.push(t(core ? "stage-rule-core" : "stage-rule"));
      }
      return made;
    },

    /**
     * Return the overall score, as an interval while answers are missing.
     * @param {Result} result
     */
    numbers({ overall }) {
      if (overall.low === null || overall.high === null) return "";
      const [low, high] = [overall.low, overall.high].map((value) => names.score(value));
      const score = names.score(overall.so_far ?? overall.low);
      return t(low === high ? "score-is" : "score-between", { low, high, score });
    },

    /**
     * Return how the stage believed compares with the result; empty where none was named.
     * @param {Diagnosis} diagnosis
     */
    belief({ believed }) {
      if (!believed) return "";
      const { stage, levels_above: n } = believed;
      const words = { believed: names.stage(stage), n: Math.abs(n ?? 0) };
      if (n === null) return t("believed-open", words);
      return t(n ? (n > 0 ? "believed-above" : "believed-below") : "believed-same", words);
    },

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
        const follows = low !== null && ladder.after(low)[0] === stage;
        return follows && gates.some((gate) => gate.answer !== null);
      });
      const told = (/** @type {boolean} */ holds) =>
        next
          .filter(({ dimension }) => holding.includes(dimension) === holds)
          .map((one) => ({ text: reasonLine(one, result), gates: one.gates }));
      return { holding: told(true), others: told(false) };
    },

    /**
     * Return the gates that keep a score without a ladder from its top; null on a ladder.
     * @param {Result} result
     * @param {Diagnosis} diagnosis
     * @returns {ShutGate[] | null}
     */
    lowering({ states }, { lowering }) {
      if (byDimension === "ladder") return null;
      return lowering.map((gate) => {
        return { gate, answer: states.get(gate)?.answer ?? null, blocking: false };
      });
    },

    /**
     * Return how a gate was answered, and whether it blocks.
     * @param {ShutGate} gate
     */
    answer: ({ gate, answer, blocking }) =>
      names.answer(gate, answer) + (blocking ? ` (${t("reason-blocking")})` : ""),

    /**
     * Return the ticked symptoms that contradict open gates, with these gates.
     * @param {Diagnosis} diagnosis
     */
    secondLook: ({ second_look }) =>
      data.symptoms
        .map(({ id, looks_like, observation, disproof }) => ({
          text: [looks_like, observation, disproof].filter(Boolean).join(" "),
          gates: second_look.filter((look) => look.symptom === id).map((look) => look.gate),
        }))
        .filter(({ gates }) => gates.length),

    /**
     * Return what stands before the plays and after them: how many they are, and what none opens.
     * @param {Result} result
     * @param {Diagnosis} diagnosis
     */
    planLines(result, { plan, plan_total, plan_unestimated: unknown, plan_unopened, target }) {
      const rest = plan_unopened.length ? t("plan-unopened", { gates: titles(plan_unopened) }) : "";
      const n = plan.length;
      if (!n) return rest ? ["", rest] : [noPlay(result, target), ""];
      const known = n - unknown;
      const total = names.weeks(plan_total.weeks);
      const weeks = known ? t("plan-weeks", { n: known, weeks: total }) : "";
      const lead = t(target ? "plan-lead" : "plan-lead-all", {
        ...{ n, target: names.stage(target), weeks },
      });
      const left = known && unknown ? ` ${t("plan-unestimated", { n: unknown })}` : "";
      return [lead + left, rest];
    },

    /**
     * Return a step of the plan: how long it takes, where it says so, and what it opens.
     * @param {PlanStep} step
     */
    step: ({ opens, weeks }) => ({
      weeks: weeks ? names.weeks(weeks) : "",
      opens: t("plan-opens", { gates: titles(opens) }),
    }),
  };
}
