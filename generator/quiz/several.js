/**
 * The third script: what shows several assessments at once, what takes a result elsewhere, and what would
 * change it. The second one loads it when a reader comes to one of these sections or to the buttons below a
 * result, and finds what it leaves under the name `stagebookSeveral`. It loads the fourth, for a meeting.
 *
 * What its modules need of the second script they import from `#extras/…`: see `extras-shared.js`.
 */

import { loadData, root } from "#core/load.js";
import { storeOf } from "#core/state/stores.js";
import { showOwn } from "./parts/own-answers.js";
import { makeParts } from "./parts/several-parts.js";
import { shared } from "./several-shared.js";

/**
 * Mark the gates of a page with the reader's own answers; a page is whole without them too.
 * @param {HTMLElement} element
 */
async function mark(element) {
  const data = await loadData(element.getAttribute("rubric") ?? "").catch(() => null);
  if (data && element.isConnected) showOwn(element, data, storeOf(data, root));
}

const script = { makeParts, mark, shared };

/** @typedef {typeof script} SeveralScript */

/** @type {any} */ (globalThis).stagebookSeveral = script;
