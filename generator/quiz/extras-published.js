/** What the second script has published, as the third one imports it: see `core.js`. */

/** @import { Shared } from "./extras-shared.js" */

/** @type {Shared} */
const shared = /** @type {any} */ (globalThis).stagebookExtras.shared;

export const [
  fileName,
  MAX_BYTES,
  parseJson,
  readData,
  readFile,
  printQuiz,
  Heat,
  path,
  picture,
  text,
  svg,
  Advice,
  answerWords,
  leftOutByProfile,
  profileReason,
  unreadWords,
  countApplying,
  coverageOn,
  remarksOn,
  diagnose,
  cappingGates,
  nextStage,
  orderPlays,
  encodeLink,
  mark,
] = shared;

if (mark !== "ad0133d2") throw new Error("stagebook-extras.js is of another version");
