/** What holds a result back, in words: the twin of `stagebook/report/reasons.py`. */

import { fallsShort } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { isNextStep } from "../scoring/diagnosis.js";
import { heldStage, nextStage } from "../scoring/holding.js";

/** @import { Diagnosis, Reason, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Listing, Piece, Section } from "./listing.js" */

export class Reasons {
  #scorer;
  #names;
  #listing;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Listing} listing
   */
  constructor(scorer, names, listing) {
    this.#scorer = scorer;
    this.#names = names;
    this.#listing = listing;
  }

  /**
   * Return the next step of each dimension in which a gate is answered: of those that hold the result
   * back, and of the others.
   *
   * At the top of the ladder nothing holds it back. A dimension that does not count holds it back by
   * its blocking gates alone. One ladder of all gates is held back at its own next step, wherever the
   * dimensions stand.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  told(result, { holding, limits, reasons }) {
    const { limitCells } = this.#scorer;
    const isAtTop = result.overall.stage.low && !nextStage(this.#scorer, result);
    const holds = ({ dimension = "" }) => !isAtTop && holding.includes(dimension);
    const isAnswered = (/** @type {Reason} */ { gates }) =>
      gates.some(({ answer }) => answer !== null);
    const limiting = limits.filter((reason) => {
      const { low } = this.#scorer.stages(get(result.items.limits, reason.dimension));
      return holds(reason) && isAnswered(reason) && isNextStep(this.#scorer, low, reason, limits);
    });
    const stage = heldStage(this.#scorer, result);
    const together = reasons.filter((one) => one.stage === stage && holds(one) && isAnswered(one));
    const named = [...limiting, ...together].map(({ dimension }) => dimension);
    const steps = reasons.filter((reason) => {
      const { low } = result.dimensions[reason.dimension].stage;
      const isNext = isNextStep(this.#scorer, low, reason, reasons);
      return isNext && isAnswered(reason) && !named.includes(reason.dimension);
    });
    const held = steps.filter((one) => !stage && holds(one) && !limitCells.has(one.dimension));
    return {
      holding: [...together, ...held, ...limiting],
      others: steps.filter((one) => !held.includes(one)),
    };
  }

  /**
   * Return the one thing that decides: a gate that is not met, a share, the lowest score.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @param {string} [what] what the page asks; of a few questions it is what rules out a stage
   * @returns {Piece[]}
   */
  decisive(result, diagnosis, what) {
    const { dimensions, overall } = result;
    const { t } = this.#names;
    const [low, high] = [overall.stage.low, overall.stage.high];
    if (what === "quick-check" && high && low !== high) {
      const [above] = this.#scorer.ladder.after(high);
      const gate = this.#rulingOut(diagnosis, above);
      return this.#listing.sentence("rules-out-gate", gate !== undefined && { gate });
    }
    const { holding } = this.told(result, diagnosis);
    for (const reason of holding) {
      const shut = reason.gates.find(({ answer, blocking }) => blocking && answer !== null);
      const key = this.#limits(reason) ? "decides-limit" : "decides-gate";
      if (shut) {
        return this.#listing.sentence(key, { gate: shut.gate }, this.#wordsOf(reason, result));
      }
    }
    const gate = this.#capping(result);
    if (gate) return this.#listing.sentence("decides-cap", { gate });
    if (holding.length) {
      return [t("decides-share", { reason: this.#reason(holding[0], result, true) })];
    }
    const { rule, scoring } = this.#scorer;
    const [lowest] = this.#listing.lowestFirst(result, diagnosis.holding);
    // What a maximum hangs on is not the lowest.
    const isMost = rule.by === "max" || (rule.of === "groups" && scoring.group === "max");
    if (!diagnosis.lowering.length || !lowest || isMost) return [];
    const score = this.#names.scored(dimensions[lowest].so_far ?? 0, "dimension", lowest);
    return [t("decides-lowest", { dimension: this.#names.dimension(lowest), score })];
  }

  /**
   * Return the gate that is not met and whose cap the score or band is at.
   * @param {Result} result
   */
  #capping({ overall, states }) {
    return this.#scorer.unmetCaps(states).find(({ cap, id }) => {
      const isAt = cap?.band ? cap.band === overall.bands.so_far : cap?.score === overall.so_far;
      return isAt && fallsShort(get(states, id));
    })?.id;
  }

  /**
   * Return a gate that is known to be shut on the way to a stage, blocking ones first.
   * @param {Diagnosis} diagnosis
   * @param {string} stage
   */
  #rulingOut({ limits, reasons }, stage) {
    const { counted } = this.#scorer;
    const gates = [...reasons.filter(({ dimension }) => counted.has(dimension)), ...limits]
      .filter((reason) => reason.stage === stage)
      .flatMap((reason) => reason.gates.filter(({ answer }) => answer !== null));
    return (gates.find(({ blocking }) => blocking) ?? gates[0])?.gate;
  }

  /**
   * Return what holds the result back, and the next steps of other dimensions.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  sections(result, diagnosis) {
    const { scoring } = this.#scorer;
    if (scoring.dimension !== "ladder") {
      const title = scoring.has_overall ? "lowering" : "lowering-each";
      return [{ title, entries: this.#listing.byDimension(result, diagnosis.lowering) }];
    }
    const { holding, others } = this.told(result, diagnosis);
    const leads = holding.length || this.#capping(result) ? [] : [this.#names.t("no-reasons")];
    const entriesOf = (/** @type {Reason[]} */ reasons, /** @type {boolean} */ holds) =>
      reasons.map((reason) => ({
        text: [this.#reason(reason, result, holds)],
        below: reason.gates.map((gate) => this.#listing.shut(gate)),
      }));
    return [
      { title: "reasons", leads, entries: entriesOf(holding, true) },
      { title: "reasons-aside", entries: entriesOf(others, false), isAside: true },
    ];
  }

  /**
   * @param {Reason} reason
   * @param {Result} result
   * @param {boolean} holds whether it holds the result back
   */
  #reason(reason, result, holds) {
    const { t } = this.#names;
    const words = this.#wordsOf(reason, result);
    if (holds && this.#limits(reason)) return t("reason-limit", words);
    const isAside = !holds && !this.#scorer.counted.has(reason.dimension);
    return [
      t("reason-line", words),
      reason.open < reason.needed && t("reason-needed", words),
      isAside && t("reason-aside"),
    ]
      .filter(Boolean)
      .join(" ");
  }

  /** @param {Reason} reason */
  #limits({ dimension }) {
    return this.#scorer.limitCells.has(dimension);
  }

  /**
   * @param {Reason} reason
   * @param {Result} result
   */
  #wordsOf({ dimension, stage, open, applicable, needed }, { dimensions }) {
    return {
      ...{ open, applicable, needed, stage: this.#names.stage(stage) },
      reached: this.#names.stage(dimensions[dimension].stage.low),
      dimension: this.#names.dimension(dimension),
    };
  }
}
