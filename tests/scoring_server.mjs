/** The quiz's scoring for the tests: one line of JSON in, one line of JSON out. */

import { createInterface } from "node:readline";
import { findSteps } from "../generator/quiz/arithmetic.js";
import { compareAssessments, series } from "../generator/quiz/compare.js";
import { diagnose } from "../generator/quiz/diagnosis.js";
import { displayScore, roundHalfUp } from "../generator/quiz/rounding.js";
import { createScorer } from "../generator/quiz/scoring.js";
import { viewTeam } from "../generator/quiz/team.js";
import { splitTeam, teamText } from "../generator/quiz/team-file.js";

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
  team: ({ data, assessments, hide_names }) =>
    viewTeam(createScorer(data), assessments, hide_names),
  split_team: ({ data, text }) => splitTeam(text, data),
  team_text: ({ data, assessments, hide_names }) => teamText(data, assessments, hide_names),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[request.ask](request))}\n`);
}
