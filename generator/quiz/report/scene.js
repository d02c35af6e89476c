/**
 * A picture as data. It is drawn as SVG, and for PNG on a canvas: no image is loaded, which a page with
 * a strict policy, or opened as a file, could not do.
 */

import { svg } from "#extras/render/svg.js";
import { oneLine } from "#several/report/one-line.js";

/** @typedef {{x: number, y: number, width: number, height: number, fill: string, line?: string}} Box */
/** @typedef {{x: number, y: number, text: string, size: number, fill: string, isBold?: boolean, anchor?: "middle" | "end"}} Label */
/**
 * What stands in a picture, later things above earlier ones; `about` says the same in words.
 * @typedef {{width: number, height: number, title: string, about: string, shapes: (Box | Label)[]}} Scene
 */

/** The colours of pictures, which stand on white wherever they are pasted; shades from lowest to highest. */
export const COLOURS = {
  ground: "#ffffff",
  ink: "#1b1f22",
  dim: "#4d5255",
  line: "#c9cccd",
  soft: "#ecf3f5",
  hue: "#0b617a",
  shades: ["#e4eef1", "#c9dde3", "#aecbd4", "#2f7389", "#10475a"],
};

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
/** How wide a letter is on average, and one of a script with wide letters, of the size of the text. */
const LETTER = 0.56;
const WIDE = 1.05;
/** PNG has so many pixels for each unit. */
const SCALE = 2;

/** @param {string} sign */
const isWide = (sign) =>
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\p{Extended_Pictographic}]/u.test(
    sign,
  );

/**
 * Return about how wide a text is.
 * @param {string} text
 * @param {number} size
 */
export const widthOf = (text, size) =>
  [...text].reduce((width, sign) => width + size * (isWide(sign) ? WIDE : LETTER), 0);

/**
 * Break text into lines; what does not fit the last one ends in an ellipsis.
 * @param {string} text
 * @param {number} width
 * @param {number} size
 * @param {number} [most] how many lines
 */
export function wrap(text, width, size, most = Infinity) {
  const fits = (/** @type {string} */ line) => widthOf(line, size) <= width;
  const lines = [""];
  for (const word of oneLine(text).split(" ")) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (fits(line)) {
      lines[lines.length - 1] = line;
      continue;
    }
    if (lines[lines.length - 1]) lines.push("");
    for (const sign of word) {
      if (!fits(lines[lines.length - 1] + sign)) lines.push("");
      lines[lines.length - 1] += sign;
    }
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1].slice(0, -1).trimEnd()}…`];
}

/**
 * Return labels for lines of text, one below the other, and the height that they take.
 * @param {string[]} lines
 * @param {Omit<Label, "text">} first where the first one stands, and how
 */
export function stack(lines, first) {
  const step = Math.round(first.size * 1.35);
  const labels = lines.map((text, index) => ({ ...first, text, y: first.y + index * step }));
  return { labels, height: lines.length * step };
}

/**
 * Return a picture as an element, with its words for those who hear it.
 * @param {Scene} scene
 */
export function toSvg({ width, height, title, about, shapes }) {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const head = [svg("title", {}, oneLine(title)), svg("desc", {}, oneLine(about))];
  const ground = svg("rect", { width, height, fill: COLOURS.ground });
  const drawn = shapes.map((shape) => {
    if (!("text" in shape)) {
      const { fill, line, ...place } = shape;
      return svg("rect", { ...place, fill, stroke: line });
    }
    const { x, y, text, size, fill, isBold, anchor } = shape;
    const style = { "font-size": size, "font-weight": isBold ? 700 : 400, "text-anchor": anchor };
    return svg("text", { x, y, fill, ...style }, oneLine(text));
  });
  const label = { role: "img", "aria-label": oneLine(title), "font-family": FONT };
  return svg("svg", { ...size, ...label }, ...head, ground, ...drawn);
}

/**
 * Return a picture as the text of an SVG file.
 * @param {Scene} scene
 */
export const toSvgText = (scene) => new XMLSerializer().serializeToString(toSvg(scene));

/**
 * Return a picture as PNG, or null where the browser cannot make one.
 * @param {Scene} scene
 * @returns {Promise<Blob | null>}
 */
export function toPng({ width, height, shapes }) {
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.scale(SCALE, SCALE);
  context.fillStyle = COLOURS.ground;
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) draw(context, shape);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box | Label} shape
 */
function draw(context, shape) {
  context.fillStyle = shape.fill;
  if ("text" in shape) {
    context.font = `${shape.isBold ? 700 : 400} ${shape.size}px ${FONT}`;
    context.textAlign = shape.anchor === "middle" ? "center" : (shape.anchor ?? "left");
    context.fillText(oneLine(shape.text), shape.x, shape.y);
    return;
  }
  const { x, y, width, height, line } = shape;
  context.fillRect(x, y, width, height);
  if (!line) return;
  context.strokeStyle = line;
  context.strokeRect(x, y, width, height);
}
