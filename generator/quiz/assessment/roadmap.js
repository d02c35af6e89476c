/** Reads the roadmap of an assessment: the twin of `stagebook/assessment/roadmap.py`. */

import { isObject } from "#core/assessment/record.js";

/** @import { Phase, PhasePlay } from "../types.js" */
/** @import { ValueReader } from "./values.js" */

const MAX_PHASES = 4;
const TEXTS = /** @type {const} */ (["title", "owner", "date"]);

/**
 * Return the phases of a roadmap; what is not valid is set aside.
 * @param {unknown} raw
 * @param {ValueReader} reader
 * @returns {Phase[]}
 */
export function readRoadmap(raw, reader) {
  if (!Array.isArray(raw)) {
    if ((raw ?? null) !== null) reader.lose("roadmap", raw);
    return [];
  }
  /** @type {Set<string>} */
  const placed = new Set();
  /** @type {Phase[]} */
  const phases = [];
  for (const [index, value] of raw.entries()) {
    const path = `roadmap[${index}]`;
    if (value === null) continue;
    if (!isObject(value)) reader.lose(path, value);
    else if (phases.length === MAX_PHASES) reader.lose(path, value, "too-many-phases");
    else phases.push(readPhase(value, path, placed, reader));
  }
  return phases;
}

/**
 * @param {Record<string, any>} value
 * @param {string} path
 * @param {Set<string>} placed
 * @param {ValueReader} reader
 * @returns {Phase}
 */
function readPhase(value, path, placed, reader) {
  /** @type {Phase} */
  const phase = { ...value };
  for (const key of TEXTS) phase[key] = reader.text(value[key], `${path}.${key}`);
  phase.target_stage = readStage(value.target_stage, `${path}.target_stage`, reader);
  phase.remediations = readPlays(value.remediations, `${path}.remediations`, placed, reader);
  for (const [key, content] of Object.entries(phase))
    if ((content ?? null) === null) delete phase[key];
  return phase;
}

/**
 * @param {unknown} name
 * @param {string} path
 * @param {ValueReader} reader
 */
function readStage(name, path, reader) {
  if ((name ?? "") === "") return undefined;
  const id = typeof name === "string" ? reader.known.stages.get(name) : undefined;
  if (id === undefined) reader.lose(path, name, "unknown-stage");
  return id;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Set<string>} placed
 * @param {ValueReader} reader
 * @returns {PhasePlay[] | undefined}
 */
function readPlays(value, path, placed, reader) {
  if (!Array.isArray(value)) {
    if ((value ?? null) !== null) reader.lose(path, value);
    return undefined;
  }
  return value.flatMap((entry, index) => {
    const play = readPlay(entry, `${path}[${index}]`, placed, reader);
    if (!play) return [];
    placed.add(play.id);
    return [play];
  });
}

/**
 * Return a play; a text is short for an object with only an id.
 * @param {unknown} entry
 * @param {string} path
 * @param {Set<string>} placed
 * @param {ValueReader} reader
 * @returns {PhasePlay | undefined}
 */
function readPlay(entry, path, placed, reader) {
  if ((entry ?? "") === "") return undefined;
  const raw = typeof entry === "string" ? { id: entry } : entry;
  if (!isObject(raw)) {
    reader.lose(path, entry);
    return undefined;
  }
  const id = typeof raw.id === "string" ? reader.known.remediations.get(raw.id) : undefined;
  if (id === undefined || placed.has(id)) {
    reader.lose(path, entry, id === undefined ? "unknown-remediation" : "duplicate-remediation");
    return undefined;
  }
  const owner = reader.text(raw.owner, `${path}.owner`);
  const { owner: _, ...rest } = raw;
  return owner === undefined ? { ...rest, id } : { ...rest, id, owner };
}
