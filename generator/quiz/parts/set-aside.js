/** What could not be read, now or on an earlier visit: it is offered until somebody has saved it as a file. */

import { save } from "#core/render/dom.js";

/** @import { Store } from "../state/store.js" */

/**
 * Offer what was set aside. It stays in storage even then, since a download may fail unseen; a mark
 * says that it was saved.
 * @param {HTMLElement} button saves it as a file
 * @param {Store} store
 * @param {AbortSignal} signal ends it
 */
export function offerSetAside(button, store, signal) {
  const { data, storage } = store;
  const start = `${store.key("stagebook-damaged/1")}.`;
  const keys = storage.keys();
  const isOffered = (/** @type {string} */ key) =>
    key.startsWith(start) && !keys.includes(`saved.${key}`);
  store.listen(() => {
    button.hidden = !store.damaged;
  }, signal);
  button.onclick = () => {
    save(`${data.id}.txt`, storage.get(store.damaged) ?? "", "text/plain");
    storage.set(`saved.${store.damaged}`, "");
  };
  store.damaged ||= keys.find(isOffered) ?? "";
  store.relist();
}
