/**
 * The third script: what shows several assessments at once, what takes a result elsewhere, and what would
 * change it. The second one loads it when a reader comes to one of these sections or to the buttons below a
 * result, and finds what it leaves under the name `stagebookSeveral`. It loads the fourth, for a meeting.
 *
 * What its modules need of the second script they import from `#extras/…`: see `extras-shared.js`.
 */

import { loadData, root } from "#core/load.js";
import { storeOf } from "#core/state/stores.js";
import { find } from "./parts/finder.js";
import { showOwn } from "./parts/own-answers.js";
import { makeParts } from "./parts/several-parts.js";
import { shared } from "./several-shared.js";

/**
 * Bring an element to life that belongs to no quiz: a finder, or what marks gates with the reader's own answers.
 * @param {HTMLElement} element
 */
async function begin(element) {
  if (!element.dataset.kept) return find(element);
  const data = await loadData(element.getAttribute("rubric") ?? "").catch(() => null);
  if (data && element.isConnected) showOwn(element, data, storeOf(data, root));
}

const script = { begin, makeParts, shared };

/** @typedef {typeof script} SeveralScript */

/** @type {any} */ (globalThis).stagebookSeveral = script;
