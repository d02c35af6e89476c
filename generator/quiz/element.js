/** `<stagebook-quiz>`: turns the worksheet around it into a quiz that scores itself. */

import { el, show } from "./dom.js";
import { Form } from "./form.js";
import { Head, setOrDelete } from "./head.js";
import { folder, loadData, root } from "./load.js";
import { Names } from "./names.js";
import { Pages } from "./pages.js";
import { Results } from "./results.js";
import { createScorer } from "./scoring.js";
import { openStore } from "./store.js";
import { wordsFor } from "./words.js";

/** @import { Data } from "./types.js" */
/** @import { Change, Store } from "./store.js" */

/** How long after the last answer a result that nobody sees is drawn, in milliseconds. */
const DRAW_PAUSE = 500;

/** Quizzes that show a result in full; others show what their few gates say. */
const FULL = new Set(["assessment", "quick-check"]);

export class StagebookQuiz extends HTMLElement {
  connectedCallback() {
    this.ended = new AbortController();
    this.container = /** @type {HTMLElement | null} */ (this.closest(".sb-quiz"));
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
    cancelAnimationFrame(this.frame ?? 0);
    clearTimeout(this.later);
  }

  /** @param {Data} data */
  #start(data) {
    const { container } = this;
    const signal = this.ended?.signal;
    if (!container || !signal || signal.aborted || container.classList.contains("sb-live")) return;
    container.classList.add("sb-live");
    signal.addEventListener("abort", () => container.classList.remove("sb-live"));
    const t = wordsFor(data);
    const link = /** @type {HTMLAnchorElement | null} */ (container.querySelector("a.sb-root"));
    this.what = this.getAttribute("show") ?? "assessment";
    this.store = openStore(data, root);
    this.scorer = createScorer(data);
    const names = new Names(data, new Pages(link?.href ?? null), t);
    this.form = new Form(container, names, this.store, t, signal);
    const { store } = this;
    this.results = new Results(this.scorer, names, t, (target) => {
      store.change((assessment) => setOrDelete(assessment, "target_stage", target), {});
    });
    this.head = new Head(this, data, this.store, t, { believed: FULL.has(this.what) });
    this.place = el("div", { class: "sb-result-body" });
    const heading = el("h2", { id: "result" }, t("result"));
    const section = el("section", { class: "sb-results", "aria-label": t("result") });
    section.append(heading, this.place);
    container.querySelector(":scope > .sb-results")?.remove();
    container.append(section);
    this.section = section;
    this.steps = [...document.querySelectorAll(".sb-ladder [data-stage]")];
    const watch = new IntersectionObserver(
      ([entry]) => {
        this.seen = entry.isIntersecting;
        if (this.seen) this.#draw();
      },
      { rootMargin: "50%" },
    );
    watch.observe(section);
    addEventListener("beforeprint", () => this.#draw(), { signal });
    signal.addEventListener("abort", () => watch.disconnect());
    this.store.listen((change) => this.#paint(change), signal);
    this.#paint({ all: true });
  }

  /** @param {Change} change */
  #paint(change) {
    const { form, head, results, scorer, section, store } = this;
    if (!form || !head || !results || !scorer || !section || !store) return;
    form.paint(change);
    const result = scorer.score(store.assessment);
    const { gates } = form;
    const answered = gates.filter((id) => result.states.get(id)?.answer ?? null).length;
    head.paint(answered, gates.length, results.now(result));
    const { gates: all, unanswered } = result.coverage;
    this.#climb(unanswered < all ? result.overall.stage.low : null);
    // A result out of sight is drawn when it comes into sight, or when the answers pause: drawing
    // it costs more than all the rest of a click.
    this.due = result;
    section.setAttribute("aria-busy", "true");
    cancelAnimationFrame(this.frame ?? 0);
    clearTimeout(this.later);
    if (this.seen) this.frame = requestAnimationFrame(() => this.#draw());
    else this.later = setTimeout(() => this.#draw(), DRAW_PAUSE);
  }

  #draw() {
    const { due, form, place, results, section, store, what = "" } = this;
    if (!due || !form || !place || !results || !section || !store) return;
    this.due = null;
    if (FULL.has(what)) results.draw(place, store.assessment, due, what);
    else results.drawCompact(place, due, form.gates);
    section.removeAttribute("aria-busy");
  }

  /**
   * Mark the stages reached on the ladder at the top of the page.
   * @param {string | null} stage
   */
  #climb(stage) {
    const { steps = [] } = this;
    const at = steps.findIndex((step) => /** @type {HTMLElement} */ (step).dataset.stage === stage);
    for (const [index, step] of steps.entries()) {
      step.classList.toggle("sb-reached", at >= 0 && index <= at);
    }
  }
}
