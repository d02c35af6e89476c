/**
 * The reader of assessments from storage, files and links: the twin of `stagebook/assessment/reader.py`,
 * which says the rules.
 *
 * What is understood stands in the assessment under the ids of today. What the rubric does not know
 * stays where it is, since a rubric may know it again; what has a wrong type is set aside in `unread`,
 * by its path; and a number that is not understood stays in `measures` as the text that it is.
 */

import { toFinite } from "./numbers.js";
import { ABOUT, byId, Findings, FORMAT, MAX_BYTES, STAGES } from "./record.js";
import { isObject, knownTo, unknownIds, ValueReader } from "./values.js";

export * from "./record.js";
export { isObject, unknownIds } from "./values.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Known } from "./values.js" */
/**
 * @typedef {{where: string, code: string, isAside?: boolean}} Finding
 * @typedef {{assessment: Assessment, unknown: string[], findings: Finding[]}} Taken
 * @typedef {Taken | {refused: Key, found: string}} Read
 */

/**
 * Return stored text as data for `adopt`, or null if it is no assessment.
 * @param {string} text
 * @returns {Assessment | null}
 */
export function readStored(text) {
  try {
    const raw = parseJson(text);
    return isObject(raw) && raw.format === FORMAT ? raw : null;
  } catch {
    return null;
  }
}

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
  if (id !== data.id) return refuse("file-rubric", id);
  const findings = new Findings();
  const assessment = adopt(Object(raw), data, findings);
  return { assessment, unknown: unknownIds(assessment, data), findings: findings.listed() };
}

/**
 * Return untrusted data as an assessment under the ids of today; nothing of it is lost.
 * @param {Record<string, any>} raw
 * @param {Data} data
 * @param {Findings} [findings] gets what was not understood
 * @returns {Assessment}
 */
export function adopt(raw, data, findings = new Findings()) {
  return new Reader(raw, knownTo(data), findings).read();
}

/** Walks over an untrusted assessment, keeping what it understands and naming what it does not. */
class Reader extends ValueReader {
  /**
   * @param {Record<string, any>} raw
   * @param {Known} known
   * @param {Findings} findings
   */
  constructor(raw, known, findings) {
    super(known, findings, raw.unread);
    this.raw = raw;
  }

  /** @returns {Assessment} */
  read() {
    const { gates, measures } = this.known;
    /** @type {Assessment} */
    const assessment = {
      ...this.raw,
      rubric: this.rubric(),
      answers: this.entries("answers", gates, "gate", (value, path, id) =>
        this.answer(value, path, id),
      ),
      measures: this.entries("measures", measures, "measure", (value, path, id) =>
        this.measure(value, path, id),
      ),
      profile: this.entries("profile", this.known.profile, "question", (value, path, id) =>
        this.answerOfProfile(value, path, id),
      ),
      symptoms: this.symptoms(),
      unread: this.unread,
    };
    for (const key of STAGES) assessment[key] = this.stage(key);
    for (const key of ABOUT) assessment[key] = this.text(this.raw[key], key);
    for (const key of /** @type {const} */ (["rubric", ...STAGES, ...ABOUT])) {
      if (assessment[key] === undefined) delete assessment[key];
    }
    if (!Object.keys(assessment.profile ?? {}).length) delete assessment.profile;
    if (!Object.keys(this.unread).length) delete assessment.unread;
    return assessment;
  }

  rubric() {
    const { rubric } = this.raw;
    if (!isObject(rubric)) {
      if ((rubric ?? null) !== null) this.lose("rubric", rubric);
      return undefined;
    }
    const { version, ...rest } = rubric;
    const text = this.text(version, "rubric.version");
    return /** @type {Assessment["rubric"]} */ (
      text === undefined ? rest : { ...rest, version: text }
    );
  }

  /**
   * Read the answers, the measures or the profile, under the ids of today.
   * @template T
   * @param {"answers" | "measures" | "profile"} key
   * @param {Map<string, string>} names
   * @param {string} word
   * @param {(value: unknown, path: string, id: string) => T | undefined} read
   * @returns {Record<string, T>}
   */
  entries(key, names, word, read) {
    const raw = this.raw[key];
    const entries = byId();
    if (!isObject(raw)) {
      if ((raw ?? null) !== null) this.lose(key, raw);
      return entries;
    }
    /** @type {Map<string, Set<string>>} */
    const earlier = new Map();
    const take = (/** @type {string} */ name, /** @type {string} */ id) => {
      const entry = read(raw[name], `${key}.${name}`, id);
      if (entry !== undefined) entries[id] = entry;
    };
    for (const [name, value] of Object.entries(raw)) {
      if ((value ?? null) === null) continue;
      const id = names.get(name);
      if (id === undefined) this.stay(entries, key, name, value, word);
      else if (id === name) take(name, id);
      else earlier.set(id, (earlier.get(id) ?? new Set()).add(name));
    }
    for (const [id, aliases] of earlier) {
      let counts = Object.hasOwn(raw, id) && (raw[id] ?? null) !== null;
      for (const name of aliases.size > 1 ? names.keys() : aliases) {
        if (!aliases.has(name)) continue;
        if (counts) this.lose(`${key}.${name}`, raw[name], "earlier-id");
        else take(name, id);
        counts = true;
      }
    }
    return entries;
  }

  /**
   * Leave what the rubric does not know where it is, in a shape that all can handle.
   * @param {Record<string, any>} entries
   * @param {"answers" | "measures" | "profile"} key
   * @param {string} name
   * @param {unknown} value
   * @param {string} word
   */
  stay(entries, key, name, value, word) {
    const entry = key === "answers" && typeof value === "string" ? { answer: value } : value;
    const isText = (/** @type {unknown} */ text) => typeof (text ?? "") === "string";
    const fits =
      key === "answers"
        ? isObject(entry) && isText(entry.answer)
        : isText(entry) || Number.isFinite(entry);
    if (fits) {
      const isRetired = key === "answers" && this.known.retired.has(name);
      this.findings.add(`$.${key}.${name}`, isRetired ? "retired-gate" : `unknown-${word}`);
      entries[name] = entry;
    } else this.lose(`${key}.${name}`, value, `unknown-${word}`);
  }

  /** @returns {string[]} */
  symptoms() {
    const { symptoms } = this.raw;
    if (!Array.isArray(symptoms)) {
      if ((symptoms ?? null) !== null) this.lose("symptoms", symptoms);
      return [];
    }
    const ticked = new Set();
    for (const [index, name] of symptoms.entries()) {
      const id = this.known.symptoms.get(name);
      if (id === undefined && typeof name === "string" && name) {
        this.findings.add(`$.symptoms[${index}]`, "unknown-symptom");
      }
      if (typeof name === "string" && name) ticked.add(id ?? name);
      else if (name !== "" && (name ?? null) !== null)
        this.lose(`symptoms[${index}]`, name, "unknown-symptom");
    }
    return [...ticked];
  }

  /** @param {typeof STAGES[number]} key */
  stage(key) {
    const name = this.raw[key] ?? "";
    if (typeof name !== "string") {
      this.lose(key, name, "unknown-stage");
      return undefined;
    }
    const id = this.known.stages.get(name);
    if (name && id === undefined) this.findings.add(`$.${key}`, "unknown-stage");
    return (id ?? name) || undefined;
  }
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : "");
