/** What the second script gives to the third, as `core.js` says of the first and the second. */

import { fileName } from "./assessment/file-name.js";
import { MAX_BYTES, parseJson, readData, readFile } from "./assessment/file-reader.js";
import { printQuiz } from "./parts/printing.js";
import { Heat } from "./render/heat.js";
import { path, picture, text } from "./render/picture.js";
import { svg } from "./render/svg.js";
import { Advice } from "./report/advice.js";
import { answerWords, countApplying, leftOutByProfile, profileReason } from "./report/left-out.js";
import { unreadWords } from "./report/misread-words.js";
import { coverageOn, remarksOn } from "./report/remarks.js";
import { diagnose } from "./scoring/diagnosis.js";
import { cappingGates, nextStage } from "./scoring/holding.js";
import { orderPlays } from "./scoring/planning.js";
import { encodeLink } from "./state/link.js";

/** @typedef {typeof shared} Shared */

export const shared = /** @type {const} */ ([
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
  "ad0133d2",
]);
