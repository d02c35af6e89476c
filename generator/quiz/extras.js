/**
 * The second script: what is not needed for taking the quiz and scoring it. The first one loads it when
 * something in it is wanted, and finds its classes under the name `stagebookExtras`.
 *
 * What the modules of this script need of the first one they import from `#core/…`: see `core.js`.
 */

import { teachNumbers } from "#core/assessment/numbers.js";
import { folder, load } from "#core/load.js";
import { ExtraParts } from "#core/parts/extra-parts.js";
import { show } from "#core/render/dom.js";
import { teachReader } from "#core/state/stored-text.js";
import { fileName } from "./assessment/file-name.js";
import { adopt } from "./assessment/reader.js";
import { readWritten } from "./assessment/written-numbers.js";
import { shared } from "./extras-shared.js";
import { Assessments } from "./parts/assessments.js";
import { Conclusions } from "./parts/conclusions.js";
import { EvidenceRows } from "./parts/evidence.js";
import { Files } from "./parts/files.js";
import { LinkOffer } from "./parts/link-offer.js";
import { Review } from "./parts/review.js";
import { Revision } from "./parts/revision.js";
import { ShareBar } from "./parts/sharing.js";
import { ShortestWay } from "./parts/shortest.js";
import { numberWords } from "./report/misread-words.js";
import { tickedWords } from "./report/ticked-words.js";
import { AssessmentList } from "./state/assessment-list.js";

/** @import { Answer, Gate, Result } from "./types.js" */
/** @import { SeveralScript } from "./several.js" */
/** @import { Form } from "./parts/form.js" */
/** @import { Messages } from "./parts/messages.js" */
/** @import { Names } from "./render/names.js" */
/** @import { Scorer } from "./scoring/scorer.js" */
/** @import { Store } from "./state/store.js" */
/**
 * What the extras of a quiz need of it.
 * @typedef {{
 *   begin: () => void,
 *   form: Form,
 *   idOf: (name: string) => string,
 *   keepTarget: (stage: string) => void,
 *   messages: Messages,
 *   names: Names,
 *   repaint: () => void,
 *   scorer: Scorer,
 *   signal: AbortSignal,
 *   store: Store,
 *   what: string,
 * }} Needs
 * `begin` goes to the first page, `idOf` finds the id of a page of the quiz, `keepTarget` keeps the
 * stage that the plan is for, `repaint` draws again what waited for a script, and `what` is the kind of
 * quiz.
 */

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
  constructor({ messages, names, scorer, store }) {
    /** @type {(gate: Gate, said: Answer) => string} */
    this.ticked = (gate, said) => tickedWords(gate, said, scorer, names);
    this.list = new AssessmentList(store);
    this.files = new Files(names.data, store, this.list, messages, names.t);
  }
}

/** What a quiz has of it that shows a result in full. */
export class FullExtras extends Extras {
  /** @param {Needs} needs */
  constructor(needs) {
    super(needs);
    const { form, idOf, messages, names, scorer, signal, store, ...quiz } = needs;
    const saved = () => this.list.saved();
    const section = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (document.getElementById(idOf(name)));
    this.review = new Review(form, names, store, idOf);
    this.conclusions = new Conclusions(scorer, names, quiz.keepTarget);
    this.share = new ShareBar(section("result"), scorer, names, store, quiz.what, signal);
    this.assessments = new Assessments(scorer, names, store, this.list, messages);
    this.assessments.listen(section("quiz-assessments"), quiz.begin, signal);
    this.shortest = new ShortestWay(scorer, names, store);
    const [compare, team] = [section("quiz-compare"), section("quiz-team")];
    const make = (/** @type {SeveralScript} */ { Comparison, TeamPanel }) => ({
      compare: new Comparison(compare, scorer, names, saved, signal),
      team: new TeamPanel(team, scorer, names, saved),
    });
    this.several = new ExtraParts(
      () => load(SEVERAL, findSeveral),
      make,
      quiz.repaint,
      SEVERAL,
      names.t,
    );
    if (findSeveral()) this.several.preload();
    const pressed = (/** @type {Event} */ event) => this.#pressed(event);
    for (const one of [compare, team]) one.addEventListener("click", pressed, { signal });
    this.linkOffer = new LinkOffer(names, this.files, messages);
    this.revision = new Revision(names, store, form.questions);
  }

  /**
   * Draw a section; return false while it cannot be drawn, or must not.
   * @param {string} name
   * @param {Element} body
   * @param {Result} result
   */
  draw(name, body, result) {
    if (name === "quiz-check") return this.review.draw(body, result);
    if (name === "quiz-assessments") return this.assessments.draw(body);
    const { parts } = this.several;
    if (parts) return (name === "quiz-compare" ? parts.compare : parts.team).draw();
    show(body, this.several.need());
    return this.several.isSettled;
  }

  /**
   * Remember a press on a button of the third script until that is there.
   * @param {Event} event
   */
  #pressed({ target }) {
    const button = /** @type {Element} */ (target).closest("button");
    if (this.several.parts || !button || button.closest(".sb-missing")) return;
    this.several.after((parts) => parts && button.click());
  }
}

const script = { Extras, FullExtras, shared };

/** @typedef {typeof script} ExtrasScript */

/** @type {any} */ (globalThis).stagebookExtras = script;
