/** What the second script has published, as the third one imports it: see `core.js`. */

/** @import { Shared } from "./extras-shared.js" */

/** @type {Shared} */
const shared = /** @type {any} */ (globalThis).stagebookExtras.shared;

export const [dayOf, MAX_BYTES, parseJson, readData, readFile, Pictures, unreadWords, mark] =
  shared;

if (mark !== "f975ca6c") throw new Error("stagebook-extras.js is of another version");
