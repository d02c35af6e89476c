/** The states of gates as they might be. */

import { MEASURED, UNKNOWN } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { atLeast } from "#core/scoring/rounding.js";

/** @import { State } from "../types.js" */
/** @import { ScoredGate } from "./gates.js" */
/** @import { Scorer } from "./scorer.js" */

/**
 * Return states in which some gates are met, with their highest answer, or not.
 * @param {Scorer} scorer
 * @param {Map<string, State>} states
 * @param {Map<string, boolean>} changes whether a gate is met, by its id
 * @returns {Map<string, State>}
 */
export function suppose({ gates }, states, changes) {
  const all = new Map(states);
  for (const gate of gates) {
    const isMet = changes.get(gate.id);
    if (isMet !== undefined) all.set(gate.id, isMet ? met(gate) : get(gate.states, UNKNOWN));
  }
  return all;
}

/**
 * @param {ScoredGate} gate
 * @returns {State}
 */
function met({ passScore, scores, top }) {
  const [answer] = [...scores].find(([, score]) => score === top) ?? [MEASURED];
  return { answer, score: top, applies: true, is_open: atLeast(top, passScore) };
}
