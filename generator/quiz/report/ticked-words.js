/** What the ticked criteria of a gate come to, in words. */

/** @import { Answer, Gate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/**
 * Return how many criteria are ticked, the answer that follows, and whether a chosen one counts instead.
 * @param {Gate} gate
 * @param {Answer} said
 * @param {Scorer} scorer
 * @param {Names} names
 */
export function tickedWords({ criteria, id }, { answer: chosen, ticks = [] }, scorer, names) {
  const { t } = names;
  const answers = { [id]: { ticks } };
  const follows = scorer.gates.find((gate) => gate.id === id)?.state({ answers }).answer ?? null;
  const words = { n: ticks.length, total: criteria.length };
  if (follows === null) return t("ticks-count", words);
  const line = t("ticks-answer", { ...words, answer: names.answer(id, follows) });
  return chosen ? `${line} ${t("measure-overruled")}` : line;
}
