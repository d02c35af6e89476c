/**
 * Fuzzes the reader of links: `node fuzz_links.mjs data.json seconds folder`, or with 0 seconds reads
 * again what is in the folder. A link that breaks a promise is kept there, and ends the run.
 *
 * A checksum guards a link, so signs that are changed at random would all be turned away at the door:
 * two of three inputs are changed before they are packed, and one of those as text.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { crc32 } from "../../generator/quiz/assessment/checksum.js";
import { pack } from "../../generator/quiz/assessment/pack.js";
import { Scorer } from "../../generator/quiz/scoring/scorer.js";
import { decodeLink, encodeLink } from "../../generator/quiz/state/link.js";
import { readRoute } from "../../generator/quiz/state/route.js";

const [, , dataFile, seconds, folder] = process.argv;
const data = JSON.parse(readFileSync(dataFile, "utf8"));
const scorer = new Scorer(data);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 32);

/** Return a source of random numbers below one, from a seed (mulberry32). */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(seed);
const below = (n) => Math.floor(next() * n);
const pick = (list) => list[below(list.length)];

const ODD = [
  ...[null, true, false, 0, -1, 1e308, 0.1, "", "\u0000", "\ud800", "é", "__proto__", "constructor"],
  ...["yes", "no", "unknown", "2026-02-30", "1,5", "1e999", "<img src=x onerror=x>", "=1+1", []],
  ...[{}, [[]], { answer: "yes" }, { toString: 1 }, "x".repeat(3000), Array(200).fill("yes")],
];

/** Return ids and words that a link may hold. */
const words = [
  ...data.gates.map(({ id }) => id),
  ...data.measures.map(({ id }) => id),
  ...data.stages.map(({ id }) => id),
  ...["answers", "details", "measures", "profile", "symptoms", "rubric", "role", "ticks", "rev"],
  ...["note", "evidence", "reason", "flag", "id", "version", "__proto__", "prototype", "hasOwnProperty"],
];

/** Return a value that is changed somewhere. */
function change(value, depth = 0) {
  if (depth > 6 || next() < 0.15) return structuredClone(pick(ODD));
  if (Array.isArray(value)) {
    const list = [...value];
    if (next() < 0.3 || !list.length) list.splice(below(list.length + 1), 0, pick([...words, ...ODD]));
    else list[below(list.length)] = change(pick(list), depth + 1);
    return list;
  }
  if (value && typeof value === "object") {
    const entries = Object.entries(value);
    const at = below(entries.length);
    const action = next();
    if (action < 0.3 || !entries.length) entries.push([pick(words), structuredClone(pick(ODD))]);
    else if (action < 0.4) entries.splice(at, 1);
    else if (action < 0.5) entries[at] = [pick(words), entries[at][1]];
    else entries[at] = [entries[at][0], change(entries[at][1], depth + 1)];
    // Not an assignment, which would set the prototype instead of a key.
    const changed = {};
    for (const [key, one] of entries) {
      Object.defineProperty(changed, key, { value: one, enumerable: true, configurable: true, writable: true });
    }
    return changed;
  }
  return next() < 0.5 ? pick(words) : structuredClone(pick(ODD));
}

/** Return text with some signs taken out, put in or exchanged. */
function garble(text) {
  for (let times = 1 + below(4); times; times -= 1) {
    const at = below(text.length + 1);
    const sign = pick([..."0123456789abcXYZ-_.=%&#?/ ", '"', "{", "}", "[", ",", ":", "\\", "\u200b", "é", "%25"]);
    const action = below(4);
    if (action === 0) text = text.slice(0, at) + sign + text.slice(at);
    else if (action === 1) text = text.slice(0, at) + text.slice(at + 1 + below(8));
    else if (action === 2) text = text.slice(0, at) + sign + text.slice(at + 1);
    else text = text.slice(0, at) + text.slice(below(text.length), below(text.length)) + text.slice(at);
  }
  return text;
}

const keys = Object.getOwnPropertyNames(Object.prototype).join();

/** Read a link; return what kind of answer it got. */
async function read(fragment) {
  const route = readRoute(fragment);
  const found = await decodeLink(route.kind === "shared" ? route.link : fragment, data);
  if (Object.getOwnPropertyNames(Object.prototype).join() !== keys) throw new Error("prototype");
  if ("refused" in found) {
    if (typeof found.refused !== "string" || found.found.length > 60) throw new Error("refusal");
    return "refused";
  }
  const { assessment, findings } = found;
  if (findings.length > 101) throw new Error("findings");
  const { overall } = scorer.score(assessment);
  const { low, high } = overall;
  if (!(low === null || (Number.isFinite(low) && low <= high))) throw new Error(`${low} to ${high}`);
  // What was taken can be shared and taken again, with the same result.
  const again = await decodeLink(await encodeLink(assessment, data, true), data);
  if ("refused" in again) throw new Error(`shared again: ${again.refused}`);
  const scores = JSON.stringify(scorer.score(again.assessment).overall);
  if (scores !== JSON.stringify(overall)) throw new Error("another score when shared again");
  return "taken";
}

/** Read a link that breaks nothing, or name the file that keeps the one that does. */
async function attempt(fragment) {
  try {
    return await read(fragment);
  } catch (error) {
    mkdirSync(folder, { recursive: true });
    const file = `${folder}/crash-${crc32(fragment)}`;
    writeFileSync(file, fragment);
    console.error(file, error);
    process.exit(1);
  }
}

const link = (packed, version = 1) => `stagebook=${version}.${crc32(packed)}.${packed}`;
const base64 = (text) => Buffer.from(text).toString("base64url");

const base = {
  rubric: { id: data.id, version: data.version },
  role: "leader",
  subject: "Alpha",
  date: "2026-11-29",
  believed_stage: data.stages[0].id,
  answers: { yes: data.gates.slice(0, 2).map(({ id }) => id), no: [data.gates.at(-1).id] },
  details: { [data.gates[0].id]: { rev: 2, note: "A note", evidence: [{ title: "x", url: "https://x.example/" }] } },
  measures: Object.fromEntries(data.measures.map(({ id }) => [id, 3])),
  symptoms: data.symptoms.slice(0, 1).map(({ id }) => id),
};

/** Run until the time is over; what was taken may be changed further. */
async function fuzz(end) {
  const counts = { taken: 0, refused: 0 };
  let pool = [base];
  let whole = await encodeLink({ ...base, format: "stagebook-assessment/1", answers: {} }, data, true);
  while (Date.now() < end) {
    const kind = below(3);
    let changed = null;
    let fragment;
    if (kind === 0) fragment = garble(whole);
    else {
      changed = change(pick(pool));
      const text = JSON.stringify(changed) ?? "";
      const said = kind === 1 ? text : garble(text);
      fragment = next() < 0.5 ? link(await pack(said)) : link(base64(said), 0);
      if (next() < 0.05) fragment = link(garble(await pack(said)));
    }
    const outcome = await attempt(fragment);
    counts[outcome] += 1;
    if (outcome === "taken") {
      whole = fragment;
      if (kind === 1 && JSON.stringify(changed).length < 20_000) pool = [base, ...pool.slice(-200), changed];
    }
  }
  console.log(JSON.stringify({ ...counts, seed }));
}

if (Number(seconds)) await fuzz(Date.now() + 1000 * Number(seconds));
else for (const name of readdirSync(folder)) await attempt(readFileSync(`${folder}/${name}`, "utf8"));
