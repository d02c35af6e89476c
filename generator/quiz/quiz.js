/** A quiz: its parts, and what each is told when an answer changes. */

import { Assessments } from "./assessments.js";
import { drawCheck } from "./check.js";
import { createComparison } from "./comparison.js";
import { Form, setOrDelete } from "./form.js";
import { Head } from "./head.js";
import { Journey } from "./journey.js";
import { root } from "./load.js";
import { Names } from "./names.js";
import { Pages } from "./pages.js";
import { Panel } from "./panel.js";
import { createResults } from "./results.js";
import { drawRevision, rememberTitles } from "./revision.js";
import { createScorer } from "./scoring.js";
import { offerLink, shareBar } from "./sharing.js";
import { openStore } from "./store.js";
import { TeamPanel } from "./team-panel.js";
import { View } from "./view.js";
import { wordsFor } from "./words.js";

/** @import { Data } from "./types.js" */
/** @import { Change } from "./store.js" */

/** Quizzes that show a result in full; others show what their few gates say. */
const FULL = new Set(["assessment", "quick-check"]);

export class Quiz {
  /**
   * @param {HTMLElement} container
   * @param {HTMLElement} place where the head of the quiz goes
   * @param {Data} data
   * @param {string} what the kind of quiz
   * @param {AbortSignal} signal
   */
  constructor(container, place, data, what, signal) {
    this.what = what;
    this.full = FULL.has(what);
    this.signal = signal;
    this.t = wordsFor(data);
    const { full, t } = this;
    const link = /** @type {HTMLAnchorElement | null} */ (container.querySelector("a.sb-root"));
    this.names = new Names(data, new Pages(link?.href ?? null), t);
    this.store = openStore(data, root);
    this.view = new View(this.store, full ? what : "part", full ? "one" : "all");
    this.scorer = createScorer(data);
    this.form = new Form(container, this.names, this.store, t, signal);
    this.form.answered = () => this.view.answered();
    this.journey = new Journey(container, this.form, this.view, t, signal);
    this.journey.shown = () => this.#moved();
    const options = { full, scopes: what === "assessment" };
    this.head = new Head(place, this.names, this.store, this.view, this.journey, options);
    this.form.say = (words) => this.head.say(words);
    this.results = createResults(this.scorer, this.names, t, (target) => {
      this.store.change((assessment) => setOrDelete(assessment, "target_stage", target), {});
    });
    this.steps = [...document.querySelectorAll(".sb-ladder [data-stage]")];
    this.result = this.scorer.score(this.store.assessment);
    this.panels = full ? this.#panels() : [this.#resultPanel()];
    container.append(...this.panels.map((panel) => panel.section));
    if (full) this.head.offer(this.panels);
    this.journey.start();
    setTimeout(() => signal.aborted || this.form.dress());
    this.store.listen((change) => this.#paint(change), signal);
    this.#paint({ all: true });
    rememberTitles(this.store);
    if (full) offerLink(this.names, this.head);
  }

  /** @param {...Node} below */
  #resultPanel(...below) {
    const { form, full, results, store, what } = this;
    const draw = (/** @type {HTMLElement} */ place) => {
      if (full) results.draw(place, store.assessment, this.result, what);
      else results.drawCompact(place, this.result, form.gates);
    };
    return new Panel("result", this.t("result"), "sb-results", draw, this.signal, ...below);
  }

  /** The sections of a full quiz below its questions; those that are asides lie off the way. */
  #panels() {
    const { form, head, names, scorer, signal, store, t } = this;
    const saved = () => store.saved();
    const check = (/** @type {HTMLElement} */ place) => drawCheck(place, form, this.result);
    const assessments = new Assessments(scorer, names, store, head);
    const place = form.container.querySelector(".sb-comparison");
    const team = new TeamPanel(scorer, names, t, saved);
    const aside = (
      /** @type {string} */ id,
      /** @type {string} */ title,
      /** @type {{draw: (place: HTMLElement) => void}} */ part,
      /** @type {Node[]} */ ...below
    ) => new Panel(id, title, "sb-aside", (place) => part.draw(place), signal, ...below);
    return [
      new Panel("quiz-check", t("check"), "sb-check", check, signal),
      this.#resultPanel(shareBar(scorer, names, store, head)),
      aside("quiz-assessments", t("assessments"), assessments),
      ...(place
        ? [
            aside(
              "quiz-compare",
              t("compare"),
              createComparison(place, scorer, names, t, saved, signal),
              place,
            ),
          ]
        : []),
      aside("quiz-team", t("team-view"), team, team.element),
    ];
  }

  /** @param {Change} change */
  #paint(change) {
    const { form, full, head, panels, results, scorer, steps, store } = this;
    form.paint(change);
    this.result = scorer.score(store.assessment);
    head.paint(this.result, results.now(this.result));
    if (full) head.ask("rubric", ...drawRevision(form));
    const { gates, unanswered } = this.result.coverage;
    climb(steps, unanswered < gates ? this.result.overall.stage.low : null);
    const all = this.view.choice.mode === "all";
    for (const panel of panels) {
      const { classList } = panel.section;
      const aside = classList.contains("sb-aside");
      if (!aside || change.all || change.list) panel.invalidate(all && !aside);
    }
  }

  /** Another step is shown. */
  #moved() {
    const { head, journey, panels, results, result } = this;
    head.paint(result, results.now(result));
    head.moved();
    for (const panel of panels) if (panel.section === journey.current) panel.now();
  }
}

/**
 * Mark the stages reached on the ladder at the top of the page.
 * @param {Element[]} steps
 * @param {string | null} stage
 */
function climb(steps, stage) {
  const at = steps.findIndex((step) => /** @type {HTMLElement} */ (step).dataset.stage === stage);
  for (const [index, step] of steps.entries()) {
    step.classList.toggle("sb-reached", at >= 0 && index <= at);
  }
}
