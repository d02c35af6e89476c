/** How many of the met gates have dated evidence, below the result: drawn while it is unfolded. */

import { el, line, list, show } from "#core/render/dom.js";
import { countDated, datedSection } from "../report/dated.js";

/** @import { Assessment } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

export class DatedBox {
  /** @type {Element} */
  #body;
  #names;
  #scorer;

  /**
   * @param {HTMLDetailsElement} box
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {AbortSignal} signal
   */
  constructor(box, scorer, names, store, signal) {
    this.#body = box.querySelector("div") ?? el("div");
    this.#names = names;
    this.#scorer = scorer;
    const draw = () => box.open && this.#draw(store.assessment);
    box.addEventListener("toggle", draw, { signal });
    store.listen(draw, signal);
    draw();
  }

  /** @param {Assessment} assessment */
  #draw(assessment) {
    const counts = countDated(this.#scorer, assessment, this.#scorer.score(assessment));
    const lines = datedSection(counts, this.#names).flatMap(({ entries }) => entries);
    const none = line(this.#names.t("dated-none"));
    show(this.#body, lines.length ? list(lines.map(({ text }) => text.map(String))) : none);
  }
}
