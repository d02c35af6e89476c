/** Links to where an answer is changed. */

import { el } from "#core/render/dom.js";

/** @import { Words } from "./words.js" */

/**
 * Make a link to a page of the quiz, where an answer is changed.
 * @param {string} id
 * @param {string} about what it is about, for those who hear the page
 * @param {Words} t
 * @param {"answer" | "change"} [key]
 */
export function changeLink(id, about, t, key = "change") {
  const hidden = el("span", { class: "sb-hidden" }, ` ${about}`);
  return el("a", { href: `#${id}`, class: "sb-change" }, t(key), hidden);
}
