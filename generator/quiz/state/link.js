/** An assessment in the fragment of an address: `stagebook=<version>.<crc32>.<base64url>`. */

import { FORMAT } from "#core/assessment/record.js";
import { decodeSigns } from "#core/state/route.js";
import { crc32 } from "../assessment/checksum.js";
import { MAX_BYTES, readData, refuse } from "../assessment/file-reader.js";
import { pack, TooLarge, unpack } from "../assessment/pack.js";
import { ABOUT, STAGES } from "../assessment/reader.js";

/** @import { Assessment, Data } from "../types.js" */
/** @import { Read, Refused } from "../assessment/file-reader.js" */
/** The payload of a link whose checksum is right. @typedef {{version: number, payload: string}} Link */

/** The newest version of links; version 0 holds the same as version 1, but plain. */
export const NEWEST = 1;
/** What programs put between the signs of a long address: blanks, and signs that nobody sees. */
const BETWEEN = /\s|%c2%ad|%e2%80%8[b-d]|%ef%bb%bf/gi;

/** What a link holds under the same key as a file; respondent and roadmap only together with notes. */
const KEPT = ["rubric", ...ABOUT, ...STAGES, "measures", "profile", "symptoms", "roadmap"];

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
 * Return the address of this page with an assessment in it. It leads out of the example, in which
 * nothing is kept.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {boolean} notes
 */
export async function addressWith(assessment, data, notes) {
  const page = location.href.split("#")[0].replace(/\?sample$/, "");
  return `${page}#${await encodeLink(assessment, data, notes)}`;
}

/**
 * Return the assessment in a link, or why it cannot be taken.
 * @param {string} fragment the text of a link, without `#`
 * @param {Data} data
 * @returns {Promise<Read>}
 */
export async function decodeLink(fragment, data) {
  const link = readLink(fragment);
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
  const { respondent, roadmap } = notes ? assessment : {};
  return { ...pick(assessment), rubric, respondent, roadmap, answers, details };
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

/**
 * Return the payload of a link, also where signs were encoded, put around it or put into it: the
 * checksum tells whether it is whole.
 * @param {string} text
 * @returns {Link | Refused}
 */
function readLink(text) {
  if (text.length > MAX_BYTES) return refuse("file-too-large");
  const once = decodeSigns(text);
  /** @type {Refused | undefined} */
  let refused;
  for (const candidate of new Set([text, once, decodeSigns(once)])) {
    const link = findLink(candidate.replace(/^[#!/]+/, "").replace(BETWEEN, ""));
    if (!("refused" in link)) return link;
    // What was read last is the plainest.
    refused = link;
  }
  return refused ?? refuse("link-damaged");
}

/**
 * Return the payload of a link that begins with `stagebook=`.
 * @param {string} text
 * @returns {Link | Refused}
 */
function findLink(text) {
  const [, version, sum, payload = ""] =
    /^stagebook=(\d{1,9})\.(?:([0-9a-f]{8})\.([\w-]+))?/.exec(text) ?? [];
  if (Number(version) > NEWEST) return refuse("file-newer", `stagebook=${version}`);
  // The payload ends before the first sign that it cannot have; a few of its own may follow it too.
  const [tail] = /[_-]{0,3}$/.exec(payload) ?? [""];
  for (let more = 0; payload && more <= tail.length; more++) {
    const whole = payload.slice(0, payload.length - more);
    if (crc32(whole) === sum) return { version: Number(version), payload: whole };
  }
  return refuse("link-damaged");
}
