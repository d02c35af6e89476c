/** Assessments out of files and links: taken with what is to be said of them, or refused. */

import { FORMAT } from "#core/assessment/record.js";
import { NOT_APPLICABLE, UNKNOWN } from "#core/scoring/gates.js";
import { adopt } from "./reader.js";
import { knownTo } from "./values.js";
import { toFinite } from "./written-numbers.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Key } from "../render/words.js" */
/**
 * @typedef {{where: string, code: string, isAside?: boolean}} Finding
 * @typedef {{assessment: Assessment, unknown: string[], findings: Finding[]}} Taken
 * @typedef {{refused: Key, found: string}} Refused
 * @typedef {Taken | Refused} Read
 */

export const MAX_BYTES = 5_000_000;
/** So many findings of an assessment are kept; the others are counted. */
export const MAX_FINDINGS = 100;
/** The finding that an assessment is of a rubric that this one extends. */
export const BASE = "base-rubric";

/**
 * Say why something cannot be taken.
 * @param {Key} refused
 * @param {unknown} [found] what stands there instead
 */
export const refuse = (refused, found) => ({ refused, found: textOf(found).slice(0, 60) });

/**
 * Return JSON as data; a number that no double comes near is the text that stands there.
 * @param {string} text
 * @returns {any}
 */
export function parseJson(text) {
  /** @type {(key: string, value: any, context?: {source?: string}) => any} */
  const keep = (_, value, context) => {
    if (typeof value !== "number") return value;
    const source = context?.source ?? String(value);
    return typeof toFinite(source) === "string" ? source : value;
  };
  return JSON.parse(text, /\d[eE][+-]?\d{3}|\d{300}/.test(text) ? keep : undefined);
}

/**
 * Return the text of a file, or null where it is not UTF-8; a folder, which can be dropped too, has none.
 * @param {Blob} file
 */
export async function textOfFile(file) {
  const bytes = await file.arrayBuffer().catch(() => new ArrayBuffer(0));
  try {
    // A browser that reads text by itself puts another character in the place of what is not UTF-8.
    // A part of a file may end within a character.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/**
 * Return the assessment in a file, or why it cannot be taken.
 * @param {string | null} text
 * @param {Data} data
 * @returns {Read}
 */
export function readFile(text, data) {
  if (text === null) return refuse("file-not-utf-8");
  if (text.length > MAX_BYTES) return refuse("file-too-large");
  try {
    return readData(parseJson(text), data);
  } catch {
    return refuse("file-not-json");
  }
}

/**
 * Return untrusted data as an assessment, or why it is none; the data itself stays as it is.
 * @param {unknown} raw
 * @param {Data} data
 * @returns {Read}
 */
export function readData(raw, data) {
  const { format, rubric } = Object(raw);
  if (format !== FORMAT) {
    const [, kind] = /^stagebook-(assessment|team)\/\d+$/.exec(textOf(format)) ?? [];
    const why = kind === "team" ? "file-team" : kind ? "file-newer" : "file-other";
    return refuse(why, format);
  }
  const { id } = Object(rubric);
  const isOfBase = data.bases?.includes(id);
  if (id !== data.id && !isOfBase) return refuse("file-rubric", id);
  const findings = new Findings(data);
  if (isOfBase) findings.add("$.rubric.id", BASE);
  const assessment = adopt({ ...Object(raw), rubric: { ...rubric, id: data.id } }, data, findings);
  // Its version is that of another rubric.
  if (isOfBase) assessment.rubric = { id: data.id, version: data.version };
  return { assessment, unknown: unknownIds(assessment, data), findings: findings.listed() };
}

/**
 * Return the ids in an assessment that the rubric does not have; they stay in it.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function unknownIds({ answers = {}, measures = {}, profile = {}, symptoms = [] }, data) {
  const known = knownTo(data);
  return [
    ...Object.keys(answers).filter((id) => !known.gates.has(id)),
    ...Object.keys(measures).filter((id) => !known.measures.has(id)),
    ...Object.keys(profile).filter((id) => !known.profile.has(id)),
    ...symptoms.filter((id) => !known.symptoms.has(id)),
  ];
}

/** Findings in the order in which they are made: the first of them, and how many more. */
export class Findings {
  /** @type {Finding[]} */
  first = [];
  left = 0;
  /** The answers that each gate takes. @type {Map<string, Set<string>>} */
  #answers;

  /** @param {Data} data */
  constructor({ gates, scales }) {
    this.#answers = new Map(
      gates.map(({ id, measure, scale: name }) => {
        const scale = measure?.points ? undefined : scales.find((scale) => scale.id === name);
        const choices = scale?.choices ?? [];
        return [id, new Set([...choices.map((choice) => choice.id), UNKNOWN, NOT_APPLICABLE])];
      }),
    );
  }

  /**
   * Add a finding, or count it.
   * @param {string} where the JSON path
   * @param {string} code
   * @param {boolean} [isAside] whether what is there was set aside
   */
  add(where, code, isAside) {
    if (this.first.length < MAX_FINDINGS) this.first.push({ where, code, isAside });
    else this.left += 1;
  }

  /**
   * Add a finding where a gate does not have the answer that was given.
   * @param {string} where
   * @param {string} gate
   * @param {string} answer
   */
  answered(where, gate, answer) {
    if (!this.#answers.get(gate)?.has(answer)) this.add(where, "unknown-answer");
  }

  /** Return the findings; a last one says that there are more, if there are. */
  listed() {
    return this.left ? [...this.first, { where: "$", code: "more" }] : [...this.first];
  }
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : "");
