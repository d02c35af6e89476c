/** Taking a result elsewhere: paper. */

/**
 * Print the result, the roadmap, or all of the quiz with everything unfolded.
 * @param {"result" | "roadmap" | "all"} what
 */
export function printQuiz(what) {
  const all = what === "all";
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = document.querySelectorAll(".sb-quiz details:not([open])");
  const set = (/** @type {boolean} */ on) => {
    document.documentElement.classList.toggle(`sb-print-${what}`, on);
    if (all) for (const fold of folds) fold.open = on;
  };
  set(true);
  addEventListener("afterprint", () => set(false), { once: true });
  // What is drawn when it is opened needs a moment.
  setTimeout(print);
}
