/** What pictures are made of. */

import { svg } from "./svg.js";

/** @import { Child } from "./dom.js" */

/**
 * Draw a picture, whose numbers stand beside it.
 * @param {string} title
 * @param {string} viewBox
 * @param {...Child} shapes
 */
export const picture = (title, viewBox, ...shapes) =>
  svg("svg", { class: "sb-picture", role: "img", "aria-label": title, viewBox }, ...shapes);

/**
 * @param {string} name
 * @param {...string} parts
 */
export const path = (name, ...parts) => svg("path", { class: `sb-${name}`, d: parts.join("") });

/**
 * @param {number[]} place
 * @param {string} [words]
 */
export const text = ([x, y], words) => svg("text", { x, y }, words);
