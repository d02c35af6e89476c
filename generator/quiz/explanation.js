/** The arithmetic in words: what each number of the result was made of. */

import { findSteps } from "./arithmetic.js";
import { el, list } from "./dom.js";
import { displayScore, roundHalfUp } from "./rounding.js";

/** @import { Part, Result, Step } from "./types.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

/**
 * Draw the arithmetic of a result, folded.
 * @param {Scorer} scorer
 * @param {Result} result
 * @param {Words} t
 */
export function drawArithmetic(scorer, result, t) {
  const steps = findSteps(scorer, result);
  if (!steps.length) return null;
  const open = result.overall.low !== result.overall.high;
  return el(
    "details",
    { class: "sb-about" },
    el("summary", {}, t("arithmetic")),
    open && el("p", {}, t("arithmetic-open")),
    list(steps.map((step) => [sentence(scorer, step, t)])),
  );
}

/**
 * @param {Scorer} scorer
 * @param {Step} step
 * @param {Words} t
 */
function sentence(scorer, { of, id, by, parts, value, base, next, times }, t) {
  const words = {
    name: nameOf(scorer, of, id, t),
    value: of === "overall" ? displayScore(value, scorer.scoring) : short(value),
    parts: parts.map((part) => partOf(scorer, part, by, t)).join(", "),
    base: base ?? 0,
    added: short(value - (base ?? 0)),
    stage: nameOf(scorer, "cell", next ?? "", t),
  };
  if (by === "ladder") return t(next ? "of-ladder" : "of-ladder-end", words);
  const made = t(/** @type {"of-min" | "of-max" | "of-mean" | "of-sum"} */ (`of-${by}`), words);
  return times === 1 ? made : made + t("of-times", { times });
}

/**
 * @param {Scorer} scorer
 * @param {Part} part
 * @param {string} by
 * @param {Words} t
 */
function partOf(scorer, { of, id, value, weight }, by, t) {
  const part = `${nameOf(scorer, of, id, t)} ${short(value)}`;
  const counts = weight !== 1 && (by === "mean" || by === "sum");
  return counts ? t("of-weight", { part, weight }) : part;
}

/**
 * @param {Scorer} scorer
 * @param {string} of
 * @param {string} id
 * @param {Words} t
 * @returns {string}
 */
function nameOf(scorer, of, id, t) {
  const { gates, dimensions, groups, stages } = scorer.data;
  if (of === "overall") return t("overall");
  if (of === "cell") {
    const [first, second] = id.split("/");
    if (second)
      return [first, second]
        .map((one, i) => nameOf(scorer, i ? "cell" : "dimension", one, t))
        .join(", ");
    return stages.find((one) => one.id === id)?.title ?? t("any-stage");
  }
  if (of === "gate") {
    const gate = gates.find((one) => one.id === id);
    return gate?.code || gate?.title || id;
  }
  return (of === "group" ? groups : dimensions).find((one) => one.id === id)?.title ?? id;
}

/**
 * Return a number inside a sum: exact enough to do the sum again.
 * @param {number} value
 */
const short = (value) => String(Number(roundHalfUp(value, 4)));
