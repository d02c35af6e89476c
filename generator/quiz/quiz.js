/** A quiz: its parts, and what each is told when an answer changes. */

import { extrasFile, loadExtras, root } from "./load.js";
import { ExtraParts } from "./parts/extra-parts.js";
import { Form } from "./parts/form.js";
import { Messages } from "./parts/messages.js";
import { Navigation } from "./parts/navigation.js";
import { Panel } from "./parts/panel.js";
import { Path } from "./parts/path.js";
import { watchPresses, whenReleased } from "./parts/pointer.js";
import { Results } from "./parts/results.js";
import { Signpost } from "./parts/signpost.js";
import { Toolbar } from "./parts/toolbar.js";
import { parts, show } from "./render/dom.js";
import { Names } from "./render/names.js";
import { Pages } from "./render/pages.js";
import { findTops } from "./render/scale.js";
import { wordsFor } from "./render/words.js";
import { Scorer } from "./scoring/scorer.js";
import { setOrDelete } from "./state/answers.js";
import { Pace } from "./state/pace.js";
import { Preferences } from "./state/preferences.js";
import { takeRoute } from "./state/route.js";
import { storeOf } from "./state/stores.js";
import { rememberTitles } from "./state/titles.js";

/** @import { Data, Items, Result } from "./types.js" */
/** @import { Extras, ExtrasScript, FullExtras } from "./extras.js" */
/** @import { Draw } from "./parts/panel.js" */
/** @import { Route } from "./state/route.js" */
/** @import { Change } from "./state/store.js" */

/** Quizzes that show a result in full; others show what their few gates say. */
const FULL = ["assessment", "quick-check"];

/**
 * The sections that come with the extras, and what draws them there.
 * @type {{name: string, draw: (extras: FullExtras, body: Element, result: Result) => unknown}[]}
 */
const EXTRA = [
  { name: "quiz-check", draw: ({ review }, body, result) => review.draw(body, result) },
  { name: "quiz-assessments", draw: ({ assessments }, body) => assessments.draw(body) },
  { name: "quiz-compare", draw: ({ compare }) => compare.draw() },
  { name: "quiz-team", draw: ({ team }) => team.draw() },
];

/**
 * Bring a quiz to life, until the signal ends it.
 * @param {HTMLElement} container
 * @param {Data} data
 * @param {string} what the kind of quiz
 * @param {AbortSignal} signal
 */
export function startQuiz(container, data, what, signal) {
  // The link in the address is taken before anything else sees it.
  const route = FULL.includes(what) ? takeRoute() : null;
  new Quiz(container, data, what, signal).start(route);
}

class Quiz {
  /** A link whose assessment is to be offered. */
  #link = "";
  /** @type {Panel[]} */
  #panels;
  /** @type {Result} */
  #result;
  /** @type {ExtraParts<ExtrasScript, Extras>} */
  #extras;
  #container;
  #form;
  #idOf;
  #isFull;
  #messages;
  #names;
  #navigation;
  #pace;
  #path;
  #preferences;
  #results;
  #scorer;
  #signal;
  #signpost;
  #store;
  #toolbar;
  #top;
  #ui;
  #what;

  /**
   * @param {HTMLElement} container
   * @param {Data} data
   * @param {string} what
   * @param {AbortSignal} signal
   */
  constructor(container, data, what, signal) {
    this.#scorer = new Scorer(data);
    const names = namesIn(container, data, findTops(this.#scorer));
    const { t } = names;
    this.#container = container;
    this.#names = names;
    this.#what = what;
    this.#isFull = FULL.includes(what);
    this.#signal = signal;
    this.#idOf = idsIn(container);
    this.#top = /** @type {Element} */ (container.querySelector("stagebook-quiz"));
    this.#ui = parts(this.#top);
    this.#store = storeOf(data, root);
    this.#pace = new Pace(data.pace);
    const kind = this.#isFull ? what : "part";
    this.#preferences = new Preferences(data, this.#store, kind, this.#isFull);
    this.#result = this.#scorer.score(this.#store.assessment);
    this.#messages = new Messages(this.#ui, t);
    const make = (/** @type {ExtrasScript} */ script) => this.#makeExtras(script);
    this.#extras = new ExtraParts(loadExtras, make, () => this.#repaint(), extrasFile, t);
    const [extras, idOf, messages, pace] = [this.#extras, this.#idOf, this.#messages, this.#pace];
    this.#form = new Form(container, names, this.#store, pace, messages, idOf, extras);
    this.#path = new Path(container, this.#form, this.#preferences);
    this.#signpost = new Signpost(this.#ui, names, this.#path, this.#preferences);
    this.#navigation = new Navigation(this.#path, this.#preferences, this.#signpost, {
      checkId: this.#idOf("quiz-check"),
      onMove: () => this.#moved(),
    });
    this.#toolbar = new Toolbar(this.#ui, this.#preferences, this.#store, t);
    this.#results = new Results(this.#scorer, names);
    this.#panels = sectionsIn(container).map(
      (section) => new Panel(section, this.#drawer(section)),
    );
  }

  /** @param {Route | null} route what the address asks for */
  start(route) {
    const [container, form] = [this.#container, this.#form];
    const [navigation, signal] = [this.#navigation, this.#signal];
    form.listen(signal);
    navigation.listen(container, this.#ui.advance, signal);
    const ask = (/** @type {string} */ scope) => navigation.ask(scope);
    this.#toolbar.listen(container, this.#extras, this.#messages, ask, signal);
    for (const panel of this.#panels) panel.watch(signal);
    signal.addEventListener("abort", () => this.#signpost.takeOff(this.#top));
    navigation.start(signal);
    watchPresses(signal);
    const changed = (/** @type {Change} */ change) =>
      whenReleased(() => signal.aborted || this.#paint(change));
    this.#store.listen(changed, signal);
    this.#paint({ all: true });
    setTimeout(() => form.enhance(signal));
    rememberTitles(this.#names.data, this.#store);
    if (!this.#isFull) return;
    this.#offer(route);
    // A link may also be put into the address of a page that is open.
    addEventListener("hashchange", () => this.#offer(takeRoute()), { signal });
    container.addEventListener("click", (event) => this.#pressed(event), { signal });
    // What is loaded before the page is would hold it up.
    if (document.readyState === "complete") this.#preload();
    else addEventListener("load", () => this.#preload(), { signal });
  }

  /** Load the extras when there is nothing else to do; not every browser tells when that is. */
  #preload() {
    (globalThis.requestIdleCallback ?? setTimeout)(() => this.#extras.preload());
  }

  /** @param {ExtrasScript} script */
  #makeExtras({ Extras, FullExtras }) {
    const [idOf, store] = [this.#idOf, this.#store];
    return new (this.#isFull ? FullExtras : Extras)({
      ...{ form: this.#form, messages: this.#messages, names: this.#names },
      ...{ idOf, scorer: this.#scorer, signal: this.#signal, store, what: this.#what },
      begin: () => this.#navigation.go(idOf("quiz-begin")),
      keepTarget: (stage) => store.change((a) => setOrDelete(a, "target_stage", stage), {}),
    });
  }

  /**
   * Return what draws a section.
   * @param {HTMLElement} section
   * @returns {Draw}
   */
  #drawer({ id }) {
    const [extra] = EXTRA.filter(({ name }) => this.#idOf(name) === id);
    if (extra) return (body) => this.#drawExtra(body, extra.draw);
    if (this.#isFull) return (body) => this.#drawResult(body);
    return (body) => this.#results.drawCompact(body, this.#result, this.#form.gates);
  }

  /** The extras of a quiz that shows a result in full. */
  get #fullParts() {
    return /** @type {FullExtras | null} */ (this.#extras.parts);
  }

  /**
   * Draw a section that comes with the extras, or say why it is not there.
   * @param {Element} body
   * @param {typeof EXTRA[number]["draw"]} draw
   */
  #drawExtra(body, draw) {
    const parts = this.#fullParts;
    if (!parts) {
      show(body, this.#extras.need());
      return this.#extras.isSettled;
    }
    body.querySelector(".sb-missing")?.remove();
    return draw(parts, body, this.#result);
  }

  /** @param {Element} body */
  #drawResult(body) {
    const { coverage } = this.#result;
    if (coverage.unanswered === coverage.gates) {
      this.#results.drawEmpty(body);
      return true;
    }
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const conclusions = this.#fullParts?.conclusions.draw(
      this.#store.assessment,
      this.#result,
      this.#what,
    );
    const missing = { belief: null, lead: null, rest: conclusions ? null : this.#extras.need() };
    const { assessment } = this.#store;
    this.#results.draw(body, assessment, this.#result, this.#what, conclusions ?? missing);
    // What was taken out for a moment has lost the focus.
    if (focused !== document.activeElement && body.contains(focused)) focused?.focus();
    return this.#extras.isSettled;
  }

  /** @param {Change} change */
  #paint(change) {
    this.#result = this.#scorer.score(this.#store.assessment);
    this.#form.paint(change);
    this.#paintToolbar();
    if (this.#isFull) this.#paintRevision();
    markStages(this.#result);
    for (const panel of this.#panels) {
      if (!isAside(panel) || change.all || change.list) this.#invalidate(panel);
    }
  }

  /** @param {Panel} panel */
  #invalidate(panel) {
    panel.invalidate(!this.#preferences.oneAtATime && !isAside(panel));
  }

  #paintToolbar() {
    const now = this.#results.now(this.#result);
    this.#toolbar.paint(this.#form.questions, this.#result, now, this.#pace);
  }

  /** Say that the rubric has changed since the assessment was made, if it has. */
  #paintRevision() {
    const before = this.#store.assessment.rubric?.version;
    const isChanged = before && before !== this.#names.data.version;
    this.#messages.ask("rubric", ...(isChanged ? this.#revision(before) : []));
  }

  /** @param {string} before */
  #revision(before) {
    const parts = this.#fullParts;
    return parts ? parts.revision.draw(before) : [this.#extras.need()].filter(Boolean);
  }

  /** Another page is shown. */
  #moved() {
    const { current } = this.#navigation;
    this.#paintToolbar();
    this.#toolbar.mark(this.#container.querySelectorAll(".sb-places a"), current);
    for (const panel of this.#panels) if (panel.section === current) panel.now();
  }

  /** The extras are there, or cannot be loaded. */
  #repaint() {
    if (this.#signal.aborted) return;
    if (this.#extras.parts) this.#store.readAgain();
    this.#form.measures.paint();
    this.#form.enhance(this.#signal);
    if (!this.#isFull) return;
    this.#paintRevision();
    this.#offerLink();
    for (const panel of this.#panels) {
      this.#invalidate(panel);
      const isUsed = panel.section.contains(document.activeElement);
      if (panel.section === this.#navigation.current || isUsed) panel.now();
    }
  }

  /** @param {Route | null} route */
  #offer(route) {
    if (route?.kind !== "shared") return;
    this.#link = route.link;
    this.#offerLink();
  }

  /** Offer the assessment in the link of the address, as soon as the extras are there. */
  #offerLink() {
    if (!this.#link) return;
    const parts = this.#fullParts;
    if (!parts) {
      this.#messages.ask("link", ...[this.#extras.need()].filter(Boolean));
      return;
    }
    parts.linkOffer.offer(this.#link);
    this.#link = "";
  }

  /**
   * Remember a press on a button of the extras until they are there.
   * @param {Event} event
   */
  #pressed({ target }) {
    const pressed = /** @type {Element} */ (target).closest("button");
    if (this.#extras.parts || !pressed?.closest(".sb-aside, .sb-share")) return;
    if (!pressed.closest(".sb-missing")) this.#extras.after((parts) => parts && pressed.click());
  }
}

/**
 * Return what things are called, and where they stand in full.
 * @param {Element} container
 * @param {Data} data
 * @param {Items} tops
 */
function namesIn(container, data, tops) {
  const link = /** @type {HTMLAnchorElement | null} */ (container.querySelector("a.sb-root"));
  return new Names(data, new Pages(link?.href ?? null), wordsFor(data), tops);
}

/**
 * Return what finds the id of a page of a quiz: it ends in a number where others have the same name.
 * @param {Element} container
 */
function idsIn(container) {
  const ids = [...container.querySelectorAll(".sb-step")].map(({ id }) => id);
  return (/** @type {string} */ name) =>
    ids.find((id) => id === name || id.startsWith(`${name}--`)) ?? "";
}

/**
 * @param {Element} container
 * @returns {HTMLElement[]}
 */
const sectionsIn = (container) => [
  .../** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll(".sb-panel")),
];

/** @param {Panel} panel */
const isAside = ({ section }) => section.matches(".sb-aside");

/**
 * Mark the stages reached on the ladder at the top of the page.
 * @param {Result} result
 */
function markStages({ coverage, overall }) {
  /** @type {NodeListOf<HTMLElement>} */
  const steps = document.querySelectorAll(".sb-ladder [data-stage]");
  const isBegun = coverage.unanswered < coverage.gates;
  const at = [...steps].findIndex(({ dataset }) => isBegun && dataset.stage === overall.stage.low);
  for (const [index, step] of steps.entries()) step.classList.toggle("sb-reached", index <= at);
}
