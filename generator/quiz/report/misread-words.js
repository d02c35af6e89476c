/** What is said of numbers that somebody typed, and entries of files, that are not understood. */

import { readMeasure, writeNumber } from "#core/assessment/numbers.js";
import { BASE } from "../assessment/file-reader.js";
import { readings } from "../assessment/written-numbers.js";

/** @import { Finding } from "../assessment/file-reader.js" */
/** @import { Measure } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Words } from "../render/words.js" */

/** How much of what was typed is said again. */
const MOST = 60;

/**
 * Return why what stands for a measure is not understood, and what would be; no text where it is.
 * @param {number | string | undefined} value
 * @param {Measure} measure
 * @param {Names} names
 */
export function numberWords(value, measure, names) {
  if (typeof value !== "string") return "";
  const reason = readMeasure(value, measure);
  if (typeof reason === "number") return "";
  const [first = "", second = ""] = readings(value, names.mark);
  return names.t(reason, {
    ...{ first, second, typed: value.slice(0, MOST), example: writeNumber(1.5, names.mark) },
    bounds: boundsWords(measure, names),
  });
}

/**
 * @param {Measure} measure
 * @param {Names} names
 */
function boundsWords({ unit, min, max }, { t }) {
  if (min !== null && max !== null) return t("number-between", { unit, min, max });
  if (min !== null) return t("number-min", { unit, min });
  return max === null ? t("number-unit", { unit }) : t("number-max", { unit, max });
}

/**
 * Return the first of some names.
 * @param {string[]} names
 */
export const firstOf = (names) => names.slice(0, 10).join(", ") + (names.length > 10 ? " …" : "");

/**
 * Return what is said of entries that were not understood; nothing without such.
 *
 * Ids that the rubric does not have are named apart, where they stay in their place.
 * @param {Finding[]} findings
 * @param {Words} t
 */
export function unreadWords(findings, t) {
  const isElsewhere = /^(unknown-(gate|measure|question|symptom)|retired-gate)$/;
  const isOfBase = findings.some(({ code }) => code === BASE);
  const unread = findings.filter(
    ({ code, isAside }) => isAside || !(isElsewhere.test(code) || code === BASE),
  );
  const paths = firstOf(unread.map(({ where }) => where.replace(/^\$\./, "")));
  return (
    (isOfBase ? ` ${t("answers-of-base")}` : "") +
    (unread.length ? ` ${t("entries-unread", { n: unread.length, paths })}` : "")
  );
}
