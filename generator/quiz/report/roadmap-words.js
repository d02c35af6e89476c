/** A roadmap in words: what its phases are called, what stands in them, and what they lead to. */

import { el, table } from "#core/render/dom.js";
import { Sentences } from "#core/report/sentences.js";
import { forecast } from "../scoring/forecast.js";
import { phaseName } from "./tasks.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Forecast } from "../scoring/forecast.js" */
/**
 * A phase in words: `head` is what it is called, `facts` are its day, owner and target, and `leads` is
 * what it leads to.
 * @typedef {{head: string, facts: string[], plays: {title: string, owner: string}[], leads: string}} PhaseWords
 */

export class RoadmapWords {
  #names;
  #scorer;
  #sentences;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#names = names;
    this.#scorer = scorer;
    this.#sentences = new Sentences(scorer, names);
  }

  /**
   * Return what the roadmap is called.
   * @param {Assessment} assessment
   */
  title({ subject }) {
    return `${this.#names.t("roadmap")}: ${subject || this.#names.data.title}`;
  }

  /**
   * Return the phases, up to the last one of which anything was said.
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {PhaseWords[]}
   */
  phases({ roadmap = [] }, result) {
    const { t } = this.#names;
    const forecasts = forecast(this.#scorer, result, roadmap);
    return roadmap.map((phase, index) => {
      const { date, owner, target_stage: target, remediations = [] } = phase;
      const facts = [
        date ? t("phase-until", { date }) : "",
        owner ? `${t("owner")}: ${owner}` : "",
        target ? t("phase-target", { stage: this.#names.stage(target) }) : "",
      ];
      return {
        head: phaseName(phase, index, this.#names),
        facts: facts.filter(Boolean),
        plays: remediations.map(({ id, owner = "" }) => ({ title: this.#names.play(id), owner })),
        leads: this.#leads(forecasts[index], target),
      };
    });
  }

  /**
   * Return what a phase leads to, and whether that is its target.
   * @param {Forecast} forecast
   * @param {string | undefined} target
   */
  #leads({ result, opens }, target) {
    const { t } = this.#names;
    const { low } = result.overall.stage;
    const { ladder } = this.#scorer;
    const isReached = low && target && ladder.level(low) >= ladder.level(target);
    const stage = this.#names.stage(target);
    const aim = target && t(isReached ? "target-reached" : "target-missed", { stage });
    const place = this.#place(result);
    const stands = place && t("phase-forecast", { place });
    return [stands, t("phase-opens", { n: opens.length }), aim].filter(Boolean).join(" ");
  }

  /**
   * Return where a result stands: its stage or band, and its score; no text where it has none.
   * @param {Result} result
   */
  #place(result) {
    const { so_far } = result.overall;
    const score = so_far === null ? "" : this.#names.scored(so_far);
    return [...new Set([this.#sentences.headline(result), score])].filter(Boolean).join(", ");
  }

  /**
   * Make the table of a roadmap.
   * @param {PhaseWords[]} phases
   */
  table(phases) {
    const { t } = this.#names;
    const heads = [t("phase-head"), t("phase-plays"), t("phase-leads")];
    const rows = phases.map(({ head, facts, plays, leads }) => [
      [head, facts.map((fact) => el("small", {}, fact))],
      plays.map(({ title, owner }) => el("div", {}, owner ? `${title} (${owner})` : title)),
      leads,
    ]);
    return table("sb-answers sb-phased", t("roadmap"), heads, rows);
  }
}
