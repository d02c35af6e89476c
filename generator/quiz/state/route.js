/**
 * What an address asks for: a place in the page, or an assessment in a link.
 *
 * Only `link` reads the fragment of an address too. It may hold anything: it was typed, cut short, or
 * altered by the program that passed it on. Reading it never throws, and takes a time that grows with
 * its length alone, which is bounded.
 */

/**
 * `ids` are the names that the place may have, the likeliest first; `link` is the text of a link.
 * @typedef {{kind: "place", ids: string[]} | {kind: "shared", link: string}} Route
 */

/** No id of a page is longer. */
const MAX_PLACE = 1000;
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
  return isLink ? { kind: "shared", link: text } : { kind: "place", ids: readPlace(text) };
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
 * Return text with the signs decoded that a link may have; all others may stay as they are.
 * @param {string} text
 */
export const decodeSigns = (text) =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
