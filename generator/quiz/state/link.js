/** An assessment in the fragment of an address: `stagebook=<version>.<crc32>.<base64url>`. */

import { crc32 } from "#core/assessment/checksum.js";
import { ABOUT, FORMAT, MAX_BYTES, readData, refuse, STAGES } from "#core/assessment/reader.js";
import { NEWEST } from "#core/state/route.js";
import { pack, TooLarge, unpack } from "../assessment/pack.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Read } from "../assessment/reader.js" */
/** @import { Link, Refused } from "./route.js" */

/** What a link holds under the same key as a file; the respondent only together with notes. */
const KEPT = ["rubric", ...ABOUT, ...STAGES, "measures", "profile", "symptoms"];

/**
 * Return an assessment as a fragment without `#`; free text only with `notes`.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {boolean} notes
 * @returns {Promise<string>}
 */
export async function encodeLink(assessment, data, notes) {
  const packed = await pack(JSON.stringify(fold(assessment, data, notes)));
  return `stagebook=${NEWEST}.${crc32(packed)}.${packed}`;
}

/**
 * Return the assessment in a link, or why it cannot be taken.
 * @param {Link | Refused} link
 * @param {Data} data
 * @returns {Promise<Read>}
 */
export async function decodeLink(link, data) {
  if ("refused" in link) return link;
  try {
    const text = await unpack(link.payload, link.version > 0, MAX_BYTES);
    return readData(unfold(JSON.parse(text)), data);
  } catch (error) {
    return refuse(error instanceof TooLarge ? "file-too-large" : "link-damaged");
  }
}

/**
 * Return what a link holds: gates grouped under their answer, and the details of a gate apart.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {boolean} notes
 */
function fold(assessment, data, notes) {
  /** @type {Record<string, string[]>} */
  const answers = Object.create(null);
  /** @type {Record<string, object>} */
  const details = {};
  // Sorted, neighbours share their beginnings: that packs best.
  for (const id of Object.keys(assessment.answers ?? {}).sort()) {
    const { answer, rev = 1, ticks, ...more } = assessment.answers?.[id] ?? {};
    if (answer) {
      answers[answer] ??= [];
      answers[answer].push(id);
    }
    const detail = { ...(rev !== 1 && { rev }), ...(ticks && { ticks }), ...(notes && more) };
    if (Object.keys(detail).length) details[id] = detail;
  }
  const rubric = { id: data.id, version: data.version };
  const respondent = notes ? assessment.respondent : undefined;
  return { ...pick(assessment), rubric, respondent, answers, details };
}

/**
 * Return what a link holds as a file holds it; all of it is untrusted.
 * @param {Record<string, any>} state
 */
function unfold(state) {
  const answers = Object.assign(Object.create(null), state.details);
  for (const [answer, ids] of Object.entries(state.answers ?? {})) {
    for (const id of [ids].flat()) {
      const detail = typeof answers[id] === "object" ? answers[id] : {};
      answers[id] = { ...detail, answer };
    }
  }
  return { ...pick(state), format: FORMAT, answers };
}

/** @param {Record<string, unknown>} from */
const pick = (from) => Object.fromEntries(KEPT.map((key) => [key, from[key]]));
