/** Names of files that are safe on every system, whatever text they are made of. */

/** @import { Assessment, Data } from "../types.js" */

/** As many characters of a name are kept before its ending, and as many bytes: systems take 255. */
const MAX_SIGNS = 100;
const MAX_BYTES = 200;
/** What a subject may add. */
const MAX_SUBJECT = 60;
/** Names of devices on Windows, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/**
 * Return a name for a file about an assessment.
 * @param {Data} data
 * @param {Assessment} assessment
 * @param {string} ending
 */
export function fileName({ id, words }, { subject = "", date = "" }, ending) {
  const joined = (/** @type {string} */ text) =>
    (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join("-");
  const about = joined(subject.toLowerCase()) || joined(words.assessment.toLowerCase());
  const name = cut(about, MAX_SUBJECT);
  return cleanName(`${[id, name, joined(date)].filter(Boolean).join("-")}.${ending}`);
}

/**
 * Return a name that every system takes as a plain file's: without signs that control, reverse or
 * separate, not hidden, not a device, and not too long. The ending behind the last dot stays.
 * @param {string} name
 */
export function cleanName(name) {
  const plain = name
    .normalize("NFC")
    .replace(/[\s<>:"/\\|?*]+/g, "-")
    .replace(/\p{C}/gu, "")
    .replace(/[. -]+$/, "");
  const [, stem, ending] = /^(.*?)(\.[^.]{1,10})?$/s.exec(plain) ?? [];
  const short = cut(stem.replace(/^[. -]+/, ""), MAX_SIGNS).replace(/[. -]+$/, "") || "file";
  const safe = DEVICE.test(short.split(".")[0]) ? `file-${short}` : short;
  return safe + (ending ?? "");
}

/**
 * Return the beginning of a text, in whole characters.
 * @param {string} text
 * @param {number} signs
 */
function cut(text, signs) {
  const encoder = new TextEncoder();
  let bytes = 0;
  let beginning = "";
  for (const sign of [...text.slice(0, 2 * signs)].slice(0, signs)) {
    bytes += encoder.encode(sign).length;
    if (bytes > MAX_BYTES) break;
    beginning += sign;
  }
  return beginning;
}
