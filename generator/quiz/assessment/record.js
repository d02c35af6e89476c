/** The assessment as data: a new one, what names it, and a change to one of its answers. */

/** @import { Answer, Assessment, Data } from "../types.js" */

export const FORMAT = "stagebook-assessment/1";

/** @param {Data} data */
const headOf = ({ id, version }) => ({ format: FORMAT, rubric: { id, version } });

/**
 * Return an assessment without answers.
 * @param {Data} data
 * @returns {Assessment}
 */
export const emptyAssessment = (data) => ({
  ...headOf(data),
  answers: byId(),
  measures: byId(),
  symptoms: [],
});

/**
 * Return an empty collection in which any text may be an id, `constructor` and `__proto__` too.
 * @returns {Record<string, any>}
 */
export const byId = () => Object.create(null);

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return the day of today where the reader is, as Sweden and an assessment write it. */
export const today = () => new Date().toLocaleDateString("sv");

/**
 * Return the assessment as it is written to a file: with a rubric and a date.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export const withToday = (assessment, data) => ({
  ...headOf(data),
  ...assessment,
  date: assessment.date || today(),
});

/**
 * Return the answer to a gate as it can be changed; an answer without content is left out again.
 * @param {Assessment} assessment
 * @param {string} gate
 * @param {Partial<Answer>} values
 */
export function edit(assessment, gate, values) {
  assessment.answers ??= byId();
  const answer = { ...assessment.answers[gate], ...values };
  for (const [key, value] of Object.entries(answer)) {
    if (value === false || Object(value ?? "").length === 0) delete answer[key];
  }
  const { rev, ...content } = answer;
  if (Object.keys(content).length) assessment.answers[gate] = answer;
  else delete assessment.answers[gate];
}
