/** The quiz as one script, compiled once for all tabs: faster than modules that each tab links anew. */

import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { ENTRIES, QUIZ, quiz } from "./quiz_scripts.mjs";

const { buildSync } = quiz("esbuild");
const file = fileURLToPath(new URL("all.js", QUIZ));
const starts = ENTRIES.map((name) => `${JSON.stringify(name)}: () => require("./${name}")`);
const { outputFiles } = buildSync({
  stdin: { contents: `globalThis.startQuiz = { ${starts} };`, resolveDir: fileURLToPath(QUIZ) },
  ...{ bundle: true, write: false, format: "iife", target: "es2022", charset: "utf8" },
  ...{ sourcemap: "inline", sourcesContent: false, outfile: file },
});
const bundle = new vm.Script(outputFiles[0].text, { filename: file });

/** Start scripts of the quiz in a page, one directly after the other; what they share is there once. */
export function run(window, names) {
  if (!window.startQuiz) bundle.runInContext(window);
  for (const name of names) window.startQuiz[name]();
}
