/**
 * The form that Python rendered, bound to the assessment: answers, notes, measures, symptoms, names.
 *
 * One listener for each kind of event on the whole form, and a change repaints one question only.
 */

import { readMeasure, writeNumber } from "../assessment/numbers.js";
import { ABOUT, byId, edit } from "../assessment/reader.js";
import { el, show } from "../render/dom.js";
import { numberWords } from "../report/misread-words.js";
import { answerByMeasure, NOT_APPLICABLE, ScoredGate } from "../scoring/gates.js";
import { makeQuestion } from "./question.js";

/** @import { Answer, Assessment, Evidence, Gate, Measure, Question, Quiz } from "../types.js" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {ReturnType<typeof makeForm>} Form */

const TYPING_PAUSE = 300;
/** How many questions get their extras without a pause. */
const SLICE = 25;

/**
 * @param {Quiz} quiz
 * @param {(words: string) => void} say
 */
export function makeForm({ container, data, names, place, signal, store, t, view }, say) {
  /** @type {Question[]} */
  const questions = [];
  /** @type {Map<string, Question[]>} */
  const byGate = new Map();
  /** @type {Map<Element, Question>} */
  const byElement = new Map();
  /** @type {Map<Field, ReturnType<typeof setTimeout>>} */
  const pending = new Map();
  /** What stood in a field before somebody typed. @type {WeakMap<Field, string>} */
  const bases = new WeakMap();
  /** @param {string} what */
  const find = (what) => [
    .../** @type {NodeListOf<HTMLInputElement>} */ (container.querySelectorAll(what)),
  ];
  const fields = find("[data-about]");
  const numbers = find("[data-measure]").map(withMessage);
  const measures = new Map(data.measures.map((one) => [one.id, one]));
  const ticks = find("[data-symptom]");
  const beliefs = find("[data-believed] input");

  const form = {
    ...{ byElement, fill, measured, misread, names, place, questions, store, t },
    fields: [...fields, ...numbers.map(({ field }) => field)],

    /** Return the ids of the gates asked here, each once. */
    gates: () => [...byGate.keys()],

    /**
     * Answer a gate; null takes the answer back.
     * @param {string} gate
     * @param {string | null} answer
     */
    answer(gate, answer) {
      const rev = names.gates.get(gate)?.rev ?? 1;
      change(gate, () => ({ answer, rev: rev > 1 && answer ? rev : undefined }));
    },

    /**
     * Keep the evidence for an answer, and what another tab added to it meanwhile.
     * @param {Gate} gate
     * @param {Evidence[]} rows
     * @param {Evidence[]} base what stood there before this change
     */
    evidence(gate, rows, base) {
      const known = new Set([...rows, ...base].map((one) => JSON.stringify(one)));
      change(gate.id, ({ evidence = [] }) => {
        const added = evidence.filter((one) => !known.has(JSON.stringify(one)));
        return { evidence: [...rows, ...added] };
      });
    },

    /**
     * Make a link to a step of this quiz, where an answer is changed.
     * @param {string} id
     * @param {string} of what it is about, for those who hear the page
     * @param {"answer" | "change"} key
     */
    changeLink(id, of, key = "change") {
      const hidden = el("span", { class: "sb-hidden" }, ` ${of}`);
      return el("a", { href: `#${id}`, class: "sb-change" }, t(key), hidden);
    },

    /**
     * Show what the assessment says: of one gate, or of everything.
     * @param {{gate?: string, all?: boolean}} changed
     */
    paint({ gate, all }) {
      for (const one of all ? questions : (byGate.get(gate ?? "") ?? [])) one.paint();
      if (!all) return;
      const { believed_stage, symptoms = [] } = store.assessment;
      for (const one of ticks) one.checked = symptoms.includes(one.value);
      for (const one of beliefs) one.checked = one.value === believed_stage;
      for (const field of fields) {
        fill(field, String(store.assessment[field.dataset.about ?? ""] ?? ""));
      }
      for (const one of numbers) paintNumber(one);
    },

    /**
     * Dress the questions a few at a time, so that a thousand of them hold nobody up.
     * @param {number} [from]
     */
    dress(from = 0) {
      if (signal.aborted) return;
      for (const question of questions.slice(from, from + SLICE)) question.dress();
      if (from < questions.length) setTimeout(() => form.dress(from + SLICE));
    },
  };
  for (const fieldset of container.querySelectorAll("fieldset")) {
    const gate = names.gates.get(fieldset.dataset.gate ?? "");
    const element = /** @type {HTMLElement | null} */ (fieldset.closest(".sb-step"));
    if (!gate || !element) continue;
    const question = makeQuestion(element, fieldset, gate, form);
    questions.push(question);
    byElement.set(element, question);
    byGate.set(gate.id, [...(byGate.get(gate.id) ?? []), question]);
  }
  container.addEventListener("change", changed, { signal });
  container.addEventListener("input", typed, { signal });
  addEventListener("pagehide", flush, { signal });
  addEventListener("beforeprint", () => questions.map((one) => one.unfold()), { signal });
  store.flushers.add(flush);
  signal.addEventListener("abort", () => {
    flush();
    store.flushers.delete(flush);
  });
  return form;

  /**
   * Change what is said of a gate.
   * @param {string} gate
   * @param {(said: Answer) => Partial<Answer>} values
   */
  function change(gate, values) {
    store.change((a) => edit(a, gate, values(a.answers?.[gate] ?? {})), { gate });
  }

  /** @param {Event} event */
  function changed({ target }) {
    const field = /** @type {HTMLInputElement} */ (target);
    const gate = field.closest("fieldset")?.dataset.gate ?? field.dataset.gate ?? "";
    if (field.type === "radio" && gate) {
      view.answered();
      form.answer(gate, field.value);
      if (field.value === NOT_APPLICABLE) {
        for (const one of byGate.get(gate) ?? []) one.ask();
      }
    } else if (beliefs.includes(field)) {
      store.change((a) => setOrDelete(a, "believed_stage", field.value));
    } else if (ticks.includes(field)) {
      store.change((a) => {
        const others = (a.symptoms ?? []).filter((id) => id !== field.value);
        a.symptoms = field.checked ? [...others, field.value] : others;
      }, {});
    } else if (field.dataset.field === "flag") change(gate, () => ({ flag: field.checked }));
    else keep(field);
  }

  /** @param {Event} event */
  function typed({ target }) {
    const field = /** @type {Field} */ (target);
    if (!holdsText(field)) return;
    clearTimeout(pending.get(field));
    pending.set(
      field,
      setTimeout(() => keep(field), TYPING_PAUSE),
    );
  }

  /** Keep at once what was typed a moment ago. */
  function flush() {
    for (const field of [...pending.keys()]) keep(field);
  }

  /** @param {Field} field */
  function keep(field) {
    if (!holdsText(field)) return;
    clearTimeout(pending.get(field));
    pending.delete(field);
    const { about, field: name = "", gate = "", measure } = field.dataset;
    if (measure) keepNumber(measure, field);
    else if (about) {
      const key = /** @type {typeof ABOUT[number]} */ (about);
      store.change((a) => setOrDelete(a, key, reconcile(field, a[key])), { list: true });
    } else change(gate, (said) => ({ [name]: reconcile(field, said[name]) }));
  }

  /**
   * Return what to keep of a text: both, where another tab typed in the same field meanwhile.
   * @param {Field} field
   * @param {unknown} stored
   */
  function reconcile(field, stored) {
    const typed = field.value;
    const long = field.type === "textarea";
    const ours = !stored || stored === typed || stored === (bases.get(field) ?? "");
    // A date or a choice cannot hold two: the one chosen last counts.
    if (!ours && (long || field.type === "text")) {
      field.value = `${stored}${long ? "\n" : " / "}${typed}`;
      say(t("both-kept"));
    }
    bases.set(field, field.value);
    return field.value;
  }

  /**
   * Keep a measured number, which may answer several gates; or what was typed, which answers none.
   * @param {string} id
   * @param {Field} field
   */
  function keepNumber(id, { value }) {
    const measure = measures.get(id);
    if (!measure) return;
    const number = readMeasure(value, measure);
    store.change((a) => {
      a.measures ??= byId();
      if (value.trim()) a.measures[id] = typeof number === "number" ? number : value;
      else delete a.measures[id];
    });
  }

  /**
   * Make room below a number for what is said of it.
   * @param {HTMLInputElement} field
   */
  function withMessage(field) {
    const id = `${field.closest(".sb-step")?.id}.number`;
    const message = el("div", { id, "aria-live": "polite" });
    field.closest("p")?.after(message);
    return { field, message };
  }

  /**
   * Show the number taken, and what is wrong with it; one that somebody just typed stays as it is.
   * @param {ReturnType<typeof withMessage>} number
   */
  function paintNumber({ field, message }) {
    const measure = measures.get(field.dataset.measure ?? "");
    if (!measure || pending.has(field)) return;
    const kept = store.assessment.measures?.[measure.id];
    if (typeof kept !== "number") fill(field, kept ?? "");
    else if (readMeasure(field.value, measure) !== kept) fill(field, writeNumber(kept, names.mark));
    const words = misread(measure.id);
    show(message, words && el("p", { class: "sb-warning" }, words));
    for (const [name, value] of [
      ["aria-invalid", "true"],
      ["aria-describedby", message.id],
    ]) {
      if (words) field.setAttribute(name, value);
      else field.removeAttribute(name);
    }
  }

  /**
   * Return why what was typed for a measure is not understood; no text where it is.
   * @param {string} id
   */
  function misread(id) {
    const measure = measures.get(id);
    return measure ? numberWords(store.assessment.measures?.[id], measure, names) : "";
  }

  /**
   * Return what a measure says of a gate: the number taken, and the answer in words that follows.
   * @param {Gate} gate
   * @returns {{measure: Measure, number: number | undefined, answer: string} | undefined}
   */
  function measured(gate) {
    const measure = measures.get(gate.measure?.of ?? "");
    if (!measure) return;
    const kept = store.assessment.measures?.[measure.id];
    const number = typeof kept === "number" ? kept : undefined;
    const conditions = gate.measure?.conditions;
    if (number === undefined || !conditions) return { measure, number, answer: "" };
    const answer = answerByMeasure(conditions, new ScoredGate(gate, data).scores, number);
    return { measure, number, answer: names.answer(gate.id, answer) };
  }

  /**
   * Set the value of a field, unless somebody is typing in it.
   * @param {Field} field
   * @param {string} value
   */
  function fill(field, value) {
    if (pending.has(field)) return;
    bases.set(field, value);
    if (field.value !== value) field.value = value;
  }
}

/**
 * Return whether a field holds text of the assessment.
 * @param {Field} field
 */
const holdsText = ({ dataset: { about, field, measure }, type }) =>
  type !== "checkbox" && (about || field || measure);

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
