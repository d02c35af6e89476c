/** Comparing saved assessments in the page: two side by side, and those of a subject over time. */

import { createCharts } from "../render/charts.js";
import { act, el, list, parts, row, show } from "../render/dom.js";
import { compareAssessments, findDelta, series } from "../scoring/compare.js";

/** @import { Assessment, GateMove, Result, Round, Saved } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Placed } from "../render/charts.js" */

/**
 * Run the comparison in its section; `draw` shows what is saved then.
 * @param {Element} section
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Words} t
 * @param {() => Saved[]} saved
 * @param {AbortSignal} [signal]
 */
export function createComparison(section, scorer, names, t, saved, signal) {
  const at = parts(section);
  const { before, after } = at;
  const charts = createCharts(scorer, names, t);
  /** @type {Round[]} */
  let rounds = [];

  const alike = (/** @type {Assessment} */ { subject }) =>
    rounds.filter(({ assessment }) => assessment.subject === subject);
  const title = (/** @type {Assessment} */ { subject, date }) =>
    `${subject || t("no-subject")}, ${date || t("no-date")}`;
  const number = (/** @type {number | string | undefined} */ value) =>
    typeof value === "number" ? names.number(value) : (value ?? "–");
  const answered = (/** @type {Result} */ { coverage: { answered: n, gates: total } }) =>
    t("of-all", { n, total });

  /**
   * Return how far a score moved, as an arrow and in words.
   * @param {Placed} before
   * @param {Placed} after
   * @param {number} [times]
   */
  function change(before, after, times) {
    const delta = findDelta(before, after);
    if (delta === null) return "–";
    const size = Math.abs(delta);
    return size < 1e-9 ? t("same") : t(delta > 0 ? "up" : "down", { by: names.score(size, times) });
  }

  /**
   * @param {Child} name
   * @param {Placed} before
   * @param {Placed} after
   * @param {number} [times]
   */
  const moved = (name, before, after, times) =>
    row([
      name,
      charts.words(before, times),
      charts.words(after, times),
      change(before, after, times),
    ]);

  const gateMove = (/** @type {GateMove} */ { gate, kind, before, after }) => {
    const words = { before: names.answer(gate, before), after: names.answer(gate, after) };
    return [names.gateLink(gate), ": ", t(`gates-${kind}`, words)];
  };
  /** Fill a list; with its heading it is there only while it has items. */
  const fill = (/** @type {string} */ name, /** @type {Child[][]} */ items) => {
    show(at[name], list(items));
    at[name].parentElement.hidden = !items.length;
  };

  /** Show what lies between the two that are chosen. */
  function paint() {
    const [from, to] = [before, after].map(
      ({ value }) => /** @type {Round} */ (rounds.find(({ id }) => id === value)).assessment,
    );
    const found = compareAssessments(scorer, from, to);
    const { before: was, after: is } = found;
    const own = alike(to);
    show(at.overall, change(was.overall, is.overall));
    show(at.was, title(from));
    show(at.is, title(to));
    show(
      at.scores,
      moved(t("overall"), was.overall, is.overall),
      scorer.data.dimensions.map(({ id }) =>
        moved(names.dimensionLink(id), was.dimensions[id], is.dimensions[id], 1),
      ),
      row([t("answers"), answered(was), answered(is), ""]),
    );
    fill("gates", found.gates.length ? found.gates.map(gateMove) : [[t("nothing-moved")]]);
    fill(
      "symptoms",
      found.symptoms.map(({ symptom, is_new }) => [
        t(is_new ? "symptom-new" : "symptom-gone", { symptom: symptom.observation }),
      ]),
    );
    fill(
      "measures",
      found.measures.map(({ measure: { title, unit }, before, after }) => [
        `${title}: ${number(before)} → ${number(after)} ${unit}`,
      ]),
    );
    const [older, newer] = found.versions.map((one) => one || "–");
    fill("rubric", [
      ...(older === newer ? [] : [[t("rubric-versions", { before: older, after: newer })]]),
      ...found.changes.flatMap(({ version, notes }) =>
        notes.map((note) => [`${version}: ${note}`]),
      ),
      ...found.reworded.map((id) => [t("reworded"), " ", names.gateLink(id)]),
    ]);
    show(at.chart, charts.trend(own));
    show(
      at.rounds,
      own.map((one, i) =>
        row([
          title(one.assessment),
          charts.words(one.overall),
          answered(one),
          i > 0 && change(own[i - 1].overall, one.overall),
        ]),
      ),
    );
  }

  /** Draw what is saved now; what was chosen stays chosen while it is there. */
  function draw() {
    rounds = series(scorer, saved());
    const [first, last] = rounds.slice(-2);
    at.few.hidden = Boolean(last);
    at.compared.hidden = !last;
    if (!last) return;
    for (const [select, usual] of [
      [before, alike(last.assessment).at(-2) ?? first],
      [after, last],
    ]) {
      const { value } = select;
      show(
        select,
        rounds.map(({ id, assessment }) => el("option", { value: id }, title(assessment))),
      );
      select.value = value;
      select.value ||= usual.id;
    }
    paint();
  }

  const swap = () => {
    [before.value, after.value] = [after.value, before.value];
    paint();
  };
  act(section, { swap }, signal);
  section.addEventListener("change", paint, { signal });
  return { draw };
}
