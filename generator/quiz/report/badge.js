/** A result as a badge. */

import { svg } from "#extras/render/svg.js";
import { oneLine } from "./one-line.js";

/** About as wide is a letter; the text is then fitted to exactly that. */
const LETTER = 7;

/**
 * Return a badge as SVG.
 * @param {string} words
 */
export function toBadge(words) {
  const text = oneLine(words);
  const width = text.length * LETTER;
  const place = { x: 6, y: 14, textLength: width, lengthAdjust: "spacingAndGlyphs" };
  const style = { fill: "#fff", "font-family": "sans-serif", "font-size": 11 };
  const badge = svg(
    "svg",
    { width: width + 12, height: 20, role: "img", "aria-label": text },
    svg("rect", { width: "100%", height: "100%", fill: "#0b617a" }),
    svg("text", { ...place, ...style }, text),
  );
  return new XMLSerializer().serializeToString(badge);
}
