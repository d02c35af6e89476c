/** Where the quiz is, and the scripts that a page loads of it. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";

export const QUIZ = new URL("../../generator/quiz/", import.meta.url);

/** Find a package as the quiz does. */
export const quiz = createRequire(new URL("package.json", QUIZ));

export const ENTRIES = ["main.js", "extras.js", "several.js", "meeting.js"].filter((name) =>
  existsSync(new URL(name, QUIZ)),
);
