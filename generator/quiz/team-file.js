/** The team file, several assessments in one: the twin of `stagebook/team_file.py`. */

import { isObject, MAX_BYTES, readData } from "./assessment.js";

/** @import { Assessment, Data, TeamFile } from "./types.js" */
/** @import { Key } from "./words.js" */
/**
 * @typedef {{assessment: Assessment, unknown: string[], came: Record<string, any>}} Taken
 * @typedef {{refused: Key, found: string}} Refused
 */

export const FORMAT = "stagebook-team/1";
/** Ten times as much as one assessment may have. */
export const MAX_TEAM_BYTES = 10 * MAX_BYTES;
const MAX_ASSESSMENTS = 1000;

/**
 * Return what stands in a file: one assessment, or those of a team file, each taken or refused.
 * @param {string | null} text null for one that is longer than any team file
 * @param {Data} data
 * @returns {(Taken | Refused)[]}
 */
export function splitTeam(text, data) {
  if (text === null) return [{ refused: "file-too-large", found: "" }];
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return [{ refused: "file-not-json", found: "" }];
  }
  const team = isObject(found) && found.format === FORMAT && found.assessments;
  if (!Array.isArray(team)) {
    if (text.length > MAX_BYTES) return [{ refused: "file-too-large", found: "" }];
    return [take(found, data)];
  }
  const read = team.slice(0, MAX_ASSESSMENTS).map((one) => take(one, data));
  return team.length > read.length ? [...read, { refused: "team-too-many", found: "" }] : read;
}

/**
 * @param {unknown} came
 * @param {Data} data
 * @returns {Taken | Refused}
 */
function take(came, data) {
  const read = readData(came, data);
  if ("refused" in read) {
    const newer = /^stagebook-team\/(?!1$)\d+$/.test(read.found);
    return newer ? { ...read, refused: "file-newer" } : read;
  }
  return { ...read, came: /** @type {Record<string, any>} */ (came) };
}

/**
 * Return assessments as a team file that loses nothing of them; hidden names are left out.
 * @param {Data} data
 * @param {Record<string, any>[]} assessments
 * @param {boolean} hideNames
 */
export function teamText({ id, version }, assessments, hideNames) {
  /** @type {TeamFile} */
  const file = {
    format: FORMAT,
    rubric: { id, version },
    assessments: hideNames ? assessments.map(withoutName) : assessments,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Return an assessment without the respondent's name.
 * @param {Record<string, any>} assessment
 */
function withoutName({ respondent, ...rest }) {
  if (isObject(rest.unread)) {
    const { respondent, ...unread } = rest.unread;
    rest.unread = unread;
  }
  return rest;
}
