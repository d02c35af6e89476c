/** Answering with single keys, for those who turn that on: the panel in the menu lists them. */

import { NOT_APPLICABLE } from "#core/scoring/gates.js";

/** @import { Store } from "../state/store.js" */

/** Where a key is text, or chooses something of its own. */
const FIELDS = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
/** What Enter presses without us. */
const PRESSED = "a, button, summary";

export class Keys {
  #container;
  /** The switch. @type {HTMLInputElement} */
  #input;

  /**
   * @param {Element} box holds the switch and the list of keys
   * @param {Store} store
   * @param {AbortSignal} signal
   */
  constructor(box, store, signal) {
    this.#container = /** @type {Element} */ (box.closest(".sb-quiz"));
    this.#input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    const key = store.key("stagebook-keys/1");
    const keep = () => {
      if (this.#input.checked) store.storage.set(key, "on");
      else store.storage.remove(key);
      this.#number();
    };
    this.#input.checked = Boolean(store.storage.get(key));
    // Without this script it would do nothing.
    /** @type {HTMLElement} */ (this.#input.parentElement).hidden = false;
    this.#input.addEventListener("change", keep, { signal });
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    this.#number();
  }

  /** Show the numbers of the answers while they can be pressed. */
  #number() {
    this.#container.classList.toggle("sb-keyed", this.#input.checked);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!this.#input.checked || event.repeat || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = this.#page(target);
    if (!page || !this.#act(event.key, target, page)) return;
    event.preventDefault();
    // The theme has keys of its own, which lead to other pages.
    event.stopPropagation();
  }

  /**
   * Return the page of the quiz that a key is meant for: the one with the focus, or else the one shown.
   * @param {HTMLElement} target
   */
  #page(target) {
    const quiz = target.closest(".sb-quiz") ?? document.querySelector(".sb-quiz");
    const isElsewhere = target !== document.body && !this.#container.contains(target);
    if (quiz !== this.#container || isElsewhere) return null;
    const page = target.closest(".sb-step") ?? (this.#isOne && quiz.querySelector(".sb-current"));
    return page || null;
  }

  /** Whether one question shows at a time. */
  get #isOne() {
    return this.#container.matches(".sb-one");
  }

  /**
   * Do what a key is for; return whether it is one of ours.
   * @param {string} key
   * @param {HTMLElement} target
   * @param {Element} page
   */
  #act(key, target, page) {
    if (target.matches(FIELDS)) return key === "Escape" && leave(target);
    if (/^[1-9]$/.test(key)) return this.#choose(Number(key), target, page);
    switch (key.toLowerCase()) {
      case "enter":
        return !target.closest(PRESSED) && (this.#press("next") || this.#press("check"));
      case "arrowleft":
        return this.#walk(-this.#forwards, page);
      case "arrowright":
        return this.#walk(this.#forwards, page);
      case "f":
        return flag(page);
      case "n":
        return openNote(page);
      default:
        return false;
    }
  }

  /** Which way is on: to the right, unless the language is written from there. */
  get #forwards() {
    return getComputedStyle(this.#container).direction === "rtl" ? -1 : 1;
  }

  /**
   * Choose the answer with a number; go on where that is wanted after each answer.
   * @param {number} n from 1
   * @param {HTMLElement} target
   * @param {Element} page
   */
  #choose(n, target, page) {
    const fieldset = target.closest("fieldset") ?? page.querySelector("fieldset");
    const answers = fieldset?.querySelectorAll(".sb-choices input[type=radio]");
    const answer = /** @type {HTMLInputElement | undefined} */ (answers?.[n - 1]);
    if (!answer) return false;
    answer.focus();
    answer.click();
    if (answer.value !== NOT_APPLICABLE && this.#advances) this.#press("next");
    return true;
  }

  /** Whether an answer goes on to the next question. */
  get #advances() {
    const going = this.#container.querySelector(".sb-nav [data-el=going]:not([hidden])");
    return Boolean(going?.querySelector("input")?.checked);
  }

  /**
   * Go to the question before or after; where all are on the page, put the focus there.
   * @param {number} way
   * @param {Element} page
   */
  #walk(way, page) {
    if (this.#isOne) this.#press(way > 0 ? "next" : "back");
    else {
      const pages = [...this.#container.querySelectorAll(".sb-step:not([hidden])")];
      const next = pages[pages.indexOf(page) + way];
      if (next) focusOn(next.querySelector("legend, [role=heading], h2, label") ?? next);
    }
    return true;
  }

  /**
   * Press a button below the question, if it is there.
   * @param {string} action
   */
  #press(action) {
    const button = this.#container.querySelector(`.sb-nav [data-act=${action}]`);
    if (!button || button.closest("[hidden]")) return false;
    /** @type {HTMLElement} */ (button).click();
    return true;
  }
}

/**
 * Leave a field of a question.
 * @param {Element} field
 */
function leave(field) {
  const legend = field.closest("[data-gate]:is(fieldset)")?.querySelector("legend");
  focusOn(legend);
  return Boolean(legend);
}

/**
 * Set the flag of a question, or take it away.
 * @param {Element} page
 */
function flag(page) {
  /** @type {HTMLElement | null} */
  const box = page.querySelector("[data-field=flag]");
  box?.focus();
  box?.click();
  return true;
}

/**
 * Open the note of a question, and write in it.
 * @param {Element} page
 */
function openNote(page) {
  const note = page.querySelector("details.sb-note");
  if (note && !(/** @type {HTMLDetailsElement} */ (note).open)) {
    note.querySelector("summary")?.click();
  }
  note?.querySelector("textarea")?.focus();
  return true;
}

/** @param {Element | null | undefined} element */
function focusOn(element) {
  const place = /** @type {HTMLElement | null | undefined} */ (element);
  if (!place) return;
  place.tabIndex = -1;
  place.focus();
}
