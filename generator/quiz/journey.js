/**
 * The way through a quiz: one step at a time or all on the page.
 *
 * A step is an element with an id, and the address names the one that is shown: so the browser's own
 * Back and Forward, a reload and a link keep the place, on a server and in a file alike.
 */

import { button, el, show } from "./dom.js";
import { inScope } from "./view.js";

/** @import { Form } from "./form.js" */
/** @import { View } from "./view.js" */
/** @import { Words } from "./words.js" */

/** What a step is about is told by one of these, which takes the focus. */
const TOPIC = "legend, h2, h3, label";

export class Journey {
  /**
   * @param {HTMLElement} container
   * @param {Form} form
   * @param {View} view
   * @param {Words} t
   * @param {AbortSignal} signal
   */
  constructor(container, form, view, t, signal) {
    this.container = container;
    this.form = form;
    this.view = view;
    this.t = t;
    this.title = document.title;
    /** @type {HTMLElement[]} */
    this.steps = [];
    /** @type {HTMLElement[]} */
    this.path = [];
    /** Where the reader is. @type {HTMLElement | undefined} */
    this.current = undefined;
    this.where = el("p", { class: "sb-where" });
    this.back = button(t("back"), () => this.#walk(-1));
    this.next = button(t("continue"), () => this.#walk(1), { class: "sb-button sb-primary" });
    this.goes = el("input", { type: "checkbox", checked: view.choice.advance });
    this.goes.addEventListener("change", () => view.choose({ advance: this.goes.checked }));
    this.advance = el("label", { class: "sb-flag" }, this.goes, ` ${t("advance")}`);
    this.nav = el("div", { class: "sb-nav" }, this.next, this.back, this.advance);
    /** Whether the reader came from the list of answers, and goes back to it. */
    this.returning = false;
    /** Is called when another step is shown. @type {() => void} */
    this.shown = () => {};
    addEventListener("hashchange", () => this.#follow(), { signal });
    container.addEventListener("click", (event) => this.#clicked(event), { signal });
    signal.addEventListener("abort", () => {
      document.title = this.title;
      this.nav.remove();
      this.where.remove();
    });
  }

  /** Begin, once all steps are in the page. */
  start() {
    this.steps = [...this.container.querySelectorAll(".sb-step")].map(
      (one) => /** @type {HTMLElement} */ (one),
    );
    this.limit();
    const { place } = this.view.choice;
    const named = this.#named();
    const step = named ?? this.path.find((one) => one.id === place) ?? this.path[0];
    // Every step has an address, so that one can go back to the first as well.
    if (!location.hash && this.view.choice.mode === "one") this.#address(step);
    this.#show(step, Boolean(named));
  }

  /** @param {HTMLElement} step */
  #address(step) {
    history.replaceState(history.state, "", `#${step.id}`);
  }

  /** Ask what the reader chose, and nothing else. */
  limit() {
    const { form, view } = this;
    const wanted = inScope(form.data, view.choice.scope);
    const used = new Set();
    for (const { element, gate } of form.questions) {
      element.hidden = !wanted(gate);
      if (!element.hidden && gate.measure) used.add(gate.measure.of);
    }
    for (const field of form.fields) {
      const step = /** @type {HTMLElement | null} */ (field.closest(".sb-measure"));
      if (step) step.hidden = !used.has(field.dataset.measure);
    }
    // A heading, and what is said below it, stands for the questions that follow.
    /** @type {HTMLElement[]} */
    let heads = [];
    for (const one of /** @type {HTMLElement[]} */ ([...this.container.children])) {
      if (one.tagName === "H2") heads = [];
      if (one.classList.contains("sb-question")) {
        if (!one.hidden) for (const head of heads) head.hidden = false;
      } else if (one.tagName === "H2" || (heads.length && one.tagName === "P")) {
        heads.push(one);
        one.hidden = true;
      }
    }
    this.path = this.steps.filter((one) => !one.hidden && !one.classList.contains("sb-aside"));
    this.container.classList.toggle("sb-one", view.choice.mode === "one");
  }

  /** @param {"one" | "all"} mode */
  setMode(mode) {
    this.view.choose({ mode });
    this.limit();
    this.#move(this.current, true);
  }

  /** @param {string} scope */
  setScope(scope) {
    this.view.choose({ scope });
    this.limit();
    this.#move(this.current?.hidden ? undefined : this.current, false);
  }

  /**
   * @param {HTMLElement | undefined} step
   * @param {boolean} move
   */
  #move(step = this.path[0], move) {
    this.#address(step);
    this.#show(step, move);
  }

  /**
   * Go to a step.
   * @param {string} id
   */
  go(id) {
    // To set the hash would make the theme's instant navigation load the page anew.
    if (location.hash !== `#${id}`) history.pushState(null, "", `#${id}`);
    this.#follow();
  }

  /** Return the step that the address names, if it is one of this quiz. */
  #named() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const step = target && /** @type {HTMLElement | null} */ (target.closest(".sb-step"));
    if (!step || !this.steps.includes(step)) return null;
    // A link to a question that is not asked just now asks everything again.
    if (step.hidden) {
      this.view.choose({ scope: "" });
      this.limit();
    }
    return step;
  }

  #follow() {
    const named = this.#named();
    if (named) this.#show(named, true);
  }

  /**
   * @param {HTMLElement} step
   * @param {boolean} move whether the reader is taken there
   */
  #show(step, move) {
    const { current, nav, returning, view, where } = this;
    const one = view.choice.mode === "one";
    current?.classList.remove("sb-current");
    step.classList.add("sb-current");
    this.current = step;
    if (view.choice.place !== step.id) view.choose({ place: step.id });
    if (step.id.startsWith("quiz-check")) this.returning = false;
    this.#label();
    if (one) step.prepend(where);
    else where.remove();
    if (one || (returning && this.returning)) step.append(nav);
    else nav.remove();
    this.form.byElement.get(step)?.dress();
    this.shown();
    if (!move) return;
    const topic = /** @type {HTMLElement | null} */ (step.querySelector(TOPIC)) ?? step;
    topic.tabIndex = -1;
    topic.focus({ preventScroll: true });
    step.scrollIntoView({ block: "start" });
  }

  /** Say where the reader is, and where the buttons lead. */
  #label() {
    const { back, current, form, next, path, t, where } = this;
    if (!current) return;
    const questions = path.filter((one) => form.byElement.has(one));
    const number = questions.indexOf(current) + 1;
    const gate = form.byElement.get(current)?.gate;
    const words = { number, total: questions.length };
    const place = gate ? form.names.dimension(gate.dimension) : "";
    const stage = gate?.stage ? form.names.stage(gate.stage) : "";
    const parts = [number && t("question-of", words), place, stage && t("leads-to", { stage })];
    show(where, parts.filter(Boolean).join(" · "));
    const last = path.at(-1) === current;
    next.textContent = this.returning ? t("back-to-check") : t("continue");
    next.hidden = last || !path.includes(current);
    back.hidden = path[0] === current || this.returning;
    const one = this.view.choice.mode === "one";
    this.advance.hidden = !one || !number;
    document.title = one && number ? `${t("question-of", words)} – ${this.title}` : this.title;
  }

  /**
   * Go to the next step that asks something, or to the one before.
   * @param {1 | -1} way
   */
  #walk(way) {
    const { current, form, path } = this;
    if (this.returning) return this.go(this.#check());
    if (!current) return;
    let at = path.indexOf(current) + way;
    // What a measure has answered need not be asked.
    while (way > 0 && form.byElement.get(path[at])?.isMeasured) at += 1;
    const step = path[at];
    if (step) this.go(step.id);
  }

  #check() {
    return this.steps.find((one) => one.id.startsWith("quiz-check"))?.id ?? "";
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest('a[href^="#"]'));
    const id = decodeURIComponent(link?.hash.slice(1) ?? "");
    if (link && this.steps.some((one) => one.id === id)) {
      event.preventDefault();
      event.stopPropagation();
      this.returning = Boolean(link.closest("[id^=quiz-check]"));
      this.go(id);
    }
    // Arrow keys choose without a click of the pointer: they are no wish to go on.
    const chosen = target instanceof HTMLInputElement && target.type === "radio" && event.detail;
    const on = this.view.choice.advance && this.view.choice.mode === "one";
    if (chosen && on && target.value !== "not-applicable") this.#walk(1);
  }
}
