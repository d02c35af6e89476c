/**
 * The way through a quiz: one page at a time or all of them below each other.
 *
 * A page of a quiz is an element with an id, and the address names the one that is shown: so the
 * browser's own Back and Forward, a reload and a link keep the place, on a server and in a file alike.
 */

import { act, afterLoad } from "../render/dom.js";
import { NOT_APPLICABLE } from "../scoring/gates.js";
import { SHORTEST } from "../state/preferences.js";
import { findPlace, rewrite } from "../state/route.js";

/** @import { Preferences } from "../state/preferences.js" */
/** @import { Path } from "./path.js" */
/** @import { Signpost } from "./signpost.js" */

/** What a page is about is told by one of these, which takes the focus. */
const TOPIC = "legend, h2, [role=heading], label";

export class Navigation {
  /** Whether the reader came from the list of answers, and goes back to it. */
  #isReturning = false;
  #path;
  #preferences;
  #signpost;
  #checkId;
  #onMove;

  /**
   * @param {Path} path
   * @param {Preferences} preferences
   * @param {Signpost} signpost
   * @param {{checkId: string, onMove: () => void}} quiz the id of the page with the list of answers,
   * and what is told when another page is shown
   */
  constructor(path, preferences, signpost, { checkId, onMove }) {
    this.current = path.first;
    this.#path = path;
    this.#preferences = preferences;
    this.#signpost = signpost;
    this.#checkId = checkId;
    this.#onMove = onMove;
  }

  /**
   * Follow clicks and the address, until the signal ends it.
   * @param {HTMLElement} container
   * @param {HTMLInputElement} advance the switch that goes on after an answer
   * @param {AbortSignal} signal
   */
  listen(container, advance, signal) {
    const actions = {
      one: () => this.#setMode(true),
      all: () => this.#setMode(false),
      // The second click of two that were meant as one meets the button of the next page.
      next: (/** @type {Event} */ event) => {
        if (/** @type {MouseEvent} */ (event).detail !== 2) this.#walk(1);
      },
      back: () => this.#walk(-1),
      check: () => this.go(this.#checkId),
    };
    act(container, actions, signal);
    advance.checked = this.#preferences.advances;
    const choose = () => this.#preferences.choose({ advances: advance.checked });
    advance.addEventListener("change", choose, { signal });
    addEventListener("hashchange", () => this.#follow(), { signal });
    container.addEventListener("click", (event) => this.#clicked(event), { signal });
  }

  /**
   * Begin where the address says, or where the reader was.
   * @param {AbortSignal} signal
   */
  start(signal) {
    if (location.hash.startsWith(`#quiz-${SHORTEST}`)) {
      this.#preferences.choose({ scope: SHORTEST, oneAtATime: true, pageId: "" });
    }
    this.#path.limit();
    const { pages } = this.#path;
    const named = this.#named();
    const last = pages.find(({ id }) => id === this.#preferences.pageId);
    // Every page has an address, so that one can go back to the first as well.
    const begin = () => {
      const isNamed = location.hash || !this.#preferences.oneAtATime;
      if (!isNamed) writeAddress(this.current, "replaceState");
    };
    // Before the page is loaded, the browser would scroll past its title to that address.
    afterLoad(begin, signal);
    this.#show(named ?? last ?? pages[0], Boolean(named));
  }

  /**
   * Go to a page, or to the one that holds the element with an id.
   * @param {string} id
   */
  go(id) {
    const element = document.getElementById(id);
    // To set the hash would make the theme's instant navigation load the page anew.
    if (!element) return;
    if (location.hash !== `#${id}`) writeAddress(element, "pushState");
    const page = this.#path.holding(element);
    if (page) this.#show(page, true);
  }

  /**
   * Ask a part of the questions.
   * @param {string} scope
   */
  ask(scope) {
    this.#preferences.choose({ scope });
    this.#path.limit();
    this.#turn(false);
  }

  /**
   * Ask what applies now; the question that the reader looks at stays, if it still applies.
   * @param {boolean} [isOther] whether all has changed, as where another assessment begins
   */
  limit(isOther) {
    this.#path.limit();
    if (this.current.hidden && !isOther) this.#path.pass(this.current);
    if (this.current.hidden) this.#turn(false);
    else this.#signpost.put(this.current, this.#isReturning);
  }

  /** @param {boolean} oneAtATime */
  #setMode(oneAtATime) {
    this.#preferences.choose({ oneAtATime });
    this.#path.limit();
    this.#turn(true);
  }

  /** Return the page that the address names, if it is one of this quiz. */
  #named() {
    const element = findPlace(location.hash, (id) => document.getElementById(id));
    return element && this.#path.holding(element);
  }

  #follow() {
    const page = this.#named();
    if (page) this.#show(page, true);
  }

  /**
   * Show the current page in another way, or the first one where it is not asked.
   * @param {boolean} move
   */
  #turn(move) {
    const page = this.current.hidden ? this.#path.pages[0] : this.current;
    writeAddress(page, "replaceState");
    this.#show(page, move);
  }

  /**
   * @param {HTMLElement} page
   * @param {boolean} move whether the reader is taken there
   */
  #show(page, move) {
    this.current.classList.remove("sb-current");
    page.classList.add("sb-current");
    this.current = page;
    if (this.#preferences.pageId !== page.id) this.#preferences.choose({ pageId: page.id });
    if (page.id === this.#checkId) this.#isReturning = false;
    this.#path.question(page)?.enhance();
    this.#signpost.put(page, this.#isReturning);
    this.#onMove();
    if (!move) return;
    focusTopic(page);
    page.scrollIntoView();
  }

  /** @param {1 | -1} direction */
  #walk(direction) {
    const page = this.#path.beside(this.current, direction);
    if (page) this.go(page.id);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const link = target.closest("a");
    // The theme makes links absolute.
    const isHere = link?.href?.split("#")[0] === location.href.split("#")[0];
    const page = isHere && findPlace(link.hash, (id) => this.#path.find(id));
    if (page) {
      event.preventDefault();
      event.stopPropagation();
      this.#isReturning = Boolean(link.closest(".sb-check"));
      this.go(page.id);
    }
    const { advances, oneAtATime } = this.#preferences;
    // Arrow keys choose without a click of the pointer: they are no wish to go on.
    const isAnswer = target.type === "radio" && event.detail && this.#path.question(this.current);
    if (isAnswer && oneAtATime && advances && target.value !== NOT_APPLICABLE) this.#walk(1);
  }
}

/**
 * Put the focus on what a page is about.
 * @param {HTMLElement} page
 */
export function focusTopic(page) {
  const topic = /** @type {HTMLElement} */ (page.querySelector(TOPIC) ?? page);
  topic.tabIndex = -1;
  topic.focus({ preventScroll: true });
}

/**
 * @param {Element} page
 * @param {"pushState" | "replaceState"} how
 */
const writeAddress = (page, how) =>
  rewrite(how, `#${page.id}`, how === "pushState" ? null : history.state);
