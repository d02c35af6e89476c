/** What follows from a result, in sections of sentences: the twin of `stagebook/report/advice.py`. */

import { leftOutSection } from "./left-out.js";
import { Listing } from "./listing.js";
import { Plan } from "./plan.js";
import { Reasons } from "./reasons.js";
import { secondLook } from "./second-look.js";

/** @import { Assessment, Diagnosis, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Section } from "./listing.js" */
/** @import { Sentences } from "./sentences.js" */

export class Advice {
  #names;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Sentences} sentences
   */
  constructor(scorer, names, sentences) {
    this.#names = names;
    const listing = new Listing(names, sentences);
    this.reasons = new Reasons(scorer, names, listing);
    this.plan = new Plan(scorer, names, listing, this.reasons);
  }

  /**
   * Return the sections of a report that have something to say.
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  sections(assessment, result, diagnosis) {
    return [
      ...this.reasons.sections(result, diagnosis),
      ...secondLook(this.#names, diagnosis),
      ...this.plan.sections(result, diagnosis),
      leftOutSection(assessment, result, this.#names),
    ].filter(({ leads, entries }) => leads?.length || entries.length);
  }

  /**
   * Return how the stage believed compares with the result; empty where none was named.
   * @param {Diagnosis} diagnosis
   */
  belief({ believed }) {
    if (!believed) return "";
    const { stage, levels_above: n } = believed;
    const words = { believed: this.#names.stage(stage), n: Math.abs(n ?? 0) };
    if (n === null) return this.#names.t("believed-open", words);
    if (!n) return this.#names.t("believed-same", words);
    return this.#names.t(n > 0 ? "believed-above" : "believed-below", words);
  }
}
