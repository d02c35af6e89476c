/** What to do next, in words: the twin of `stagebook/report/plan.py`. */

/** @import { Diagnosis, PlanItem, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Listing, Piece, Section } from "./listing.js" */
/** @import { Reasons } from "./reasons.js" */

export class Plan {
  #scorer;
  #names;
  #listing;
  #reasons;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Listing} listing
   * @param {Reasons} reasons
   */
  constructor(scorer, names, listing, reasons) {
    this.#scorer = scorer;
    this.#names = names;
    this.#listing = listing;
    this.#reasons = reasons;
  }

  /**
   * Return what to do first: a play with its owner and effort, or a gate to meet, such as decides.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Piece[]}
   */
  nextStep(result, diagnosis) {
    const { plan, plan_unopened: unopened } = diagnosis;
    const [first] = plan;
    if (!first) {
      const { holding } = this.#reasons.told(result, diagnosis);
      const held = holding.flatMap(({ gates }) => gates.map(({ gate }) => gate));
      const [gate] = [
        ...held.filter((id) => unopened.includes(id)),
        ...this.#listing.inOrder(result, unopened),
      ];
      return this.#listing.sentence("next-gate", gate !== undefined && { gate });
    }
    const play = first.remediation;
    const about = this.#about(first);
    const words = { about: about && ` (${about})` };
    return this.#listing.sentence("next-play", { play }, words);
  }

  /**
   * Return a play with its owner and effort.
   * @param {PlanItem} item
   * @returns {Piece[]}
   */
  withEffort(item) {
    const about = this.#about(item);
    return [{ play: item.remediation }, about && `, ${about}`];
  }

  /** @param {PlanItem} item */
  #about({ remediation, weeks }) {
    const play = this.#scorer.data.remediations.find(({ id }) => id === remediation);
    return [play?.owner, weeks && this.#weeks(weeks)].filter(Boolean).join(", ");
  }

  /**
   * Return the plays in their order, and the gates that none helps with.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  sections(result, diagnosis) {
    const { plan, plan_unopened: unopened } = diagnosis;
    const { t } = this.#names;
    const entries = plan.map((item) => {
      const gates = item.opens.map((id) => this.#names.gate(id)).join("; ");
      return { text: this.withEffort(item), small: t("plan-opens", { gates }) };
    });
    const key = this.#scorer.data.remediations.length ? "plan-unopened" : "plan-gates";
    /** @type {Section} */
    const first = { title: "plan", entries, isPlan: true, isOrdered: true };
    /** @type {Section} */
    const rest = {
      title: "",
      leads: [t(key)],
      entries: this.#listing.oneByOne(result, unopened),
    };
    if (!plan.length && unopened.length)
      return [{ ...rest, title: "plan", isPlan: true, isOrdered: true }];
    const lead = plan.length ? this.#planLead(diagnosis) : this.#noPlay(result, diagnosis.target);
    return [{ ...first, leads: [lead] }, ...(unopened.length ? [rest] : [])];
  }

  /** @param {Diagnosis} diagnosis */
  #planLead({ plan, plan_total, plan_unestimated: unknown, target }) {
    const { t } = this.#names;
    const n = plan.length;
    const known = n - unknown;
    const total = this.#weeks(plan_total.weeks);
    const weeks = known ? t("plan-weeks", { n: known, weeks: total }) : "";
    const lead = t(target ? "plan-lead" : "plan-lead-all", {
      ...{ n, target: this.#names.stage(target), weeks },
    });
    const more = known && unknown && t("plan-unestimated", { n: unknown });
    const byRisk = this.#scorer.scoring.plan === "risk" && t("plan-risk");
    return [lead, more, byRisk].filter(Boolean).join(" ");
  }

  /**
   * Return why there is no play in a plan.
   * @param {Result} result
   * @param {string | null} target
   */
  #noPlay({ coverage, overall }, target) {
    const { ladder } = this.#scorer;
    const { t } = this.#names;
    const { low } = overall.stage;
    if (low && !target) return t("plan-top", { stage: this.#names.stage(low) });
    if (low && target && ladder.level(low) >= ladder.level(target)) {
      return t("plan-reached", { target: this.#names.stage(target) });
    }
    const n = coverage.unanswered;
    return n ? t("plan-unanswered", { n }) : t("plan-none");
  }

  /** @param {[number, number]} weeks */
  #weeks([from, to]) {
    return from === to
      ? this.#names.t("weeks-same", { n: from })
      : this.#names.t("weeks", { from, to });
  }
}
