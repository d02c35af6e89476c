/** How long the questions take that are left. */

/** A longer pause was not spent on the question, in seconds. */
const LONGEST = 120;
/** As many answers show a pace. */
const ENOUGH = 5;

export class Pace {
  /** The seconds that answers took, the shortest first. @type {number[]} */
  #seconds = [];
  #usual;
  #last = performance.now();

  /** @param {number} usual the seconds that the rubric allows for a question */
  constructor(usual) {
    this.#usual = usual;
  }

  /** Count the time since the last answer; a clock that is set meanwhile does not matter. */
  answered() {
    const now = performance.now();
    this.#seconds.push(Math.min((now - this.#last) / 1000, LONGEST));
    this.#seconds.sort((a, b) => a - b);
    this.#last = now;
  }

  /**
   * Return the minutes that some questions take, at the reader's own pace once it shows.
   * @param {number} questions
   */
  minutes(questions) {
    const { length } = this.#seconds;
    const pace = length < ENOUGH ? this.#usual : this.#seconds[length >> 1];
    return Math.round((questions * pace) / 60) || 1;
  }
}
