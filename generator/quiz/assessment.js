/** The assessment as data: a new one, one from storage or a file, and one answer of it. */

/** @import { Answer, Assessment, Data } from "./types.js" */
/** @import { Key } from "./words.js" */

export const FORMAT = "stagebook-assessment/1";
export const MAX_BYTES = 5_000_000;

/**
 * Return an assessment without answers.
 * @param {Data} data
 * @returns {Assessment}
 */
export function emptyAssessment(data) {
  return {
    format: FORMAT,
    rubric: { id: data.id, version: data.version },
    answers: {},
    measures: {},
    symptoms: [],
  };
}

/** Return the day of today where the reader is, as it stands in an assessment. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * Return the assessment as it is written to a file: with a rubric and a date.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function withToday(assessment, data) {
  const { format = FORMAT, rubric, ...rest } = assessment;
  const { id, version } = { id: data.id, version: data.version, ...rubric };
  return { format, rubric: { id, version }, ...rest, date: assessment.date || today() };
}

/** What names an assessment; `respondent` and `role` say who answers. */
export const ABOUT = /** @type {const} */ (["subject", "team", "respondent", "role", "date"]);

/**
 * Return whether nothing was said yet.
 * @param {Assessment} assessment
 */
export function isBlank(assessment) {
  const { answers, measures, symptoms, subject, team, respondent, believed_stage } = assessment;
  const held = [...Object.keys({ ...answers, ...measures }), ...(symptoms ?? [])];
  return !held.length && !subject && !team && !respondent && !believed_stage;
}

/**
 * Return stored text as an assessment, or null if it is none.
 * @param {string} text
 * @returns {Assessment | null}
 */
export function readStored(text) {
  try {
    const found = JSON.parse(text);
    return isObject(found) && found.format === FORMAT ? shaped(found) : null;
  } catch {
    return null;
  }
}

/**
 * Return the assessment in a file, or why it cannot be taken.
 * @param {string} text
 * @param {Data} data
 * @returns {{assessment: Assessment, unknown: string[]} | {refused: Key, found: string}}
 */
export function readFile(text, data) {
  if (text.length > MAX_BYTES) return { refused: "file-too-large", found: "" };
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return { refused: "file-not-json", found: "" };
  }
  return readData(found, data);
}

/**
 * Return untrusted data as an assessment, or why it is none; the data itself stays as it is.
 * @param {unknown} found
 * @param {Data} data
 * @returns {{assessment: Assessment, unknown: string[]} | {refused: Key, found: string}}
 */
export function readData(found, data) {
  if (!isObject(found)) return { refused: "file-other", found: "" };
  const format = textOf(found.format);
  if (format !== FORMAT) {
    const [, kind] = /^stagebook-(assessment|team)\/\d+$/.exec(format) ?? [];
    const refused = kind ? (kind === "team" ? "file-team" : "file-newer") : "file-other";
    return { refused, found: format.slice(0, 60) };
  }
  const rubric = isObject(found.rubric) ? textOf(found.rubric.id) : "";
  if (rubric !== data.id) return { refused: "file-rubric", found: rubric.slice(0, 60) };
  return take(found, data);
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : "");

/**
 * Return untrusted data as an assessment of a rubric, and the ids that the rubric does not have.
 * @param {Record<string, any>} found
 * @param {Data} data
 * @returns {{assessment: Assessment, unknown: string[]}}
 */
export function take(found, data) {
  const assessment = adopt(shaped(found), data);
  return { assessment, unknown: unknownIds(assessment, data) };
}

/**
 * Return untrusted data in the shape of an assessment; what does not fit goes to `unread`.
 * @param {Record<string, any>} found
 * @returns {Assessment}
 */
function shaped(found) {
  /** @type {Assessment} */
  const assessment = { ...found };
  /** @type {Record<string, unknown>} */
  const unread = isObject(found.unread) ? { ...found.unread } : {};
  const keep = (/** @type {string} */ path, /** @type {unknown} */ value) => {
    unread[path] = value;
  };
  assessment.answers = {};
  for (const [id, value] of entries(found.answers, "answers", keep)) {
    const answer = typeof value === "string" ? { answer: value } : value;
    if (isAnswer(answer)) assessment.answers[id] = answer;
    else keep(`answers.${id}`, value);
  }
  assessment.measures = {};
  for (const [id, value] of entries(found.measures, "measures", keep)) {
    if (Number.isFinite(value)) assessment.measures[id] = Number(value);
    else keep(`measures.${id}`, value);
  }
  const ticked = found.symptoms ?? [];
  assessment.symptoms = [ticked].flat().filter((id) => typeof id === "string");
  if (assessment.symptoms.length !== ticked.length) keep("symptoms", found.symptoms);
  for (const key of [...ABOUT, "believed_stage", "target_stage"]) {
    if (found[key] === undefined || found[key] === null || typeof found[key] === "string") continue;
    keep(key, found[key]);
    delete assessment[key];
  }
  if (Object.keys(unread).length) assessment.unread = unread;
  return assessment;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {(path: string, value: unknown) => void} keep
 * @returns {[string, unknown][]}
 */
function entries(value, path, keep) {
  if (isObject(value)) return Object.entries(value).filter(([id]) => id !== "__proto__");
  if (value !== undefined && value !== null) keep(path, value);
  return [];
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is Answer}
 */
function isAnswer(value) {
  if (!isObject(value)) return false;
  const texts = [value.answer, value.reason, value.note];
  const evidence = value.evidence ?? [];
  return (
    texts.every((one) => one === undefined || one === null || typeof one === "string") &&
    Array.isArray(evidence) &&
    evidence.every((one) => isObject(one) && Object.values(one).every((x) => typeof x === "string"))
  );
}

/**
 * Move what stands under an earlier id to the id of today.
 * @param {Assessment} assessment
 * @param {Data} data
 * @returns {Assessment}
 */
export function adopt(assessment, data) {
  const collections = /** @type {const} */ ([
    [assessment.answers ?? {}, data.gates],
    [assessment.measures ?? {}, data.measures],
  ]);
  for (const [held, records] of collections) {
    for (const { id, aliases } of records) {
      for (const alias of aliases) {
        if (!Object.hasOwn(held, alias)) continue;
        held[id] ??= held[alias];
        delete held[alias];
      }
    }
  }
  for (const { id, aliases } of data.symptoms) {
    assessment.symptoms = (assessment.symptoms ?? []).map((one) =>
      aliases.includes(one) ? id : one,
    );
  }
  for (const { id, aliases } of data.stages) {
    for (const key of /** @type {const} */ (["believed_stage", "target_stage"])) {
      if (aliases.includes(assessment[key] ?? "")) assessment[key] = id;
    }
  }
  return assessment;
}

/**
 * Return the ids in an assessment that the rubric does not have; they stay in it.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function unknownIds(assessment, data) {
  const gates = new Set(data.gates.map((one) => one.id));
  const measures = new Set(data.measures.map((one) => one.id));
  const symptoms = new Set(data.symptoms.map((one) => one.id));
  return [
    ...Object.keys(assessment.answers ?? {}).filter((id) => !gates.has(id)),
    ...Object.keys(assessment.measures ?? {}).filter((id) => !measures.has(id)),
    ...(assessment.symptoms ?? []).filter((id) => !symptoms.has(id)),
  ];
}

/**
 * Return the answer to a gate as it can be changed; an answer without content is left out again.
 * @param {Assessment} assessment
 * @param {string} gate
 * @param {Partial<Answer>} values
 */
export function edit(assessment, gate, values) {
  assessment.answers ??= {};
  const answer = { ...assessment.answers[gate], ...values };
  for (const [key, value] of Object.entries(answer)) {
    const empty = value === "" || value === null || value === undefined || value === false;
    if (empty || (Array.isArray(value) && !value.length)) delete answer[key];
  }
  const { rev, ...content } = answer;
  if (Object.keys(content).length) assessment.answers[gate] = answer;
  else delete assessment.answers[gate];
}
