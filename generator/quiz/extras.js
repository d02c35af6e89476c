/**
 * The second script: what is not needed for taking the quiz and scoring it. The first one loads it when
 * something in it is wanted, and finds its classes under the name `stagebookExtras`.
 *
 * What the modules of this script need of the first one they import from `#core/…`: see `core.js`.
 */

import { teachNumbers } from "#core/assessment/numbers.js";
import { folder, load } from "#core/load.js";
import { ExtraParts } from "#core/parts/extra-parts.js";
import { el, show } from "#core/render/dom.js";
import { teachReader } from "#core/state/stored-text.js";
import { fileName } from "./assessment/file-name.js";
import { adopt } from "./assessment/reader.js";
import { readWritten } from "./assessment/written-numbers.js";
import { shared } from "./extras-shared.js";
import { carryAnswers } from "./parts/carrying.js";
import { Conclusions } from "./parts/conclusions.js";
import { EvidenceRows } from "./parts/evidence.js";
import { Files } from "./parts/files.js";
import { followsFrom } from "./parts/follows.js";
import { LinkOffer } from "./parts/link-offer.js";
import { PlanChoices } from "./parts/plan-choices.js";
import { printQuiz } from "./parts/printing.js";
import { Review } from "./parts/review.js";
import { offerSetAside } from "./parts/set-aside.js";
import { ShortestWay } from "./parts/shortest.js";
import { numberWords } from "./report/misread-words.js";
import { AssessmentList } from "./state/assessment-list.js";
import { rememberTitles } from "./state/titles.js";

/** @import { Answer, Gate, Result } from "./types.js" */
/** @import { SeveralScript } from "./several.js" */
/** @import { Form } from "./parts/form.js" */
/** @import { Measured } from "./parts/measures.js" */
/** @import { Messages } from "./parts/messages.js" */
/** @import { Child } from "./render/dom.js" */
/** @import { Names } from "./render/names.js" */
/** @import { Scorer } from "./scoring/scorer.js" */
/** @import { Store } from "./state/store.js" */
/**
 * What the extras of a quiz need of it.
 * @typedef {{
 *   form: Form,
 *   go: (name: string) => void,
 *   idOf: (name: string) => string,
 *   messages: Messages,
 *   names: Names,
 *   repaint: () => void,
 *   rescue: HTMLElement,
 *   result: () => Result,
 *   scorer: Scorer,
 *   signal: AbortSignal,
 *   store: Store,
 *   what: string,
 * }} Needs
 * `go` goes to a page of the quiz, `idOf` finds the id of a page of the quiz, `repaint` draws again what
 * waited for a script, `rescue` is the button that saves what could not be read, `result` returns the
 * result so far, and `what` is the kind of quiz.
 */

/** The sections whose buttons are there before the third script. */
const SHOWS_SEVERAL = ["quiz-assessments", "quiz-compare", "quiz-team"];

const SEVERAL = `${folder}stagebook-several.js`;

/**
 * Return the classes that the third script leaves, if it is there.
 * @returns {SeveralScript | undefined}
 */
const findSeveral = () => /** @type {any} */ (globalThis).stagebookSeveral;

teachNumbers(readWritten);
teachReader(adopt);

/** What every quiz has of this script. */
export class Extras {
  EvidenceRows = EvidenceRows;
  explainNumber = numberWords;
  nameFile = fileName;

  /** @param {Needs} needs */
  constructor({ idOf, messages, names, rescue, scorer, signal, store }) {
    /** @type {(gate: Gate, said: Answer, measured?: Measured) => Child} */
    this.follows = (...said) => followsFrom(...said, { idOf, names, scorer });
    this.list = new AssessmentList(store);
    this.files = new Files(names.data, store, this.list, messages, names.t);
    rememberTitles(names.data, store);
    offerSetAside(rescue, store, signal);
  }
}

/** What a quiz has of it that shows a result in full. */
export class FullExtras extends Extras {
  /** Whether a section waits for the third script. */
  #isAwaited = false;
  /** The buttons below the result, most of which the third script answers. @type {Element | null} */
  #bar;
  #needs;

  /** @param {Needs} needs */
  constructor(needs) {
    super(needs);
    this.#needs = needs;
    const { form, idOf, messages, names, scorer, signal, store } = needs;
    const { data, ladder, scoring } = scorer;
    const stages = scoring.dimension === "ladder" ? ladder.stages : [];
    const choices = new PlanChoices(data, stages, names, store, needs.repaint);
    this.review = new Review(form, names, store, idOf);
    this.conclusions = new Conclusions(scorer, names, choices);
    this.shortest = new ShortestWay(scorer, names, store, needs.result);
    this.linkOffer = new LinkOffer(scorer, names, this.files, messages, () => needs.go("result"));
    this.several = new ExtraParts(
      () => load(SEVERAL, findSeveral),
      (/** @type {SeveralScript} */ { makeParts }) => {
        const section = (/** @type {string} */ name) => this.#section(name);
        return makeParts({ ...needs, folder, list: this.list, load, section });
      },
      () => this.#isAwaited && needs.repaint(),
      SEVERAL,
      names.t,
    );
    if (!this.list.saved().length && this.list.elsewhere().length) this.#tellElsewhere();
    this.#bar = this.#section("result").querySelector(".sb-share");
    // Terms are explained, and keys that are on are used, from the first question.
    if (data.glossary || findSeveral() || store.storage.get(store.key("stagebook-keys/1")))
      this.several.preload();
    this.#listen(signal);
    store.listen(() => messages.settle(), signal);
    carryAnswers(this.#section("result"), names, store, signal);
  }

  /** Say that another version of the site keeps assessments, as long as this one keeps none. */
  #tellElsewhere() {
    const { idOf, messages, names } = this.#needs;
    const way = el("a", { href: `#${idOf("quiz-assessments")}` }, names.t("show-elsewhere"));
    messages.ask("link", el("p", {}, names.t("found-elsewhere"), " ", way));
  }

  /** @param {string} name */
  #section(name) {
    return /** @type {HTMLElement} */ (document.getElementById(this.#needs.idOf(name)));
  }

  /**
   * Follow what is pressed, until the signal ends it.
   * @param {AbortSignal} signal
   */
  #listen(signal) {
    const pressed = (/** @type {Event} */ event) => this.#pressed(event);
    for (const name of SHOWS_SEVERAL) {
      this.#section(name).addEventListener("click", pressed, { signal });
    }
    const bar = this.#bar;
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const boxes = document.querySelectorAll(".sb-what-if, .sb-dated, .sb-pictures, .sb-keys");
    for (const box of boxes) {
      const unfold = () => box.open && this.several.after((parts) => parts ?? this.#tell(box));
      box.addEventListener("toggle", unfold, { signal });
    }
    if (!bar) return;
    bar.addEventListener("click", pressed, { signal });
    // A browser lets a press write to the clipboard for a moment only: what copies is there before.
    for (const near of ["pointerover", "focusin"]) {
      bar.addEventListener(near, () => this.several.preload(), { once: true, signal });
    }
  }

  /**
   * Draw a section; return false while it cannot be drawn, or must not.
   * @param {string} name
   * @param {Element} body
   * @param {Result} result
   */
  draw(name, body, result) {
    if (name === "quiz-check") return this.review.draw(body, result);
    const { parts } = this.several;
    if (parts) return parts.sections[name].draw(body);
    this.#isAwaited = true;
    show(body, this.several.need());
    return this.several.isSettled;
  }

  /**
   * Return what to tell the reader of a rubric that has changed, as soon as it can be told.
   * @param {string} before the version of the open assessment
   * @returns {Child}
   */
  drawRevision(before) {
    const { parts } = this.several;
    if (parts) return parts.revision.draw(before);
    this.#isAwaited = true;
    return this.several.need();
  }

  /**
   * Print, or remember a press on a button of the third script until that is there.
   * @param {Event} event
   */
  #pressed({ target }) {
    const button = /** @type {Element} */ (target).closest("button");
    const what = button?.dataset.act?.split("print-")[1];
    if (what) return printQuiz(/** @type {"result" | "all"} */ (what));
    if (this.several.parts || !button || button.closest(".sb-missing")) return;
    this.several.after((parts) => {
      if (parts) button.click();
      else if (this.#bar?.contains(button)) this.#tell(this.#bar);
    });
  }

  /**
   * Say that the third script is missing, where something of it was wanted.
   * @param {Element} place
   */
  #tell(place) {
    const told = place.querySelector("[role=status]");
    if (told) show(told, this.several.missing);
  }
}

/**
 * Bring an element to life that belongs to no quiz; a page is whole without it too.
 * @param {HTMLElement} element
 */
const begin = (element) =>
  load(SEVERAL, findSeveral).then(
    (several) => several.begin(element),
    () => {},
  );

const script = { begin, Extras, FullExtras, shared };

/** @typedef {typeof script} ExtrasScript */

/** @type {any} */ (globalThis).stagebookExtras = script;
