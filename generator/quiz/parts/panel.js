/** A section below the questions, drawn when it is seen: drawing costs more than all else of a click. */

import { whenReleased } from "./pointer.js";

/** How long after the last change a section that nobody sees is drawn, in milliseconds. */
const DRAW_PAUSE = 500;

/** Draws a section; returns false while it cannot, or must not. @typedef {(body: Element) => unknown} Draw */

export class Panel {
  #body;
  #draw;
  #isDue = false;
  #isSeen = false;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /**
   * @param {HTMLElement} section
   * @param {Draw} draw
   */
  constructor(section, draw) {
    this.section = section;
    this.#body = /** @type {Element} */ (section.querySelector(".sb-body"));
    this.#draw = draw;
    this.#markBusy();
  }

  /**
   * Watch whether it is seen, until the signal ends it.
   * @param {AbortSignal} signal
   */
  watch(signal) {
    const { section } = this;
    const observer = new IntersectionObserver(
      (entries) => {
        // Several come at once where it was seen for a moment only: the last one counts.
        this.#isSeen = /** @type {IntersectionObserverEntry} */ (entries.at(-1)).isIntersecting;
        if (this.#isSeen) this.#soon();
      },
      { rootMargin: "50%" },
    );
    observer.observe(section);
    const left = (/** @type {FocusEvent} */ { relatedTarget }) => {
      const isInside = section.contains(/** @type {Node | null} */ (relatedTarget));
      if (!isInside) setTimeout(() => this.#soon());
    };
    section.addEventListener("focusout", left, { signal });
    addEventListener("beforeprint", () => this.now(), { signal });
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#stop();
    });
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#later);
  }

  /** Say that it does not show the answers as they are now. */
  #markBusy() {
    this.section.setAttribute("aria-busy", "true");
  }

  /** Draw it as soon as that takes no click away. */
  #soon() {
    whenReleased(() => this.now());
  }

  /** Draw it at once, if anything has changed. */
  now() {
    if (!this.#isDue || this.#draw(this.#body) === false) return;
    this.#isDue = false;
    this.section.removeAttribute("aria-busy");
  }

  /**
   * Draw it again, soon.
   * @param {boolean} unseen whether to draw it also where nobody sees it yet
   */
  invalidate(unseen) {
    this.#isDue = true;
    this.#markBusy();
    this.#stop();
    if (this.#isSeen) this.#frame = requestAnimationFrame(() => this.#soon());
    else if (unseen) this.#later = setTimeout(() => this.#soon(), DRAW_PAUSE);
  }
}
