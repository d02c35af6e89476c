/** The quiz's scoring for the tests: one line of JSON in, one line of JSON out. */

import { createInterface } from "node:readline";
import { Adaptive } from "../../generator/quiz/scoring/adaptive.js";
import { findCalculations } from "../../generator/quiz/scoring/trace.js";
import { compareAssessments, compareVersions, findDelta, series } from "../../generator/quiz/scoring/compare.js";
import { ABOUT, STAGES } from "../../generator/quiz/assessment/reader.js";
import { readFile } from "../../generator/quiz/assessment/file-reader.js";
import { neutral } from "../../generator/quiz/report/csv-cells.js";
import { findFewest } from "../../generator/quiz/scoring/fewest.js";
import { countDated, datedSection } from "../../generator/quiz/report/dated.js";
import { fewestSection } from "../../generator/quiz/report/fewest.js";
import { diagnose } from "../../generator/quiz/scoring/diagnosis.js";
import { md } from "../../generator/quiz/report/markdown.js";
import { toCsv } from "../../generator/quiz/report/table.js";
import { readDay } from "../../generator/quiz/scoring/days.js";
import { decodeLink, encodeLink } from "../../generator/quiz/state/link.js";
import { Names } from "../../generator/quiz/render/names.js";
import { Pages } from "../../generator/quiz/render/pages.js";
import { forecast } from "../../generator/quiz/scoring/forecast.js";
import { readMeasure, teachNumbers, writeNumber } from "../../generator/quiz/assessment/numbers.js";
import { readings, readWritten } from "../../generator/quiz/assessment/written-numbers.js";
import { displayScore, roundHalfUp } from "../../generator/quiz/scoring/rounding.js";
import { readRoute } from "../../generator/quiz/state/route.js";
import { Scorer } from "../../generator/quiz/scoring/scorer.js";
import { viewTeam } from "../../generator/quiz/team/view.js";
import { gateWords } from "../../generator/quiz/team/words.js";
import { splitTeam, teamText } from "../../generator/quiz/assessment/team-file.js";
import { wordsFor } from "../../generator/quiz/render/words.js";
import { Advice } from "../../generator/quiz/report/advice.js";
import { Arithmetic } from "../../generator/quiz/report/arithmetic.js";
import { coverageOn, remarksOn } from "../../generator/quiz/report/remarks.js";
import { Sentences } from "../../generator/quiz/report/sentences.js";
import { findTops } from "../../generator/quiz/render/scale.js";

// As the extras do.
teachNumbers(readWritten);

/** Return what of an assessment is understood, and counts. */
function understood(assessment, scorer) {
  const { data } = scorer;
  const there = (entries) => Object.fromEntries(entries.filter(([, one]) => one ?? false));
  const has = (records, id) => records.some((one) => one.id === id);
  const answers = scorer.gates.map((gate) => {
    const { answer, reason, note, evidence, flag, rev, ticks } = assessment.answers[gate.id] ?? {};
    const known = gate.states.has(answer) ? answer : null;
    const parts = { answer: known, reason, note, evidence, flag, rev, ticks };
    return [gate.id, there(Object.entries(parts).filter(([, one]) => one && one.length !== 0))];
  });
  const measures = data.measures.map(({ id }) => [id, assessment.measures[id]]);
  return {
    answers: Object.fromEntries(answers.filter(([, one]) => Object.keys(one).length)),
    measures: Object.fromEntries(measures.filter(([, one]) => typeof one === "number")),
    symptoms: assessment.symptoms.filter((id) => has(data.symptoms, id)),
    ...there([["profile", assessment.profile && profileOf(assessment.profile, data)]]),
    ...there([["roadmap", assessment.roadmap?.map(phaseOf)]]),
    ...there(ABOUT.map((key) => [key, assessment[key] || null])),
    ...there(STAGES.map((key) => [key, has(data.stages, assessment[key]) ? assessment[key] : null])),
  };
}

/** Return what is understood of a phase, without what is empty. */
function phaseOf({ title, owner, date, target_stage, remediations = [] }) {
  const full = (entries) => Object.fromEntries(Object.entries(entries).filter(([, one]) => one?.length));
  const plays = remediations.map(({ id, owner }) => full({ id, owner }));
  return full({ title, owner, date, target_stage, remediations: plays });
}

/** Return the answers to questions of the profile that there are. */
function profileOf(profile, data) {
  const known = Object.entries(profile).filter(([id]) => data.profile.some((one) => one.id === id));
  return known.length ? Object.fromEntries(known) : null;
}

/** Return a result as `stagebook score --format json` writes it. */
function written(scorer, scored, { limits, ...diagnosis }) {
  const { states, items, topics, stages, ...result } = scored;
  const fewest = findFewest(scorer, scored);
  const filled = Object.entries({ topics, stages, limits }).filter(([, one]) => Object.keys(one).length);
  return { ...result, ...diagnosis, ...(fewest && { fewest }), ...Object.fromEntries(filled) };
}

/** Return what the quiz reads in an address, or false where it is no link. */
function unlink(fragment, data) {
  const route = readRoute(fragment);
  return route.kind === "shared" && decodeLink(route.link, data);
}

/** Return what things are called where there are no pages. */
const namesOf = (scorer) =>
  new Names(scorer.data, new Pages(null), wordsFor(scorer.data), findTops(scorer));

const answers = {
  numbers: ({ texts, unit, min, max, mark }) =>
    texts.map((text) => [readMeasure(text, { unit, min, max }), readings(text, mark)]),
  write: ({ numbers, mark }) => numbers.map((one) => writeNumber(one, mark)),
  neutral: ({ texts }) => texts.map(neutral),
  understand: ({ data, text }) => {
    const read = readFile(text, data);
    if ("refused" in read) return null;
    const scorer = new Scorer(data);
    const { assessment, findings } = read;
    const scored = scorer.score(assessment);
    const result = written(scorer, scored, diagnose(scorer, assessment, scored));
    const again = readFile(JSON.stringify(assessment), data);
    return {
      ...{ assessment, findings, understood: understood(assessment, scorer) },
      again: { assessment: again.assessment, findings: again.findings },
      result,
    };
  },
  round: ({ value, decimals }) => roundHalfUp(value, decimals),
  display: ({ scoring, value }) => displayScore(value, scoring),
  score: ({ data, assessments }) => {
    const scorer = new Scorer(data);
    return assessments.map((assessment) => {
      const scored = scorer.score(assessment);
      const arithmetic = findCalculations(scorer, scored).map(({ cap, ...one }) =>
        cap === null ? one : { ...one, cap },
      );
      return { ...written(scorer, scored, diagnose(scorer, assessment, scored)), arithmetic };
    });
  },
  next_gates: ({ data, assessments }) => {
    const scorer = new Scorer(data);
    const adaptive = new Adaptive(scorer, scorer.score({}));
    return assessments.map((assessment) => adaptive.nextGates(scorer.score(assessment)));
  },
  fewest: ({ data, assessments, steps }) => {
    const scorer = new Scorer(data);
    return assessments.map((assessment) => findFewest(scorer, scorer.score(assessment), steps));
  },
  compare: ({ data, before, after }) => compareAssessments(new Scorer(data), before, after),
  delta: ({ before, after }) => findDelta(before, after),
  versions: ({ pairs }) => pairs.map(([a, b]) => Math.sign(compareVersions(a, b))),
  series: ({ data, saved }) => series(new Scorer(data), saved),
  forecast: ({ data, assessment, roadmap }) => {
    const scorer = new Scorer(data);
    const results = forecast(scorer, scorer.score(assessment), roadmap);
    return results.map(({ result }) => result.overall);
  },
  team: ({ data, assessments }) => viewTeam(new Scorer(data), assessments),
  team_words: ({ data, assessments }) => {
    const scorer = new Scorer(data);
    const names = namesOf(scorer);
    const { gates, respondents } = viewTeam(scorer, assessments);
    return {
      people: respondents.map(({ overall }) => [names.place(overall), names.interval(overall)]),
      gates: gates.map((view) => gateWords(view, names, names.t)),
    };
  },
  split_team: ({ data, text }) => splitTeam(text, data),
  team_text: ({ data, assessments, hide_names }) => teamText(data, assessments, hide_names),
  link: ({ data, assessment, notes }) => encodeLink(assessment, data, notes),
  unlink: ({ data, fragment }) => unlink(fragment, data),
  unlinkAll: ({ data, fragments }) => Promise.all(fragments.map((one) => unlink(one, data))),
  read: ({ data, text }) => readFile(text, data),
  csv: ({ data, assessment }) => {
    const scorer = new Scorer(data);
    return toCsv(namesOf(scorer), assessment, scorer.score(assessment));
  },
  tops: ({ data }) => {
    const { cells, topicCells, limits, overall, ...tops } = findTops(new Scorer(data));
    const entries = Object.entries(tops).map(([of, items]) => [
      of,
      Object.fromEntries([...items].map(([id, item]) => [id, item?.so_far ?? null])),
    ]);
    return { overall: overall?.so_far ?? null, ...Object.fromEntries(entries) };
  },
  advise: ({ data, assessment, what }) => {
    const scorer = new Scorer(data);
    const names = namesOf(scorer);
    const sentences = new Sentences(scorer, names);
    const advice = new Advice(scorer, names, sentences);
    const result = scorer.score(assessment);
    const diagnosis = diagnose(scorer, assessment, result);
    const text = (pieces) =>
      pieces.map((one) => one.play ? names.play(one.play) : one.gate ? names.gate(one.gate) : one).join("");
    const fewest = findFewest(scorer, result);
    const { holding, others } = advice.reasons.told(result, diagnosis);
    return {
      headline: sentences.headline(result, what),
      lead: [advice.belief(diagnosis), text(advice.reasons.decisive(result, diagnosis, what)), text(advice.plan.nextStep(result, diagnosis))],
      remarks: [...remarksOn(result, scorer, names), coverageOn(result, assessment, names)],
      sections: [
        ...advice.sections(assessment, result, diagnosis).filter(({ title }) => title !== "left-out"),
        ...(fewest ? [fewestSection(fewest, result, names, advice.plan)] : []),
      ].map(({ title, leads = [], entries }) => [
        title && names.t(title),
        leads,
        entries.map((entry) => [text(entry.text), [...(entry.small ? [entry.small] : []), ...(entry.below ?? []).map(text)]]),
      ]),
      holding: holding.flatMap(({ gates }) => gates),
      others: others.map(({ dimension }) => dimension),
    };
  },
  arithmetic: ({ data, assessment }) => {
    const scorer = new Scorer(data);
    const names = namesOf(scorer);
    names.gateLink = (id, title = names.gate(id)) => title;
    const sentences = new Arithmetic(scorer, names).sentences(scorer.score(assessment));
    return sentences.map((one) => one.flat(Infinity).filter(Boolean).join(""));
  },
  dated: ({ data, assessment }) => {
    const scorer = new Scorer(data);
    const counts = countDated(scorer, assessment, scorer.score(assessment));
    const lines = datedSection(counts, namesOf(scorer)).flatMap(({ entries }) => entries);
    return { counts: Object.fromEntries(counts), lines: lines.map(({ text }) => text.join("")) };
  },
  days: ({ texts }) => texts.map((text) => (readDay(text) < Infinity ? readDay(text) : null)),
  md: ({ text }) => md(text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[request.ask](request))}\n`);
}
