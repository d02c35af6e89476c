/** The shortest way to a result: which questions it asks, how many are left, and what is certain. */

import { Adaptive } from "../scoring/adaptive.js";

/** @import { Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

export class ShortestWay {
  /** Gates that the reader went past, by the assessment in which that was. @type {Map<string, Set<string>>} */
  #passed = new Map();
  /** The result for which the next gates are known. @type {Result | null} */
  #known = null;
  /** @type {string[]} */
  #next = [];
  #adaptive;
  #names;
  #result;
  #store;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {() => Result} result returns the result so far
   */
  constructor(scorer, names, store, result) {
    this.#adaptive = new Adaptive(scorer, scorer.score({}));
    this.#names = names;
    this.#result = result;
    this.#store = store;
  }

  /**
   * Ask another question instead of one without an answer.
   * @param {string} gate
   */
  pass(gate) {
    this.#passedHere.add(gate);
  }

  /**
   * Return the gates to ask: those that are answered, in the order in which that happened, those that the
   * reader went past, and the one that tells most of the others.
   */
  order() {
    const { answers = {} } = this.#store.assessment;
    const { states } = this.#result();
    const isAnswered = (/** @type {string} */ id) => (states.get(id)?.answer ?? null) !== null;
    const answered = Object.keys(answers).filter(isAnswered);
    const passed = [...this.#passedHere].filter((id) => !isAnswered(id));
    return [...answered, ...passed, ...this.#ahead.slice(0, 1)];
  }

  /**
   * Return pages with the questions in this order; what stands before and behind them stays there.
   * @param {HTMLElement[]} pages
   * @param {(page: HTMLElement) => string | undefined} gateOf returns the id of the gate a page asks for
   */
  arrange(pages, gateOf) {
    const order = this.order();
    // Symptoms and the list of answers can wait: the last answer leads to the result.
    const isAside = (/** @type {HTMLElement} */ page) =>
      page.matches(".sb-check") || page.querySelector("[data-symptom]");
    const arranged = pages.filter((page) => !isAside(page));
    const rank = (/** @type {HTMLElement} */ page) => order.indexOf(gateOf(page) ?? "");
    const asked = arranged.filter(gateOf).sort((a, b) => rank(a) - rank(b));
    if (asked.length) arranged.splice(arranged.findIndex(gateOf), asked.length, ...asked);
    return arranged;
  }

  /** Return the gates that can still change the result: it takes a while to find them. */
  #nextGates() {
    const result = this.#result();
    if (this.#known !== result) {
      this.#known = result;
      this.#next = this.#adaptive.nextGates(result);
    }
    return this.#next;
  }

  /** The gates that the reader went past in the open assessment. */
  get #passedHere() {
    const { id } = this.#store;
    const passed = this.#passed.get(id) ?? new Set();
    this.#passed.set(id, passed);
    return passed;
  }

  /** The gates that can still change the result and that the reader has not seen. */
  get #ahead() {
    return this.#nextGates().filter((id) => !this.#passedHere.has(id));
  }

  /** How many questions are left after the next one, at most. */
  get left() {
    return Math.max(0, this.#ahead.length - 1);
  }

  /** What no further answer can change, in words; nothing where that is nothing. */
  get certain() {
    const { ladder } = this.#adaptive.scorer;
    const { low, high } = this.#result().overall.stage;
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
