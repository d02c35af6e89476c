/**
 * What an address asks for: a place in the page, or an assessment in a link.
 *
 * Nothing else reads the fragment of an address. It may hold anything: it was typed, cut short, or
 * altered by the program that passed it on. Reading it never throws, and takes a time that grows with
 * its length alone, which is bounded.
 */

import { crc32 } from "../assessment/checksum.js";
import { MAX_BYTES, refuse } from "../assessment/reader.js";

/** @import { Read } from "../assessment/reader.js" */
/** @typedef {Extract<Read, {refused: unknown}>} Refused */
/** The payload of a link whose checksum is right. @typedef {{version: number, payload: string}} Link */
/**
 * `ids` are the names that the place may have, the likeliest first.
 * @typedef {{kind: "place", ids: string[]} | {kind: "shared", link: Link | Refused}} Route
 */

/** The newest version of links; version 0 holds the same as version 1, but plain. */
export const NEWEST = 1;
/** No id of a page is longer. */
const MAX_PLACE = 1000;
/** What programs put between the signs of a long address: blanks, and signs that nobody sees. */
const BETWEEN = /\s|%c2%ad|%e2%80%8[b-d]|%ef%bb%bf/gi;
/** What stands around an address in a text: it is none of the address, though it may be taken for it. */
const AROUND = /^[\s#!/<("'[{]+|[\s.,;:!?>)"'\]}*_|\\]+$/g;

/**
 * Read the fragment of an address, with or without `#`.
 * @param {string} fragment
 * @returns {Route}
 */
export function readRoute(fragment) {
  const text = fragment.replace(/^#/, "");
  const isLink = /^[#!/]*stagebook=/.test(decodeSigns(decodeSigns(text.slice(0, MAX_PLACE))));
  return isLink
    ? { kind: "shared", link: readLink(text) }
    : { kind: "place", ids: readPlace(text) };
}

/**
 * Return the step that a fragment names, of those there are.
 * @template {Element} T
 * @param {string} fragment
 * @param {(id: string) => T | null | undefined} find
 * @returns {T | undefined}
 */
export function findPlace(fragment, find) {
  const route = readRoute(fragment);
  if (route.kind !== "place") return;
  for (const id of route.ids) {
    const place = find(id);
    if (place) return place;
  }
}

/** A link that nobody has decided on yet. @type {Route | undefined} */
let undecided;

/**
 * Return the route of this page; a link is taken out of the address.
 *
 * It is returned again until it is settled: the theme may swap the page while it is offered.
 */
export function takeRoute() {
  const route = readRoute(location.hash);
  if (route.kind !== "shared") return undecided ?? route;
  rewrite("replaceState", location.href.split("#")[0], history.state);
  undecided = route;
  return route;
}

/** Forget the link that was offered: the reader took it or left it. */
export function settleRoute() {
  undecided = undefined;
}

/**
 * Change the address without going there. A browser refuses where that happens too often, or in a
 * frame without rights: the page then works on, and only the address stays behind.
 * @param {"pushState" | "replaceState"} how
 * @param {string} address
 * @param {unknown} state
 */
export function rewrite(how, address, state) {
  try {
    history[how](state, "", address);
  } catch {
    // See above.
  }
}

/**
 * Return the ids that a fragment may mean.
 * @param {string} text
 */
function readPlace(text) {
  if (!text || text.length > MAX_PLACE) return [];
  const decoded = decode(text);
  return [...new Set([text, decoded, decoded.replace(AROUND, "")])].filter(Boolean);
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

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
 * Return text with the signs decoded that a link may have; all others may stay as they are.
 * @param {string} text
 */
const decodeSigns = (text) =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

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
