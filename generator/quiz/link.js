/** An assessment in the fragment of an address: `stagebook=<version>.<crc32>.<base64url>`. */

import { FORMAT, MAX_BYTES, take } from "./assessment.js";

/** @import { Assessment, Data } from "./types.js" */
/** @import { Key } from "./words.js" */

const NAME = /^#?stagebook=/;
/** Version 0 holds the same as version 1, but plain: for a browser that cannot deflate. */
const NEWEST = 1;
/** What a link holds under the same key as a file; the respondent only together with notes. */
const KEPT =
  "subject team role date believed_stage target_stage measures symptoms respondent".split(" ");

/**
 * Return whether a fragment, with or without its `#`, is meant to hold an assessment.
 * @param {string} fragment
 */
export function isLink(fragment) {
  return NAME.test(fragment);
}

/**
 * Return an assessment as a fragment without `#`; free text only with `notes`.
 * @param {Assessment} assessment
 * @param {Data} data
 * @param {{notes: boolean}} options
 * @returns {Promise<string>}
 */
export async function encodeLink(assessment, data, { notes }) {
  const bytes = new TextEncoder().encode(JSON.stringify(fold(assessment, data, notes)));
  const plain = typeof CompressionStream === "undefined";
  const packed = plain ? bytes : await pass(bytes, new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  text = btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return `stagebook=${plain ? 0 : NEWEST}.${crc32(text)}.${text}`;
}

/**
 * Return the assessment in a fragment, or why it cannot be taken.
 * @param {string} fragment
 * @param {Data} data
 * @returns {Promise<{assessment: Assessment, unknown: string[]} | {refused: Key, found: string}>}
 */
export async function decodeLink(fragment, data) {
  const refuse = (/** @type {Key} */ refused, found = "") => ({
    refused,
    found: found.slice(0, 60),
  });
  if (fragment.length > MAX_BYTES) return refuse("link-too-large");
  const [version, sum, text, more] = fragment.replace(NAME, "").split(".");
  if (Number(version) > NEWEST) return refuse("link-newer", version);
  const whole = /^[01]$/.test(version) && text && more === undefined && crc32(text) === sum;
  if (!whole) return refuse("link-damaged");
  try {
    const packed = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    let bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
    if (version === "1") bytes = await pass(bytes, new DecompressionStream("deflate-raw"));
    const state = JSON.parse(new TextDecoder().decode(bytes));
    const { id } = state.rubric;
    return id === data.id ? take(unfold(state), data) : refuse("link-rubric", `${id}`);
  } catch (error) {
    if (error instanceof ReferenceError) return refuse("link-browser");
    return refuse(error instanceof RangeError ? "link-too-large" : "link-damaged");
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
  const details = Object.create(null);
  // Sorted, neighbours share their beginnings: that packs best.
  for (const id of Object.keys(assessment.answers ?? {}).sort()) {
    const { answer, ...detail } = assessment.answers?.[id] ?? {};
    const { rev = 1 } = detail;
    if (answer) {
      answers[answer] ??= [];
      answers[answer].push(id);
    }
    if (notes && Object.keys(detail).length) details[id] = detail;
    else if (rev !== 1) details[id] = { rev };
  }
  return {
    rubric: { id: data.id, version: data.version },
    ...kept(assessment),
    respondent: notes ? assessment.respondent : undefined,
    answers,
    details,
  };
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
  return { format: FORMAT, rubric: state.rubric, ...kept(state), answers };
}

/** @param {Record<string, unknown>} from */
const kept = (from) => Object.fromEntries(KEPT.map((key) => [key, from[key]]));

/**
 * Return what a stream makes of bytes; more than an assessment can have is a RangeError.
 * @param {BlobPart} bytes
 * @param {GenericTransformStream} stream
 */
async function pass(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > MAX_BYTES) {
      reader.cancel();
      throw new RangeError();
    }
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
