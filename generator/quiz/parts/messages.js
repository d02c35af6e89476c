/** What the quiz says above the questions: messages with a way back, and notices that ask. */

import { show, write } from "../render/dom.js";

/** @import { Child } from "../render/dom.js" */
/** @import { Words } from "../render/words.js" */

export class Messages {
  #ui;
  #t;
  /** Takes back what was said last. @type {(() => void) | null | undefined} */
  #undo;

  /**
   * @param {Record<string, HTMLElement>} ui `said`, `undo`, `link` and `rubric` hold them
   * @param {Words} t
   */
  constructor(ui, t) {
    this.#ui = ui;
    this.#t = t;
  }

  /**
   * Say something, with a way back from it if there is one.
   * @param {string} words
   * @param {(() => void) | null} [undo]
   */
  say(words, undo) {
    this.#undo = undo;
    write(this.#ui.said, words);
    this.#ui.undo.hidden = !undo;
    if (undo) this.#ui.undo.focus();
  }

  /** Offer no way back any more: something else was done since. */
  settle() {
    this.#undo = null;
    this.#ui.undo.hidden = true;
  }

  /** Take back what was said last. */
  undo() {
    const undo = this.#undo;
    this.say(this.#t("undone"));
    undo?.();
    this.#ui.said.focus();
  }

  /**
   * Show a notice that asks for a decision; without content it goes.
   * @param {"link" | "rubric"} subject
   * @param {...Child} content
   */
  ask(subject, ...content) {
    this.#ui[subject].hidden = !content.some(Boolean);
    show(this.#ui[subject], ...content);
  }
}
