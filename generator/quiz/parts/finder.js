/** `<stagebook-finder>`: shows the symptoms of a dimension, a stage or a kind alone. */

import { parts, write } from "../render/dom.js";

export class StagebookFinder extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("change", () => {
      const fields = [...this.querySelectorAll("select")];
      let n = 0;
      /** @type {NodeListOf<HTMLElement>} */
      const symptoms = document.querySelectorAll(".sb-symptom");
      for (const symptom of symptoms) {
        // One without a dimension may show in any.
        symptom.hidden = fields.some(({ name, value }) => {
          const held = symptom.dataset[name] ?? value;
          return value && !held.split(" ").includes(value);
        });
        if (!symptom.hidden) n += 1;
      }
      write(parts(this).found, `${n}`);
    });
  }
}
