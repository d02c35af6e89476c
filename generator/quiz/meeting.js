/**
 * The fourth script: what follows a result in a meeting. The third one loads it when a reader comes to the
 * roadmap, the presenter view or the pictures, and finds its classes under the name `stagebookMeeting`.
 *
 * What its modules need of the third script they import from `#several/…`: see `several-shared.js`.
 */

import { PictureBox } from "./parts/picture-box.js";
import { Presenter } from "./parts/presenter.js";
import { Roadmap } from "./parts/roadmap.js";
import { RoadmapFiles } from "./parts/roadmap-files.js";

const script = { PictureBox, Presenter, Roadmap, RoadmapFiles };

/** @typedef {typeof script} MeetingScript */

/** @type {any} */ (globalThis).stagebookMeeting = script;
