/** `<stagebook-finder>`: shows only those entries of a page that its fields let through. */

import { parts, write } from "../render/dom.js";

export class StagebookFinder extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("input", () => {
      const fields = [...this.querySelectorAll("select")];
      const words = this.querySelector("input")?.value.toLowerCase().split(/\s+/) ?? [];
      let n = 0;
      /** @type {NodeListOf<HTMLElement>} */
      const entries = document.querySelectorAll(this.getAttribute("of") ?? "");
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
      write(parts(this).found, `${n}`);
    });
  }
}
