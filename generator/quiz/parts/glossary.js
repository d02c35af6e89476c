/**
 * The glossary at hand: where a term first stands in the result or in a question, it is a button that says what
 * it means, below the word: while it has the focus or the pointer, and after a tap until the next.
 *
 * Text stays text for those who read, copy or print it.
 */

import { el } from "#core/render/dom.js";

/** @import { Term } from "../types.js" */

/** Where a word is part of a name or of what is pressed, where it is folded, and where nobody sees it. */
const ELSEWHERE =
  "a, button, label, legend, select, details, thead, caption, svg, [role=heading], h2, h3, .sb-on-paper, .sb-hidden";
/** How long the pointer may be on its way from a term to its meaning, in milliseconds. */
const WAY = 300;
const LETTER = "[\\p{L}\\p{M}\\p{N}]";

export class Glossary {
  #container;
  /** The notes with the meanings, by their term as it stands within a sentence. @type {Map<string, HTMLElement>} */
  #notes = new Map();
  #pattern;
  /** The term whose meaning shows. @type {HTMLElement | null} */
  #shown = null;
  /** Whether the meaning stays when the pointer leaves. */
  #isHeld = false;
  /** Whether it was held when a press began. */
  #wasHeld = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #leaving;

  /**
   * @param {Element} container the quiz
   * @param {Term[]} terms
   * @param {AbortSignal} signal
   */
  constructor(container, terms, signal) {
    this.#container = container;
    for (const { term, meaning } of terms) {
      const id = `${container.querySelector(".sb-results")?.id}-term-${this.#notes.size}`;
      const note = el("div", { class: "sb-gloss", role: "tooltip", id, hidden: true }, meaning);
      this.#notes.set(lower(term), note);
    }
    container.append(...this.#notes.values());
    this.#pattern = patternOf(terms.map(({ term }) => term));
    this.#listen(signal);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const [container, how] = [this.#container, { signal }];
    const over = (/** @type {Event} */ event) => this.#over(/** @type {PointerEvent} */ (event));
    const pressed = (/** @type {Event} */ event) =>
      this.#pressed(/** @type {MouseEvent} */ (event));
    const focused = (/** @type {Event} */ { target }) => {
      const term = termAt(target);
      if (term) this.#show(term, true);
    };
    container.addEventListener("pointerover", over, how);
    container.addEventListener("pointerleave", () => this.#leave(), how);
    container.addEventListener("focusin", focused, how);
    container.addEventListener("focusout", ({ target }) => this.#blurred(target), how);
    container.addEventListener("click", pressed, how);
    document.addEventListener("pointerdown", ({ target }) => this.#touched(target), how);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#hide(), how);
  }

  /**
   * Mark the terms of a place now, and whenever it is drawn anew.
   * @param {Element} place
   * @param {AbortSignal} signal
   */
  follow(place, signal) {
    const observer = new MutationObserver(() => {
      const lost = this.#shown?.isConnected ? null : this.#shown;
      if (lost) this.#hide();
      this.mark(place);
      observer.takeRecords();
      const note = lost?.getAttribute("aria-describedby");
      // Who was at a term that was drawn anew is at it still.
      if (note && document.activeElement === document.body) {
        /** @type {HTMLElement | null} */ (
          place.querySelector(`[aria-describedby="${note}"]`)
        )?.focus();
      }
    });
    this.mark(place);
    observer.observe(place, { childList: true, subtree: true });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /**
   * Make each term a button where it first stands in a place.
   * @param {Element} place
   */
  mark(place) {
    const seen = new Set([...place.querySelectorAll(".sb-term")].map((one) => noteOf(one)));
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    for (const text of texts) {
      if (text.parentElement?.closest(ELSEWHERE)) continue;
      /** @type {(Node | string)[]} */
      const pieces = [];
      let end = 0;
      for (const { 0: word, index } of text.data.matchAll(this.#pattern)) {
        const note = this.#notes.get(lower(word));
        if (!note || seen.has(note.id)) continue;
        seen.add(note.id);
        pieces.push(text.data.slice(end, index), termFor(word, note.id));
        end = index + word.length;
      }
      if (end) text.replaceWith(...[...pieces, text.data.slice(end)].filter(Boolean));
    }
  }

  /**
   * Show what a term means, below it.
   * @param {HTMLElement} term
   * @param {boolean} isHeld
   */
  #show(term, isHeld) {
    clearTimeout(this.#leaving);
    if (this.#shown !== term) this.#hide();
    this.#shown = term;
    this.#isHeld ||= isHeld;
    term.setAttribute("aria-expanded", "true");
    const note = /** @type {HTMLElement} */ (document.getElementById(noteOf(term)));
    note.hidden = false;
    const [at, around] = [term, this.#container].map((one) => one.getBoundingClientRect());
    const most = Math.max(0, around.width - note.offsetWidth);
    note.style.top = `${at.bottom - around.top}px`;
    note.style.left = `${Math.min(Math.max(0, at.left - around.left), most)}px`;
  }

  #hide() {
    clearTimeout(this.#leaving);
    const term = this.#shown;
    this.#shown = null;
    this.#isHeld = false;
    if (!term) return;
    term.setAttribute("aria-expanded", "false");
    for (const note of this.#notes.values()) note.hidden = true;
  }

  /** @param {PointerEvent} event */
  #over({ target, pointerType }) {
    // A finger is on nothing before it presses.
    if (pointerType === "touch") return;
    const term = termAt(target);
    if (term && term !== this.#shown) this.#show(term, false);
    else if (term || isNote(target)) clearTimeout(this.#leaving);
    else this.#leave();
  }

  /** Hide soon what only the pointer has shown. */
  #leave() {
    if (!this.#shown || this.#isHeld) return;
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#isHeld || this.#hide(), WAY);
  }

  /** @param {EventTarget | null} target */
  #touched(target) {
    const term = termAt(target);
    this.#wasHeld = term !== null && term === this.#shown && this.#isHeld;
    if (!term && !isNote(target)) this.#hide();
  }

  /** @param {EventTarget | null} target */
  #blurred(target) {
    // Its text may be marked with the pointer.
    if (target === this.#shown && !this.#container.querySelector(".sb-gloss:hover")) this.#hide();
  }

  /** @param {MouseEvent} event */
  #pressed({ target, detail }) {
    const term = termAt(target);
    if (!term) return;
    const isOver = detail ? this.#wasHeld : term === this.#shown;
    this.#wasHeld = false;
    if (isOver) this.#hide();
    else this.#show(term, true);
  }
}

/**
 * @param {string} word
 * @param {string} note
 */
const termFor = (word, note) =>
  el(
    "button",
    {
      ...{ type: "button", class: "sb-term" },
      ...{ "aria-expanded": "false", "aria-describedby": note },
    },
    word,
  );

/**
 * Return the id of the note of a term.
 * @param {Element} term
 */
const noteOf = (term) => term.getAttribute("aria-describedby") ?? "";

/**
 * Return the term that was pressed or has the focus.
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
const termAt = (target) => (target instanceof Element ? target.closest(".sb-term") : null);

/** @param {EventTarget | null} target */
const isNote = (target) => target instanceof Element && target.closest(".sb-gloss") !== null;

/**
 * Return a term as it stands within a sentence.
 * @param {string} term
 */
function lower(term) {
  const [first = "", ...rest] = term;
  return first.toLowerCase() + rest.join("");
}

/**
 * Return what finds terms as whole words, the longest first; their first letter may be large or small.
 * @param {string[]} terms
 */
function patternOf(terms) {
  const words = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) => {
      const [first = "", ...rest] = term;
      const firsts = [first, first.toLowerCase(), first.toUpperCase()].map(quote);
      return `(?:${firsts.join("|")})${quote(rest.join(""))}`;
    });
  return new RegExp(`(?<!${LETTER})(?:${words.join("|")})(?!${LETTER})`, "gu");
}

/** @param {string} text */
const quote = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
