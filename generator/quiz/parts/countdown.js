/** A clock that counts down, for a meeting. */

import { write } from "#core/render/dom.js";

/** How often it is drawn, in milliseconds. */
const TICK = 250;
const MINUTE = 60_000;

export class Countdown {
  #end = 0;
  #left = 0;
  #length = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #element;
  #onEnd;

  /**
   * @param {Element} element shows the time that is left
   * @param {() => void} onEnd is told when it is up
   */
  constructor(element, onEnd) {
    this.#element = element;
    this.#onEnd = onEnd;
  }

  get isRunning() {
    return this.#ticking !== undefined;
  }

  /**
   * Begin anew; one that runs runs on.
   * @param {number} [minutes] as long as before, if it is not named
   */
  reset(minutes) {
    this.#length = minutes === undefined ? this.#length : minutes * MINUTE;
    this.#left = this.#length;
    this.#end = performance.now() + this.#left;
    this.#paint();
  }

  /** Stop it, or let it run. */
  toggle() {
    if (this.isRunning) return this.stop();
    if (this.#left <= 0) this.#left = this.#length;
    this.#end = performance.now() + this.#left;
    this.#ticking = setInterval(() => this.#tick(), TICK);
    this.#paint();
  }

  stop() {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  #tick() {
    this.#left = Math.max(0, this.#end - performance.now());
    this.#paint();
    if (this.#left > 0) return;
    this.stop();
    this.#onEnd();
  }

  #paint() {
    const seconds = Math.ceil(this.#left / 1000);
    const rest = String(seconds % 60).padStart(2, "0");
    write(this.#element, `${Math.floor(seconds / 60)}:${rest}`);
  }
}
