/**
 * The parts of a quiz that come with the second script: there from the moment in which it is loaded.
 *
 * What draws something with them calls `need` while they are not there, and is told to draw again when
 * they are, or when they cannot be loaded. What a reader pressed goes through `after`.
 */

import { button, el } from "../render/dom.js";
import { focusTopic } from "./navigation.js";
import { whenReleased } from "./pointer.js";

/** @import { Words } from "../render/words.js" */

/**
 * What a press does with the parts, or without them where they cannot be loaded.
 * @template T
 * @typedef {(parts: T | null) => void} Press
 */

/**
 * @template C what the script defines
 * @template T the parts of one quiz
 */
export class ExtraParts {
  /** The parts, once they are there. @type {T | null} */
  parts = null;
  #hasFailed = false;
  #isWanted = false;
  /** What the reader pressed before it could act. @type {Press<T>[]} */
  #presses = [];
  #load;
  #make;
  #onChange;
  #file;
  #t;

  /**
   * @param {() => Promise<C>} load loads the script
   * @param {(script: C) => T} make makes the parts, once
   * @param {() => void} onChange is told when the parts are there, or cannot be loaded
   * @param {string} file the address of the script
   * @param {Words} t
   */
  constructor(load, make, onChange, file, t) {
    this.#load = load;
    this.#make = make;
    this.#onChange = onChange;
    this.#file = file;
    this.#t = t;
  }

  /** Whether it is known how this ends: the parts are there, or they could not be loaded. */
  get isSettled() {
    return this.parts !== null || this.#hasFailed;
  }

  /** Load them before they are wanted; nobody is told where that fails. */
  preload() {
    this.#arrive().catch(() => {});
  }

  /** Return why the parts are not there, with a way to try again; nothing while they are on the way. */
  need() {
    if (!this.#hasFailed) {
      this.#want();
      return null;
    }
    const again = button(this.#t("try-again"), () => this.#want());
    return el(
      "div",
      { class: "sb-missing" },
      el("p", { class: "sb-warning", role: "alert" }, this.missing),
      again,
    );
  }

  /**
   * Do what the reader asked for: now, or as soon as the parts are there or cannot be loaded.
   * @param {Press<T>} press
   */
  after(press) {
    if (this.parts) {
      press(this.parts);
      return;
    }
    this.#presses.push(press);
    this.#want();
  }

  /** Say in words that the parts are missing. */
  get missing() {
    return this.#t("extras-missing", { file: this.#file });
  }

  #want() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#arrive().catch(() => {
      this.#isWanted = false;
      this.#hasFailed = true;
      whenReleased(() => this.#tell());
    });
  }

  async #arrive() {
    const script = await this.#load();
    whenReleased(() => {
      if (this.parts) return;
      this.parts = this.#make(script);
      this.#tell();
    });
  }

  /** Tell of the change, and do what was pressed; who tried again does not lose the focus with the button. */
  #tell() {
    const place = document.activeElement?.closest(".sb-missing")?.parentElement;
    this.#onChange();
    const section = /** @type {HTMLElement | null | undefined} */ (place?.closest(".sb-panel"));
    /** @type {HTMLElement | null | undefined} */
    const next = place?.querySelector(section ? ".sb-missing button" : "button");
    if (next) next.focus();
    else if (section) focusTopic(section);
    for (const press of this.#presses.splice(0)) press(this.parts);
  }
}
