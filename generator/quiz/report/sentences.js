/** What a result says, in sentences. */

/** @import { Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

export class Sentences {
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
   * Return the stage, the two that it lies between, or the band; empty where there is none.
   * @param {Result} result
   */
  headline({ overall: { band, stage } }) {
    const [low, high] = [stage.low, stage.high].map((id) => this.#names.stage(id));
    if (low && high) return low === high ? low : this.#names.t("stage-between", { low, high });
    const reached = this.#scorer.scoring.bands?.of.find(({ id }) => id === band);
    return reached?.label ?? this.#names.stage(reached?.stage);
  }

  /**
   * Return what the headline rests on: the gates still open, and the rule.
   * @param {Result} result
   * @returns {string[]}
   */
  remarks({ overall, coverage }) {
    const { low, high, so_far } = overall.stage;
    if (!low || !high) return [];
    const { t } = this.#names;
    const { counted, data } = this.#scorer;
    const rule = data.scoring.overall;
    const remarks = [];
    if (low !== high && so_far) {
      remarks.push(t("stage-open", { n: coverage.unanswered, stage: this.#names.stage(so_far) }));
    }
    if (rule.of === "dimensions" && rule.by === "min") {
      remarks.push(t(counted.size < data.dimensions.length ? "stage-rule-core" : "stage-rule"));
    }
    return remarks;
  }

  /**
   * Return the overall score, as an interval while answers are missing.
   * @param {Result} result
   */
  numbers({ overall }) {
    if (overall.low === null || overall.high === null) return "";
    const [low, high] = [overall.low, overall.high].map((value) => this.#names.score(value));
    const score = this.#names.score(overall.so_far ?? overall.low);
    return this.#names.t(low === high ? "score-is" : "score-between", { low, high, score });
  }

  /**
   * Return how a gate was answered, and whether it blocks.
   * @param {ShutGate} gate
   */
  answer({ gate, answer, blocking }) {
    const words = this.#names.answer(gate, answer);
    return blocking ? `${words} (${this.#names.t("reason-blocking")})` : words;
  }
}
