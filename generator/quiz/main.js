/** The script of every page: defines the elements, and publishes the core, once. */

import { core } from "./core.js";
import { StagebookExtra, StagebookQuiz } from "./element.js";
import { pageStorage } from "./state/stores.js";

if (history.state?.stagebook) pageStorage();
// Instant navigation may run the script again on the next page.
if (!customElements.get("stagebook-quiz")) {
  /** @type {any} */ (globalThis).stagebookShared = core;
  customElements.define("stagebook-quiz", StagebookQuiz);
  customElements.define("stagebook-extra", StagebookExtra);
}
