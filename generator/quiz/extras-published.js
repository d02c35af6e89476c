/** What the second script has published, as the third one imports it: see `core.js`. */

/** @import { Shared } from "./extras-shared.js" */

/** @type {Shared} */
const shared = /** @type {any} */ (globalThis).stagebookExtras.shared;

export const [
  readDay,
  fileName,
  MAX_BYTES,
  parseJson,
  readData,
  readFile,
  textOfFile,
  unknownIds,
  knownTo,
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
  mayBeMet,
  cappingGates,
  nextStage,
  orderPlays,
  titlesKey,
  addressWith,
  mark,
] = shared;

if (mark !== "0ad1a92e") throw new Error("stagebook-extras.js is of another version");
