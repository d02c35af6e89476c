/** The order of plays: the twin of `stagebook/scoring/planning.py`. */

import { get } from "#core/scoring/intervals.js";

/** @import { Data, PlanItem, Remediation } from "../types.js" */
/** @typedef {Map<string, Data["gates"][number]>} Gates */

/**
 * Return the plays that open gates, in order, and the gates that none opens.
 *
 * Each next play is the one that is worth most, then the first in the rubric, among those whose gates
 * require nothing that is still shut. `worth` says what a play is worth.
 * @param {Data} data
 * @param {string[]} needed
 * @returns {{plan: PlanItem[], unopened: string[]}}
 */
export function orderPlays(data, needed) {
  const left = new Set(needed);
  const opensAny = (/** @type {Remediation} */ play) => play.opens.some((id) => left.has(id));
  let candidates = data.remediations.filter(opensAny);
  const rates = new Map(candidates.map((play) => [play, rateOf(data, play)]));
  const openable = new Set(candidates.flatMap((play) => play.opens));
  const unopened = needed.filter((id) => !openable.has(id));
  for (const id of unopened) left.delete(id);
  const gates = new Map(data.gates.map((gate) => [gate.id, gate]));
  /** @type {PlanItem[]} */
  const plan = [];
  while (left.size) {
    candidates = candidates.filter(opensAny);
    const ready = candidates.filter((play) => isReady(gates, play, left));
    let best = candidates[0];
    /** @type {number[]} */
    let most = [];
    for (const play of ready.length ? ready : candidates) {
      const found = worth(data, gates, play, left, rates.get(play) ?? 1);
      const unlike = found.findIndex((value, index) => value !== most[index]);
      if (most.length && !(found[unlike] > most[unlike])) continue;
      [best, most] = [play, found];
    }
    plan.push(planItem(gates, best, needed, left));
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
 * Return what plays are ordered by: blocking gates for the rate, then gates for the rate.
 *
 * In the order of the rubric all plays are worth the same; by risk, see `riskOf`.
 * @param {Data} data
 * @param {Gates} gates
 * @param {Remediation} play
 * @param {Set<string>} left
 * @param {number} rate
 */
function worth(data, gates, play, left, rate) {
  const { plan } = data.scoring;
  if (plan === "rubric") return [0, 0];
  const opens = [...new Set(play.opens)].filter((id) => left.has(id));
  if (plan === "risk") return riskOf(data, gates, opens);
  const blocking = opens.filter((id) => get(gates, id).blocking).length;
  return [blocking / rate, opens.length / rate];
}

/**
 * Return how urgent it is to open gates, whatever it takes.
 *
 * First the lowest stage with a blocking gate among them, which everything above it presupposes; then
 * how many blocking gates of that stage, and how many symptoms the gates are a cause of.
 * @param {Data} data
 * @param {Gates} gates
 * @param {string[]} opens
 */
function riskOf({ stages, symptoms }, gates, opens) {
  const blocking = opens.map((id) => get(gates, id)).filter((gate) => gate.blocking);
  const levels = blocking.map(({ stage }) => levelOf(stages, stage));
  const lowest = Math.min(...levels);
  const causes = symptoms.filter((one) => one.gates.some((id) => opens.includes(id)));
  return [-lowest, levels.filter((level) => level === lowest).length, causes.length];
}

/**
 * Return the level of a stage; 0 for gates that lead to none.
 * @param {Data["stages"]} stages
 * @param {string | null} id
 */
const levelOf = (stages, id) => stages.find((stage) => stage.id === id)?.level ?? 0;

/**
 * Return a play as an item of a plan, with the gates that it would newly open.
 * @param {Gates} gates
 * @param {Remediation} play
 * @param {string[]} needed
 * @param {Set<string>} left
 * @returns {PlanItem}
 */
function planItem(gates, play, needed, left) {
  const opens = needed.filter((id) => left.has(id) && play.opens.includes(id));
  const blocking = opens.filter((id) => get(gates, id).blocking).length;
  return { remediation: play.id, opens, blocking, weeks: play.weeks };
}

/**
 * Return what a play costs: its mean weeks, or by `ratings` its cost for each unit of value.
 *
 * What a play does not say is taken to be the middle one of the plays that do.
 * @param {Data} data
 * @param {Remediation} play
 */
function rateOf(data, play) {
  if (data.scoring.plan === "ratings") {
    return rated(data, play, "cost") / rated(data, play, "value");
  }
  return play.weeks ? meanWeeks(play.weeks) : usualWeeks(data);
}

/**
 * Return the weighted sum of a play's ratings that count as cost, or as value; at least 0.1.
 * @param {Data} data
 * @param {Remediation} play
 * @param {"cost" | "value"} counts
 */
function rated(data, play, counts) {
  const ratings = data.ratings.filter((rating) => rating.counts === counts);
  let total = 0;
  for (const { id, weight } of ratings) {
    total += weight * (play.ratings[id] ?? usualRating(data, id));
  }
  return ratings.length ? Math.max(total, 0.1) : 1;
}

/**
 * Return the lower median of a rating over the plays that say it; 1 where none does.
 * @param {Data} data
 * @param {string} rating
 */
function usualRating({ remediations }, rating) {
  return lowerMedian(remediations.flatMap(({ ratings }) => ratings[rating] ?? []));
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
  return lowerMedian(remediations.flatMap(({ weeks }) => (weeks ? [meanWeeks(weeks)] : [])));
}

/**
 * Return the lower of the middle two numbers, or the middle one; 1 where there is none.
 * @param {number[]} numbers
 */
function lowerMedian(numbers) {
  const ranked = [...numbers].sort((a, b) => a - b);
  return ranked[(ranked.length - 1) >> 1] ?? 1;
}
