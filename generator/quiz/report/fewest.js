/** The fewest gates to the next stage, in words: the twin of `stagebook/report/fewest.py`. */

import { get } from "#core/scoring/intervals.js";

/** @import { Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Fewest } from "../scoring/fewest.js" */
/** @import { Section } from "./listing.js" */
/** @import { Plan } from "./plan.js" */

/**
 * Return the fewest gates, each with its answer and the play that helps with it.
 * @param {Fewest} fewest
 * @param {Result} result
 * @param {Names} names
 * @param {Plan} plan
 * @returns {Section}
 */
export function fewestSection({ gates, plan: plays, proven, stage }, { states }, names, plan) {
  const { t } = names;
  const answer = (/** @type {string} */ id) => get(states, id).answer;
  const words = { n: gates.length, stage: names.stage(stage) };
  const unanswered = gates.filter((id) => answer(id) === null).length;
  const leads = [
    t(proven ? "fewest-lead" : "fewest-about", words),
    // Of a single gate, the entry says it.
    gates.length > 1 && unanswered && t("fewest-unanswered", { n: unanswered }),
  ];
  const entries = gates.map((gate) => ({
    text: [{ gate }, `: ${names.answer(gate, answer(gate))}`],
    below: plays.filter(({ opens }) => opens.includes(gate)).map((item) => plan.withEffort(item)),
  }));
  return { title: "fewest", leads: [leads.filter(Boolean).join(" ")], entries };
}
