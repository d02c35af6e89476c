/** Print as JSON how many lines each function of the scripts has: `{file: {"name:line": lines}}`. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const QUIZ = new URL("../../generator/quiz/package.json", import.meta.url);
const ts = createRequire(QUIZ)("typescript");

/** Return what a function is called; no text where it has no name. */
const nameOf = (node, source) =>
  node.name?.getText(source) ?? node.parent?.name?.getText?.(source) ?? "";

/** Return the lines of all functions of a script, those in other functions too. */
function measure(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const line = (position) => source.getLineAndCharacterOfPosition(position).line;
  const found = {};
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const start = line(node.getStart(source));
      const place = [nameOf(node, source), start + 1].filter(Boolean).join(":");
      found[place] = Math.max(found[place] ?? 0, line(node.getEnd()) - start + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, measure(file)]))));
