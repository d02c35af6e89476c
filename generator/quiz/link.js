/** An assessment in the fragment of an address: `stagebook=<version>.<crc32>.<base64url>`. */

import { ABOUT, FORMAT, MAX_BYTES, readData, refuse, STAGES } from "./assessment.js";

/** @import { Assessment, Data } from "./types.js" */
/** @import { Read } from "./assessment.js" */

/** Version 0 holds the same as version 1, but plain. */
const NEWEST = 1;
/** What a link holds under the same key as a file; the respondent only together with notes. */
const KEPT = ["rubric", ...ABOUT, ...STAGES, "measures", "symptoms"];

/**
 * Return whether a fragment is meant to hold an assessment.
 * @param {string} fragment
 */
export const isLink = (fragment) => /^#?stagebook=/.test(fragment);

/**
 * Return an assessment as a fragment without `#`; free text only with `notes`.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {boolean} notes
 * @returns {Promise<string>}
 */
export async function encodeLink(assessment, data, notes) {
  const text = JSON.stringify(fold(assessment, data, notes));
  const packed = await pass(text, new CompressionStream("deflate-raw"));
  const base64 = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  const safe = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `stagebook=${NEWEST}.${crc32(safe)}.${safe}`;
}

/**
 * Return the assessment in a fragment, or why it cannot be taken.
 * @param {string} fragment
 * @param {Data} data
 * @returns {Promise<Read>}
 */
export async function decodeLink(fragment, data) {
  if (fragment.length > MAX_BYTES) return refuse("file-too-large");
  const [, version, sum, text] = /^#?stagebook=(\d+)\.(?:(\w+)\.([\w-]+)$)?/.exec(fragment) ?? [];
  if (Number(version) > NEWEST) return refuse("file-newer", `stagebook=${version}`);
  try {
    if (crc32(text) !== sum) return refuse("link-damaged");
    const packed = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    let bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
    if (Number(version)) bytes = await pass(bytes, new DecompressionStream("deflate-raw"));
    return readData(unfold(JSON.parse(new TextDecoder().decode(bytes))), data);
  } catch (error) {
    return refuse(error instanceof RangeError ? "file-too-large" : "link-damaged");
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
    const { answer, rev = 1, ...more } = assessment.answers?.[id] ?? {};
    if (answer) {
      answers[answer] ??= [];
      answers[answer].push(id);
    }
    const detail = { ...(rev !== 1 && { rev }), ...(notes && more) };
    if (Object.keys(detail).length) details[id] = detail;
  }
  const rubric = { id: data.id, version: data.version };
  const respondent = notes ? assessment.respondent : undefined;
  return { ...kept(assessment), rubric, respondent, answers, details };
}

/**
 * Return what a link holds as a file holds it; all of it is untrusted.
 * @param {Record<string, any>} state
 */
function unfold(state) {
  const answers = Object.assign(Object.create(null), state.details);
  for (const [answer, ids] of Object.entries(state.answers ?? {})) {
    for (const id of [ids].flat()) answers[id] = { ...answers[id], answer };
  }
  return { ...kept(state), format: FORMAT, answers };
}

/** @param {Record<string, unknown>} from */
const kept = (from) => Object.fromEntries(KEPT.map((key) => [key, from[key]]));

/**
 * Return what a stream makes of bytes; more than an assessment can have is a RangeError.
 * @param {BlobPart} given
 * @param {GenericTransformStream} stream
 */
async function pass(given, stream) {
  const reader = new Blob([given]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > MAX_BYTES) throw new RangeError();
    parts.push(value);
  }
}

/**
 * Return the CRC-32 of ASCII text, the one of zip and PNG, as eight hexadecimal digits.
 * @param {string} text
 */
function crc32(text) {
  let crc = -1;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}
