/** What comes with the third script: sections about several assessments, and what follows a result. */

import { Assessments } from "./assessments.js";
import { Comparison } from "./comparison.js";
import { DatedBox } from "./dated-box.js";
import { Glossary } from "./glossary.js";
import { Keys } from "./keys.js";
import { MeetingParts } from "./meeting-parts.js";
import { Revision } from "./revision.js";
import { ShareBar } from "./sharing.js";
import { TeamPanel } from "./team.js";
import { WhatIf } from "./what-if.js";

/** @import { Term } from "../types.js" */
/** @import { AssessmentList } from "../state/assessment-list.js" */
/** @import { Drawn, MeetingNeeds } from "./meeting-parts.js" */
/**
 * What the parts need of the quiz: `go` shows one of its pages, and `what` is the kind of quiz.
 * @typedef {Omit<MeetingNeeds, "members"> & {
 *   go: (name: string) => void,
 *   list: AssessmentList,
 *   what: string,
 * }} SeveralNeeds
 */

/**
 * Make the parts; return what draws each section, by its name, and what tells of a rubric that has changed.
 * @param {SeveralNeeds} needs
 * @returns {{sections: Record<string, Drawn>, revision: Revision}}
 */
export function makeParts(needs) {
  const { form, go, list, messages, names, scorer, section, signal, store, what } = needs;
  const saved = () => list.saved();
  const assessments = new Assessments(scorer, names, store, list, messages);
  assessments.listen(section("quiz-assessments"), () => go("quiz-begin"), signal);
  const result = section("result");
  const bar = result.querySelector(".sb-share");
  if (bar) new ShareBar(bar, scorer, names, store, what, signal);
  /** @type {HTMLDetailsElement | null} */
  const box = result.querySelector(".sb-what-if");
  if (box) new WhatIf(box, scorer, names, store, signal);
  /** @type {HTMLDetailsElement | null} */
  const dated = result.querySelector(".sb-dated");
  if (dated) new DatedBox(dated, scorer, names, store, signal);
  const keys = result.parentElement?.querySelector(".sb-keys");
  if (keys) new Keys(keys, store, signal);
  explainTerms(/** @type {Element} */ (result.parentElement), names.data.glossary ?? [], signal);
  const team = new TeamPanel(section("quiz-team"), scorer, names, saved, (what, text) =>
    store.here(store.key(`stagebook-${what}/1`), text),
  );
  const meeting = new MeetingParts({ ...needs, members: () => team.assessments });
  const sections = {
    "quiz-assessments": assessments,
    "quiz-compare": new Comparison(section("quiz-compare"), scorer, names, saved, signal),
    "quiz-team": team,
    "quiz-roadmap": meeting.drawer("quiz-roadmap"),
    "quiz-meeting": meeting.drawer("quiz-meeting"),
  };
  return { revision: new Revision(names, store, form.questions), sections };
}

/**
 * Let the terms of the glossary be explained in the questions and in the result.
 * @param {Element} container
 * @param {Term[]} terms
 * @param {AbortSignal} signal
 */
function explainTerms(container, terms, signal) {
  if (!terms.length) return;
  const glossary = new Glossary(container, terms, signal);
  for (const test of container.querySelectorAll(".sb-test")) glossary.mark(test);
  const result = container.querySelector(".sb-results > .sb-body");
  if (result) glossary.follow(result, signal);
}
