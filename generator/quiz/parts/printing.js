/** Taking a result elsewhere: paper. */

/**
 * Print the result, or all of the quiz with everything unfolded.
 * @param {boolean} all
 */
export function printQuiz(all) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = document.querySelectorAll(".sb-quiz details:not([open])");
  const set = (/** @type {boolean} */ on) => {
    document.documentElement.classList.toggle(all ? "sb-print-all" : "sb-print-result", on);
    if (all) for (const fold of folds) fold.open = on;
  };
  set(true);
  addEventListener("afterprint", () => set(false), { once: true });
  // What is drawn when it is opened needs a moment.
  setTimeout(print);
}
