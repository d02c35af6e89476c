/** A section below the questions, drawn when it is seen: drawing costs more than all else of a click. */

import { el } from "./dom.js";

/** How long after the last change a section that nobody sees is drawn, in milliseconds. */
const DRAW_PAUSE = 500;

export class Panel {
  /**
   * @param {string} id
   * @param {string} title
   * @param {string} kind the class of its section
   * @param {(place: HTMLElement) => void} draw
   * @param {AbortSignal} signal
   * @param {...Node} below what stands there without being drawn anew
   */
  constructor(id, title, kind, draw, signal, ...below) {
    this.title = title;
    this.draw = draw;
    this.body = el("div", { class: "sb-body" });
    const heading = el("h2", { id: `${id}-title` }, title);
    this.section = el("section", { id, class: `sb-step ${kind}`, "aria-label": title });
    this.section.append(heading, this.body, ...below);
    const watch = new IntersectionObserver(
      ([entry]) => {
        this.seen = entry.isIntersecting;
        if (this.seen) this.now();
      },
      { rootMargin: "50%" },
    );
    watch.observe(this.section);
    addEventListener("beforeprint", () => this.now(), { signal });
    signal.addEventListener("abort", () => {
      watch.disconnect();
      cancelAnimationFrame(this.frame ?? 0);
      clearTimeout(this.later);
      this.section.remove();
    });
  }

  /**
   * Draw it again, soon.
   * @param {boolean} unseen whether to draw it also where nobody sees it yet
   */
  invalidate(unseen) {
    this.due = true;
    this.section.setAttribute("aria-busy", "true");
    cancelAnimationFrame(this.frame ?? 0);
    clearTimeout(this.later);
    if (this.seen) this.frame = requestAnimationFrame(() => this.now());
    else if (unseen) this.later = setTimeout(() => this.now(), DRAW_PAUSE);
  }

  /** Draw it at once, if anything has changed. */
  now() {
    if (!this.due) return;
    this.due = false;
    this.draw(this.body);
    this.section.removeAttribute("aria-busy");
  }
}
