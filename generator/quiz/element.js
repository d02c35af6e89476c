/** The elements of the pages. */

import { folder, loadData, loadExtras } from "./load.js";
import { startQuiz } from "./quiz.js";
import { el, show } from "./render/dom.js";
import { pageStorage } from "./state/stores.js";

/** @import { Data } from "./types.js" */

/** `<stagebook-quiz>`: turns the worksheet around it into a quiz that scores itself. */
export class StagebookQuiz extends HTMLElement {
  connectedCallback() {
    this.ended = new AbortController();
    const id = this.getAttribute("rubric") ?? "";
    loadData(id).then(
      (data) => this.isConnected && this.#start(data),
      () => {
        // The words would have come with the data: these stand in the page.
        const words = (this.getAttribute("without-data") ?? "").replace(
          "{file}",
          `${folder}${id}.js`,
        );
        show(this, el("p", { class: "sb-warning" }, words));
      },
    );
  }

  disconnectedCallback() {
    this.ended?.abort();
  }

  /** @param {Data} data */
  #start(data) {
    const container = /** @type {HTMLElement | null} */ (this.closest(".sb-quiz:not(.sb-live)"));
    const signal = this.ended?.signal;
    if (!container || !signal || signal.aborted) return;
    startQuiz(container, data, this.getAttribute("show") ?? "assessment", signal);
    signal.addEventListener("abort", () => container.classList.remove("sb-live", "sb-one"));
  }
}

/**
 * `<stagebook-extra>`: what the second script brings to life; it stays hidden where that is missing. A finder
 * narrows a list down; the other marks gates with the reader's own answers, as soon as there may be any.
 */
export class StagebookExtra extends HTMLElement {
  connectedCallback() {
    const { kept = "" } = this.dataset;
    const isKept = (/** @type {string} */ key) => key.includes(kept);
    if (kept && !pageStorage().keys().some(isKept)) return;
    loadExtras().then(
      ({ begin }) => begin(this),
      () => {},
    );
  }
}
