/** The arithmetic in words: what each number of the result was made of. */

import { el, list } from "../render/dom.js";
import { roundHalfUp } from "../scoring/rounding.js";
import { findCalculations } from "../scoring/trace.js";

/** @import { Calculation, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Words } from "../render/words.js" */

/**
 * Draw the arithmetic of a result; null where there is none.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Names} names
 * @param {Words} t
 */
export function drawArithmetic(scorer, result, names, t) {
  /** Return a number inside a sum: exact enough to do the sum again. */
  const short = (/** @type {number} */ value) => names.number(Number(roundHalfUp(value, 4)));
  const stage = (/** @type {string} */ id) => names.stage(id) || t("any-stage");
  const nameOf = (/** @type {string} */ of, /** @type {string} */ id) => {
    if (of === "overall") return t("overall");
    if (of === "gate") return names.gates.get(id)?.code || names.gate(id);
    if (of === "group") return scorer.data.groups.find((one) => one.id === id)?.title ?? id;
    const [first, second] = id.split("/");
    if (second) return `${names.dimension(first)}, ${stage(second)}`;
    return of === "cell" ? stage(id) : names.dimension(id);
  };
  const sentence = (/** @type {Calculation} */ { of, id, by, parts, value, base, next, times }) => {
    const named = parts.map((one) => {
      const part = `${nameOf(one.of, one.id)} ${short(one.value)}`;
      const counts = one.weight !== 1 && (by === "mean" || by === "sum");
      return counts ? t("of-weight", { part, weight: one.weight }) : part;
    });
    const words = {
      name: nameOf(of, id),
      value: of === "overall" ? names.score(value) : short(value),
      parts: named.join(", "),
      base: base ?? 0,
      added: short(value - (base ?? 0)),
      stage: stage(next ?? ""),
    };
    if (by === "ladder") return t(next ? "of-ladder" : "of-ladder-end", words);
    const made = t(/** @type {"of-min" | "of-max" | "of-mean" | "of-sum"} */ (`of-${by}`), words);
    return times === 1 ? made : made + t("of-times", { times });
  };
  const { low, high } = result.overall;
  const calculations = findCalculations(scorer, result).map((one) => [sentence(one)]);
  return calculations.length
    ? [low !== high && el("p", {}, t("arithmetic-open")), list(calculations)]
    : null;
}
