/** What comes with the fourth script: the roadmap, the presenter view and the pictures. */

import { ExtraParts } from "#core/parts/extra-parts.js";
import { show } from "#core/render/dom.js";

/** @import { MeetingScript } from "../meeting.js" */
/** @import { Assessment } from "../types.js" */
/** @import { Form } from "./form.js" */
/** @import { Messages } from "./messages.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */
/**
 * What the parts need of the quiz: `load` loads a script from a `folder`, `members` returns the assessments of the
 * team view, `section` a section by name, and `repaint` draws again what waited for a script.
 * @typedef {{
 *   folder: string,
 *   form: Form,
 *   load: <T>(address: string, find: () => T | undefined) => Promise<T>,
 *   members: () => Assessment[],
 *   messages: Messages,
 *   names: Names,
 *   repaint: () => void,
 *   scorer: Scorer,
 *   section: (name: string) => HTMLElement,
 *   signal: AbortSignal,
 *   store: Store,
 * }} MeetingNeeds
 */
/** Draws a section. @typedef {{draw: (body: Element) => unknown}} Drawn */

/**
 * Return the classes that the fourth script leaves, if it is there.
 * @returns {MeetingScript | undefined}
 */
const findMeeting = () => /** @type {any} */ (globalThis).stagebookMeeting;

export class MeetingParts {
  /** The fold with the pictures. @type {HTMLDetailsElement | null} */
  #box;
  #needs;
  /** @type {ExtraParts<MeetingScript, Record<string, Drawn>>} */
  #parts;
  /** Whether a section waits for the script. */
  #isAwaited = false;

  /** @param {MeetingNeeds} needs */
  constructor(needs) {
    this.#needs = needs;
    const file = `${needs.folder}stagebook-meeting.js`;
    this.#parts = new ExtraParts(
      () => needs.load(file, findMeeting),
      (script) => this.#make(script),
      () => this.#isAwaited && needs.repaint(),
      file,
      needs.names.t,
    );
    this.#box = needs.section("result").querySelector(".sb-pictures");
    this.#box?.addEventListener("toggle", () => this.#unfold(), { signal: needs.signal });
    this.#unfold();
    if (findMeeting()) this.#parts.preload();
  }

  /**
   * @param {MeetingScript} script
   * @returns {Record<string, Drawn>}
   */
  #make({ PictureBox, Presenter, Roadmap, RoadmapFiles }) {
    const { form, members, messages, names, scorer, section, signal, store } = this.#needs;
    const onBothKept = () => messages.say(names.t("both-kept"));
    const files = new RoadmapFiles(section("quiz-roadmap"), scorer, names, store, signal);
    if (this.#box) {
      new PictureBox(this.#box, scorer, names, store, () => files.scene(), signal);
    }
    const place = section("quiz-roadmap");
    const roadmap = place && new Roadmap(place, scorer, names, store, onBothKept, signal);
    const room = section("quiz-meeting");
    const presenter = new Presenter(room, scorer, names, store, form, members, signal);
    return { "quiz-meeting": presenter, ...(roadmap && { "quiz-roadmap": roadmap }) };
  }

  /** Load the script for the pictures, or say that it is missing. */
  #unfold() {
    if (!this.#box?.open) return;
    this.#parts.after((parts) => {
      const told = this.#box?.querySelector("[role=status]");
      if (!parts && told) show(told, this.#parts.missing);
    });
  }

  /**
   * Return what draws a section, as soon as the script is there.
   * @param {string} name
   * @returns {Drawn}
   */
  drawer(name) {
    return { draw: (body) => this.#draw(name, body) };
  }

  /**
   * @param {string} name
   * @param {Element} body
   */
  #draw(name, body) {
    const { parts } = this.#parts;
    if (parts) {
      body.querySelector(".sb-missing")?.remove();
      return parts[name].draw(body);
    }
    this.#isAwaited = true;
    show(body, this.#parts.need());
    return this.#parts.isSettled;
  }
}
