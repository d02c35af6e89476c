/** The assessment as data: a new one, one from storage or a file, and one answer of it. */

/** @import { Answer, Assessment, Data } from "./types.js" */
/** @import { Key } from "./words.js" */

export const FORMAT = "stagebook-assessment/1";
export const MAX_BYTES = 5_000_000;

/** @param {Data} data */
const headOf = ({ id, version }) => ({ format: FORMAT, rubric: { id, version } });

/**
 * Return an assessment without answers.
 * @param {Data} data
 * @returns {Assessment}
 */
export const emptyAssessment = (data) => ({
  ...headOf(data),
  answers: {},
  measures: {},
  symptoms: [],
});

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

/** What names an assessment; `respondent` and `role` say who answers. */
export const ABOUT = /** @type {const} */ (["subject", "team", "respondent", "role", "date"]);
export const STAGES = /** @type {const} */ (["believed_stage", "target_stage"]);

/**
 * Return whether nothing was said yet.
 * @param {Assessment} assessment
 */
export function isBlank(assessment) {
  const { answers, measures, symptoms, subject, team, respondent, believed_stage } = assessment;
  const ids = [...Object.keys({ ...answers, ...measures }), ...(symptoms ?? [])];
  return ![...ids, subject, team, respondent, believed_stage].some(Boolean);
}

/**
 * Return stored text as an assessment, or null if it is none.
 * @param {string} text
 * @returns {Assessment | null}
 */
export function readStored(text) {
  try {
    const found = JSON.parse(text);
    return found.format === FORMAT ? shaped(found) : null;
  } catch {
    return null;
  }
}

/** @typedef {{assessment: Assessment, unknown: string[]} | {refused: Key, found: string}} Read */

/**
 * Say why something cannot be taken.
 * @param {Key} refused
 * @param {unknown} [found] what stands there instead
 */
export const refuse = (refused, found) => ({ refused, found: textOf(found).slice(0, 60) });

/**
 * Return the assessment in a file, or why it cannot be taken.
 * @param {string} text
 * @param {Data} data
 * @returns {Read}
 */
export function readFile(text, data) {
  if (text.length > MAX_BYTES) return refuse("file-too-large");
  try {
    return readData(JSON.parse(text), data);
  } catch {
    return refuse("file-not-json");
  }
}

/**
 * Return untrusted data as an assessment, or why it is none; the data itself stays as it is.
 * @param {unknown} found
 * @param {Data} data
 * @returns {Read}
 */
export function readData(found, data) {
  const { format, rubric } = Object(found);
  if (format !== FORMAT) {
    const [, kind] = /^stagebook-(assessment|team)\/\d+$/.exec(textOf(format)) ?? [];
    const why = kind === "team" ? "file-team" : kind ? "file-newer" : "file-other";
    return refuse(why, format);
  }
  const { id } = Object(rubric);
  if (id !== data.id) return refuse("file-rubric", id);
  const assessment = adopt(shaped(Object(found)), data);
  return { assessment, unknown: unknownIds(assessment, data) };
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : "");

/** @param {unknown} value */
const isTextOrNothing = (value) => typeof (value ?? "") === "string";

/**
 * Return untrusted data in the shape of an assessment; what does not fit goes to `unread`.
 * @param {Record<string, any>} found
 * @returns {Assessment}
 */
function shaped(found) {
  /** @type {Record<string, unknown>} */
  const unread = isObject(found.unread) ? { ...found.unread } : {};
  /** @type {Assessment & {symptoms: string[]}} */
  const assessment = {
    ...found,
    answers: collect("answers", (value) => {
      const answer = typeof value === "string" ? { answer: value } : value;
      return isAnswer(answer) ? answer : null;
    }),
    measures: collect("measures", (value) => (Number.isFinite(value) ? Number(value) : null)),
    symptoms: [found.symptoms ?? []].flat().filter((id) => typeof id === "string"),
  };
  if (assessment.symptoms.length !== (found.symptoms ?? []).length)
    unread.symptoms = found.symptoms;
  for (const key of [...ABOUT, ...STAGES]) {
    if (isTextOrNothing(found[key])) continue;
    unread[key] = found[key];
    delete assessment[key];
  }
  return Object.keys(unread).length ? { ...assessment, unread } : assessment;

  /**
   * @template T
   * @param {string} key
   * @param {(value: unknown) => T | null} read
   */
  function collect(key, read) {
    /** @type {Record<string, T>} */
    const kept = {};
    const held = found[key] ?? {};
    if (!isObject(held)) unread[key] = held;
    for (const [id, value] of Object.entries(isObject(held) ? held : {})) {
      const fit = read(value);
      if (id === "__proto__") continue;
      if (fit === null) unread[`${key}.${id}`] = value;
      else kept[id] = fit;
    }
    return kept;
  }
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
  const { answer, reason, note, evidence } = value;
  const found = evidence ?? [];
  return (
    [answer, reason, note].every(isTextOrNothing) &&
    Array.isArray(found) &&
    found.every((one) => isObject(one) && Object.values(one).every((x) => typeof x === "string"))
  );
}

/**
 * Move what stands under an earlier id to the id of today.
 * @param {Assessment} assessment
 * @param {Data} data
 * @returns {Assessment}
 */
export function adopt(assessment, data) {
  const { answers = {}, measures = {}, symptoms = [] } = assessment;
  const collections = /** @type {const} */ ([
    [answers, data.gates],
    [measures, data.measures],
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
  /**
   * @param {{id: string, aliases: string[]}[]} records
   * @param {string} id
   */
  const today = (records, id) => records.find(({ aliases }) => aliases.includes(id))?.id ?? id;
  assessment.symptoms = symptoms.map((id) => today(data.symptoms, id));
  for (const key of STAGES) {
    const id = assessment[key];
    if (id) assessment[key] = today(data.stages, id);
  }
  return assessment;
}

/**
 * Return the ids in an assessment that the rubric does not have; they stay in it.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function unknownIds({ answers = {}, measures = {}, symptoms = [] }, data) {
  /**
   * @param {string[]} ids
   * @param {{id: string}[]} records
   */
  const strange = (ids, records) => ids.filter((id) => !records.some((one) => one.id === id));
  return [
    ...strange(Object.keys(answers), data.gates),
    ...strange(Object.keys(measures), data.measures),
    ...strange(symptoms, data.symptoms),
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
    if (value === false || Object(value ?? "").length === 0) delete answer[key];
  }
  const { rev, ...content } = answer;
  if (Object.keys(content).length) assessment.answers[gate] = answer;
  else delete assessment.answers[gate];
}
