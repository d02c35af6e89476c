/** The titles of a rubric's gates, version by version: what changed is told from them later. */

/** @import { Data } from "../types.js" */
/** @import { Store } from "./store.js" */

/**
 * @param {Store} store
 * @param {string} version
 */
export const titlesKey = (store, version) => `${store.key("stagebook-rubric/1")}.${version}`;

/**
 * Remember the titles of today's gates: a later version can then tell which of its own are new.
 * @param {Data} data
 * @param {Store} store
 */
export function rememberTitles({ gates, version }, store) {
  const key = titlesKey(store, version);
  if (store.storage.get(key) !== null) return;
  const titles = Object.fromEntries(gates.map(({ id, title }) => [id, title]));
  store.storage.set(key, JSON.stringify(titles));
}
