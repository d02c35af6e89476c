/**
 * The reader of assessments from storage, files and links: the twin of `stagebook/assessment/reader.py`,
 * which says the rules.
 *
 * What is understood stands in the assessment under the ids of today. What the rubric does not know
 * stays where it is, since a rubric may know it again; what has a wrong type is set aside in `unread`,
 * by its path; and a number that is not understood stays in `measures` as the text that it is.
 */

import { byId, isObject } from "#core/assessment/record.js";
import { readDay } from "../scoring/days.js";
import { readRoadmap } from "./roadmap.js";
import { knownTo, ValueReader } from "./values.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { IdIndex, Sink } from "./values.js" */

/** What names an assessment; `respondent` and `role` say who answers. */
export const ABOUT = /** @type {const} */ (["subject", "team", "respondent", "role", "date"]);
export const STAGES = /** @type {const} */ (["believed_stage", "target_stage"]);

/** Takes findings that nobody asks for. @type {Sink} */
const NOBODY = { add() {} };

/**
 * Return untrusted data as an assessment under the ids of today; nothing of it is lost.
 * @param {Record<string, any>} raw
 * @param {Data} data
 * @param {Sink} [findings] gets what was not understood
 * @returns {Assessment}
 */
export function adopt(raw, data, findings = NOBODY) {
  return new Reader(raw, knownTo(data), findings).read();
}

/** Walks over an untrusted assessment, keeping what it understands and naming what it does not. */
class Reader extends ValueReader {
  /**
   * @param {Record<string, any>} raw
   * @param {IdIndex} known
   * @param {Sink} findings
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
      roadmap: readRoadmap(this.raw.roadmap, this),
      unread: this.unread,
    };
    for (const key of STAGES) assessment[key] = this.stage(key);
    for (const key of ABOUT) assessment[key] = this.text(this.raw[key], key);
    const { date } = assessment;
    if (date && readDay(date) === Infinity) this.findings.add("$.date", "date-form");
    for (const key of /** @type {const} */ (["rubric", ...STAGES, ...ABOUT])) {
      if (assessment[key] === undefined) delete assessment[key];
    }
    if (!Object.keys(assessment.profile ?? {}).length) delete assessment.profile;
    if (!assessment.roadmap?.length) delete assessment.roadmap;
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
