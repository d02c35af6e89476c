/** What is said beside a question that nobody answered by hand: what ticks or a number come to. */

import { changeLink } from "../render/change-link.js";
import { tickedWords } from "../report/ticked-words.js";

/** @import { Answer, Gate } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Measured } from "./measures.js" */

/**
 * Return what follows from the ticked criteria, or else from a measure.
 * @param {Gate} gate
 * @param {Answer} said
 * @param {Measured | undefined} measured
 * @param {{idOf: (name: string) => string, names: Names, scorer: Scorer}} quiz
 * @returns {Child}
 */
export function followsFrom(gate, said, measured, { idOf, names, scorer }) {
  if (said.ticks) return tickedWords(gate, said, scorer, names);
  if (!measured) return null;
  const { measure, number } = measured;
  const { t } = names;
  const answer = gate.measure?.conditions && names.answer(gate.id, measured.answer);
  const words = { measure: measure.title, number, unit: measure.unit };
  return [
    answer ? t("measure-answers", { ...words, answer }) : t("measure-scores", words),
    said.answer && ` ${t("measure-overruled")}`,
    " ",
    changeLink(idOf(`m-${measure.id}`), measure.title, t),
  ];
}
