/**
 * The reader of assessments from storage, files and links: the twin of `stagebook/assessment/reader.py`,
 * which says the rules.
 *
 * What is understood stands in the assessment under the ids of today. What the rubric does not know
 * stays where it is, since a rubric may know it again; what has a wrong type is set aside in `unread`,
 * by its path; and a number that is not understood stays in `measures` as the text that it is.
 */

import { NOT_APPLICABLE, UNKNOWN } from "../scoring/gates.js";
import { readMeasure, toFinite, writeNumber } from "./numbers.js";
import { ABOUT, byId, Findings, FORMAT, MAX_BYTES, STAGES } from "./record.js";

export * from "./record.js";

/** @import { Answer, Assessment, Data, Evidence, Measure } from "../types.js" */
/** @import { Key } from "../render/words.js" */
/**
 * @typedef {{where: string, code: string, isAside?: boolean}} Finding
 * @typedef {{assessment: Assessment, unknown: string[], findings: Finding[]}} Taken
 * @typedef {Taken | {refused: Key, found: string}} Read
 */

const EVIDENCE = /** @type {const} */ (["title", "url", "date"]);

/**
 * Return stored text as data for `adopt`, or null if it is no assessment.
 * @param {string} text
 * @returns {Assessment | null}
 */
export function readStored(text) {
  try {
    const found = parseJson(text);
    return isObject(found) && found.format === FORMAT ? found : null;
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
  const findings = new Findings();
  const assessment = adopt(Object(found), data, findings);
  return { assessment, unknown: unknownIds(assessment, data), findings: findings.listed() };
}

/**
 * Return untrusted data as an assessment under the ids of today; nothing of it is lost.
 * @param {Record<string, any>} found
 * @param {Data} data
 * @param {Findings} [findings] gets what was not understood
 * @returns {Assessment}
 */
export function adopt(found, data, findings = new Findings()) {
  return new Reader(found, knownTo(data), findings).read();
}

/** @typedef {ReturnType<typeof makeKnown>} Known */
/** @type {WeakMap<Data, Known>} */
const everKnown = new WeakMap();

/** @param {Data} data */
function knownTo(data) {
  const known = everKnown.get(data) ?? makeKnown(data);
  everKnown.set(data, known);
  return known;
}

/**
 * Return the ids that an assessment may name, aliases resolved.
 * @param {Data} data
 */
function makeKnown({ gates, measures, scales, stages, symptoms }) {
  return {
    gates: namesOf(gates),
    measures: namesOf(measures),
    symptoms: namesOf(symptoms),
    stages: namesOf(stages),
    records: new Map(measures.map((one) => [one.id, one])),
    answers: new Map(
      gates.map(({ id, measure, scale }) => {
        const choices = measure?.points ? [] : scales.find((one) => one.id === scale)?.choices;
        const taken = [...(choices ?? []).map((one) => one.id), UNKNOWN, NOT_APPLICABLE];
        return [id, new Set(taken)];
      }),
    ),
  };
}

/**
 * Return the id of today for each id and each earlier one, those of a record in their order.
 * @param {{id: string, aliases: string[]}[]} records
 * @returns {Map<string, string>}
 */
const namesOf = (records) =>
  new Map([
    ...records.flatMap(({ id, aliases }) =>
      aliases.map((alias) => /** @type {[string, string]} */ ([alias, id])),
    ),
    ...records.map(({ id }) => /** @type {[string, string]} */ ([id, id])),
  ]);

/** Walks over untrusted data, keeping what it understands and naming what it does not. */
class Reader {
  /**
   * @param {Record<string, any>} found
   * @param {Known} known
   * @param {Findings} findings
   */
  constructor(found, known, findings) {
    this.found = found;
    this.known = known;
    this.findings = findings;
    const { unread } = found;
    /** @type {Record<string, unknown>} */
    this.unread = isObject(unread) ? { ...unread } : {};
    if (!isObject(unread) && (unread ?? null) !== null) this.unread.unread = unread;
  }

  /** @returns {Assessment} */
  read() {
    const { gates, measures } = this.known;
    /** @type {Assessment} */
    const assessment = {
      ...this.found,
      rubric: this.rubric(),
      answers: this.entries("answers", gates, "gate", (value, path, id) =>
        this.answer(value, path, id),
      ),
      measures: this.entries("measures", measures, "measure", (value, path, id) =>
        this.measure(value, path, id),
      ),
      symptoms: this.symptoms(),
      unread: this.unread,
    };
    for (const key of STAGES) assessment[key] = this.stage(key);
    for (const key of ABOUT) assessment[key] = this.text(this.found[key], key);
    for (const key of /** @type {const} */ (["rubric", ...STAGES, ...ABOUT])) {
      if (assessment[key] === undefined) delete assessment[key];
    }
    if (!Object.keys(this.unread).length) delete assessment.unread;
    return assessment;
  }

  /**
   * Set something aside under its path, beside what another reader set aside there.
   * @param {string} path
   * @param {unknown} value
   * @param {string} [code]
   */
  lose(path, value, code = "wrong-type") {
    this.findings.add(`$.${path}`, code, true);
    const text = JSON.stringify(value);
    let free = path;
    for (let n = 2; Object.hasOwn(this.unread, free); n++) {
      if (JSON.stringify(this.unread[free]) === text) return;
      free = `${path}#${n}`;
    }
    this.unread[free] = value;
  }

  /**
   * Return a text, or nothing where there is none.
   * @param {unknown} value
   * @param {string} path
   */
  text(value, path) {
    if (typeof value === "string") return value;
    if ((value ?? null) !== null) this.lose(path, value);
    return undefined;
  }

  rubric() {
    const { rubric } = this.found;
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
   * Read the answers, or the measures, under the ids of today.
   * @template T
   * @param {"answers" | "measures"} key
   * @param {Map<string, string>} names
   * @param {string} word
   * @param {(value: unknown, path: string, id: string) => T | undefined} read
   * @returns {Record<string, T>}
   */
  entries(key, names, word, read) {
    const raw = this.found[key];
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
    for (const [id, found] of earlier) {
      let counts = Object.hasOwn(raw, id) && (raw[id] ?? null) !== null;
      for (const name of found.size > 1 ? names.keys() : found) {
        if (!found.has(name)) continue;
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
   * @param {"answers" | "measures"} key
   * @param {string} name
   * @param {unknown} value
   * @param {string} word
   */
  stay(entries, key, name, value, word) {
    const kept = key === "answers" && typeof value === "string" ? { answer: value } : value;
    const isText = (/** @type {unknown} */ one) => typeof (one ?? "") === "string";
    const fits =
      key === "answers"
        ? isObject(kept) && isText(kept.answer)
        : isText(kept) || Number.isFinite(kept);
    if (fits) {
      this.findings.add(`$.${key}.${name}`, `unknown-${word}`);
      entries[name] = kept;
    } else this.lose(`${key}.${name}`, value, `unknown-${word}`);
  }

  /**
   * Return an answer to a gate; a text is short for an answer and nothing else.
   * @param {unknown} value
   * @param {string} path
   * @param {string} gate
   * @returns {Answer | undefined}
   */
  answer(value, path, gate) {
    const said = typeof value === "string" ? { answer: value } : value;
    if (!isObject(said)) {
      this.lose(path, value);
      return undefined;
    }
    /** @type {Answer} */
    const read = { ...said };
    const parts = /** @type {const} */ (["answer", "reason", "note"]);
    for (const part of parts) read[part] = this.text(said[part], `${path}.${part}`);
    read.evidence = this.evidence(said.evidence, `${path}.evidence`);
    for (const [part, type] of /** @type {const} */ ([
      ["flag", "boolean"],
      ["rev", "number"],
    ])) {
      if ((said[part] ?? null) !== null && typeof said[part] !== type) {
        this.lose(`${path}.${part}`, said[part]);
        delete read[part];
      }
    }
    if (read.answer && !this.known.answers.get(gate)?.has(read.answer)) {
      this.findings.add(`$.${path}.answer`, "unknown-answer");
    }
    for (const [part, one] of Object.entries(read)) if ((one ?? null) === null) delete read[part];
    return read;
  }

  /**
   * Return the entries of evidence; each with those of its parts that are of the right type.
   * @param {unknown} value
   * @param {string} path
   * @returns {Evidence[] | undefined}
   */
  evidence(value, path) {
    if (!Array.isArray(value)) {
      if ((value ?? null) !== null) this.lose(path, value);
      return undefined;
    }
    return value.flatMap((entry, index) => {
      const at = `${path}[${index}]`;
      if (!isObject(entry)) {
        if (entry !== null) this.lose(at, entry);
        return [];
      }
      const kept = { ...entry };
      for (const part of EVIDENCE) {
        const text = this.text(entry[part], `${at}.${part}`);
        if (text === undefined) delete kept[part];
      }
      return [kept];
    });
  }

  /**
   * Return the number taken for a measure; one that is not understood stays as it was typed.
   * @param {unknown} value
   * @param {string} path
   * @param {string} id
   * @returns {number | string | undefined}
   */
  measure(value, path, id) {
    if (typeof value !== "number" && typeof value !== "string") {
      this.lose(path, value);
      return undefined;
    }
    if (value === "") return undefined;
    const number = readMeasure(value, /** @type {Measure} */ (this.known.records.get(id)));
    if (typeof number === "number") return number;
    this.findings.add(`$.${path}`, number);
    return typeof value === "string" ? value : writeNumber(value);
  }

  /** @returns {string[]} */
  symptoms() {
    const { symptoms } = this.found;
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
    const name = this.found[key] ?? "";
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

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Return the ids in an assessment that the rubric does not have; they stay in it.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function unknownIds({ answers = {}, measures = {}, symptoms = [] }, data) {
  const known = knownTo(data);
  return [
    ...Object.keys(answers).filter((id) => !known.gates.has(id)),
    ...Object.keys(measures).filter((id) => !known.measures.has(id)),
    ...symptoms.filter((id) => !known.symptoms.has(id)),
  ];
}
