/** The team file, several assessments in one: the twin of `stagebook/assessment/team_file.py`. */

import { isObject } from "#core/assessment/record.js";
import { MAX_BYTES, parseJson, readData, readFile } from "#extras/assessment/file-reader.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Finding } from "./file-reader.js" */
/** @import { Key } from "../render/words.js" */
/**
 * @typedef {{assessment: Assessment, findings: Finding[], came: Record<string, any>}} Taken
 * @typedef {{refused: Key, found: string}} Refused
 */

const FORMAT = "stagebook-team/1";
/** Ten times as much as one assessment may have. */
export const MAX_TEAM_BYTES = 10 * MAX_BYTES;
const MAX_ASSESSMENTS = 1000;

/**
 * Return what stands in a file: one assessment, or those of a team file, each taken or refused.
 * @param {string | null} text
 * @param {Data} data
 * @returns {(Taken | Refused)[]}
 */
export function splitTeam(text, data) {
  /** @type {any} */
  let raw;
  try {
    raw = parseJson(text ?? "");
  } catch {
    // `readFile` says what is wrong with it.
  }
  const team = raw?.format === FORMAT && raw.assessments;
  if (!Array.isArray(team)) return [keep(readFile(text, data), raw)];
  const read = team.slice(0, MAX_ASSESSMENTS).map((came) => keep(readData(came, data), came));
  if (team.length > MAX_ASSESSMENTS) read.push({ refused: "team-too-many", found: "" });
  if (!team.length) read.push({ refused: "file-other", found: "" });
  return read;
}

/**
 * Return what was read together with what came, which is what is saved.
 * @param {{assessment: Assessment, findings: Finding[]} | Refused} read
 * @param {any} came
 * @returns {Taken | Refused}
 */
function keep(read, came) {
  if (!("refused" in read)) return { ...read, came };
  if (read.refused !== "file-team") return read;
  return { ...read, refused: came.format === FORMAT ? "file-other" : "file-newer" };
}

/**
 * Return assessments as a team file that loses nothing of them; hidden names are left out.
 * @param {Data} data
 * @param {Record<string, any>[]} assessments
 * @param {boolean} hideNames
 */
export function teamText({ id, version }, assessments, hideNames) {
  const shared = hideNames ? assessments.map(withoutName) : assessments;
  const file = { format: FORMAT, rubric: { id, version }, assessments: shared };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Return an assessment without the respondent's name, and the names in a roadmap.
 * @param {Record<string, any>} assessment
 */
function withoutName({ respondent, roadmap, ...rest }) {
  if (isObject(rest.unread)) {
    const isName = /^(?:respondent|roadmap)(?:[#.[]|$)/;
    const entries = Object.entries(rest.unread).filter(([path]) => !isName.test(path));
    rest.unread = Object.fromEntries(entries);
  }
  return rest;
}
