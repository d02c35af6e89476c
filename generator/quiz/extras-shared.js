/** What the second script gives to the third, as `core.js` says of the first and the second. */

import { MAX_BYTES, parseJson, readData, readFile } from "./assessment/file-reader.js";
import { Pictures } from "./render/pictures.js";
import { unreadWords } from "./report/misread-words.js";
import { dayOf } from "./scoring/days.js";

/** @typedef {typeof shared} Shared */

export const shared = /** @type {const} */ ([
  dayOf,
  MAX_BYTES,
  parseJson,
  readData,
  readFile,
  Pictures,
  unreadWords,
  "f975ca6c",
]);
