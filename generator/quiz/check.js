/** "Check your answers": what is open, unknown or flagged first, each with a link that changes it. */

import { NOT_APPLICABLE, UNKNOWN } from "./answering.js";
import { el, list, show } from "./dom.js";

/** @import { Answer, Result } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Form } from "./form.js" */
/** @import { Question } from "./question.js" */
/** @import { Key } from "./words.js" */

/** How many open questions are listed before the rest is folded. */
const LISTED = 20;

/**
 * Draw the list of answers.
 * @param {Element} place
 * @param {Form} form
 * @param {Result} result
 */
export function drawCheck(place, form, result) {
  const { store, t } = form;
  const asked = form.questions.filter((one) => !one.element.hidden);
  const said = (/** @type {Question} */ one) => store.assessment.answers?.[one.gate.id] ?? {};
  const state = (/** @type {Question} */ one) => result.states.get(one.gate.id);
  /** @type {[Key, (one: Question) => unknown][]} */
  const groups = [
    ["check-unanswered", (one) => (state(one)?.answer ?? null) === null],
    ["check-unknown", (one) => state(one)?.answer === UNKNOWN],
    ["check-flagged", (one) => said(one).flag],
    ["check-reworded", (one) => said(one).answer && (said(one).rev ?? 1) < one.gate.rev],
    ["check-no-reason", (one) => said(one).answer === NOT_APPLICABLE && !said(one).reason],
  ];
  const parts = groups.flatMap(([key, belongs]) => {
    const members = asked.filter(belongs);
    if (!members.length) return [];
    const heading = el("h3", {}, t(key, { n: members.length }));
    return [heading, ...fold(form, members, (one) => row(form, one, result))];
  });
  const all = el("details", { class: "sb-about" }, el("summary", {}, t("check-all")));
  all.addEventListener("toggle", () => {
    if (all.open && all.childElementCount === 1) {
      all.append(before(form), rows(asked.map((one) => row(form, one, result))));
    }
  });
  show(place, ...(parts.length ? parts : [el("p", {}, t("check-done"))]), all);
}

/**
 * @param {Form} form
 * @param {Question[]} members
 * @param {(one: Question) => Child[]} make
 */
function fold(form, members, make) {
  const first = rows(members.slice(0, LISTED).map(make));
  const rest = members.slice(LISTED);
  if (!rest.length) return [first];
  const more = el(
    "details",
    { class: "sb-about" },
    el("summary", {}, form.t("more", { n: rest.length })),
  );
  more.addEventListener("toggle", () => {
    if (more.open && more.childElementCount === 1) more.append(rows(rest.map(make)));
  });
  return [first, more];
}

/** @param {Child[][]} items */
function rows(items) {
  const made = list(items);
  made.className = "sb-rows";
  return made;
}

/**
 * @param {Form} form
 * @param {Question} question
 * @param {Result} result
 * @returns {Child[]}
 */
function row(form, { element, gate }, result) {
  const { names, store, t } = form;
  const said = /** @type {Answer} */ (store.assessment.answers?.[gate.id] ?? {});
  const chosen = result.states.get(gate.id)?.answer ?? null;
  const more = [said.reason, said.note].filter(Boolean).join(" · ");
  return [
    el("span", {}, gate.title),
    el(
      "span",
      { class: "sb-given" },
      names.answer(gate.id, chosen),
      more && el("small", {}, ` ${more}`),
    ),
    form.stepLink(element.id, t(chosen === null ? "answer" : "change"), gate.title),
  ];
}

/**
 * Return what was said before the questions: who, which stage, and the measures.
 * @param {Form} form
 */
function before(form) {
  const { container, data, names, store, t } = form;
  const { believed_stage, measures, symptoms } = store.assessment;
  /** @type {Child[][]} */
  const items = [];
  const add = (
    /** @type {string} */ id,
    /** @type {string} */ name,
    /** @type {string} */ value,
  ) => {
    const step = container.querySelector(`[id^="${id}"]`);
    if (!step) return;
    const shown = el("span", { class: "sb-given" }, value || t("unanswered"));
    items.push([el("span", {}, name), shown, form.stepLink(step.id, t("change"), name)]);
  };
  if (data.stages.length) add("quiz-begin", t("believed"), names.stage(believed_stage));
  for (const { id, title, unit } of data.measures) {
    const number = measures?.[id];
    add(`m-${id}`, title, number === undefined ? "" : `${number} ${unit}`);
  }
  if (data.symptoms.length) {
    add("quiz-symptoms", t("symptoms-ticked"), String(symptoms?.length ?? 0));
  }
  return rows(items);
}
