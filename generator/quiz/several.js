/**
 * The third script: what shows several assessments at once, what takes a result elsewhere, and what would
 * change it. The second one loads it when a reader comes to one of these sections or to the buttons below a
 * result, and finds what it leaves under the name `stagebookSeveral`. It loads the fourth, for a meeting.
 *
 * What its modules need of the second script they import from `#extras/…`: see `extras-shared.js`.
 */

import { makeParts } from "./parts/several-parts.js";
import { shared } from "./several-shared.js";

const script = { makeParts, shared };

/** @typedef {typeof script} SeveralScript */

/** @type {any} */ (globalThis).stagebookSeveral = script;
