/** Where the script lies, and the data of rubrics that lie beside it. */

import { el } from "./render/dom.js";

/** @import { Data } from "./types.js" */

/** The folder of this script: the rubrics' data lie beside it. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
export const folder = script.replace(/[^/]*$/, "");
export const root = folder.replace(/assets\/stagebook\/$/, "");

/**
 * Load a rubric's data: by a script, because pages opened as files may not fetch.
 * @param {string} id
 * @returns {Promise<Data>}
 */
export function loadData(id) {
  return new Promise((resolve, reject) => {
    const held = () => /** @type {any} */ (globalThis).stagebookRubrics?.[id];
    if (held()) return resolve(held());
    const tag = el("script", { src: `${folder}${id}.js` });
    tag.onload = () => (held() ? resolve(held()) : reject());
    tag.onerror = reject;
    document.head.append(tag);
  });
}
