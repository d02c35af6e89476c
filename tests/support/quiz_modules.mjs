/** The quiz as modules, as they lie on disk: coverage tells of lines in files only of these. */

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { QUIZ, quiz } from "./quiz_scripts.mjs";

/** The modules of the quiz, read and compiled once; each tab makes its own of them. */
const compiled = new Map();

function makeModule(identifier, context) {
  const known = compiled.get(identifier);
  const source = known?.source ?? readFileSync(fileURLToPath(identifier), "utf8");
  const made = new vm.SourceTextModule(source, {
    ...{ context, identifier },
    ...(known && { cachedData: known.cachedData }),
  });
  if (!known) compiled.set(identifier, { source, cachedData: made.createCachedData() });
  return made;
}

/** Return the address of a module, named as Node lets it be named. */
const resolve = (specifier, from) =>
  !specifier.startsWith(".")
    ? pathToFileURL(quiz.resolve(specifier)).href
    : new URL(specifier, from).href;

/** The modules of each page, which has its own. */
const pages = new WeakMap();

/** Start scripts of the quiz in a page, one directly after the other; what they share is there once. */
export async function run(context, names) {
  if (!pages.has(context)) pages.set(context, new Map());
  const modules = pages.get(context);
  const make = (url) => {
    if (!modules.has(url)) modules.set(url, makeModule(url, context));
    return modules.get(url);
  };
  const entries = names.map((name) => make(new URL(name, QUIZ).href));
  for (const entry of entries) {
    await entry.link((specifier, from) => make(resolve(specifier, from.identifier)));
  }
  for (const entry of entries) entry.evaluate();
}
