/**
 * The second script: what is not needed for taking the quiz and scoring it. The first one loads it when
 * something in it is wanted, and finds `Extras` under the name `stagebookExtras`.
 *
 * What the modules of this script need of the first one they import from `#core/…`: see `core.js`.
 */

import { Assessments } from "./parts/assessments.js";
import { Comparison } from "./parts/comparison.js";
import { Conclusions } from "./parts/conclusions.js";
import { LinkOffer } from "./parts/link-offer.js";
import { Review } from "./parts/review.js";
import { Revision } from "./parts/revision.js";
import { ShareBar } from "./parts/sharing.js";
import { TeamPanel } from "./parts/team.js";

/** @import { Files } from "./parts/files.js" */
/** @import { Form } from "./parts/form.js" */
/** @import { Messages } from "./parts/messages.js" */
/** @import { Names } from "./render/names.js" */
/** @import { Scorer } from "./scoring/scorer.js" */
/** @import { Store } from "./state/store.js" */
/**
 * What the extras of a quiz need of it.
 * @typedef {{
 *   begin: () => void,
 *   files: Files,
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

/** @typedef {typeof Extras} ExtrasClass */

/** The parts of one quiz that come with this script. */
export class Extras {
  /** @param {Needs} needs */
  constructor({ files, form, idOf, messages, names, scorer, signal, store, ...quiz }) {
    const saved = () => store.saved();
    const section = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (document.getElementById(idOf(name)));
    this.review = new Review(form, names, store, idOf);
    this.conclusions = new Conclusions(scorer, names, quiz.keepTarget);
    this.share = new ShareBar(section("result"), scorer, names, store, quiz.what, messages, signal);
    this.assessments = new Assessments(scorer, names, store, files, messages);
    this.assessments.listen(section("quiz-assessments"), quiz.begin, signal);
    this.compare = new Comparison(section("quiz-compare"), scorer, names, saved, signal);
    this.team = new TeamPanel(section("quiz-team"), scorer, names, saved);
    this.linkOffer = new LinkOffer(names, files, messages);
    this.revision = new Revision(names, store, form.questions);
  }
}

/** @type {any} */ (globalThis).stagebookExtras = Extras;
