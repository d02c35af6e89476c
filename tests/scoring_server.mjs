/** The quiz's scoring for the tests: one line of JSON in, one line of JSON out. */

import { createInterface } from "node:readline";
import { withDefaults } from "../generator/quiz/data.js";
import { diagnose } from "../generator/quiz/diagnosis.js";
import { displayScore, roundHalfUp } from "../generator/quiz/rounding.js";
import { createScorer } from "../generator/quiz/scoring.js";

const answers = {
  data: ({ data }) => withDefaults(data),
  round: ({ value, decimals }) => roundHalfUp(value, decimals),
  display: ({ data, value, times }) =>
    displayScore(value, withDefaults(data).scoring, times ?? undefined),
  score: ({ data, assessments }) => {
    const scorer = createScorer(withDefaults(data));
    return assessments.map((assessment) => {
      const { states, ...result } = scorer.score(assessment);
      return { ...result, ...diagnose(scorer, assessment, { states, ...result }) };
    });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[request.ask](request))}\n`);
}
