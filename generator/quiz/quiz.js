/** A quiz: its parts, and what each is told when an answer changes. */

import { root } from "./load.js";
import { makeAssessments } from "./parts/assessments.js";
import { createComparison } from "./parts/comparison.js";
import { makeForm, setOrDelete } from "./parts/form.js";
import { makeJourney } from "./parts/navigation.js";
import { makePanel } from "./parts/panel.js";
import { watchPresses, whenReleased } from "./parts/pointer.js";
import { createResults } from "./parts/results.js";
import { drawCheck } from "./parts/review.js";
import { drawRevision, rememberTitles } from "./parts/revision.js";
import { offerLink, shareBar } from "./parts/sharing.js";
import { createTeam } from "./parts/team.js";
import { makeHead } from "./parts/toolbar.js";
import { parts } from "./render/dom.js";
import { Names } from "./render/names.js";
import { Pages } from "./render/pages.js";
import { wordsFor } from "./render/words.js";
import { createScorer } from "./scoring/scorer.js";
import { makeView } from "./state/preferences.js";
import { takeRoute } from "./state/route.js";
import { openStore } from "./state/stores.js";

/** @import { Data, Quiz } from "./types.js" */
/** @import { Change } from "./state/store.js" */

/** Quizzes that show a result in full; others show what their few gates say. */
const FULL = ["assessment", "quick-check"];

/**
 * Bring a quiz to life, until the signal ends it.
 * @param {HTMLElement} container
 * @param {Data} data
 * @param {string} what the kind of quiz
 * @param {AbortSignal} signal
 */
export function startQuiz(container, data, what, signal) {
  const full = FULL.includes(what);
  // Before anything else sees it.
  const route = full && takeRoute();
  const t = wordsFor(data);
  const link = /** @type {HTMLAnchorElement | null} */ (container.querySelector("a.sb-root"));
  const names = new Names(data, new Pages(link?.href ?? null), t);
  const store = openStore(data, root);
  const saved = () => store.saved();
  const view = makeView(data, store, full ? what : "part", full);
  const scorer = createScorer(data);
  const result = scorer.score(store.assessment);
  const top = /** @type {Element} */ (container.querySelector("stagebook-quiz"));
  const ui = parts(top);
  const ids = [...container.querySelectorAll(".sb-step")].map(({ id }) => id);
  const place = (/** @type {string} */ name) =>
    ids.find((id) => id === name || id.startsWith(`${name}--`)) ?? "";
  /** @type {Quiz} */
  const quiz = { container, data, names, place, result, scorer, signal, store, t, ui, view };
  const form = makeForm(quiz, (words) => head.say(words));
  const journey = makeJourney(quiz, form, moved);
  const head = makeHead(quiz, form, journey);
  const results = createResults(scorer, names, t, (target) => {
    store.change((a) => setOrDelete(a, "target_stage", target), {});
  });
  const steps = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(".sb-ladder [data-stage]"),
  ]);
  const sections = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(".sb-panel")]);
  const panels = sections.map((section) => makePanel(section, drawer(section), signal));
  // What moves with the reader begins there again.
  signal.addEventListener("abort", () => top.append(ui.where, ui.nav));
  journey.start();
  watchPresses(signal);
  store.listen((change) => whenReleased(() => signal.aborted || paint(change)), signal);
  paint({ all: true });
  setTimeout(form.dress);
  rememberTitles(quiz);
  if (route) offerLink(route, names, head);
  // A link may also be put into the address of a page that is open.
  if (full) addEventListener("hashchange", () => offerLink(takeRoute(), names, head), { signal });

  /**
   * Return what draws a section.
   * @param {HTMLElement} section
   * @returns {(body: Element) => unknown}
   */
  function drawer(section) {
    const is = (/** @type {string} */ name) => section.id === place(name);
    if (is("quiz-check")) return (body) => drawCheck(body, quiz, form);
    if (is("quiz-assessments")) return makeAssessments(quiz, head).draw;
    if (is("quiz-compare")) {
      return createComparison(section, scorer, names, t, saved, signal).draw;
    }
    if (is("quiz-team")) {
      const team = createTeam(section, scorer, names, t, saved);
      // Not while somebody ticks in it.
      return () => !section.contains(document.activeElement) && team.draw();
    }
    if (!full) return (body) => results.drawCompact(body, quiz.result, form.gates());
    shareBar(section, scorer, names, store, head, signal);
    return (body) => results.draw(body, store.assessment, quiz.result, what);
  }

  /** @param {Change} change */
  function paint(change) {
    quiz.result = scorer.score(store.assessment);
    form.paint(change);
    head.paint(results.now(quiz.result));
    if (full) head.ask("rubric", ...drawRevision(quiz, form));
    climb();
    for (const { section, invalidate } of panels) {
      const aside = section.matches(".sb-aside");
      if (!aside || change.all || change.list) invalidate(!view.one && !aside);
    }
  }

  /** Another step is shown. */
  function moved() {
    head?.paint(results.now(quiz.result));
    head?.mark();
    for (const panel of panels ?? []) if (panel.section === journey.current) panel.now();
  }

  /** Mark the stages reached on the ladder at the top of the page. */
  function climb() {
    const { coverage, overall } = quiz.result;
    const begun = coverage.unanswered < coverage.gates;
    const at = steps.findIndex(({ dataset }) => begun && dataset.stage === overall.stage.low);
    for (const [index, step] of steps.entries()) step.classList.toggle("sb-reached", index <= at);
  }
}
