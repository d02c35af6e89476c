/** The shortest way to a result: which questions it asks, how many are left, and what is certain. */

import { Adaptive } from "../scoring/adaptive.js";

/** @import { Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

export class ShortestWay {
  /** Gates that the reader went past. @type {Set<string>} */
  #passed = new Set();
  #adaptive;
  #names;
  #store;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   */
  constructor(scorer, names, store) {
    this.#adaptive = new Adaptive(scorer, scorer.score({}));
    this.#names = names;
    this.#store = store;
  }

  /**
   * Ask another question instead of one without an answer.
   * @param {string} gate
   */
  pass(gate) {
    this.#passed.add(gate);
  }

  /**
   * Return the gates to ask: those that are answered, in the order in which that happened, those that the
   * reader went past, and the one that tells most of the others.
   * @param {Result} result
   */
  order(result) {
    const { answers = {} } = this.#store.assessment;
    const isAnswered = (/** @type {string} */ id) =>
      (result.states.get(id)?.answer ?? null) !== null;
    const answered = Object.keys(answers).filter(isAnswered);
    const passed = [...this.#passed].filter((id) => !isAnswered(id));
    const next = this.#adaptive.nextGates(result).filter((id) => !this.#passed.has(id));
    return [...answered, ...passed, ...next.slice(0, 1)];
  }

  /**
   * Return how many questions are left after the next one, at most.
   * @param {Result} result
   */
  left(result) {
    return Math.max(0, this.#adaptive.nextGates(result).length - 1);
  }

  /**
   * Return what no further answer can change, in words; nothing where that is nothing.
   * @param {Result} result
   */
  certain({ overall: { stage } }) {
    const { ladder } = this.#adaptive.scorer;
    const { low, high } = stage;
    if (low === null || high === null) return "";
    const words = { low: this.#names.stage(low), high: this.#names.stage(high) };
    if (low === high) return this.#names.t("certain", words);
    const isFloor = low === ladder.stages[0];
    const isTop = high === ladder.stages.at(-1);
    if (isFloor && isTop) return "";
    if (isFloor) return this.#names.t("certain-most", words);
    return this.#names.t(isTop ? "certain-least" : "certain-between", words);
  }
}
