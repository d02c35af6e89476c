/** The fields for measured numbers, each with room below it for what is said of the number. */

import { readMeasure, writeNumber } from "../assessment/numbers.js";
import { byId } from "../assessment/record.js";
import { el, show } from "../render/dom.js";

/** @import { Gate, Measure } from "../types.js" */
/** @import { Extras } from "../extras.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */
/** @import { ExtraParts } from "./extra-parts.js" */
/** @import { Field, TextFields } from "./text-fields.js" */
/** @typedef {{field: HTMLInputElement, message: HTMLElement}} NumberField */
/**
 * What a gate is measured by, the number taken, and the answer that it gives.
 * @typedef {{measure: Measure, number: number, answer: string}} Measured
 */

export class Measures {
  /** @type {NumberField[]} */
  #numbers;
  /** @type {Map<string, Measure>} */
  #byId;
  #names;
  #extras;
  #scorer;
  #store;
  #texts;

  /**
   * @param {Element} container
   * @param {Names} names
   * @param {Store} store
   * @param {TextFields} texts
   * @param {ExtraParts<any, Extras>} extras read and explain what is not a plain number
   * @param {Scorer} scorer
   */
  constructor(container, names, store, texts, extras, scorer) {
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = container.querySelectorAll("[data-measure]");
    this.#numbers = [...fields].map(withMessage);
    this.#byId = new Map(names.data.measures.map((measure) => [measure.id, measure]));
    this.#names = names;
    this.#extras = extras;
    this.#scorer = scorer;
    this.#store = store;
    this.#texts = texts;
  }

  /** Return the fields with the page that holds each, and the measure that it is for. */
  get pages() {
    return this.#numbers.map(({ field }) => ({
      page: /** @type {HTMLElement | null} */ (field.closest(".sb-measure")),
      measure: field.dataset.measure,
    }));
  }

  /**
   * Keep a measured number, which may answer several gates; or what was typed, which answers none.
   * @param {string} id
   * @param {Field} field
   */
  keep(id, { value }) {
    const measure = this.#byId.get(id);
    if (!measure) return;
    const number = readMeasure(value, measure);
    this.#store.change((a) => {
      a.measures ??= byId();
      if (value.trim()) a.measures[id] = typeof number === "number" ? number : value;
      else delete a.measures[id];
    });
  }

  /** Show the numbers taken. */
  paint() {
    for (const number of this.#numbers) this.#paint(number);
  }

  /**
   * Show the number taken, and what is wrong with it; one that somebody just typed stays as it is.
   * @param {NumberField} number
   */
  #paint({ field, message }) {
    const measure = this.#byId.get(field.dataset.measure ?? "");
    if (!measure || this.#texts.isPending(field)) return;
    const value = this.#valueOf(measure.id);
    if (typeof value !== "number") this.#texts.fill(field, value ?? "");
    else if (readMeasure(field.value, measure) !== value) {
      this.#texts.fill(field, writeNumber(value, this.#names.mark));
    }
    const words = this.misread(measure.id);
    const isUnread = typeof value === "string" && !this.#extras.parts;
    show(
      message,
      isUnread ? this.#extras.need() : words && el("p", { class: "sb-warning" }, words),
    );
    const attributes = { "aria-invalid": "true", "aria-describedby": message.id };
    for (const [name, value] of Object.entries(attributes)) {
      if (words) field.setAttribute(name, value);
      else field.removeAttribute(name);
    }
  }

  /**
   * Return why what was typed for a measure is not understood; no text where it is.
   * @param {string} id
   */
  misread(id) {
    const measure = this.#byId.get(id);
    const { parts } = this.#extras;
    return (measure && parts?.explainNumber(this.#valueOf(id), measure, this.#names)) ?? "";
  }

  /**
   * Return the number that answers a gate. One that can only rule it out says nothing where it does not.
   * @param {Gate} gate
   * @returns {Measured | undefined}
   */
  measured(gate) {
    const measure = this.#byId.get(gate.measure?.of ?? "");
    if (!measure) return;
    const { measures } = this.#store.assessment;
    const state = this.#scorer.gates.find(({ id }) => id === gate.id)?.state({ measures });
    if (state?.answer)
      return { measure, number: Number(this.#valueOf(measure.id)), answer: state.answer };
  }

  /** @param {string} id */
  #valueOf(id) {
    return this.#store.assessment.measures?.[id];
  }
}

/**
 * Make room below a number for what is said of it.
 * @param {HTMLInputElement} field
 * @returns {NumberField}
 */
function withMessage(field) {
  const id = `${field.closest(".sb-step")?.id}.number`;
  const message = el("div", { id, "aria-live": "polite" });
  field.closest("p")?.after(message);
  return { field, message };
}
