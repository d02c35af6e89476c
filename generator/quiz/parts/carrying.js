/** Going on to the full assessment where no storage outlives the page: its address takes the answers along. */

import { encodeLink } from "../state/link.js";

/** @import { Names } from "../render/names.js" */
/** @import { Store } from "../state/store.js" */

/**
 * Let links to the full assessment carry the answers that the browser would lose on the way.
 * @param {HTMLElement} section
 * @param {Names} names
 * @param {Store} store
 * @param {AbortSignal} signal
 */
export function carryAnswers(section, names, store, signal) {
  const carry = async (/** @type {Event} */ event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const page = names.pages.to("assessment");
    const isLost = ["page", "memory"].includes(store.storage.lasting);
    if (!isLost || !page || link?.href !== new URL(page, location.href).href) return;
    event.preventDefault();
    // The theme would load the page without the answers.
    event.stopPropagation();
    const fragment = await encodeLink(store.assessment, names.data, true);
    store.unsaved.delete(store.keyOf(store.id));
    location.assign(`${link.href}#${fragment}`);
  };
  section.addEventListener("click", carry, { signal });
}
