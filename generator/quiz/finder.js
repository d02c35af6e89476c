/** `<stagebook-finder>`: shows the symptoms of a dimension, a stage or a kind alone. */

import { el, show, write } from "./dom.js";
import { loadData } from "./load.js";
import { wordsFor } from "./words.js";

/** @import { Data } from "./types.js" */

/** What can be chosen: the name of the data attribute of a symptom that must hold it. */
const FILTERS = /** @type {const} */ (["dimension", "stages", "kind"]);

export class StagebookFinder extends HTMLElement {
  connectedCallback() {
    // Without the data all symptoms stay listed, which is no loss worth a message.
    loadData(this.getAttribute("rubric") ?? "").then(
      (data) => this.isConnected && this.#start(data),
      () => {},
    );
  }

  /** @param {Data} data */
  #start(data) {
    const t = wordsFor(data);
    this.symptoms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".sb-symptom")]);
    this.found = el("p", { role: "status" });
    this.fields = FILTERS.map((name) => {
      const field = el("select", { name }, el("option", { value: "" }, t(`any-${name}`)));
      for (const [id, title] of this.#choices(name, data, t)) {
        if (this.#having(name, id).length) field.append(el("option", { value: id }, title));
      }
      field.addEventListener("change", () => this.#filter(t));
      return field;
    });
    const labels = this.fields.map((field, i) => el("label", {}, t(FILTERS[i]), " ", field));
    show(this, ...labels, this.found);
  }

  /**
   * @param {typeof FILTERS[number]} name
   * @param {Data} data
   * @param {ReturnType<typeof wordsFor>} t
   * @returns {[string, string][]}
   */
  #choices(name, data, t) {
    if (name === "dimension") return data.dimensions.map((one) => [one.id, one.title]);
    if (name === "stages") return data.stages.map((one) => [one.id, `${one.level} ${one.title}`]);
    return [
      ["stuck", t("kind-stuck")],
      ["false-maturity", t("kind-false")],
    ];
  }

  /**
   * Return the symptoms that hold a value; one without a dimension may show in any.
   * @param {typeof FILTERS[number]} name
   * @param {string} value
   */
  #having(name, value) {
    const holds = (/** @type {HTMLElement} */ one) => {
      const held = one.dataset[name];
      return name === "dimension" && !held ? true : (held ?? "").split(" ").includes(value);
    };
    return (this.symptoms ?? []).filter((one) => !value || holds(one));
  }

  /** @param {ReturnType<typeof wordsFor>} t */
  #filter(t) {
    const { found, fields = [], symptoms = [] } = this;
    const sets = fields.map((field, index) => new Set(this.#having(FILTERS[index], field.value)));
    let n = 0;
    for (const symptom of symptoms) {
      symptom.hidden = !sets.every((set) => set.has(symptom));
      if (!symptom.hidden) n += 1;
    }
    if (found) write(found, t("found", { n, total: symptoms.length }));
  }
}
