/**
 * The form that Python rendered, bound to the assessment: radios, reasons, notes, measures, symptoms.
 *
 * One listener for each kind of event on the whole form, and a change repaints one question only.
 */

import { answerByMeasure, NOT_APPLICABLE, ScoredGate } from "./answering.js";
import { edit } from "./assessment.js";
import { button, el, show } from "./dom.js";

/** @import { Gate, Measure } from "./types.js" */
/** @import { Names } from "./names.js" */
/** @import { Store } from "./store.js" */
/** @import { Words } from "./words.js" */

const TYPING_PAUSE = 300;

export class Form {
  /**
   * @param {HTMLElement} container
   * @param {Names} names
   * @param {Store} store
   * @param {Words} t
   * @param {AbortSignal} signal
   */
  constructor(container, names, store, t, signal) {
    const { data } = names;
    this.data = data;
    this.names = names;
    this.store = store;
    this.t = t;
    this.container = container;
    const gates = new Map(data.gates.map((gate) => [gate.id, gate]));
    /** @type {Question[]} */
    this.questions = [];
    /** @type {Map<string, Question[]>} */
    this.byGate = new Map();
    for (const fieldset of container.querySelectorAll("fieldset")) {
      const gate = gates.get(fieldset.dataset.gate ?? "");
      if (!gate) continue;
      const question = new Question(fieldset, gate, this);
      this.questions.push(question);
      this.byGate.set(gate.id, [...(this.byGate.get(gate.id) ?? []), question]);
    }
    /** @type {HTMLInputElement[]} */
    this.ticks = [...container.querySelectorAll("input")].filter((one) => "symptom" in one.dataset);
    container.addEventListener("change", (event) => this.#changed(event), { signal });
    container.addEventListener("input", (event) => this.#typed(event), { signal });
    addEventListener("pagehide", () => this.flush(), { signal });
    signal.addEventListener("abort", () => this.flush());
    /** @type {Map<HTMLInputElement | HTMLTextAreaElement, ReturnType<typeof setTimeout>>} */
    this.pending = new Map();
  }

  /** Return the ids of the gates asked here, each once. */
  get gates() {
    return [...this.byGate.keys()];
  }

  /** @param {Event} event */
  #changed(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    const gate = field.closest("fieldset")?.dataset.gate ?? "";
    if (field.type === "radio" && this.byGate.has(gate)) {
      const question = field.closest("fieldset");
      this.answer(gate, field.value);
      if (field.value === NOT_APPLICABLE) reasonOf(question)?.focus();
    } else if ("symptom" in field.dataset) {
      this.#tick(field.value, /** @type {HTMLInputElement} */ (field).checked);
    } else if (field.dataset.field) {
      this.#keep(field);
    }
  }

  /** @param {Event} event */
  #typed(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    if (!field.dataset.field) return;
    clearTimeout(this.pending.get(field));
    const later = setTimeout(() => this.#keep(field), TYPING_PAUSE);
    this.pending.set(field, later);
  }

  /** Keep at once what was typed a moment ago. */
  flush() {
    for (const field of [...this.pending.keys()]) this.#keep(field);
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  #keep(field) {
    clearTimeout(this.pending.get(field));
    this.pending.delete(field);
    const { field: name = "", gate = "", measure = "" } = field.dataset;
    if (name === "measure") this.measure(measure, field.value);
    else this.store.change((a) => edit(a, gate, { [name]: field.value }), { gate });
  }

  /**
   * Answer a gate; null takes the answer back.
   * @param {string} gate
   * @param {string | null} answer
   */
  answer(gate, answer) {
    const { rev } = /** @type {Question[]} */ (this.byGate.get(gate))[0].gate;
    const values = { answer, rev: rev > 1 && answer ? rev : undefined };
    this.store.change((assessment) => edit(assessment, gate, values), { gate });
  }

  /**
   * Keep a measured number; it may answer several gates.
   * @param {string} measure
   * @param {string} text
   */
  measure(measure, text) {
    const number = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
    this.store.change(
      (assessment) => {
        assessment.measures ??= {};
        if (Number.isFinite(number)) assessment.measures[measure] = number;
        else delete assessment.measures[measure];
      },
      { all: true },
    );
  }

  /**
   * @param {string} symptom
   * @param {boolean} ticked
   */
  #tick(symptom, ticked) {
    this.store.change(
      (assessment) => {
        const others = (assessment.symptoms ?? []).filter((id) => id !== symptom);
        assessment.symptoms = ticked ? [...others, symptom] : others;
      },
      { all: true },
    );
  }

  /**
   * Show what the assessment says: of one gate, or of everything.
   * @param {{gate?: string, all?: boolean}} change
   */
  paint(change) {
    const some = change.gate ? this.byGate.get(change.gate) : change.all ? this.questions : [];
    for (const question of some ?? []) question.paint();
    if (!change.all) return;
    const ticked = new Set(this.store.assessment.symptoms ?? []);
    for (const tick of this.ticks) tick.checked = ticked.has(tick.value);
  }
}

/** One question: a fieldset, and what the browser adds to it. */
class Question {
  /**
   * @param {HTMLFieldSetElement} fieldset
   * @param {Gate} gate
   * @param {Form} form
   */
  constructor(fieldset, gate, form) {
    this.fieldset = fieldset;
    this.gate = gate;
    this.form = form;
    const { t } = form;
    this.radios = [...fieldset.querySelectorAll("input")].filter((one) => one.type === "radio");
    const clear = () => {
      form.answer(gate.id, null);
      this.radios[0]?.focus();
    };
    this.clear = button(t("clear"), clear, { class: "sb-link", hidden: true });
    this.noteTitle = el("summary", {}, t("note"));
    this.note = el("details", { class: "sb-note" }, this.noteTitle);
    this.note.addEventListener("toggle", () => this.note.open && this.#noteField());
    const more = fieldset.closest(".sb-question")?.querySelector(".sb-more");
    const around = more?.parentElement;
    this.extra = el("div", { class: "sb-extra" }, this.note, more, this.clear);
    if (around && !around.childElementCount) around.remove();
    this.reason = el("div", { class: "sb-reason" });
    this.measure = el("div", { class: "sb-measure" });
    const choices = fieldset.querySelector(".sb-choices");
    choices?.before(this.measure);
    choices?.after(this.reason, this.extra);
  }

  /** Show what the assessment says of this gate. */
  paint() {
    const { assessment } = this.form.store;
    const said = assessment.answers?.[this.gate.id] ?? {};
    for (const radio of this.radios) {
      const checked = radio.value === said.answer;
      if (radio.checked !== checked) radio.checked = checked;
    }
    this.clear.hidden = !said.answer;
    this.#paintReason(said.answer === NOT_APPLICABLE, String(said.reason ?? ""));
    if (said.note || this.noteField) fill(this.#noteField(), String(said.note ?? ""));
    if (said.note) this.note.open = true;
    if (this.gate.measure) this.#paintMeasure(said.answer ?? null);
  }

  /** @returns {HTMLTextAreaElement} */
  #noteField() {
    if (!this.noteField) {
      const label = this.form.t("note-on", { gate: this.gate.title });
      const data = { "data-field": "note", "data-gate": this.gate.id };
      this.noteField = el("textarea", { rows: 3, "aria-label": label, ...data });
      this.note.append(this.noteField);
    }
    return this.noteField;
  }

  /**
   * @param {boolean} needed
   * @param {string} text
   */
  #paintReason(needed, text) {
    this.reason.hidden = !needed;
    if (!needed) return;
    if (!this.reasonField) {
      const data = { "data-field": "reason", "data-gate": this.gate.id };
      this.reasonField = el("input", { type: "text", ...data });
      show(this.reason, el("label", {}, this.form.t("reason"), " ", this.reasonField));
    }
    fill(this.reasonField, text);
  }

  /** @param {string | null} answer */
  #paintMeasure(answer) {
    const { data, store, t } = this.form;
    const rule = this.gate.measure;
    const measure = data.measures.find((one) => one.id === rule?.of);
    if (!rule || !measure) return;
    if (!this.measureField) {
      this.measureField = numberField(measure, this.gate.id);
      this.follows = el("output", {});
      const label = el("label", {}, `${measure.title} (${measure.unit}) `, this.measureField);
      show(this.measure, label, " ", this.follows);
    }
    const number = store.assessment.measures?.[measure.id];
    fill(this.measureField, number === undefined ? "" : String(number));
    let text = "";
    if (number !== undefined && answer) text = t("measure-overruled");
    else if (number !== undefined && rule.conditions) {
      const { scores } = new ScoredGate(this.gate, data);
      const follows = answerByMeasure(rule.conditions, scores, number);
      text = t("measure-answers", { answer: this.form.names.answer(this.gate.id, follows) });
    } else if (number !== undefined) text = t("measure-scores");
    /** @type {HTMLOutputElement} */ (this.follows).textContent = text;
  }
}

/**
 * @param {Element | null} fieldset
 * @returns {HTMLInputElement | null | undefined}
 */
const reasonOf = (fieldset) => fieldset?.querySelector("[data-field=reason]");

/**
 * @param {Measure} measure
 * @param {string} gate
 */
function numberField(measure, gate) {
  return el("input", {
    type: "number",
    inputmode: "decimal",
    step: "any",
    min: measure.min,
    max: measure.max,
    "data-field": "measure",
    "data-measure": measure.id,
    "data-gate": gate,
  });
}

/**
 * Set the value of a field, unless somebody is typing in it.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} value
 */
function fill(field, value) {
  if (field !== document.activeElement && field.value !== value) field.value = value;
}
