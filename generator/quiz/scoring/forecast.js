/** What a roadmap leads to: the results after each phase, if its plays open what they are for. */

import { get } from "#core/scoring/intervals.js";
import { mayBeMet } from "#extras/scoring/diagnosis.js";
import { suppose } from "#several/scoring/supposed.js";

/** @import { Phase, Result } from "../types.js" */
/** @import { Scorer } from "./scorer.js" */
/** What a phase leads to, with those before it, and the gates that it newly opens. @typedef {{result: Result, opens: string[]}} Forecast */

/**
 * Return what each phase leads to.
 *
 * The answers are scored again, with each gate met that the plays so far help with. Gates that do not
 * apply stay left out.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Phase[]} phases
 * @returns {Forecast[]}
 */
export function forecast(scorer, result, phases) {
  const plays = new Map(scorer.data.remediations.map((play) => [play.id, play]));
  /** @type {Map<string, boolean>} */
  const met = new Map();
  return phases.map(({ remediations = [] }) => {
    const helped = new Set(remediations.flatMap(({ id }) => plays.get(id)?.opens ?? []));
    const opens = [...helped].filter((id) => {
      const state = get(result.states, id);
      return mayBeMet(state) && !state.is_open && !met.has(id);
    });
    for (const id of opens) met.set(id, true);
    return { result: scorer.scoreStates(suppose(scorer, result.states, met)), opens };
  });
}
