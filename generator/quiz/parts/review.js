/**
 * "Check your answers": numbers that are not understood first, then what is open, unknown or flagged,
 * each with a link that changes it.
 */

import { el, list, show } from "#core/render/dom.js";
import { NOT_APPLICABLE, UNKNOWN } from "#core/scoring/gates.js";
import { changeLink } from "../render/change-link.js";
import { answerWords, leftOutByProfile } from "../report/left-out.js";

/** @import { Measure, Result } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Form } from "./form.js" */
/** @import { Question } from "./question.js" */

/** How many questions of a kind are listed before the rest is folded. */
const LISTED = 20;

/**
 * The kinds of answers that are listed; each is told by the question and the answer that counts.
 * @type {[Key, (question: Question, answer: string | null) => unknown][]}
 */
const KINDS = [
  ["check-unanswered", (_, answer) => answer === null],
  ["check-unknown", (_, answer) => answer === UNKNOWN],
  ["check-flagged", ({ answer }) => answer.flag],
  ["check-reworded", ({ answer, gate }) => answer.answer && (answer.rev ?? 1) < gate.rev],
  ["check-no-reason", (question, answer) => answer === NOT_APPLICABLE && !question.answer.reason],
];

export class Review {
  #form;
  #idOf;
  #names;
  #store;

  /**
   * @param {Form} form
   * @param {Names} names
   * @param {Store} store
   * @param {(name: string) => string} idOf finds the id of a page of the quiz
   */
  constructor(form, names, store, idOf) {
    this.#form = form;
    this.#idOf = idOf;
    this.#names = names;
    this.#store = store;
  }

  /**
   * Draw the list of answers.
   * @param {Element} body
   * @param {Result} result
   */
  draw(body, { states }) {
    const { t } = this.#names;
    const asked = this.#form.questions.filter(({ page }) => !page.hidden);
    const answerOf = (/** @type {Question} */ { gate }) => states.get(gate.id)?.answer ?? null;
    const row = (/** @type {Question} */ question) => this.#answer(question, answerOf(question));
    const kinds = KINDS.flatMap(([key, belongs]) => {
      const questions = asked.filter((question) => belongs(question, answerOf(question)));
      const n = questions.length;
      return n ? [el("h3", {}, t(key, { n })), ...this.#rows(questions.map(row))] : [];
    });
    const parts = [...this.#misread(), ...kinds];
    const all = fold(t("check-all"), () => [
      ...this.#before(),
      ...this.#rows(asked.map(row), asked.length),
    ]);
    const done = !parts.length && el("p", {}, t("check-done"));
    show(body, ...parts, done, ...this.#leftOut(), all);
  }

  /** Return what is not asked by what was said of the subject, which can be changed. */
  #leftOut() {
    const { t } = this.#names;
    const begin = this.#idOf("quiz-begin");
    const left = leftOutByProfile(this.#store.assessment, this.#names);
    const asked = new Set(this.#form.gates);
    const rows = left
      .map((one) => ({ ...one, gates: one.gates.filter((gate) => asked.has(gate)) }))
      .filter(({ gates }) => gates.length)
      .map(({ gates, question, text }) => [
        el("span", {}, text),
        el("span", {}, gates.map((gate) => this.#names.gate(gate)).join("; ")),
        changeLink(begin, question, t),
      ]);
    const n = this.#form.leftOut;
    return n ? [el("h3", {}, t("check-left-out", { n })), ...this.#rows(rows)] : [];
  }

  /** Return the numbers that are not understood. */
  #misread() {
    const { data, t } = this.#names;
    const { measures } = this.#form;
    const misread = data.measures.filter(({ id }) => this.#idOf(`m-${id}`) && measures.misread(id));
    const n = misread.length;
    if (!n) return [];
    const rows = misread.map((/** @type {Measure} */ { id, title }) => [
      el("span", {}, title),
      el("span", {}, measures.misread(id)),
      changeLink(this.#idOf(`m-${id}`), title, t),
    ]);
    return [el("h3", {}, t("check-numbers", { n })), ...this.#rows(rows)];
  }

  /**
   * @param {Question} question
   * @param {string | null} answer
   * @returns {Child[]}
   */
  #answer({ answer: { reason, note }, gate, page }, answer) {
    const { t } = this.#names;
    const more = [reason, note].filter(Boolean).join(" · ");
    const words = this.#names.answer(gate.id, answer);
    return [
      el("span", {}, gate.title),
      el("span", {}, words, more && el("small", {}, ` ${more}`)),
      changeLink(page.id, gate.title, t, answer === null ? "answer" : "change"),
    ];
  }

  /** Return what was said before the questions: which stage, the measures, and the symptoms. */
  #before() {
    const { t } = this.#names;
    const { believed_stage, profile, symptoms = [] } = this.#store.assessment;
    const items = [
      ...this.#names.data.profile.map(({ id, question }) => ({
        id: this.#idOf("quiz-begin"),
        name: question,
        value: answerWords(id, profile?.[id], this.#names),
      })),
      {
        id: this.#idOf("quiz-begin"),
        name: t("believed"),
        value: this.#names.stage(believed_stage),
      },
      ...this.#names.data.measures.map((measure) => this.#measure(measure)),
      { id: this.#idOf("quiz-symptoms"), name: t("symptoms-ticked"), value: `${symptoms.length}` },
    ];
    const rows = items
      .filter(({ id }) => id)
      .map(({ id, name, value }) => [
        el("span", {}, name),
        el("span", {}, value || t("unanswered")),
        changeLink(id, name, t),
      ]);
    return this.#rows(rows);
  }

  /** @param {Measure} measure */
  #measure({ id, title, unit }) {
    const value = this.#store.assessment.measures?.[id];
    const words = typeof value === "number" ? `${this.#names.number(value)} ${unit}` : value;
    return { id: this.#idOf(`m-${id}`), name: title, value: words };
  }

  /**
   * @param {Child[][]} items
   * @param {number} [most]
   * @returns {Element[]}
   */
  #rows(items, most = LISTED) {
    const first = list(items.slice(0, most));
    first.className = "sb-rows";
    const rest = items.slice(most);
    if (!rest.length) return [first];
    const more = () => this.#rows(rest, rest.length);
    return [first, fold(this.#names.t("more", { n: rest.length }), more)];
  }
}

/**
 * Make a fold that is filled when it is opened first.
 * @param {string} title
 * @param {() => Element[]} fill
 */
function fold(title, fill) {
  const details = el("details", { class: "sb-about" }, el("summary", {}, title));
  details.addEventListener("toggle", () => details.append(...fill()), { once: true });
  return details;
}
