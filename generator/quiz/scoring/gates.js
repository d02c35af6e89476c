/** From an answer, or a measured number, to a gate's state: the twin of `stagebook/scoring/gates.py`. */

import { atLeast } from "./rounding.js";

/** @import { Assessment, Condition, Data, Gate, Item, State } from "../types.js" */

export const UNKNOWN = "unknown";
export const NOT_APPLICABLE = "not-applicable";
/** The cell of the gates that name no stage. */
export const ANY_STAGE = "*";
/** The answer of a gate that a measure scores by points. */
export const MEASURED = "measured";

/** @type {State} */
const UNANSWERED = { answer: null, score: null, applies: true, is_open: false };

/** A gate prepared for scoring. */
export class ScoredGate {
  /**
   * @param {Gate} gate
   * @param {Data} data
   */
  constructor(gate, data) {
    this.id = gate.id;
    this.dimension = gate.dimension;
    this.topic = gate.topic;
    this.stages = gate.stages.length ? gate.stages : [ANY_STAGE];
    this.blocking = gate.blocking;
    this.bonus = gate.bonus;
    this.cap = gate.cap;
    this.applies = gate.applies;
    this.weight = gate.weight;
    this.requires = gate.requires;
    this.measure = gate.measure;
    const choices = data.scales.find((one) => one.id === gate.scale)?.choices ?? [];
    this.points = gate.measure?.points ?? null;
    /** @type {Map<string, number>} */
    this.scores = new Map(this.points ? [] : choices.map((one) => [one.id, one.score]));
    const counts = gate.ticks.filter(({ answer }) => this.scores.has(answer));
    this.counts = counts.sort((a, b) => b.needed - a.needed);
    const scores = this.points ? this.points.map((point) => point[1]) : [...this.scores.values()];
    this.top = Math.max(...scores);
    this.bottom = Math.min(...scores);
    this.passScore = data.scoring.pass * this.top;
    const zero = data.scoring.not_applicable === "zero";
    // Where what does not apply counts as 0, an unanswered gate may still become that.
    let low = zero ? Math.min(0, this.bottom) : this.bottom;
    let high = zero ? Math.max(0, this.top) : this.top;
    if (this.bonus) {
      const met = scores.filter((score) => atLeast(score, this.passScore));
      const least = this.points ? this.passScore : Math.min(...(met.length ? met : [this.top]));
      low = Math.min(Math.max(least, this.bottom), this.top);
      high = this.top;
    }
    /** @type {Item} */
    this.unanswered = {
      low,
      high,
      so_far: null,
      weight: this.weight,
      optional: this.bonus || !zero,
      of: "gate",
      id: this.id,
      trace: null,
    };
    const left = { answer: NOT_APPLICABLE, score: null, applies: false, is_open: false };
    /** @type {Map<string, State>} */
    this.states = new Map([
      // Not knowing is never met, not even where the lowest answer is.
      [UNKNOWN, this.#unmet(UNKNOWN, this.bottom)],
      [NOT_APPLICABLE, zero && !this.bonus ? this.#state(NOT_APPLICABLE, 0) : left],
    ]);
    for (const [answer, score] of this.scores) this.states.set(answer, this.#state(answer, score));
  }

  /**
   * @param {string} answer
   * @param {number} score
   * @returns {State}
   */
  #state(answer, score) {
    if (atLeast(score, this.passScore)) return { answer, score, applies: true, is_open: true };
    return this.#unmet(answer, score);
  }

  /**
   * @param {string} answer
   * @param {number} score
   * @returns {State}
   */
  #unmet(answer, score) {
    // What counts only when it is met is left out.
    return { answer, score, applies: !this.bonus, is_open: false };
  }

  /**
   * Return what an assessment says of the gate: its answer, else its ticks, else its measure.
   *
   * Where the profile says that it does not apply, none of them counts.
   * @param {Assessment} assessment
   * @returns {State}
   */
  state(assessment) {
    if (leftOutBy(this, assessment.profile)) return this.#answered(NOT_APPLICABLE);
    const answer = assessment.answers?.[this.id];
    const said = this.states.get(answer?.answer ?? "");
    if (said) return said;
    const ticked = answer?.ticks?.length;
    if (ticked && this.counts.length) {
      return this.#answered(answerByTicks(this.counts, this.scores, ticked));
    }
    const number = this.measure ? assessment.measures?.[this.measure.of] : undefined;
    if (typeof number !== "number" || !this.measure) return UNANSWERED;
    if (this.points) return this.#state(MEASURED, interpolate(this.points, number));
    const measured = answerByMeasure(this.measure.conditions ?? [], this.scores, number);
    return measured === null ? UNANSWERED : this.#answered(measured);
  }

  /**
   * @param {string} answer
   * @returns {State}
   */
  #answered(answer) {
    return /** @type {State} */ (this.states.get(answer));
  }

  /**
   * Return a score as a share of the top of the gate's scale, from 0 to 1.
   * @param {number} score
   */
  share(score) {
    return this.top > 0 ? Math.min(Math.max(score / this.top, 0), 1) : 0;
  }

  /**
   * Return the gate's score as an item, or null where the gate does not apply.
   * @param {State} state
   * @returns {Item | null}
   */
  item(state) {
    const { score, answer, applies } = state;
    if (score !== null && applies) {
      const { id, weight } = this;
      const known = { low: score, high: score, so_far: score, weight, optional: false };
      return { ...known, of: "gate", id, trace: null };
    }
    return answer === null ? this.unanswered : null;
  }
}

/**
 * Return the question of the profile whose answer says that a gate does not apply, if one does.
 * @param {Pick<Gate, "applies">} gate
 * @param {Record<string, string>} [profile]
 */
export const leftOutBy = ({ applies }, profile = {}) =>
  applies.find(({ question, answers }) => {
    return Object.hasOwn(profile, question) && !answers.includes(profile[question]);
  })?.question;

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARISONS = {
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "==": (a, b) => a === b,
};

/**
 * Return the first answer whose condition holds, or the one that scores lowest.
 *
 * Where only that one has a condition, a number that does not meet it says nothing.
 * @param {Condition[]} conditions
 * @param {Map<string, number>} scores
 * @param {number} number
 * @returns {string | null}
 */
export function answerByMeasure(conditions, scores, number) {
  for (const { answer, op, value } of conditions) {
    if (COMPARISONS[op](number, value)) return answer;
  }
  const lowest = lowestOf(scores);
  return conditions.every(({ answer }) => answer === lowest) ? null : lowest;
}

/**
 * Return the answer of the highest count that is reached, or the one that scores lowest.
 * @param {{answer: string, needed: number}[]} counts
 * @param {Map<string, number>} scores
 * @param {number} ticked
 */
export function answerByTicks(counts, scores, ticked) {
  return counts.find(({ needed }) => ticked >= needed)?.answer ?? lowestOf(scores);
}

/**
 * Return the answer that scores lowest.
 * @param {Map<string, number>} scores
 */
const lowestOf = (scores) => [...scores].reduce((low, one) => (one[1] < low[1] ? one : low))[0];

/**
 * Return the score at a number, on straight lines between points, level beyond both ends.
 * @param {[number, number][]} points
 * @param {number} number
 * @returns {number}
 */
export function interpolate(points, number) {
  if (number <= points[0][0]) return points[0][1];
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1];
    const [x1, y1] = points[i];
    if (number <= x1) return y0 + (y1 - y0) * ((number - x0) / (x1 - x0));
  }
  return points[points.length - 1][1];
}

/**
 * Return whether an answer, `unknown` included, says that a gate is not open.
 * @param {State} state
 */
export function isShut(state) {
  return state.score !== null && state.applies && !state.is_open;
}

/**
 * Return whether a gate applies and is not met, be it shut or unanswered.
 * @param {State} state
 */
export function isMissing(state) {
  return state.applies && !state.is_open;
}

/**
 * Return whether an answer says that a gate is not met, even if it then does not count.
 * @param {State} state
 */
export const fallsShort = ({ is_open, score }) => score !== null && !is_open;

/**
 * Return whether a gate limits the overall score by its cap, or may still do so.
 * @param {State} state
 */
export const mayCap = (state) => fallsShort(state) || state.answer === null;
