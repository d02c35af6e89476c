/** Making elements of pictures. */

import { fill } from "#core/render/dom.js";

/** @import { Child } from "./dom.js" */

/**
 * Make an element of a picture.
 * @param {string} tag
 * @param {Record<string, any>} attributes
 * @param {...Child} children
 */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}
