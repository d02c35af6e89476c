/** What the third script has published, as the fourth one imports it: see `core.js`. */

/** @import { Shared } from "./several-shared.js" */

/** @type {Shared} */
const shared = /** @type {any} */ (globalThis).stagebookSeveral.shared;

export const [copy, csvText, md, oneLine, suppose, viewGate, gateWords, mark] = shared;

if (mark !== "eedc87b8") throw new Error("stagebook-several.js is of another version");
