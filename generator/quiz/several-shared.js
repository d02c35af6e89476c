/** What the third script gives to the fourth, as `core.js` says of the first and the second. */

import { copy } from "./parts/clipboard.js";
import { csvText } from "./report/csv-cells.js";
import { md } from "./report/markdown.js";
import { oneLine } from "./report/one-line.js";
import { suppose } from "./scoring/supposed.js";
import { viewGate } from "./team/view.js";
import { gateWords } from "./team/words.js";

/** @typedef {typeof shared} Shared */

export const shared = /** @type {const} */ ([
  copy,
  csvText,
  md,
  oneLine,
  suppose,
  viewGate,
  gateWords,
  "eedc87b8",
]);
