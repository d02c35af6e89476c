/**
 * The third script: what shows several assessments at once. The second one loads it when a reader comes
 * to one of these sections, and finds its classes under the name `stagebookSeveral`.
 *
 * What its modules need of the second script they import from `#extras/…`: see `extras-shared.js`.
 */

import { Comparison } from "./parts/comparison.js";
import { TeamPanel } from "./parts/team.js";

const script = { Comparison, TeamPanel };

/** @typedef {typeof script} SeveralScript */

/** @type {any} */ (globalThis).stagebookSeveral = script;
