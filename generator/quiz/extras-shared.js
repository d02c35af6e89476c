/** What the second script gives to the third, as `core.js` says of the first and the second. */

import { fileName } from "./assessment/file-name.js";
import {
  MAX_BYTES,
  parseJson,
  readData,
  readFile,
  textOfFile,
  unknownIds,
} from "./assessment/file-reader.js";
import { knownTo } from "./assessment/values.js";
import { printQuiz } from "./parts/printing.js";
import { Heat } from "./render/heat.js";
import { path, picture, text } from "./render/picture.js";
import { svg } from "./render/svg.js";
import { Advice } from "./report/advice.js";
import { answerWords, countApplying, leftOutByProfile, profileReason } from "./report/left-out.js";
import { unreadWords } from "./report/misread-words.js";
import { coverageOn, remarksOn } from "./report/remarks.js";
import { readDay } from "./scoring/days.js";
import { diagnose, mayBeMet } from "./scoring/diagnosis.js";
import { cappingGates, nextStage } from "./scoring/holding.js";
import { orderPlays } from "./scoring/planning.js";
import { addressWith } from "./state/link.js";
import { titlesKey } from "./state/titles.js";

/** @typedef {typeof shared} Shared */

export const shared = /** @type {const} */ ([
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
  "0ad1a92e",
]);
