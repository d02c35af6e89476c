/** A section below the questions, drawn when it is seen: drawing costs more than all else of a click. */

import { whenReleased } from "./pointer.js";

/** How long after the last change a section that nobody sees is drawn, in milliseconds. */
const DRAW_PAUSE = 500;

/** @typedef {ReturnType<typeof makePanel>} Panel */

/**
 * @param {HTMLElement} section
 * @param {(place: Element) => unknown} draw returns false while somebody is typing in it
 * @param {AbortSignal} signal
 */
export function makePanel(section, draw, signal) {
  const body = /** @type {Element} */ (section.querySelector(".sb-body"));
  let due = false;
  let seen = false;
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout>} */
  let later;
  const stop = () => {
    cancelAnimationFrame(frame);
    clearTimeout(later);
  };
  /** Draw it at once, if anything has changed. */
  const now = () => {
    if (!due || draw(body) === false) return;
    due = false;
    section.removeAttribute("aria-busy");
  };
  /** Draw it as soon as that takes no click away. */
  const soon = () => whenReleased(now);
  const look = (/** @type {IntersectionObserverEntry[]} */ [{ isIntersecting }]) => {
    seen = isIntersecting;
    if (seen) soon();
  };
  const watch = new IntersectionObserver(look, { rootMargin: "50%" });
  watch.observe(section);
  const left = (/** @type {FocusEvent} */ { relatedTarget }) => {
    if (!section.contains(/** @type {Node | null} */ (relatedTarget))) setTimeout(soon);
  };
  section.addEventListener("focusout", left, { signal });
  addEventListener("beforeprint", now, { signal });
  signal.addEventListener("abort", () => {
    watch.disconnect();
    stop();
  });
  return {
    section,
    now,

    /**
     * Draw it again, soon.
     * @param {boolean} unseen whether to draw it also where nobody sees it yet
     */
    invalidate(unseen) {
      due = true;
      section.setAttribute("aria-busy", "true");
      stop();
      if (seen) frame = requestAnimationFrame(soon);
      else if (unseen) later = setTimeout(soon, DRAW_PAUSE);
    },
  };
}
