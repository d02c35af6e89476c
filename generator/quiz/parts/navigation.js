/**
 * The way through a quiz: one step at a time or all on the page.
 *
 * A step is an element with an id, and the address names the one that is shown: so the browser's own
 * Back and Forward, a reload and a link keep the place, on a server and in a file alike.
 */

import { act, show } from "../render/dom.js";
import { findPlace, rewrite } from "../state/route.js";

/** @import { Quiz } from "../types.js" */
/** @import { Form } from "./form.js" */
/** @typedef {ReturnType<typeof makeJourney>} Journey */

/** What a step is about is told by one of these, which takes the focus. */
const TOPIC = "legend, h2, [role=heading], label";

/**
 * @param {Quiz} quiz
 * @param {Form} form
 * @param {() => void} moved is called when another step is shown
 */
export function makeJourney({ container, names, place, signal, t, ui, view }, form, moved) {
  const { title } = document;
  const { advance, nav, where } = ui;
  const steps = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(".sb-step")]);
  const question = (/** @type {Element} */ step) => form.byElement.get(step);
  /** The steps from the first to the result, of those that are asked. @type {HTMLElement[]} */
  let path = [];
  /** Whether the reader came from the list of answers, and goes back to it. */
  let returning = false;

  const journey = {
    current: steps[0],

    /** Begin where the address says, or where the reader was. */
    start() {
      limit();
      const step = named();
      const from = step ?? path.find(({ id }) => id === view.place) ?? path[0];
      // Every step has an address, so that one can go back to the first as well.
      const begin = () => location.hash || !view.one || address(journey.current, "replaceState");
      // Before the page is loaded, the browser would scroll past its title to that address.
      if (document.readyState === "complete") begin();
      else addEventListener("load", begin, { signal });
      showStep(from, Boolean(step));
    },

    /**
     * Go to a step.
     * @param {string} id
     */
    go(id) {
      const step = document.getElementById(id);
      // To set the hash would make the theme's instant navigation load the page anew.
      if (!step) return;
      if (location.hash !== `#${id}`) address(step, "pushState");
      const asked = holder(step);
      if (asked) showStep(asked, true);
    },

    /**
     * Ask a part of the questions.
     * @param {string} scope
     */
    ask(scope) {
      view.choose({ scope });
      limit();
      turn(false);
    },
  };
  const mode = (/** @type {boolean} */ one) => () => {
    view.choose({ one });
    limit();
    turn(true);
  };
  act(
    container,
    {
      ...{ one: mode(true), all: mode(false) },
      next: () => walk(1),
      back: () => walk(-1),
      check: () => journey.go(place("quiz-check")),
    },
    signal,
  );
  advance.checked = view.advance;
  advance.addEventListener("change", () => view.choose({ advance: advance.checked }));
  addEventListener("hashchange", follow, { signal });
  container.addEventListener("click", clicked, { signal });
  signal.addEventListener("abort", () => {
    document.title = title;
  });
  return journey;

  /** Show what the reader chose to be asked, and nothing else. */
  function limit() {
    const used = new Set();
    for (const { element, gate } of form.questions) {
      element.hidden = !view.asks(gate);
      if (!element.hidden) used.add(gate.measure?.of);
    }
    for (const field of form.fields) {
      const step = /** @type {HTMLElement | null} */ (field.closest(".sb-measure"));
      if (step) step.hidden = !used.has(field.dataset.measure);
    }
    // A heading, and what is said below it, stands for the questions that follow.
    /** @type {HTMLElement[]} */
    let heads = [];
    for (const one of /** @type {HTMLElement[]} */ ([...container.children])) {
      if (one.tagName === "H2") heads = [];
      if (one.matches("h2, .sb-area")) {
        heads.push(one);
        one.hidden = true;
      } else if (question(one) && !one.hidden) {
        for (const head of heads) head.hidden = false;
      }
    }
    path = steps.filter((one) => !one.hidden && !one.matches(".sb-aside"));
    container.classList.toggle("sb-one", view.one);
  }

  /**
   * @param {HTMLElement} step
   * @param {"pushState" | "replaceState"} how
   */
  function address(step, how) {
    rewrite(how, `#${step.id}`, how === "pushState" ? null : history.state);
  }

  /** Return the step that the address names, if it is one of this quiz. */
  function named() {
    const target = findPlace(location.hash, (id) => document.getElementById(id));
    return target && holder(target);
  }

  /**
   * Return the step that holds a place in the page, and make sure that it is asked.
   * @param {Element} target
   */
  function holder(target) {
    const step = steps.find((one) => one.contains(target));
    // A link to a question that is not asked just now asks everything again.
    if (step?.hidden) {
      view.choose({ scope: "" });
      limit();
    }
    return step;
  }

  function follow() {
    const step = named();
    if (step) showStep(step, true);
  }

  /**
   * Show the current step in another way, or the first one where it is not asked.
   * @param {boolean} move
   */
  function turn(move) {
    const step = journey.current.hidden ? path[0] : journey.current;
    address(step, "replaceState");
    showStep(step, move);
  }

  /**
   * @param {HTMLElement} step
   * @param {boolean} move whether the reader is taken there
   */
  function showStep(step, move) {
    journey.current.classList.remove("sb-current");
    step.classList.add("sb-current");
    journey.current = step;
    if (view.place !== step.id) view.choose({ place: step.id });
    if (step.id === place("quiz-check")) returning = false;
    label(step);
    question(step)?.dress();
    moved();
    if (!move) return;
    const topic = /** @type {HTMLElement} */ (step.querySelector(TOPIC) ?? step);
    topic.tabIndex = -1;
    topic.focus({ preventScroll: true });
    step.scrollIntoView();
  }

  /**
   * Say where the reader is, and where the buttons lead.
   * @param {HTMLElement} step
   */
  function label(step) {
    const asked = path.filter(question);
    const words = { number: asked.indexOf(step) + 1, total: asked.length };
    const gate = question(step)?.gate;
    const area = gate && names.dimension(gate.dimension);
    const stage = gate?.stage && t("leads-to", { stage: names.stage(gate.stage) });
    const count = gate && t("question-of", words);
    show(where, [count, area, stage].filter(Boolean).join(" · "));
    step.prepend(where);
    step.append(nav);
    where.hidden = !view.one;
    nav.hidden = !view.one && !returning;
    ui.check.hidden = !returning;
    const at = path.indexOf(step);
    ui.next.hidden = returning || at < 0 || at === path.length - 1;
    ui.back.hidden = returning || at < 1;
    ui.going.hidden = !view.one || !gate;
    document.title = view.one && count ? `${count} – ${title}` : title;
  }

  /**
   * Go to the next step that asks something, or to the one before.
   * @param {1 | -1} way
   */
  function walk(way) {
    let at = path.indexOf(journey.current) + way;
    // What a measure has answered need not be asked.
    while (way > 0 && question(path[at])?.isMeasured()) at += 1;
    if (path[at]) journey.go(path[at].id);
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const link = target.closest("a");
    // The theme makes links absolute.
    const isHere = link?.href?.split("#")[0] === location.href.split("#")[0];
    const step = isHere && findPlace(link.hash, (id) => steps.find((one) => one.id === id));
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      returning = Boolean(link.closest(".sb-check"));
      journey.go(step.id);
    }
    // Arrow keys choose without a click of the pointer: they are no wish to go on.
    const chosen = target.type === "radio" && event.detail && question(journey.current);
    if (chosen && view.one && view.advance && target.value !== "not-applicable") walk(1);
  }
}
