/**
 * The second script: what is not needed for taking the quiz and scoring it. The first one loads it when
 * something in it is wanted, and finds its classes under the name `stagebookExtras`.
 *
 * What the modules of this script need of the first one they import from `#core/…`: see `core.js`.
 */

import { teachNumbers } from "#core/assessment/numbers.js";
import { fileName } from "./assessment/file-name.js";
import { readWritten } from "./assessment/written-numbers.js";
import { Assessments } from "./parts/assessments.js";
import { Comparison } from "./parts/comparison.js";
import { Conclusions } from "./parts/conclusions.js";
import { EvidenceRows } from "./parts/evidence.js";
import { Files } from "./parts/files.js";
import { LinkOffer } from "./parts/link-offer.js";
import { Review } from "./parts/review.js";
import { Revision } from "./parts/revision.js";
import { ShareBar } from "./parts/sharing.js";
import { TeamPanel } from "./parts/team.js";
import { numberWords } from "./report/misread-words.js";
import { AssessmentList } from "./state/assessment-list.js";

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
 *   scorer: Scorer,
 *   signal: AbortSignal,
 *   store: Store,
 *   what: string,
 * }} Needs
 * `begin` goes to the first page, `idOf` finds the id of a page of the quiz, `keepTarget` keeps the
 * stage that the plan is for, and `what` is the kind of quiz.
 */

teachNumbers(readWritten);

/** What every quiz has of this script. */
export class Extras {
  EvidenceRows = EvidenceRows;
  explainNumber = numberWords;
  nameFile = fileName;

  /** @param {Needs} needs */
  constructor({ messages, names, store }) {
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
    this.compare = new Comparison(section("quiz-compare"), scorer, names, saved, signal);
    this.team = new TeamPanel(section("quiz-team"), scorer, names, saved);
    this.linkOffer = new LinkOffer(names, this.files, messages);
    this.revision = new Revision(names, store, form.questions);
  }
}

const script = { Extras, FullExtras };

/** @typedef {typeof script} ExtrasScript */

/** @type {any} */ (globalThis).stagebookExtras = script;
