/** What a finder does: shows only those entries of a page that its fields let through. */

import { parts, write } from "#core/render/dom.js";

/**
 * Show a finder, and do what its fields say.
 * @param {HTMLElement} finder
 */
export function find(finder) {
  finder.hidden = false;
  finder.addEventListener("input", () => {
    const fields = [...finder.querySelectorAll("select")];
    const words = finder.querySelector("input")?.value.toLowerCase().split(/\s+/) ?? [];
    let n = 0;
    /** @type {NodeListOf<HTMLElement>} */
    const entries = document.querySelectorAll(finder.getAttribute("of") ?? "");
    for (const entry of entries) {
      const text = entry.textContent?.toLowerCase() ?? "";
      // One that says nothing of a field may be any: a symptom without a dimension.
      entry.hidden =
        fields.some(({ name, value }) => {
          const held = entry.dataset[name] ?? value;
          return value && !held.split(" ").includes(value);
        }) || words.some((word) => !text.includes(word));
      if (!entry.hidden) n += 1;
    }
    write(parts(finder).found, `${n}`);
  });
}
