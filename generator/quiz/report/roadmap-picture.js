/** A roadmap as a picture: a column for each phase, with its plays and what they lead to. */

import { oneLine } from "#several/report/one-line.js";
import { COLOURS, stack, wrap } from "./scene.js";

/** @import { Box, Label, Scene } from "./scene.js" */
/** @import { PhaseWords } from "./roadmap-words.js" */

const WIDTH = 1200;
const MARGIN = 32;
const GAP = 20;
const PAD = 12;

/**
 * Return a roadmap as a picture.
 * @param {string} title
 * @param {PhaseWords[]} phases
 * @returns {Scene}
 */
export function roadmapScene(title, phases) {
  const { length } = phases;
  const width = (WIDTH - 2 * MARGIN - GAP * (length - 1)) / length;
  const heading = stack(wrap(title, WIDTH - 2 * MARGIN, 24, 2), {
    ...{ x: MARGIN, y: MARGIN + 24, size: 24, fill: COLOURS.ink, isBold: true },
  });
  const top = MARGIN + heading.height + 16;
  const places = phases.map((_, index) => MARGIN + index * (width + GAP));
  const heads = phases.map((phase, index) => head(phase, places[index], top, width));
  const below = Math.max(...heads.map(({ end }) => end));
  const lists = phases.map(({ plays }, index) => list(plays, places[index], below + 10, width));
  const bottom = Math.max(...lists.map(({ end }) => end)) + PAD;
  const feet = phases.map(({ leads }, index) => foot(leads, places[index], bottom, width));
  const end = Math.max(...feet.map((one) => one.end));
  const blocks = places.flatMap((x) => [
    { x, y: top, width, height: below - top, fill: COLOURS.soft },
    { x, y: top, width, height: 4, fill: COLOURS.hue },
    { x, y: bottom, width, height: end - bottom, fill: COLOURS.hue },
  ]);
  const labels = [...heads, ...lists, ...feet].flatMap(({ shapes }) => shapes);
  const shapes = [...heading.labels, ...blocks, ...labels];
  return { width: WIDTH, height: end + MARGIN, title, about: roadmapWords(phases), shapes };
}

/**
 * Return a roadmap as sentences.
 * @param {PhaseWords[]} phases
 */
export const roadmapWords = (phases) =>
  phases
    .map(({ head, facts, plays, leads }) => {
      const all = plays.map(({ title, owner }) => (owner ? `${title} (${owner})` : title));
      return `${[head, ...facts].join(", ")}: ${all.join("; ") || "–"}. ${leads}`;
    })
    .map((line) => oneLine(line))
    .join(" ");

/**
 * Return what a phase is called, with its day, owner and target, and where that ends.
 * @param {PhaseWords} phase
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function head({ head, facts }, x, y, width) {
  const inner = width - 2 * PAD;
  const name = stack(wrap(head, inner, 17, 2), {
    ...{ x: x + PAD, y: y + PAD + 17, size: 17, fill: COLOURS.ink, isBold: true },
  });
  const about = stack(
    facts.flatMap((fact) => wrap(fact, inner, 13, 2)),
    { x: x + PAD, y: y + PAD + 18 + name.height, size: 13, fill: COLOURS.dim },
  );
  const end = y + name.height + about.height + 2 * PAD + 4;
  return { shapes: [...name.labels, ...about.labels], end };
}

/**
 * Return plays, each in a box, and where the last one ends.
 * @param {PhaseWords["plays"]} plays
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function list(plays, x, y, width) {
  const inner = width - 2 * PAD;
  /** @type {(Box | Label)[]} */
  const shapes = [];
  let end = y;
  for (const { title, owner } of plays) {
    const lines = stack(wrap(title, inner, 14), {
      ...{ x: x + PAD, y: end + PAD + 13, size: 14, fill: COLOURS.ink },
    });
    const who = stack(owner ? wrap(owner, inner, 12, 1) : [], {
      ...{ x: x + PAD, y: end + PAD + 12 + lines.height, size: 12, fill: COLOURS.dim },
    });
    const height = lines.height + who.height + 2 * PAD - 4;
    shapes.push({ x, y: end, width, height, fill: COLOURS.ground, line: COLOURS.line });
    shapes.push(...lines.labels, ...who.labels);
    end += height + 8;
  }
  return { shapes, end };
}

/**
 * Return what a phase leads to, and where that ends.
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function foot(words, x, y, width) {
  const { labels, height } = stack(wrap(words, width - 2 * PAD, 14), {
    ...{ x: x + PAD, y: y + PAD + 13, size: 14, fill: COLOURS.ground, isBold: true },
  });
  return { shapes: labels, end: y + height + 2 * PAD - 4 };
}
