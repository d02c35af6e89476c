/** The script of every page: defines the elements, once. */

import { StagebookQuiz } from "./element.js";

// Instant navigation may run the script again on the next page.
if (!customElements.get("stagebook-quiz")) customElements.define("stagebook-quiz", StagebookQuiz);
