/**
 * The form that Python rendered, bound to the assessment: answers, notes, measures, symptoms, names.
 *
 * One listener for each kind of event on the whole form, and a change repaints one question only.
 */

import { answerByMeasure, NOT_APPLICABLE, ScoredGate } from "./answering.js";
import { ABOUT, edit } from "./assessment.js";
import { el } from "./dom.js";
import { Question } from "./question.js";

/** @import { Assessment, Evidence, Gate, Measure } from "./types.js" */
/** @import { Names } from "./names.js" */
/** @import { Store } from "./store.js" */
/** @import { Words } from "./words.js" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const TYPING_PAUSE = 300;
/** How many questions get their extras without a pause. */
const SLICE = 25;

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
    /** Is told in words when two tabs typed in the same field. @type {(words: string) => void} */
    this.say = () => {};
    /** Is told of every answer that is chosen. @type {() => void} */
    this.answered = () => {};
    /** @type {Question[]} */
    this.questions = [];
    /** @type {Map<string, Question[]>} */
    this.byGate = new Map();
    /** @type {Map<Element, Question>} */
    this.byElement = new Map();
    for (const fieldset of container.querySelectorAll("fieldset")) {
      const gate = names.gates.get(fieldset.dataset.gate ?? "");
      const element = /** @type {HTMLElement | null} */ (fieldset.closest(".sb-step"));
      if (!gate || !element) continue;
      const question = new Question(element, fieldset, gate, this);
      this.questions.push(question);
      this.byGate.set(gate.id, [...(this.byGate.get(gate.id) ?? []), question]);
      this.byElement.set(element, question);
    }
    this.fields = /** @type {Field[]} */ ([
      ...container.querySelectorAll("[data-about], [data-measure]"),
    ]);
    const inputs = [...container.querySelectorAll("input")];
    this.ticks = inputs.filter((one) => "symptom" in one.dataset);
    this.beliefs = [
      .../** @type {NodeListOf<HTMLInputElement>} */ (
        container.querySelectorAll("[data-believed] input")
      ),
    ];
    container.addEventListener("change", (event) => this.#changed(event), { signal });
    container.addEventListener("input", (event) => this.#typed(event), { signal });
    addEventListener("pagehide", () => this.flush(), { signal });
    const flush = () => this.flush();
    store.flushers.add(flush);
    signal.addEventListener("abort", () => {
      flush();
      clearTimeout(this.dressing);
      store.flushers.delete(flush);
    });
    addEventListener("beforeprint", () => this.questions.map((one) => one.unfold()), { signal });
    /** @type {Map<Field, ReturnType<typeof setTimeout>>} */
    this.pending = new Map();
    /** What stood in a field before somebody typed. @type {WeakMap<Field, string>} */
    this.bases = new WeakMap();
  }

  /**
   * Dress the questions a few at a time, so that a thousand of them hold nobody up.
   * @param {number} [from]
   */
  dress(from = 0) {
    for (const question of this.questions.slice(from, from + SLICE)) question.dress();
    const next = from + SLICE;
    if (next < this.questions.length) this.dressing = setTimeout(() => this.dress(next));
  }

  /** Return the ids of the gates asked here, each once. */
  get gates() {
    return [...this.byGate.keys()];
  }

  /** @param {Event} event */
  #changed(event) {
    const field = fieldOf(event);
    if (!field) return;
    const gate = field.closest("fieldset")?.dataset.gate ?? "";
    if (field.type === "radio" && this.byGate.has(gate)) {
      this.answered();
      this.answer(gate, field.value);
      const [question] = this.byGate.get(gate) ?? [];
      if (field.value === NOT_APPLICABLE) question.reason?.focus();
    } else if (field.type === "radio") {
      this.store.change((a) => setOrDelete(a, "believed_stage", field.value), { all: true });
    } else if (field instanceof HTMLInputElement && "symptom" in field.dataset) {
      this.#tick(field.value, field.checked);
    } else if (field instanceof HTMLInputElement && field.dataset.field === "flag") {
      const { gate: id = "" } = field.dataset;
      this.store.change((a) => edit(a, id, { flag: field.checked }), { gate: id });
    } else this.#keep(field);
  }

  /** @param {Event} event */
  #typed(event) {
    const field = fieldOf(event);
    if (!field || !isTyped(field)) return;
    clearTimeout(this.pending.get(field));
    const later = setTimeout(() => this.#keep(field), TYPING_PAUSE);
    this.pending.set(field, later);
  }

  /** Keep at once what was typed a moment ago. */
  flush() {
    for (const field of [...this.pending.keys()]) this.#keep(field);
  }

  /** @param {Field} field */
  #keep(field) {
    if (!isTyped(field)) return;
    clearTimeout(this.pending.get(field));
    this.pending.delete(field);
    const { about, field: name = "", gate = "", measure } = field.dataset;
    if (measure) return this.#measure(measure, field);
    const both = (/** @type {unknown} */ stored) => this.#reconcile(field, String(stored ?? ""));
    if (about) {
      const key = /** @type {typeof ABOUT[number]} */ (about);
      this.store.change((a) => setOrDelete(a, key, both(a[key])), { list: true });
    } else {
      this.store.change((a) => edit(a, gate, { [name]: both(a.answers?.[gate]?.[name]) }), {
        gate,
      });
    }
  }

  /**
   * Return what to keep of a text: both, where another tab typed in the same field meanwhile.
   * @param {Field} field
   * @param {string} stored
   */
  #reconcile(field, stored) {
    const typed = field.value;
    const long = field instanceof HTMLTextAreaElement;
    const ours = stored === (this.bases.get(field) ?? "") || stored === typed || !stored;
    // A date or a choice cannot hold two: the one chosen last counts.
    if (!ours && (long || field.type === "text")) {
      field.value = long ? `${stored}\n${typed}` : `${stored} / ${typed}`;
      this.say(this.t("both-kept"));
    }
    this.bases.set(field, field.value);
    return field.value;
  }

  /**
   * Answer a gate; null takes the answer back.
   * @param {string} gate
   * @param {string | null} answer
   */
  answer(gate, answer) {
    const rev = this.names.gates.get(gate)?.rev ?? 1;
    const values = { answer, rev: rev > 1 && answer ? rev : undefined };
    this.store.change((assessment) => edit(assessment, gate, values), { gate });
  }

  /**
   * Keep the evidence for an answer, and what another tab added to it meanwhile.
   * @param {Gate} gate
   * @param {Evidence[]} rows
   * @param {Evidence[]} base what stood there before this change
   */
  evidence(gate, rows, base) {
    const known = new Set([...rows, ...base].map((one) => JSON.stringify(one)));
    this.store.change(
      (assessment) => {
        const stored = assessment.answers?.[gate.id]?.evidence ?? [];
        const added = stored.filter((one) => !known.has(JSON.stringify(one)));
        edit(assessment, gate.id, { evidence: [...rows, ...added] });
      },
      { gate: gate.id },
    );
  }

  /**
   * Keep a measured number; it may answer several gates.
   * @param {string} measure
   * @param {Field} field
   */
  #measure(measure, field) {
    // What is no number yet stays in the field; the number before it stays in the assessment.
    if (!field.validity.badInput) {
      const number = Number(field.value.replace(",", "."));
      this.store.change(
        (assessment) => {
          assessment.measures ??= {};
          if (field.value.trim() && Number.isFinite(number)) assessment.measures[measure] = number;
          else delete assessment.measures[measure];
        },
        { all: true },
      );
    }
    field.setAttribute("aria-invalid", String(!field.validity.valid));
  }

  /**
   * @param {string} symptom
   * @param {boolean} ticked
   */
  #tick(symptom, ticked) {
    this.store.change((assessment) => {
      const others = (assessment.symptoms ?? []).filter((id) => id !== symptom);
      assessment.symptoms = ticked ? [...others, symptom] : others;
    }, {});
  }

  /**
   * Return what a measure says of a gate: the number taken, and the answer in words that follows.
   * @param {Gate} gate
   * @returns {{measure: Measure, number: number | undefined, answer: string} | null}
   */
  measured(gate) {
    const rule = gate.measure;
    const measure = this.data.measures.find((one) => one.id === rule?.of);
    if (!rule || !measure) return null;
    const number = this.store.assessment.measures?.[measure.id];
    if (number === undefined || !rule.conditions) return { measure, number, answer: "" };
    const { scores } = new ScoredGate(gate, this.data);
    const answer = answerByMeasure(rule.conditions, scores, number);
    return { measure, number, answer: this.names.answer(gate.id, answer) };
  }

  /**
   * Make a link to a step of this quiz.
   * @param {string} id
   * @param {string} text
   * @param {string} of what it is about, for those who hear the page
   */
  stepLink(id, text, of) {
    const hidden = el("span", { class: "sb-hidden" }, ` ${of}`);
    return el("a", { href: `#${id}`, class: "sb-change" }, text, hidden);
  }

  /**
   * Show what the assessment says: of one gate, or of everything.
   * @param {{gate?: string, all?: boolean}} change
   */
  paint(change) {
    const some = change.all ? this.questions : this.byGate.get(change.gate ?? "");
    for (const question of some ?? []) question.paint();
    if (!change.all) return;
    const { assessment } = this.store;
    const ticked = new Set(assessment.symptoms ?? []);
    for (const tick of this.ticks) tick.checked = ticked.has(tick.value);
    for (const one of this.beliefs) one.checked = one.value === assessment.believed_stage;
    for (const field of this.fields) {
      const { about, measure = "" } = field.dataset;
      const key = /** @type {typeof ABOUT[number]} */ (about);
      this.fill(field, String((about ? assessment[key] : assessment.measures?.[measure]) ?? ""));
    }
  }

  /**
   * Set the value of a field, unless somebody is typing in it.
   * @param {Field} field
   * @param {string} value
   */
  fill(field, value) {
    if (field === document.activeElement && this.pending.has(field)) return;
    this.bases.set(field, value);
    if (field.value !== value && !field.validity.badInput) field.value = value;
  }
}

/**
 * @param {Event} event
 * @returns {Field | null}
 */
function fieldOf({ target }) {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField ? target : null;
}

/**
 * Return whether a field holds text of the assessment.
 * @param {Field} field
 */
const isTyped = ({ dataset, type }) =>
  type !== "checkbox" && Boolean(dataset.field || dataset.about || dataset.measure);

/**
 * Set a text of an assessment; an empty one is left out.
 * @param {Assessment} assessment
 * @param {"believed_stage" | "target_stage" | typeof ABOUT[number]} key
 * @param {string} value
 */
export function setOrDelete(assessment, key, value) {
  if (value) assessment[key] = value;
  else delete assessment[key];
}
