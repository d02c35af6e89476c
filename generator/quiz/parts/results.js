/** The result in words, tables and bars, in the page. */

import { createCharts } from "../render/charts.js";
import { el, link, list, show, table } from "../render/dom.js";
import { sentences } from "../report/sentences.js";
import { diagnose } from "../scoring/diagnosis.js";
import { isShut, NOT_APPLICABLE } from "../scoring/gates.js";
import { get } from "../scoring/intervals.js";
import { drawArithmetic } from "./trace.js";

/** @import { Assessment, Diagnosis, Result, ShutGate } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Key, Words } from "../render/words.js" */

/**
 * Return what draws results: in full, or of a few gates; and what says one in a few words.
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Words} t
 * @param {(stage: string) => void} aim keeps the stage that the plan is for
 */
export function createResults(scorer, names, t, aim) {
  const { data } = scorer;
  const onLadder = data.scoring.dimension === "ladder";
  const charts = createCharts(scorer, names, t);
  const say = sentences(scorer, names, t);
  const target = el(
    "select",
    { on: { change: () => aim(target.value) } },
    el("option", { value: "" }, t("target-next")),
    scorer.ladder.stages.slice(1).map((id) => el("option", { value: id }, names.stage(id))),
  );
  const radar = fold(t("radar"));
  const arithmetic = fold(t("arithmetic"));

  const line = (/** @type {string} */ text, /** @type {string | void} */ kind) =>
    text && el("p", { class: kind }, text);
  const section = (/** @type {Key} */ title, /** @type {Child[][]} */ items, lead = "") =>
    items.length > 0 && [el("h3", {}, t(title)), line(lead), list(items)];
  const shutGate = (/** @type {ShutGate} */ one) => [
    names.gateLink(one.gate),
    `: ${say.answer(one)}`,
  ];
  const cell = (
    /** @type {ReturnType<typeof say.reasons>["holding"][number]} */ { text, gates },
  ) => [text, list(gates.map(shutGate))];
  const secondLook = (/** @type {Diagnosis} */ diagnosis) => {
    const looks = say
      .secondLook(diagnosis)
      .map(({ text, gates }) => [text, list(gates.map((gate) => [names.gateLink(gate)]))]);
    const needs = diagnosis.second_look_requires.map(({ gate, requires }) => [
      t("requires-line", { gate: names.gate(gate), required: names.gate(requires) }),
    ]);
    if (!looks.length && !needs.length) return null;
    return [
      el("h3", {}, t("second-look")),
      looks.length > 0 && [line(t("second-look-lead")), list(looks)],
      needs.length > 0 && [line(t("requires-lead")), list(needs)],
    ];
  };
  const further = () => link(names.pages.to("assessment"), t("to-assessment"));

  /**
   * Draw the whole result.
   * @param {Element} place
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {string} what what the page asks: the full assessment, or less of it
   */
  function draw(place, assessment, result, what) {
    const { coverage, dimensions, states } = result;
    if (coverage.unanswered === coverage.gates) {
      show(place, line(t("result-empty")));
      return;
    }
    const diagnosis = diagnose(scorer, assessment, result);
    const aiming = target === document.activeElement;
    target.value = assessment.target_stage ?? "";
    const { holding, others } = say.reasons(result, diagnosis);
    const lowering = say.lowering(result, diagnosis);
    const [lead, rest] = say.planLines(result, diagnosis);
    show(
      place,
      line(say.headline(result), "sb-headline"),
      // What was believed stands directly under what was found.
      line(say.belief(diagnosis)),
      say.remarks(result).map((text) => line(text)),
      line(say.numbers(result)),
      line(t("coverage", coverage)),
      what === "quick-check" && el("p", {}, t("quick-caution"), " ", further()),
      table(
        "sb-dimensions",
        t("dimensions"),
        [t("dimension"), t("score")],
        data.dimensions.map(({ id, core }) => [
          [names.dimensionLink(id), core && el("small", {}, ` ${t("core")}`)],
          charts.bar(dimensions[id]),
        ]),
      ),
      charts.heat(result),
      radar(charts.radar(result)),
      arithmetic(drawArithmetic(scorer, result, names, t)),
      onLadder && [
        el("h3", {}, t("reasons")),
        holding.length ? list(holding.map(cell)) : line(t("no-reasons")),
      ],
      section("reasons-aside", others.map(cell)),
      section("lowering", lowering?.map(shutGate) ?? []),
      secondLook(diagnosis),
      el(
        "div",
        { class: "sb-plan" },
        el("h3", {}, t("plan")),
        onLadder && el("p", {}, el("label", {}, t("target"), " ", target)),
        line(lead),
        list(
          diagnosis.plan.map((step) => {
            const { weeks, opens } = say.step(step);
            const effort = weeks && `, ${weeks}`;
            return [names.playLink(step.remediation), effort, el("small", {}, opens)];
          }),
          "ol",
        ),
        line(rest),
      ),
      section(
        "left-out",
        [...states]
          .filter(([, { answer }]) => answer === NOT_APPLICABLE)
          .map(([id]) => [
            names.gateLink(id),
            `: ${assessment.answers?.[id]?.reason || t("no-reason")}`,
          ]),
      ),
    );
    // What was drawn anew has lost the focus.
    if (aiming) target.focus();
  }

  /**
   * Draw what a page of a few gates shows: which are open, and what opens the others.
   * @param {Element} place
   * @param {Result} result
   * @param {string[]} ids the gates on the page
   */
  function drawCompact(place, { states }, ids) {
    const applies = ids.filter((id) => get(states, id).applies);
    const open = applies.filter((id) => get(states, id).is_open).length;
    const shut = ids.filter((id) => isShut(get(states, id)));
    const plays = data.remediations.filter(({ opens }) => opens.some((id) => shut.includes(id)));
    show(
      place,
      line(t("compact-open", { open, total: applies.length }), "sb-headline"),
      section(
        "gates-unmet",
        shut.map((gate) =>
          shutGate({
            gate,
            answer: get(states, gate).answer,
            blocking: get(names.gates, gate).blocking,
          }),
        ),
      ),
      section(
        "plan",
        plays.map(({ id }) => [names.playLink(id)]),
      ),
      el("p", {}, further()),
    );
  }

  /**
   * Return the result so far in a few words.
   * @param {Result} result
   */
  function now({ coverage, overall }) {
    if (overall.so_far === null || coverage.unanswered === coverage.gates) return "";
    const words = [names.place(overall), names.score(overall.so_far)];
    return t("now", { result: words.filter(Boolean).join(", ") });
  }

  return { draw, drawCompact, now };
}

/**
 * Return what puts content in a fold, if there is any; drawn anew, the fold stays as it was.
 * @param {string} title
 * @returns {(content: Child) => Child}
 */
function fold(title) {
  const details = el("details", { class: "sb-about" });
  return (content) => {
    if (content) show(details, el("summary", {}, title), content);
    return content && details;
  };
}
