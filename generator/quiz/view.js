/** How the reader takes a quiz: what of it, one question at a time or all, and where they are. */

/** @import { Data } from "./types.js" */
/** @import { Store } from "./store.js" */

/**
 * @typedef {object} Choice
 * @property {"one" | "all"} mode
 * @property {string} scope what is asked: "", "quick", or a stage or dimension: `stage:scaled`
 * @property {string} place the id of the step where the reader is
 * @property {boolean} advance whether a click on an answer goes on to the next question
 */

/** Seconds a question takes before the reader's own pace is known: judgement, to be said as "about". */
const USUAL_PACE = 17;
/** A longer pause was not spent on the question. */
const LONGEST = 120;
/** As many answers show a pace. */
const ENOUGH = 5;

export class View {
  /**
   * @param {Store} store
   * @param {string} what the kind of quiz: each keeps a view of its own
   * @param {"one" | "all"} mode what a reader gets who has not chosen
   */
  constructor(store, what, mode) {
    this.shelf = store.shelf;
    this.key = `${store.key("stagebook-view/1")}.${what}`;
    /** @type {Choice} */
    const usual = { mode, scope: "", place: "", advance: false };
    this.choice = { ...usual, ...this.#read(usual) };
    /** @type {number[]} */
    this.paces = [];
    this.last = performance.now();
  }

  /**
   * Return what was kept, of the kinds of value that a view has.
   * @param {Choice} usual
   * @returns {Partial<Choice>}
   */
  #read(usual) {
    try {
      const found = Object.entries(JSON.parse(this.shelf.get(this.key) ?? "{}"));
      const known = found.filter(([key, value]) => typeof value === typeof Reflect.get(usual, key));
      return Object.fromEntries(known);
    } catch {
      return {};
    }
  }

  /** @param {Partial<Choice>} changed */
  choose(changed) {
    Object.assign(this.choice, changed);
    this.shelf.set(this.key, JSON.stringify(this.choice));
  }

  /** Count the time since the last answer; a clock that is set meanwhile does not matter. */
  answered() {
    const now = performance.now();
    this.paces.push(Math.min((now - this.last) / 1000, LONGEST));
    this.last = now;
  }

  /**
   * Return the minutes that some questions take, at the reader's own pace once it shows.
   * @param {number} questions
   */
  minutes(questions) {
    const known = [...this.paces].sort((a, b) => a - b);
    const pace = known.length < ENOUGH ? USUAL_PACE : known[known.length >> 1];
    return Math.ceil((questions * pace) / 60 - 0.25);
  }
}

/**
 * Return whether a quiz asks about a gate.
 * @param {Data} data
 * @param {string} scope
 * @returns {(gate: Data["gates"][number]) => boolean}
 */
export function inScope(data, scope) {
  const [kind, id] = scope.split(":");
  const quick = new Set(data.quick_check);
  if (kind === "quick") return (gate) => quick.has(gate.id);
  if (kind === "stage") return (gate) => gate.stage === id;
  if (kind === "dimension") return (gate) => gate.dimension === id;
  return () => true;
}
