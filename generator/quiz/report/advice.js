/** What follows from a result, in sections of sentences: the twin of `stagebook/report/advice.py`. */

import { topOf } from "#core/render/scale.js";
import { isShut, leftOutBy, NOT_APPLICABLE } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { isNextStep, nextStage } from "../scoring/diagnosis.js";
import { leftOutByProfile } from "./left-out.js";

/** @import { Assessment, Diagnosis, PlanItem, Reason, Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Sentences } from "./sentences.js" */

/** What a line is made of: text, gates and plays by id. @typedef {string | {gate: string} | {play: string}} Piece */
/** A line of a list, with what is said in small print and the lines below it. @typedef {{text: Piece[], small?: string, below?: Piece[][]}} Entry */
/**
 * A part of a report: the lines that lead to its entries; without a title it continues the one before.
 * `isAside` is what need not be seen at first, `isPlan` what is to do, and `isOrdered` in which order.
 * @typedef {{title: Key | "", leads?: string[], entries: Entry[], isAside?: boolean, isPlan?: boolean, isOrdered?: boolean}} Section
 */

/** Stands for a gate or a play in a sentence, which becomes a link. */
const HERE = "\0";

export class Advice {
  #scorer;
  #names;
  #sentences;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Sentences} sentences
   */
  constructor(scorer, names, sentences) {
    this.#scorer = scorer;
    this.#names = names;
    this.#sentences = sentences;
  }

  /**
   * Return the sections of a report that have something to say.
   * @param {Assessment} assessment
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  sections(assessment, result, diagnosis) {
    return [
      ...this.#reasons(result, diagnosis),
      ...this.#secondLook(diagnosis),
      ...this.plan(result, diagnosis),
      /** @type {Section} */ ({
        ...{ title: "left-out", isAside: true },
        entries: this.#leftOut(assessment, result),
      }),
    ].filter(({ leads, entries }) => leads?.length || entries.length);
  }

  /**
   * Return how the stage believed compares with the result; empty where none was named.
   * @param {Diagnosis} diagnosis
   */
  belief({ believed }) {
    if (!believed) return "";
    const { stage, levels_above: n } = believed;
    const words = { believed: this.#names.stage(stage), n: Math.abs(n ?? 0) };
    if (n === null) return this.#names.t("believed-open", words);
    if (!n) return this.#names.t("believed-same", words);
    return this.#names.t(n > 0 ? "believed-above" : "believed-below", words);
  }

  /**
   * Return the next step of each dimension in which a gate is answered: of those that hold the result
   * back, and of the others.
   *
   * At the top of the ladder nothing holds it back. A dimension that does not count holds it back by
   * its blocking gates alone.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   */
  told(result, { holding, limits, reasons }) {
    const { limitCells } = this.#scorer;
    const isAtTop = result.overall.stage.low && !nextStage(this.#scorer, result);
    const holds = ({ dimension = "" }) => !isAtTop && holding.includes(dimension);
    const isTold = (/** @type {Reason} */ reason, /** @type {string | null} */ low) =>
      reason.gates.some(({ answer }) => answer !== null) && isNextStep(this.#scorer, low, reason);
    const limiting = limits.filter((reason) => {
      const item = get(result.items.limits, reason.dimension);
      return holds(reason) && isTold(reason, this.#scorer.stages(item).low);
    });
    const steps = reasons.filter(
      (reason) =>
        !limiting.some(({ dimension }) => dimension === reason.dimension) &&
        isTold(reason, result.dimensions[reason.dimension].stage.low),
    );
    const held = steps.filter((one) => holds(one) && !limitCells.has(one.dimension));
    return { holding: [...held, ...limiting], others: steps.filter((one) => !held.includes(one)) };
  }

  /**
   * Return the one thing that decides: a gate that is not met, a share, the lowest score.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @param {string} [what] what the page asks; of a few questions it is what rules out a stage
   * @returns {Piece[]}
   */
  decisive(result, diagnosis, what) {
    const { dimensions, overall, states } = result;
    const { t } = this.#names;
    const [low, high] = [overall.stage.low, overall.stage.high];
    if (what === "quick-check" && high && low !== high) {
      const [above] = this.#scorer.ladder.after(high);
      return this.#withGate("rules-out-gate", this.#rulingOut(diagnosis, above));
    }
    const { holding } = this.told(result, diagnosis);
    for (const reason of holding) {
      const shut = reason.gates.find(({ answer, blocking }) => blocking && answer !== null);
      const key = this.#limits(reason) ? "decides-limit" : "decides-gate";
      if (shut) return this.#withGate(key, shut.gate, this.#wordsOf(reason, result));
    }
    const capping = this.#scorer.capping.find(({ cap, id }) => {
      const isAt = cap?.band ? cap.band === overall.bands.so_far : cap?.score === overall.so_far;
      return isShut(get(states, id)) && isAt;
    });
    if (capping) return this.#withGate("decides-cap", capping.id);
    if (holding.length) {
      return [t("decides-share", { reason: this.#reason(holding[0], result, true) })];
    }
    const [lowest] = this.#lowestFirst(result, diagnosis.holding);
    if (!diagnosis.lowering.length || !lowest) return [];
    const score = this.#names.scored(dimensions[lowest].so_far ?? 0, "dimension", lowest);
    return [t("decides-lowest", { dimension: this.#names.dimension(lowest), score })];
  }

  /**
   * Return a gate that is known to be shut on the way to a stage, blocking ones first.
   * @param {Diagnosis} diagnosis
   * @param {string} stage
   */
  #rulingOut({ limits, reasons }, stage) {
    const { counted } = this.#scorer;
    const gates = [...reasons.filter(({ dimension }) => counted.has(dimension)), ...limits]
      .filter((reason) => reason.stage === stage)
      .flatMap((reason) => reason.gates.filter(({ answer }) => answer !== null));
    return (gates.find(({ blocking }) => blocking) ?? gates[0])?.gate;
  }

  /**
   * Return a sentence about a gate, in which it can be a link; nothing without one.
   * @param {Key} key
   * @param {string} [gate]
   * @param {Record<string, string | number>} [words]
   * @returns {Piece[]}
   */
  #withGate(key, gate, words) {
    if (!gate) return [];
    const [before, after] = this.#names.t(key, { ...words, gate: HERE }).split(HERE);
    return [before, { gate }, after];
  }

  /**
   * Return what to do first: a play with its owner and effort, or a gate to meet, such as decides.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Piece[]}
   */
  nextStep(result, diagnosis) {
    const { plan, plan_unopened: unopened } = diagnosis;
    const [first] = plan;
    if (!first) {
      const { holding } = this.told(result, diagnosis);
      const held = holding.flatMap(({ gates }) => gates.map(({ gate }) => gate));
      const [gate] = [
        ...held.filter((id) => unopened.includes(id)),
        ...this.#inOrder(result, unopened),
      ];
      return this.#withGate("next-gate", gate);
    }
    const play = first.remediation;
    const about = this.#about(first);
    const words = { play: HERE, about: about && ` (${about})` };
    const [before, after] = this.#names.t("next-play", words).split(HERE);
    return [before, { play }, after];
  }

  /** @param {PlanItem} item */
  #about({ remediation, weeks }) {
    const play = this.#scorer.data.remediations.find(({ id }) => id === remediation);
    return [play?.owner, weeks && this.#weeks(weeks)].filter(Boolean).join(", ");
  }

  /**
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  #reasons(result, diagnosis) {
    if (this.#scorer.scoring.dimension !== "ladder") {
      return [{ title: "lowering", entries: this.#byDimension(result, diagnosis.lowering) }];
    }
    const { holding, others } = this.told(result, diagnosis);
    const leads = holding.length ? [] : [this.#names.t("no-reasons")];
    const entriesOf = (/** @type {Reason[]} */ reasons, /** @type {boolean} */ holds) =>
      reasons.map((reason) => ({
        text: [this.#reason(reason, result, holds)],
        below: reason.gates.map((gate) => this.#shut(gate)),
      }));
    return [
      { title: "reasons", leads, entries: entriesOf(holding, true) },
      { title: "reasons-aside", entries: entriesOf(others, false), isAside: true },
    ];
  }

  /**
   * @param {Reason} reason
   * @param {Result} result
   * @param {boolean} holds whether it holds the result back
   */
  #reason(reason, result, holds) {
    const { t } = this.#names;
    const words = this.#wordsOf(reason, result);
    if (holds && this.#limits(reason)) return t("reason-limit", words);
    const isAside = !holds && !this.#scorer.counted.has(reason.dimension);
    return [
      t("reason-line", words),
      reason.open < reason.needed && t("reason-needed", words),
      isAside && t("reason-aside"),
    ]
      .filter(Boolean)
      .join(" ");
  }

  /** @param {Reason} reason */
  #limits({ dimension }) {
    return this.#scorer.limitCells.has(dimension);
  }

  /**
   * @param {Reason} reason
   * @param {Result} result
   */
  #wordsOf({ dimension, stage, open, applicable, needed }, { dimensions }) {
    return {
      ...{ open, applicable, needed, stage: this.#names.stage(stage) },
      reached: this.#names.stage(dimensions[dimension].stage.low),
      dimension: this.#names.dimension(dimension),
    };
  }

  /**
   * @param {ShutGate} shut
   * @returns {Piece[]}
   */
  #shut(shut) {
    return [{ gate: shut.gate }, `: ${this.#sentences.answer(shut)}`];
  }

  /**
   * Group gates by their dimension, the one with the lowest score first.
   * @param {Result} result
   * @param {string[]} gates
   * @returns {Entry[]}
   */
  #byDimension(result, gates) {
    const own = this.#ofDimension(gates);
    return this.#lowestFirst(result).flatMap((id) => {
      const { so_far } = result.dimensions[id];
      const score = so_far === null ? "" : this.#names.scored(so_far, "dimension", id);
      const below = own(id).map((gate) => [{ gate }, `: ${this.#answer(result, gate)}`]);
      const text = [this.#names.dimension(id), score].filter(Boolean).join(": ");
      return below.length ? [{ text: [text], below }] : [];
    });
  }

  /**
   * Return gates one by one, in the order in which to meet them.
   * @param {Result} result
   * @param {string[]} gates
   * @returns {Entry[]}
   */
  #oneByOne(result, gates) {
    return this.#inOrder(result, gates).map((gate) => {
      const { dimension } = get(this.#names.gates, gate);
      return { text: [{ gate }, ` (${this.#names.dimension(dimension)})`] };
    });
  }

  /**
   * Sort gates: those of the dimension with the lowest score first.
   * @param {Result} result
   * @param {string[]} gates
   */
  #inOrder(result, gates) {
    return this.#lowestFirst(result).flatMap(this.#ofDimension(gates));
  }

  /**
   * Return what finds those of some gates that a dimension has.
   * @param {string[]} gates
   */
  #ofDimension(gates) {
    return (/** @type {string} */ id) =>
      gates.filter((gate) => get(this.#names.gates, gate).dimension === id);
  }

  /**
   * Return how a gate was answered, and whether it is met all the same.
   * @param {Result} result
   * @param {string} gate
   */
  #answer({ states }, gate) {
    const { answer, is_open } = get(states, gate);
    const words = this.#names.answer(gate, answer);
    return is_open ? `${words} (${this.#names.t("reason-met")})` : words;
  }

  /**
   * Sort dimensions by their score as a fraction of the highest one.
   * @param {Result} result
   * @param {string[]} [dimensions]
   */
  #lowestFirst(result, dimensions = this.#names.data.dimensions.map(({ id }) => id)) {
    const fraction = (/** @type {string} */ id) =>
      (result.dimensions[id].so_far ?? 0) / (topOf(this.#names.tops, "dimension", id) || 1);
    return [...dimensions].sort((a, b) => fraction(a) - fraction(b));
  }

  /**
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  #secondLook({ second_look, second_look_requires }) {
    const { t } = this.#names;
    const looks = this.#scorer.data.symptoms
      .map(({ id, looks_like, observation, disproof }) => ({
        text: [[looks_like, observation, disproof].filter(Boolean).join(" ")],
        below: second_look.filter(({ symptom }) => symptom === id).map(({ gate }) => [{ gate }]),
      }))
      .filter(({ below }) => below.length);
    const needs = second_look_requires.map(({ gate, requires }) => {
      const words = { gate: this.#names.gate(gate), required: this.#names.gate(requires) };
      return { text: [t("requires-line", words)] };
    });
    return [
      { title: "second-look", leads: looks.length ? [t("second-look-lead")] : [], entries: looks },
      {
        title: looks.length ? "" : "second-look",
        leads: needs.length ? [t("requires-lead")] : [],
        entries: needs,
      },
    ];
  }

  /**
   * Return the plays in their order, and the gates that none helps with.
   * @param {Result} result
   * @param {Diagnosis} diagnosis
   * @returns {Section[]}
   */
  plan(result, diagnosis) {
    const { plan, plan_unopened: unopened } = diagnosis;
    const { t } = this.#names;
    const entries = plan.map((item) => {
      const about = this.#about(item);
      const gates = item.opens.map((id) => this.#names.gate(id)).join("; ");
      return {
        text: [{ play: item.remediation }, about && `, ${about}`],
        small: t("plan-opens", { gates }),
      };
    });
    const key = this.#scorer.data.remediations.length ? "plan-unopened" : "plan-gates";
    /** @type {Section} */
    const first = { title: "plan", entries, isPlan: true, isOrdered: true };
    /** @type {Section} */
    const rest = {
      title: "",
      leads: [t(key)],
      entries: this.#oneByOne(result, unopened),
    };
    if (!plan.length && unopened.length)
      return [{ ...rest, title: "plan", isPlan: true, isOrdered: true }];
    const lead = plan.length ? this.#planLead(diagnosis) : this.#noPlay(result, diagnosis.target);
    return [{ ...first, leads: [lead] }, ...(unopened.length ? [rest] : [])];
  }

  /** @param {Diagnosis} diagnosis */
  #planLead({ plan, plan_total, plan_unestimated: unknown, target }) {
    const { t } = this.#names;
    const n = plan.length;
    const known = n - unknown;
    const total = this.#weeks(plan_total.weeks);
    const weeks = known ? t("plan-weeks", { n: known, weeks: total }) : "";
    const lead = t(target ? "plan-lead" : "plan-lead-all", {
      ...{ n, target: this.#names.stage(target), weeks },
    });
    const more = known && unknown && t("plan-unestimated", { n: unknown });
    const byRisk = this.#scorer.scoring.plan === "risk" && t("plan-risk");
    return [lead, more, byRisk].filter(Boolean).join(" ");
  }

  /**
   * Return why there is no play in a plan.
   * @param {Result} result
   * @param {string | null} target
   */
  #noPlay({ coverage, overall }, target) {
    const { ladder } = this.#scorer;
    const { t } = this.#names;
    const { low } = overall.stage;
    if (low && !target) return t("plan-top", { stage: this.#names.stage(low) });
    if (low && target && ladder.level(low) >= ladder.level(target)) {
      return t("plan-reached", { target: this.#names.stage(target) });
    }
    const n = coverage.unanswered;
    return n ? t("plan-unanswered", { n }) : t("plan-none");
  }

  /** @param {[number, number]} weeks */
  #weeks([from, to]) {
    return from === to
      ? this.#names.t("weeks-same", { n: from })
      : this.#names.t("weeks", { from, to });
  }

  /**
   * Return the gates that do not apply: by the answer of the profile, the others with their reasons.
   * @param {Assessment} assessment
   * @param {Result} result
   * @returns {Entry[]}
   */
  #leftOut({ answers = {}, profile }, { states }) {
    const byProfile = leftOutByProfile({ profile }, this.#names).map(({ text, gates }) => ({
      text: [`${text}: `, ...gates.flatMap((gate, at) => [at > 0 ? "; " : "", { gate }])],
    }));
    const others = [...states]
      .filter(([, { answer }]) => answer === NOT_APPLICABLE)
      .filter(([id]) => !leftOutBy(get(this.#names.gates, id), profile))
      .map(([gate]) => ({
        text: [{ gate }, `: ${answers[gate]?.reason || this.#names.t("no-reason")}`],
      }));
    return [...byProfile, ...others];
  }
}
