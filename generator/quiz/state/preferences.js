/** How the reader takes a quiz: what of it, one question at a time or all, and where they are. */

/** @import { Data } from "../types.js" */
/** @import { Store } from "./store.js" */
/** How preferences are stored. @typedef {{one: boolean, scope: string, place: string, advance: boolean}} Stored */

/** The scope that asks only what can still change the result. */
export const SHORTEST = "shortest";

export class Preferences {
  /** Whether one question shows at a time. */
  oneAtATime;
  /** What is asked: everything, "quick", "shortest", or a stage or dimension such as `stage:scaled`. */
  scope = "";
  /** The id of the page of the quiz where the reader is. */
  pageId = "";
  /** Whether a click on an answer goes on to the next question. */
  advances = false;
  #data;
  #isQuick;
  #storage;
  #key;

  /**
   * @param {Data} data
   * @param {Store} store
   * @param {string} what the kind of quiz: each keeps preferences of its own
   * @param {boolean} oneAtATime what a reader gets who has not chosen
   */
  constructor(data, store, what, oneAtATime) {
    this.oneAtATime = oneAtATime;
    this.#data = data;
    this.#isQuick = what === "quick-check";
    this.#storage = store.storage;
    this.#key = `${store.key("stagebook-view/1")}.${what}`;
    this.#read();
  }

  /** @param {{oneAtATime?: boolean, scope?: string, pageId?: string, advances?: boolean}} chosen */
  choose(chosen) {
    Object.assign(this, chosen);
    /** @type {Stored} */
    const stored = {
      one: this.oneAtATime,
      scope: this.scope,
      place: this.pageId,
      advance: this.advances,
    };
    this.#storage.set(this.#key, JSON.stringify(stored));
  }

  /** Whether only what can still change the result is asked. */
  get isShortest() {
    return this.scope === SHORTEST;
  }

  /** Whether few questions are asked: in words, without numbers that need looking up. */
  get isBrief() {
    return this.#isQuick || ["quick", SHORTEST].includes(this.scope);
  }

  /**
   * Return whether a gate is asked.
   * @param {Data["gates"][number]} gate
   */
  asks({ id, stages, dimension }) {
    if (this.scope === "quick") return this.#data.quick_check.includes(id);
    const scopes = stages.map((stage) => `stage:${stage}`);
    return ["", SHORTEST, `dimension:${dimension}`, ...scopes].includes(this.scope);
  }

  /** Take what is stored; all of it is untrusted. */
  #read() {
    try {
      const { one, scope, place, advance } = JSON.parse(this.#storage.get(this.#key) ?? "{}");
      if (typeof one === "boolean") this.oneAtATime = one;
      this.scope = `${scope}`;
      this.pageId = `${place}`;
      this.advances = advance === true;
      // What it asked may have gone from the rubric since.
      if (!this.#data.gates.some((gate) => this.asks(gate))) this.scope = "";
    } catch {
      // Then the usual ones.
    }
  }
}
