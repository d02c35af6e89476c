/**
 * "Check your answers": numbers that are not understood first, then what is open, unknown or flagged,
 * each with a link that changes it.
 */

import { el, list, show } from "../render/dom.js";
import { NOT_APPLICABLE, UNKNOWN } from "../scoring/gates.js";

/** @import { Measure, Question, Quiz } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Form } from "./form.js" */
/** @import { Key } from "../render/words.js" */

/** How many questions of a kind are listed before the rest is folded. */
const LISTED = 20;

/**
 * Draw the list of answers.
 * @param {Element} body
 * @param {Quiz} quiz
 * @param {Form} form
 */
export function drawCheck(body, { data, names, place, result, store, t }, form) {
  const asked = form.questions.filter((one) => !one.element.hidden);
  const given = (/** @type {Question} */ { gate }) => result.states.get(gate.id)?.answer ?? null;
  /** @type {[Key, (one: Question) => unknown][]} */
  const kinds = [
    ["check-unanswered", (one) => given(one) === null],
    ["check-unknown", (one) => given(one) === UNKNOWN],
    ["check-flagged", (one) => one.said().flag],
    ["check-reworded", (one) => one.said().answer && (one.said().rev ?? 1) < one.gate.rev],
    ["check-no-reason", (one) => given(one) === NOT_APPLICABLE && !one.said().reason],
  ];
  const typed = data.measures.filter(({ id }) => place(`m-${id}`) && form.misread(id));
  const numbers = typed.length
    ? [el("h3", {}, t("check-numbers", { n: typed.length })), ...rows(typed.map(misread))]
    : [];
  const parts = kinds.flatMap(([key, belongs]) => {
    const n = asked.filter(belongs);
    return n.length ? [el("h3", {}, t(key, { n: n.length })), ...rows(n.map(answer))] : [];
  });
  const all = fold(t("check-all"), () => [...before(), ...rows(asked.map(answer), asked.length)]);
  parts.unshift(...numbers);
  show(body, ...parts, !parts.length && el("p", {}, t("check-done")), all);

  /**
   * @param {Measure} measure
   * @returns {Child[]}
   */
  function misread({ id, title }) {
    const words = el("span", {}, form.misread(id));
    return [el("span", {}, title), words, form.changeLink(place(`m-${id}`), title)];
  }

  /**
   * @param {Question} question
   * @returns {Child[]}
   */
  function answer(question) {
    const { element, gate } = question;
    const { reason, note } = question.said();
    const more = [reason, note].filter(Boolean).join(" · ");
    const chosen = given(question);
    const link = form.changeLink(element.id, gate.title, chosen === null ? "answer" : "change");
    const words = el(
      "span",
      {},
      names.answer(gate.id, chosen),
      more && el("small", {}, ` ${more}`),
    );
    return [el("span", {}, gate.title), words, link];
  }

  /** What was said before the questions: which stage, the measures, and the symptoms. */
  function before() {
    const { believed_stage, measures = {}, symptoms = [] } = store.assessment;
    const items = data.measures.map(({ id, title, unit }) => {
      const kept = measures[id];
      return [`m-${id}`, title, typeof kept === "number" ? `${names.number(kept)} ${unit}` : kept];
    });
    items.unshift(["quiz-begin", t("believed"), names.stage(believed_stage)]);
    items.push(["quiz-symptoms", t("symptoms-ticked"), `${symptoms.length}`]);
    const there = items.filter(([id]) => place(`${id}`));
    return rows(
      there.map(([id, name, value]) => [
        el("span", {}, name),
        el("span", {}, value || t("unanswered")),
        form.changeLink(place(`${id}`), `${name}`),
      ]),
    );
  }

  /**
   * @param {Child[][]} items
   * @param {number} [most]
   * @returns {Element[]}
   */
  function rows(items, most = LISTED) {
    const first = list(items.slice(0, most));
    first.className = "sb-rows";
    const rest = items.slice(most);
    const more = () => rows(rest, rest.length);
    return rest.length ? [first, fold(t("more", { n: rest.length }), more)] : [first];
  }
}

/**
 * Make a fold that is filled when it is opened first.
 * @param {string} title
 * @param {() => Element[]} fill
 */
function fold(title, fill) {
  const made = el("details", { class: "sb-about" }, el("summary", {}, title));
  made.addEventListener("toggle", () => made.append(...fill()), { once: true });
  return made;
}
