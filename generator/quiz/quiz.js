/**
 * A quiz: its parts, and what each is told when an answer changes.
 *
 * The form and the toolbar change the assessment in the store. The store tells its listeners, also of
 * changes in other tabs, and `#paint` scores the assessment and has each part draw what is new. What
 * the second script draws is left out until it is there.
 */

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
import { afterLoad, parts, show } from "./render/dom.js";
import { Names } from "./render/names.js";
import { Pages } from "./render/pages.js";
import { findTops } from "./render/scale.js";
import { wordsFor } from "./render/words.js";
import { get } from "./scoring/intervals.js";
import { Scorer } from "./scoring/scorer.js";
import { Pace } from "./state/pace.js";
import { Preferences } from "./state/preferences.js";
import { takeRoute } from "./state/route.js";
import { SAMPLE, storeOf } from "./state/stores.js";

/** @import { Data, Items, Result } from "./types.js" */
/** @import { Extras, ExtrasScript, FullExtras } from "./extras.js" */
/** @import { Draw } from "./parts/panel.js" */
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
  // The link in the address is taken before anything else sees it.
  if (FULL.includes(what)) takeRoute();
  new Quiz(container, data, what, signal).start();
}

class Quiz {
  /** What the reader did before the quiz could begin; null once it has. @type {Event[] | null} */
  #early = [];
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
    const [extras, messages, pace] = [this.#extras, this.#messages, this.#pace];
    this.#form = new Form(container, names, this.#store, pace, messages, extras, this.#scorer);
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

  /** Begin, now or as soon as what is stored can be read. */
  start() {
    this.#await();
    const note = (/** @type {Event} */ event) => this.#early?.push(event);
    for (const type of this.#early ? ["input", "change"] : []) {
      this.#container.addEventListener(type, note, { signal: this.#signal });
    }
  }

  /** Begin, unless what is stored waits for its reader, or say that it cannot be loaded. */
  #await() {
    const isWaiting = this.#store.isUnread;
    this.#top.querySelector(":scope > .sb-missing")?.remove();
    this.#top.setAttribute("aria-busy", `${isWaiting}`);
    if (isWaiting) this.#top.prepend(this.#extras.need() ?? "");
    else this.#begin();
  }

  #begin() {
    const [container, form] = [this.#container, this.#form];
    const [navigation, signal] = [this.#navigation, this.#signal];
    form.listen(signal);
    const early = this.#early ?? [];
    this.#early = null;
    for (const { target, type } of early) target?.dispatchEvent(new Event(type, { bubbles: true }));
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
    container.classList.toggle("sb-sample", this.#store.prefix === SAMPLE);
    container.classList.add("sb-live");
    if (!this.#isFull) return;
    this.#offerLink();
    // A link may also be put into the address of a page that is open.
    addEventListener("hashchange", () => this.#offerLink(), { signal });
    container.addEventListener("click", (event) => this.#pressed(event), { signal });
    // What is loaded before the page is would hold it up.
    afterLoad(() => this.#preload(), signal);
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
      rescue: this.#ui.rescue,
      result: () => this.#result,
      repaint: () => this.#repaint(),
      go: (/** @type {string} */ name) => this.#navigation.go(idOf(name)),
    });
  }

  /**
   * Return what draws a section.
   * @param {HTMLElement} section
   * @returns {Draw}
   */
  #drawer({ id }) {
    // All sections but the result come with the extras.
    const [name] = id.split("--");
    if (name !== "result") return (body) => this.#drawExtra(body, name);
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
   * @param {string} name
   */
  #drawExtra(body, name) {
    const parts = this.#fullParts;
    if (!parts) {
      show(body, this.#extras.need());
      return this.#extras.isSettled;
    }
    body.querySelector(".sb-missing")?.remove();
    return parts.draw(name, body, this.#result);
  }

  /** Whether nothing is known of any gate that applies. */
  get #isEmpty() {
    return this.#names.data.gates.every(
      (gate) => get(this.#result.states, gate.id).answer === null || this.#form.isLeftOut(gate),
    );
  }

  /** @param {Element} body */
  #drawResult(body) {
    if (this.#isEmpty) {
      this.#results.drawEmpty(body);
      return true;
    }
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const { assessment } = this.#store;
    const conclusions = this.#fullParts?.conclusions.draw(assessment, this.#result, this.#what) ?? {
      rest: this.#extras.need(),
    };
    this.#results.draw(body, assessment, this.#result, this.#what, conclusions);
    // What was taken out for a moment has lost the focus.
    if (focused !== document.activeElement && body.contains(focused)) focused?.focus();
    return this.#extras.isSettled;
  }

  /**
   * Score the assessment and draw what a change concerns.
   * @param {Change} change
   */
  #paint(change) {
    this.#result = this.#scorer.score(this.#store.assessment);
    this.#form.paint(change);
    if (change.all || this.#preferences.isShortest) this.#limit(change.all);
    this.#paintToolbar();
    this.#paintRevision();
    markStages(this.#result, !this.#isEmpty);
    for (const panel of this.#panels) this.#invalidate(panel);
  }

  /**
   * Ask what applies, and on the shortest way only what can still change the result.
   * @param {boolean} [isOther] whether all has changed, as where another assessment begins
   */
  #limit(isOther) {
    this.#path.shortest = this.#fullParts?.shortest ?? null;
    this.#navigation.limit(isOther);
  }

  /** @param {Panel} panel */
  #invalidate(panel) {
    panel.invalidate(!this.#preferences.oneAtATime && !isAside(panel));
  }

  #paintToolbar() {
    const now = this.#isEmpty ? "" : this.#results.now(this.#result);
    const { leftOut, questions } = this.#form;
    this.#toolbar.paint(questions, this.#result, now, this.#pace, leftOut, this.#path.left);
  }

  /** Say that the rubric has changed since the assessment was made, if it has; or what cannot be read. */
  #paintRevision() {
    const { assessment, isUnread } = this.#store;
    const before = this.#isFull && assessment.rubric?.version;
    const isChanged = before && before !== this.#names.data.version;
    const notice = isChanged && this.#fullParts?.drawRevision(before);
    const missing = (isUnread || isChanged) && !notice && this.#extras.need();
    this.#messages.ask("rubric", missing, notice);
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
    if (this.#early) return this.#await();
    this.#form.measures.paint();
    this.#form.enhance(this.#signal);
    this.#limit();
    this.#paintRevision();
    if (!this.#isFull) return;
    this.#offerLink();
    for (const panel of this.#panels) {
      this.#invalidate(panel);
      const isUsed = panel.section.contains(document.activeElement);
      if (panel.section === this.#navigation.current || isUsed) panel.now();
    }
  }

  /** Offer the assessment in the link of the address, as soon as the extras are there. */
  #offerLink() {
    const route = takeRoute();
    if (route.kind !== "shared") return;
    const parts = this.#fullParts;
    if (parts) parts.linkOffer.offer(route.link);
    else this.#messages.ask("link", this.#extras.need());
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
 * @param {boolean} isBegun whether anything is known
 */
function markStages({ overall }, isBegun) {
  /** @type {NodeListOf<HTMLElement>} */
  const steps = document.querySelectorAll(".sb-ladder [data-stage]");
  const at = [...steps].findIndex(({ dataset }) => isBegun && dataset.stage === overall.stage.low);
  for (const [index, step] of steps.entries()) step.classList.toggle("sb-reached", index <= at);
}
