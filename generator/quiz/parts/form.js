/**
 * The form that Python rendered, bound to the assessment: answers, notes, measures, symptoms, names.
 *
 * One listener for each kind of event on the whole form, and a change repaints one question only.
 */

import { byId } from "../assessment/record.js";
import { leftOutBy, NOT_APPLICABLE } from "../scoring/gates.js";
import { Answers, setOrDelete } from "../state/answers.js";
import { Measures } from "./measures.js";
import { Question } from "./question.js";
import { holdsText, TextFields } from "./text-fields.js";

/** @import { Gate } from "../types.js" */
/** @import { Extras } from "../extras.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { TextKey } from "../state/answers.js" */
/** @import { Pace } from "../state/pace.js" */
/** @import { Change, Store } from "../state/store.js" */
/** @import { ExtraParts } from "./extra-parts.js" */
/** @import { Messages } from "./messages.js" */
/** @import { QuestionTools } from "./question.js" */
/** @import { Field } from "./text-fields.js" */

/** How many questions are enhanced without a pause. */
const SLICE = 25;

export class Form {
  /** @type {Question[]} */
  questions = [];
  /** @type {Map<string, Question[]>} */
  #byGate = new Map();
  /** The fields of the names and dates of the assessment. @type {HTMLInputElement[]} */
  #fields;
  /** @type {HTMLInputElement[]} */
  #symptoms;
  /** @type {HTMLInputElement[]} */
  #beliefs;
  /** @type {HTMLInputElement[]} */
  #profile;
  /** The id of the assessment that is shown. @type {string | undefined} */
  #shown;
  #container;
  #names;
  #pace;
  #store;

  /**
   * @param {HTMLElement} container
   * @param {Names} names
   * @param {Store} store
   * @param {Pace} pace
   * @param {Messages} messages
   * @param {ExtraParts<any, Extras>} extras
   * @param {Scorer} scorer
   */
  constructor(container, names, store, pace, messages, extras, scorer) {
    this.#container = container;
    this.#names = names;
    this.#pace = pace;
    this.#store = store;
    this.#fields = this.#find("[data-about]");
    this.#symptoms = this.#find("[data-symptom]");
    this.#beliefs = this.#find("[data-believed] input");
    this.#profile = this.#find("[data-profile]");
    this.texts = new TextFields(
      (field) => this.#keep(field),
      () => messages.say(names.t("both-kept")),
    );
    this.answers = new Answers(store);
    this.measures = new Measures(container, names, store, this.texts, extras, scorer);
    const { answers, measures, texts } = this;
    const tools = { answers, extras, measures, t: names.t, texts };
    for (const fieldset of container.querySelectorAll("fieldset")) this.#add(fieldset, tools);
  }

  /** @param {string} selector */
  #find(selector) {
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = this.#container.querySelectorAll(selector);
    return [...fields];
  }

  /**
   * Bind a question, if the fieldset is one.
   * @param {HTMLFieldSetElement} fieldset
   * @param {QuestionTools} tools
   */
  #add(fieldset, tools) {
    const gate = this.#names.gates.get(fieldset.dataset.gate ?? "");
    const page = /** @type {HTMLElement | null} */ (fieldset.closest(".sb-step"));
    if (!gate || !page) return;
    const question = new Question(page, fieldset, gate, tools);
    this.questions.push(question);
    this.#byGate.set(gate.id, [...(this.#byGate.get(gate.id) ?? []), question]);
  }

  /**
   * Listen to the form, until the signal ends it.
   * @param {AbortSignal} signal
   */
  listen(signal) {
    // A browser that comes back to a page would put what stood there then over what is stored now.
    for (const input of this.#find("input")) input.autocomplete = "off";
    const flush = () => this.texts.flush();
    this.#container.addEventListener("change", (event) => this.#changed(event), { signal });
    this.#container.addEventListener("input", (event) => this.#typed(event), { signal });
    addEventListener("pagehide", flush, { signal });
    addEventListener("beforeprint", () => this.#unfold(), { signal });
    this.#store.flushers.add(flush);
    signal.addEventListener("abort", () => {
      flush();
      this.#store.flushers.delete(flush);
    });
  }

  #unfold() {
    for (const question of this.questions) question.unfold();
  }

  /** Return the ids of the gates asked here, each once. */
  get gates() {
    return [...this.#byGate.keys()];
  }

  /**
   * Return whether the profile says that a gate does not apply.
   * @param {Gate} gate
   */
  isLeftOut(gate) {
    return Boolean(leftOutBy(gate, this.#store.assessment.profile));
  }

  /** Return how many gates do not apply by the profile. */
  get leftOut() {
    return this.questions.filter(({ gate }) => this.isLeftOut(gate)).length;
  }

  /**
   * Show what the assessment says: of one gate, or of everything.
   * @param {Change} change
   */
  paint({ gate, all }) {
    const questions = all ? this.questions : (this.#byGate.get(gate ?? "") ?? []);
    for (const question of questions) question.paint();
    if (!all) return;
    const { assessment, id } = this.#store;
    const isOther = id !== this.#shown;
    this.#shown = id;
    const { believed_stage, profile = {}, symptoms = [] } = assessment;
    for (const tick of this.#symptoms) tick.checked = symptoms.includes(tick.value);
    for (const radio of this.#beliefs) radio.checked = radio.value === believed_stage;
    for (const radio of this.#profile) {
      // Who is not sure says nothing, and that nothing is said of another assessment.
      const { dataset, value } = radio;
      if (value || isOther) radio.checked = value === profile[dataset.profile ?? ""];
    }
    for (const field of this.#fields) {
      this.texts.fill(field, String(assessment[field.dataset.about ?? ""] ?? ""));
    }
    this.measures.paint();
  }

  /**
   * Enhance the questions a few at a time, so that a thousand of them hold nobody up.
   * @param {AbortSignal} signal
   * @param {number} [from]
   */
  enhance(signal, from = 0) {
    if (signal.aborted) return;
    for (const question of this.questions.slice(from, from + SLICE)) question.enhance();
    if (from < this.questions.length) setTimeout(() => this.enhance(signal, from + SLICE));
  }

  /** @param {Event} event */
  #changed({ target }) {
    const field = /** @type {HTMLInputElement} */ (target);
    const gate = field.closest("fieldset")?.dataset.gate ?? field.dataset.gate ?? "";
    const { field: name, profile } = field.dataset;
    if (field.type === "radio" && gate) this.#choose(gate, field.value);
    else if (this.#beliefs.includes(field)) {
      this.#store.change((a) => setOrDelete(a, "believed_stage", field.value));
    } else if (profile) this.#describe(profile, field.value);
    else if (this.#symptoms.includes(field)) this.#tick(field);
    else if (name === "ticks") {
      this.answers.change(gate, ({ ticks }) => ({ ticks: withTick(ticks, field) }));
    } else if (name === "flag") {
      this.answers.change(gate, () => ({ flag: field.checked }));
    } else if (holdsText(field)) this.texts.keep(field);
  }

  /**
   * @param {string} id
   * @param {string} answer
   */
  #choose(id, answer) {
    const gate = this.#names.gates.get(id);
    if (!gate) return;
    this.#pace.answered();
    this.answers.give(gate, answer);
    if (answer !== NOT_APPLICABLE) return;
    for (const question of this.#byGate.get(id) ?? []) question.askReason();
  }

  /**
   * @param {string} question one of the profile
   * @param {string} answer
   */
  #describe(question, answer) {
    this.#store.change((a) => {
      a.profile ??= byId();
      setOrDelete(a.profile, question, answer);
    });
  }

  /** @param {HTMLInputElement} tick */
  #tick(tick) {
    this.#store.change((a) => {
      a.symptoms = withTick(a.symptoms, tick);
    }, {});
  }

  /** @param {Event} event */
  #typed({ target }) {
    const field = /** @type {Field} */ (target);
    if (holdsText(field)) this.texts.typed(field);
  }

  /** @param {Field} field */
  #keep(field) {
    const { about, field: name = "", gate = "", measure } = field.dataset;
    if (measure) this.measures.keep(measure, field);
    else if (about) this.#keepAbout(/** @type {TextKey} */ (about), field);
    else {
      this.answers.change(gate, (answer) => ({
        [name]: this.texts.reconcile(field, answer[name]),
      }));
    }
  }

  /**
   * @param {TextKey} key
   * @param {Field} field
   */
  #keepAbout(key, field) {
    this.#store.change((a) => setOrDelete(a, key, this.texts.reconcile(field, a[key])), {
      list: true,
    });
  }
}

/**
 * Return the ids that are ticked, one of them as its box says.
 * @param {string[] | undefined} ids
 * @param {HTMLInputElement} tick
 */
function withTick(ids = [], { checked, value }) {
  const others = ids.filter((id) => id !== value);
  return checked ? [...others, value] : others;
}
