/** A result as a table for spreadsheets and programs. */

import { get } from "#core/scoring/intervals.js";
import { profileReason } from "#extras/report/left-out.js";
import { csvText } from "./csv-cells.js";

/** @import { Assessment, Gate, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */

/**
 * Return the answers as CSV, one row a gate; for programs too, so numbers have a point.
 * @param {Names} names
 * @param {Assessment} assessment
 * @param {Result} result
 */
export function toCsv(names, assessment, result) {
  const { data, t } = names;
  const rows = data.gates.map((gate) => rowOf(gate, names, assessment, result));
  const table = [t("csv-columns").split("; "), ...rows];
  // The fourth column is the stage's.
  if (!data.stages.length) for (const row of table) row.splice(3, 1);
  return csvText(table);
}

/**
 * @param {Gate} gate
 * @param {Names} names
 * @param {Assessment} assessment
 * @param {Result} result
 */
function rowOf(gate, names, assessment, { states }) {
  const { id, code, title, dimension, stage, blocking } = gate;
  const yes = (/** @type {unknown} */ value) => names.t(value ? "csv-yes" : "csv-no");
  const { answer, score, is_open } = get(states, id);
  const { reason, note, evidence = [], flag } = assessment.answers?.[id] ?? {};
  const proof = evidence.map(({ title, url, date }) =>
    [title, url, date].filter(Boolean).join(", "),
  );
  return [
    ...[code, id, names.dimension(dimension), names.stage(stage), title],
    ...[answer, answer && names.answer(id, answer), score],
    ...[score === null ? "" : yes(is_open), yes(blocking)],
    ...[profileReason(id, assessment, names) || reason, note, proof.join("; "), yes(flag)],
  ];
}
