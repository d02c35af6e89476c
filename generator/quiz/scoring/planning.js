/** The order of plays: the twin of `stagebook/scoring/planning.py`. */

import { get } from "#core/scoring/intervals.js";

/** @import { Data, PlanItem, Remediation } from "../types.js" */
/** @typedef {Map<string, Data["gates"][number]>} Gates */

/**
 * Return the plays that open gates, in order, and the gates that none opens.
 *
 * Each next play is the one that opens most blocking gates per week of effort, then most gates, then
 * the first in the rubric, among those whose gates require nothing that is still shut. A play without
 * effort is taken to need as much as the middle one of those that say it.
 * @param {Data} data
 * @param {string[]} needed
 * @returns {{plan: PlanItem[], unopened: string[]}}
 */
export function orderPlays(data, needed) {
  const left = new Set(needed);
  const usual = usualWeeks(data);
  const opensAny = (/** @type {Remediation} */ play) => play.opens.some((id) => left.has(id));
  let candidates = data.remediations.filter(opensAny);
  const openable = new Set(candidates.flatMap((play) => play.opens));
  const unopened = needed.filter((id) => !openable.has(id));
  for (const id of unopened) left.delete(id);
  const gates = new Map(data.gates.map((gate) => [gate.id, gate]));
  /** @type {PlanItem[]} */
  const plan = [];
  while (left.size) {
    candidates = candidates.filter(opensAny);
    const ready = candidates.filter((play) => isReady(gates, play, left));
    let [best, most] = [candidates[0], [-1, -1]];
    for (const play of ready.length ? ready : candidates) {
      const [first, second] = worth(gates, play, left, usual);
      if (first < most[0] || (first === most[0] && second <= most[1])) continue;
      [best, most] = [play, [first, second]];
    }
    plan.push(makeStep(gates, best, needed, left));
    for (const id of best.opens) left.delete(id);
  }
  return { plan, unopened };
}

/**
 * Return whether what a play would open requires nothing that stays shut after it.
 * @param {Gates} gates
 * @param {Remediation} play
 * @param {Set<string>} left
 */
function isReady(gates, play, left) {
  return play.opens.every(
    (id) =>
      !left.has(id) ||
      get(gates, id).requires.every((other) => !left.has(other) || play.opens.includes(other)),
  );
}

/**
 * Return what plays are ordered by: blocking gates per mean week, then gates per mean week.
 * @param {Gates} gates
 * @param {Remediation} play
 * @param {Set<string>} left
 * @param {number} usual
 */
function worth(gates, play, left, usual) {
  const opens = [...new Set(play.opens)].filter((id) => left.has(id));
  const blocking = opens.filter((id) => get(gates, id).blocking).length;
  const weeks = play.weeks ? meanWeeks(play.weeks) : usual;
  return [blocking / weeks, opens.length / weeks];
}

/**
 * Return a play as an item of a plan, with the gates that it would newly open.
 * @param {Gates} gates
 * @param {Remediation} play
 * @param {string[]} needed
 * @param {Set<string>} left
 * @returns {PlanItem}
 */
function makeStep(gates, play, needed, left) {
  const opens = needed.filter((id) => left.has(id) && play.opens.includes(id));
  const blocking = opens.filter((id) => get(gates, id).blocking).length;
  return { remediation: play.id, opens, blocking, weeks: play.weeks };
}

/**
 * Return the mean of the least and the most weeks; what takes no time takes half a day.
 * @param {[number, number]} span
 */
const meanWeeks = ([least, most]) => (least + most) / 2 || 0.1;

/**
 * Return the lower median of the mean weeks of all plays that say them; 1 where none does.
 * @param {Data} data
 */
function usualWeeks({ remediations }) {
  const known = remediations.flatMap(({ weeks }) => (weeks ? [meanWeeks(weeks)] : []));
  known.sort((a, b) => a - b);
  return known[(known.length - 1) >> 1] ?? 1;
}
