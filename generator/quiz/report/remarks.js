/** What a headline rests on, in sentences: the twin of the second part of `stagebook/report/headline.py`. */

import { countApplying } from "./left-out.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/**
 * Return what the headline rests on: the gates still open, the rule, and the overall score, with its
 * range while answers are missing.
 * @param {Result} result
 * @param {Scorer} scorer
 * @param {Names} names
 * @returns {string[]}
 */
export function remarksOn({ overall, coverage }, scorer, names) {
  const [low, high, stage] = names.places(overall);
  const { t } = names;
  const remarks = [];
  if (low && low !== high && stage) {
    remarks.push(t("stage-open", { n: coverage.unanswered, low, high, stage }));
  }
  const { counted, rule, limitCells } = scorer;
  const count = scorer.data.dimensions.length;
  if (overall.stage.low && rule.of === "dimensions" && rule.by === "min" && count > 1) {
    const some = limitCells.size ? "stage-rule-limited" : "stage-rule-core";
    remarks.push(t(counted.size < count ? some : "stage-rule"));
  }
  if (overall.low === null || overall.high === null) return remarks;
  const score = names.scored(overall.so_far ?? overall.low);
  if (overall.low !== overall.high) {
    const ends = { low: names.score(overall.low), high: names.score(overall.high) };
    remarks.push(t("score-between", { ...ends, score }));
  } else if (low) remarks.push(t("score-is", { score }));
  return remarks;
}

/**
 * Return how many of the gates that apply are answered, how many of these by a choice off the scale,
 * and how many gates do not apply.
 * @param {Result} result
 * @param {Assessment} assessment
 * @param {Names} names
 */
export function coverageOn(result, assessment, { data, t }) {
  const counts = countApplying(data, result, assessment);
  const said = t(counts.unknown + counts.not_applicable ? "coverage" : "coverage-plain", counts);
  return counts.n ? `${said} ${t("coverage-left", counts)}` : said;
}
