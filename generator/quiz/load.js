/** Where the script lies, and what is loaded from beside it: data of rubrics, and the other scripts. */

import { el } from "./render/dom.js";

/** @import { Data } from "./types.js" */
/** @import { ExtrasScript } from "./extras.js" */

/** The folder of this script; empty where it stands in the page itself. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
export const folder = script.replace(/[^/]*$/, "");
export const root = folder.replace(/assets\/stagebook\/$/, "");
export const extrasFile = `${folder}stagebook-extras.js`;

/** What other scripts leave for this one. */
const shared =
  /** @type {{stagebookRubrics?: Record<string, Data>, stagebookExtras?: ExtrasScript}} */ (
    globalThis
  );

/**
 * Load a rubric's data.
 * @param {string} id
 * @returns {Promise<Data>}
 */
export const loadData = (id) => load(`${folder}${id}.js`, () => shared.stagebookRubrics?.[id]);

/**
 * Load the second script, and return the classes that it leaves. Where the first one stands in the page itself, so does the second.
 * @returns {Promise<ExtrasScript>}
 */
export async function loadExtras() {
  if (!folder && document.readyState === "loading") {
    await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
  }
  return load(extrasFile, () => shared.stagebookExtras);
}

/** Scripts that are on their way, by address. @type {Map<string, Promise<unknown>>} */
const loading = new Map();

/**
 * Return what a script leaves: by a tag, because pages opened as files may not fetch. One that failed
 * is tried again the next time.
 * @template T
 * @param {string} address
 * @param {() => T | undefined} find
 * @returns {Promise<T>}
 */
export async function load(address, find) {
  if (!find()) {
    if (!loading.has(address)) loading.set(address, append(address));
    await loading.get(address)?.finally(() => loading.delete(address));
  }
  const left = find();
  if (!left) throw new Error(address);
  return left;
}

/**
 * Run a script.
 * @param {string} address
 */
const append = (address) =>
  new Promise((resolve, reject) => {
    const tag = el("script", { src: address });
    tag.onload = resolve;
    tag.onerror = reject;
    document.head.append(tag);
  });
