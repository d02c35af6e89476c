/** The quiz's scoring for the tests: one line of JSON in, one line of JSON out. */

import { createInterface } from "node:readline";
import { findSteps } from "../generator/quiz/arithmetic.js";
import { compareAssessments, series } from "../generator/quiz/compare.js";
import { readFile } from "../generator/quiz/assessment.js";
import { diagnose } from "../generator/quiz/diagnosis.js";
import { planMarkdown, toBadge, toCsv, toMarkdown } from "../generator/quiz/exports.js";
import { decodeLink, encodeLink, isLink } from "../generator/quiz/link.js";
import { Names } from "../generator/quiz/names.js";
import { Pages } from "../generator/quiz/pages.js";
import { displayScore, roundHalfUp } from "../generator/quiz/rounding.js";
import { createScorer } from "../generator/quiz/scoring.js";
import { viewTeam } from "../generator/quiz/team.js";
import { splitTeam, teamText } from "../generator/quiz/team-file.js";
import { wordsFor } from "../generator/quiz/words.js";

/** Do something as in a browser that lacks something, or nothing. */
async function lacking(name, work) {
  if (!name) return work();
  const { [name]: kept } = globalThis;
  delete globalThis[name];
  try {
    return await work();
  } finally {
    if (kept) globalThis[name] = kept;
  }
}

const answers = {
  round: ({ value, decimals }) => roundHalfUp(value, decimals),
  display: ({ scoring, value }) => displayScore(value, scoring),
  score: ({ data, assessments }) => {
    const scorer = createScorer(data);
    return assessments.map((assessment) => {
      const scored = scorer.score(assessment);
      const { states, ...result } = scored;
      const arithmetic = findSteps(scorer, scored);
      return { ...result, ...diagnose(scorer, assessment, scored), arithmetic };
    });
  },
  compare: ({ data, before, after }) => compareAssessments(createScorer(data), before, after),
  series: ({ data, saved }) => series(createScorer(data), saved),
  team: ({ data, assessments }) => viewTeam(createScorer(data), assessments),
  split_team: ({ data, text }) => splitTeam(text, data),
  team_text: ({ data, assessments, hide_names }) => teamText(data, assessments, hide_names),
  link: ({ data, assessment, notes, without }) =>
    lacking(without, () => encodeLink(assessment, data, { notes })),
  unlink: ({ data, fragment, without }) => lacking(without, () => decodeLink(fragment, data)),
  unlinkAll: ({ data, fragments }) =>
    Promise.all(fragments.map((one) => isLink(one) && decodeLink(one, data))),
  read: ({ data, text }) => readFile(text, data),
  exports: ({ data, assessment }) => {
    const scorer = createScorer(data);
    const result = scorer.score(assessment);
    const diagnosis = diagnose(scorer, assessment, result);
    const t = wordsFor(data);
    const names = new Names(data, new Pages(null), t);
    return {
      csv: toCsv(scorer, assessment, result, names, t),
      markdown: toMarkdown(scorer, assessment, result, diagnosis, names, t),
      plan: planMarkdown(scorer, diagnosis, names, t),
    };
  },
  badge: ({ title, value, share }) => toBadge(title, value, share),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[request.ask](request))}\n`);
}
