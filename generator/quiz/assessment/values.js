/**
 * The values in an assessment: what each must be, and the finding where it is something else. The twin
 * of `stagebook/assessment/values.py`.
 */

import { readMeasure, writeNumber } from "#core/assessment/numbers.js";
import { isObject } from "#core/assessment/record.js";

/** @import { Answer, Data, Evidence, Measure } from "../types.js" */
/**
 * What takes findings; `answered` is told of every answer, since the rubric may not have it.
 * @typedef {{
 *   add: (where: string, code: string, isAside?: boolean) => void,
 *   answered?: (where: string, gate: string, answer: string) => void,
 * }} Sink
 */

const EVIDENCE = /** @type {const} */ (["title", "url", "date"]);

/** The ids that an assessment may name, those of today by each id and each earlier one. */
export class IdIndex {
  /** @param {Data} data */
  constructor({ gates, measures, profile, remediations, retired, stages, symptoms }) {
    this.gates = namesOf(gates);
    this.measures = namesOf(measures);
    this.symptoms = namesOf(symptoms);
    this.stages = namesOf(stages);
    this.profile = namesOf(profile);
    this.remediations = namesOf(remediations);
    this.retired = new Set(retired);
    /** The answers that each question of the profile takes. @type {Map<string, Set<string>>} */
    this.profileAnswers = new Map(
      profile.map(({ id, choices }) => [id, new Set(choices.map((choice) => choice.id))]),
    );
    /** @type {Map<string, string[]>} */
    this.criteria = new Map(gates.map(({ id, criteria }) => [id, criteria]));
    /** The measures themselves. */
    this.records = new Map(measures.map((measure) => [measure.id, measure]));
  }
}

/** @type {WeakMap<Data, IdIndex>} */
const everKnown = new WeakMap();

/**
 * Return the ids that an assessment may name.
 * @param {Data} data
 */
export function knownTo(data) {
  const known = everKnown.get(data) ?? new IdIndex(data);
  everKnown.set(data, known);
  return known;
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

/** Reads values that may be anything; what is not understood is set aside, with a finding. */
export class ValueReader {
  /**
   * @param {IdIndex} known
   * @param {Sink} findings
   * @param {unknown} unread what an earlier reader set aside
   */
  constructor(known, findings, unread) {
    this.known = known;
    this.findings = findings;
    /** @type {Record<string, unknown>} */
    this.unread = isObject(unread) ? { ...unread } : {};
    if (!isObject(unread) && (unread ?? null) !== null) this.unread.unread = unread;
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

  /**
   * Return an answer to a gate; a text is short for an answer and nothing else.
   * @param {unknown} value
   * @param {string} path
   * @param {string} gate
   * @returns {Answer | undefined}
   */
  answer(value, path, gate) {
    const raw = typeof value === "string" ? { answer: value } : value;
    if (!isObject(raw)) {
      this.lose(path, value);
      return undefined;
    }
    /** @type {Answer} */
    const read = { ...raw };
    const parts = /** @type {const} */ (["answer", "reason", "note"]);
    for (const part of parts) read[part] = this.text(raw[part], `${path}.${part}`);
    read.evidence = this.evidence(raw.evidence, `${path}.evidence`);
    read.ticks = this.ticks(raw.ticks, `${path}.ticks`, this.known.criteria.get(gate) ?? []);
    for (const [part, type] of /** @type {const} */ ([
      ["flag", "boolean"],
      ["rev", "number"],
    ])) {
      if ((raw[part] ?? null) !== null && typeof raw[part] !== type) {
        this.lose(`${path}.${part}`, raw[part]);
        delete read[part];
      }
    }
    if (read.answer) this.findings.answered?.(`$.${path}.answer`, gate, read.answer);
    for (const [part, content] of Object.entries(read))
      if ((content ?? null) === null) delete read[part];
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
      const piece = { ...entry };
      for (const part of EVIDENCE) {
        const text = this.text(entry[part], `${at}.${part}`);
        if (text === undefined) delete piece[part];
      }
      return [piece];
    });
  }

  /**
   * Return the criteria that are ticked, each once.
   * @param {unknown} value
   * @param {string} path
   * @param {string[]} known
   * @returns {string[] | undefined}
   */
  ticks(value, path, known) {
    if (!Array.isArray(value)) {
      if ((value ?? null) !== null) this.lose(path, value);
      return undefined;
    }
    for (const [index, name] of value.entries()) {
      if (!known.includes(name) && (name ?? "") !== "") {
        this.lose(`${path}[${index}]`, name, "unknown-criterion");
      }
    }
    return known.filter((name) => value.includes(name));
  }

  /**
   * Return the answer to a question of the profile; another text stays, and answers nothing.
   * @param {unknown} value
   * @param {string} path
   * @param {string} id
   */
  answerOfProfile(value, path, id) {
    const answer = this.text(value, path);
    if (answer && !this.known.profileAnswers.get(id)?.has(answer)) {
      this.lose(path, answer, "unknown-answer");
      return undefined;
    }
    return answer || undefined;
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
}
