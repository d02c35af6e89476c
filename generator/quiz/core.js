/**
 * What the first script gives to the second, so that no module is in both.
 *
 * The modules of the second script, which `extras.js` puts together, import these names from
 * `#core/<module>`. For Node, the types and the tests that is the module itself (`imports` in
 * package.json). Bundled, it is `core-published.js`: it takes them from `globalThis.stagebookShared`,
 * where `main.js` puts them. A name that is not listed here and there does not bundle.
 *
 * It is a list, because the names of fifty keys would cost each script a third of a kilobyte. Both
 * files list the same names in the same order, and end with the same mark, the CRC-32 of those names:
 * a browser that has one script of an older version takes the other for missing. A test says what the
 * mark must be.
 */

import { FORM, NOT_FINITE, readMeasure, teachNumbers, writeNumber } from "./assessment/numbers.js";
import { byId, edit, emptyAssessment, FORMAT, isObject, today } from "./assessment/record.js";
import { folder, load, loadData, root } from "./load.js";
import { download } from "./parts/downloads.js";
import { ExtraParts } from "./parts/extra-parts.js";
import { TextFields } from "./parts/text-fields.js";
import { scoreWords } from "./render/charts.js";
import {
  act,
  button,
  el,
  fill,
  line,
  list,
  parts,
  row,
  save,
  show,
  table,
  write,
} from "./render/dom.js";
import { dimensionScale, endsOf, extent, share, topOf } from "./render/scale.js";
import { wordsFor } from "./render/words.js";
import { Sentences, scoredParts } from "./report/sentences.js";
import {
  ANY_STAGE,
  fallsShort,
  isMissing,
  isShut,
  leftOutBy,
  MEASURED,
  NOT_APPLICABLE,
  ScoredGate,
  UNKNOWN,
} from "./scoring/gates.js";
import { get, mean, WEIGHED } from "./scoring/intervals.js";
import { BELOW_NEXT } from "./scoring/ladder.js";
import { atLeast, displayScore, roundHalfUp, wholeSteps } from "./scoring/rounding.js";
import { setOrDelete } from "./state/answers.js";
import { decodeSigns, settleRoute } from "./state/route.js";
import { newId } from "./state/store.js";
import { teachReader } from "./state/stored-text.js";
import { storeOf } from "./state/stores.js";

/** @typedef {typeof core} Core */

export const core = /** @type {const} */ ([
  FORM,
  NOT_FINITE,
  readMeasure,
  teachNumbers,
  writeNumber,
  byId,
  edit,
  emptyAssessment,
  FORMAT,
  isObject,
  today,
  folder,
  load,
  loadData,
  root,
  download,
  ExtraParts,
  TextFields,
  scoreWords,
  act,
  button,
  el,
  line,
  list,
  parts,
  row,
  save,
  show,
  fill,
  table,
  write,
  dimensionScale,
  endsOf,
  extent,
  share,
  topOf,
  wordsFor,
  Sentences,
  scoredParts,
  ANY_STAGE,
  fallsShort,
  isMissing,
  isShut,
  leftOutBy,
  MEASURED,
  NOT_APPLICABLE,
  ScoredGate,
  UNKNOWN,
  get,
  mean,
  WEIGHED,
  BELOW_NEXT,
  atLeast,
  displayScore,
  roundHalfUp,
  wholeSteps,
  setOrDelete,
  decodeSigns,
  settleRoute,
  newId,
  storeOf,
  teachReader,
  "24418556",
]);
