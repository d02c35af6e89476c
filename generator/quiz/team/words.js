/** What is said of the answers to a gate: the twin of `TeamWords` in `stagebook/team/words.py`. */

import { positionOn } from "./view.js";

/** @import { GateView, State } from "../types.js" */
/** @import { ScoredGate } from "../scoring/gates.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Words } from "../render/words.js" */

/** @param {(string | false | null | undefined)[]} words */
export const joined = (words, by = ", ") => words.filter(Boolean).join(by);

/**
 * Return how often each answer was given, the median or mean, the spread, and that of both roles,
 * as lines of text.
 * @param {GateView} view
 * @param {Names} names
 * @param {Words} t
 */
export function gateWords({ gate, counts, ranked, position, roles }, names, t) {
  const isMean = names.data.scoring.team === "mean";
  const at = (/** @type {number} */ position) => positionWords(gate, position, names, t);
  const n = ranked.length;
  const [low, high] = [ranked[0], ranked[n - 1]];
  const [leader, practitioner] = roles;
  return joined(
    [
      joined(counts.map(([answer, count]) => `${count} × ${names.answer(gate.id, answer)}`)),
      n > 0 &&
        joined([
          t(isMean ? "team-mean" : "team-median", { n, place: at(position) }),
          low < high && t("team-spread", { low: at(low), high: at(high) }),
        ]),
      leader >= 0 &&
        practitioner >= 0 &&
        t(isMean ? "team-roles-mean" : "team-roles", {
          leader: at(leader),
          practitioner: at(practitioner),
        }),
    ],
    "\n",
  );
}

/**
 * Return a position on a gate's scale in the words of its answers.
 * @param {ScoredGate} gate
 * @param {number} position
 * @param {Names} names
 * @param {Words} t
 */
function positionWords(gate, position, names, t) {
  if (gate.points) return t("percent", { share: Math.round(position * 100) });
  const at = (/** @type {string} */ answer) =>
    positionOn(gate, /** @type {State} */ (gate.states.get(answer)));
  const answers = [...gate.scores.keys()].sort((a, b) => at(a) - at(b));
  const index = answers.findIndex((answer) => at(answer) >= position);
  const high = names.answer(gate.id, answers[index]);
  if (at(answers[index]) === position) return high;
  // Of answers at one position, the first one is named.
  const low = answers.find((answer) => at(answer) === at(answers[index - 1])) ?? "";
  return t("stage-between", { low: names.answer(gate.id, low), high });
}
