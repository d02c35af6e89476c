/** `<stagebook-quiz>`: turns the worksheet around it into a quiz that scores itself. */

import { el, show } from "./dom.js";
import { Form } from "./form.js";
import { Head, setOrDelete } from "./head.js";
import { Pages } from "./pages.js";
import { Results } from "./results.js";
import { createScorer } from "./scoring.js";
import { openStore } from "./store.js";
import { wordsFor } from "./words.js";

/** @import { Data } from "./types.js" */
/** @import { Change, Store } from "./store.js" */

/** The folder of this script: the rubrics' data lie beside it. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
const folder = script.replace(/[^/]*$/, "");
const root = folder.replace(/assets\/stagebook\/$/, "");

/** @type {Map<string, Promise<Data>>} */
const loading = new Map();

/**
 * Load a rubric's data: by a script, because pages opened as files may not fetch.
 * @param {string} id
 * @returns {Promise<Data>}
 */
function loadData(id) {
  const loaded = loading.get(id) ?? start();
  loading.set(id, loaded);
  return loaded;

  /** @returns {Promise<Data>} */
  function start() {
    return new Promise((resolve, reject) => {
      const held = () => /** @type {any} */ (globalThis).stagebookRubrics?.[id];
      if (held()) return resolve(held());
      const tag = el("script", { src: `${folder}${id}.js` });
      tag.onload = () => (held() ? resolve(held()) : reject());
      tag.onerror = () => {
        loading.delete(id);
        reject();
      };
      document.head.append(tag);
    });
  }
}

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
        const file = `${folder}${id}.js`;
        show(this, el("p", { class: "sb-warning" }, wordsFor("en")("no-data", { file })));
      },
    );
  }

  disconnectedCallback() {
    this.ended?.abort();
    cancelAnimationFrame(this.frame ?? 0);
  }

  /** @param {Data} data */
  #start(data) {
    const { container } = this;
    const signal = this.ended?.signal;
    if (!container || !signal || signal.aborted || container.classList.contains("sb-live")) return;
    container.classList.add("sb-live");
    signal.addEventListener("abort", () => container.classList.remove("sb-live"));
    const t = wordsFor(data.language);
    const link = /** @type {HTMLAnchorElement | null} */ (container.querySelector("a.sb-root"));
    this.what = this.getAttribute("show") ?? "assessment";
    this.store = openStore(data, root);
    this.scorer = createScorer(data);
    this.form = new Form(container, data, this.store, t, signal);
    const { store } = this;
    this.results = new Results(this.scorer, new Pages(link?.href ?? null), t, (target) => {
      store.change((assessment) => setOrDelete(assessment, "target_stage", target), {});
    });
    this.head = new Head(this, data, this.store, t, { believed: FULL.has(this.what) });
    this.place = el("div", { class: "sb-result-body" });
    const heading = el("h2", { id: "result" }, t("result"));
    const section = el("section", { class: "sb-results", "aria-label": t("result") });
    section.append(heading, this.place);
    container.querySelector(":scope > .sb-results")?.remove();
    container.append(section);
    this.store.listen((change) => this.#paint(change), signal);
    this.#paint({ all: true });
  }

  /** @param {Change} change */
  #paint(change) {
    const { form, head, store, scorer } = this;
    if (!form || !head || !store || !scorer) return;
    form.paint(change);
    const result = scorer.score(store.assessment);
    const { gates } = form;
    const answered = gates.filter((id) => result.states.get(id)?.answer ?? null).length;
    head.paint(answered, gates.length);
    const { gates: all, unanswered } = result.coverage;
    this.#climb(unanswered < all ? result.overall.stage.low : null);
    // The result below is drawn once a frame, however many changes come in between.
    cancelAnimationFrame(this.frame ?? 0);
    this.frame = requestAnimationFrame(() => {
      if (!this.place || !this.results || !this.what) return;
      if (FULL.has(this.what)) this.results.draw(this.place, store.assessment, result, this.what);
      else this.results.drawCompact(this.place, result, gates);
    });
  }

  /**
   * Mark the stages reached on the ladder at the top of the page.
   * @param {string | null} stage
   */
  #climb(stage) {
    const steps = [...document.querySelectorAll(".sb-ladder [data-stage]")];
    const at = steps.findIndex((step) => /** @type {HTMLElement} */ (step).dataset.stage === stage);
    for (const [index, step] of steps.entries()) {
      step.classList.toggle("sb-reached", at >= 0 && index <= at);
    }
  }
}
