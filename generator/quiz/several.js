/**
 * The third script: what shows several assessments at once, what takes a result elsewhere, and what would
 * change it. The second one loads it when a reader comes to one of these sections or to the buttons below a
 * result, and finds its classes under the name `stagebookSeveral`. It loads the fourth, for a meeting.
 *
 * What its modules need of the second script they import from `#extras/…`: see `extras-shared.js`.
 */

import { Assessments } from "./parts/assessments.js";
import { Comparison } from "./parts/comparison.js";
import { MeetingParts } from "./parts/meeting-parts.js";
import { ShareBar } from "./parts/sharing.js";
import { TeamPanel } from "./parts/team.js";
import { WhatIf } from "./parts/what-if.js";
import { shared } from "./several-shared.js";

const script = { Assessments, Comparison, MeetingParts, ShareBar, shared, TeamPanel, WhatIf };

/** @typedef {typeof script} SeveralScript */

/** @type {any} */ (globalThis).stagebookSeveral = script;
