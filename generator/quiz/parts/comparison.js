/** Comparing saved assessments in the page: two side by side, and those of a subject over time. */

import { scoreWords } from "#core/render/charts.js";
import { act, el, list, parts, row, show } from "#core/render/dom.js";
import { answerWords, countApplying } from "#extras/report/left-out.js";
import { Trend } from "../render/trend.js";
import { compareAssessments, findDelta, series } from "../scoring/compare.js";

/** @import { Assessment, Compared, GateMove, Result, Round, Saved } from "../types.js" */
/** @import { Placed } from "../render/charts.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

/** Scores that differ by less are the same. */
const SAME = 1e-9;

export class Comparison {
  /** The saved assessments as they were drawn last, by date. @type {Round[]} */
  #rounds = [];
  #ui;
  #names;
  #trend;
  #saved;
  #scorer;

  /**
   * @param {Element} section
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {() => Saved[]} saved
   * @param {AbortSignal} [signal]
   */
  constructor(section, scorer, names, saved, signal) {
    this.#ui = parts(section);
    this.#names = names;
    this.#trend = new Trend(scorer, names);
    this.#saved = saved;
    this.#scorer = scorer;
    act(section, { swap: () => this.#swap() }, signal);
    section.addEventListener("change", () => this.#paint(), { signal });
  }

  /** Draw what is saved now; what was chosen stays chosen while it is there. */
  draw() {
    this.#rounds = series(this.#scorer, this.#saved());
    const [first, last] = this.#rounds.slice(-2);
    this.#ui.few.hidden = Boolean(last);
    this.#ui.compared.hidden = !last;
    if (!last) return;
    this.#choose(this.#ui.before, this.#alike(last.assessment).at(-2) ?? first);
    this.#choose(this.#ui.after, last);
    this.#paint();
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Round} usual
   */
  #choose(select, usual) {
    // The id of an assessment may be empty, and so is the value where nothing is chosen.
    const chosen = select.selectedIndex < 0 ? usual.id : select.value;
    const options = this.#rounds.map(({ id, assessment }) =>
      el("option", { value: id }, this.#title(assessment)),
    );
    show(select, options);
    select.value = chosen;
    if (select.selectedIndex < 0) select.value = usual.id;
  }

  #swap() {
    const { before, after } = this.#ui;
    [before.value, after.value] = [after.value, before.value];
    this.#paint();
  }

  /** Show what lies between the two that are chosen. */
  #paint() {
    const { before, after } = this.#ui;
    const [from, to] = [before, after].map(
      ({ value }) => /** @type {Round} */ (this.#rounds.find(({ id }) => id === value)).assessment,
    );
    const compared = compareAssessments(this.#scorer, from, to);
    show(this.#ui.was, this.#title(from));
    show(this.#ui.is, this.#title(to));
    const answered = [this.#answered(compared.before, from), this.#answered(compared.after, to)];
    this.#paintScores(compared.before, compared.after, answered);
    this.#paintMoves(compared);
    this.#paintRubric(compared);
    this.#paintTrend(this.#alike(to));
  }

  /**
   * @param {Result} before
   * @param {Result} after
   * @param {string[]} answered how far each is answered
   */
  #paintScores(before, after, answered) {
    const { t } = this.#names;
    show(this.#ui.overall, this.#change(before.overall, after.overall));
    show(
      this.#ui.scores,
      this.#scorer.scoring.has_overall &&
        this.#scoreRow(t("overall"), before.overall, after.overall),
      this.#scorer.data.dimensions.map(({ id }) =>
        this.#scoreRow(
          this.#names.dimensionLink(id),
          before.dimensions[id],
          after.dimensions[id],
          id,
        ),
      ),
      row([t("answers"), ...answered, ""]),
    );
  }

  /**
   * @param {Child} name
   * @param {Placed} before
   * @param {Placed} after
   * @param {string} [dimension] what has the scores, if it is not the whole
   */
  #scoreRow(name, before, after, dimension) {
    const of = dimension ? "dimension" : "overall";
    return row([
      name,
      scoreWords(this.#names, before, of, dimension),
      scoreWords(this.#names, after, of, dimension),
      this.#change(before, after, dimension ? 1 : undefined),
    ]);
  }

  /** @param {Compared} compared */
  #paintMoves({ gates, symptoms, measures, profile }) {
    const { t } = this.#names;
    const moves = gates.map((move) => this.#gateMove(move));
    this.#fill("gates", moves.length ? moves : [[t("nothing-moved")]]);
    const said = (/** @type {string} */ question, /** @type {string | null} */ answer) =>
      answerWords(question, answer ?? undefined, this.#names) || "–";
    this.#fill(
      "profile",
      profile.map(({ question: id, before, after }) => {
        const question = this.#names.data.profile.find((one) => one.id === id)?.question;
        return [`${question} ${said(id, before)} → ${said(id, after)}`];
      }),
    );
    this.#fill(
      "symptoms",
      symptoms.map(({ symptom, is_new }) => [
        t(is_new ? "symptom-new" : "symptom-gone", { symptom: symptom.observation }),
      ]),
    );
    this.#fill(
      "measures",
      measures.map(({ measure: { title, unit }, before, after }) => [
        `${title}: ${this.#number(before)} → ${this.#number(after)} ${unit}`,
      ]),
    );
  }

  /**
   * @param {GateMove} move
   * @returns {Child[]}
   */
  #gateMove({ gate, kind, before, after }) {
    const words = {
      before: this.#names.answer(gate, before),
      after: this.#names.answer(gate, after),
    };
    return [this.#names.gateLink(gate), ": ", this.#names.t(`gates-${kind}`, words)];
  }

  /** @param {Compared} compared */
  #paintRubric({ versions, changes, reworded }) {
    const { t } = this.#names;
    const [before, after] = versions.map((version) => version || "–");
    this.#fill("rubric", [
      ...(before === after ? [] : [[t("rubric-versions", { before, after })]]),
      ...changes.flatMap(({ version, notes }) => notes.map((note) => [`${version}: ${note}`])),
      ...reworded.map((id) => [t("reworded"), " ", this.#names.gateLink(id)]),
    ]);
  }

  /** @param {Round[]} rounds those of one subject */
  #paintTrend(rounds) {
    show(this.#ui.chart, this.#trend.draw(rounds));
    show(
      this.#ui.rounds,
      rounds.map((round, index) =>
        row([
          this.#title(round.assessment),
          scoreWords(this.#names, round.overall),
          this.#answered(round, round.assessment),
          index > 0 && this.#change(rounds[index - 1].overall, round.overall),
        ]),
      ),
    );
  }

  /**
   * Fill a list; with its heading it is there only while it has items.
   * @param {string} name
   * @param {Child[][]} items
   */
  #fill(name, items) {
    show(this.#ui[name], list(items));
    this.#ui[name].parentElement.hidden = !items.length;
  }

  /**
   * Return the assessments of the same subject.
   * @param {Assessment} assessment
   */
  #alike({ subject }) {
    return this.#rounds.filter(({ assessment }) => assessment.subject === subject);
  }

  /**
   * Return how far a score moved, as an arrow and in words.
   * @param {Placed} before
   * @param {Placed} after
   * @param {number} [times]
   */
  #change(before, after, times) {
    const delta = findDelta(before, after);
    if (delta === null) return "–";
    const size = Math.abs(delta);
    if (size < SAME) return this.#names.t("same");
    return this.#names.t(delta > 0 ? "up" : "down", { by: this.#names.score(size, times) });
  }

  /** @param {Assessment} assessment */
  #title({ subject, date }) {
    const { t } = this.#names;
    return `${subject || t("no-subject")}, ${date || t("no-date")}`;
  }

  /**
   * @param {Result} result
   * @param {Assessment} assessment
   */
  #answered(result, assessment) {
    const { gates: total, given } = countApplying(this.#names.data, result, assessment);
    return this.#names.t("of-all", { n: given, total });
  }

  /** @param {number | string | undefined} value */
  #number(value) {
    return typeof value === "number" ? this.#names.number(value) : (value ?? "–");
  }
}
