/** A rubric that has changed since the answers: what is new, reworded or gone is said, and decided. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const OLD = {
  ...{ format: "stagebook-assessment/1", rubric: { id: "sample", version: "1.1.0" } },
  ...{ date: "2026-01-01", subject: "Shop" },
  answers: {
    "plan-kept": { answer: "yes" },
    "work-checked": { answer: "no" },
    "long-gone": { answer: "yes" },
  },
};

test("only what is gone is removed, of each kind of record", async () => {
  const local = new Shelf();
  const old = {
    ...OLD,
    // Gates that are gone have the ids of a measure and of a symptom that are there.
    answers: { ...OLD.answers, "plan-days": { answer: "yes" }, "late": { answer: "no" } },
    measures: { "plan-days": 3, "plan-kept": 1 },
    profile: { "long-gone": "yes" },
    symptoms: ["late", "work-checked"],
  };
  local.texts.set("/stagebook-assessment/1.sample", JSON.stringify(old));
  const tab = await Tab.open({ local });
  tab.press("Remove these answers");
  const { answers, measures, profile, symptoms } = tab.stored();
  assert.deepEqual(Object.keys(answers), ["plan-kept", "work-checked"]);
  assert.deepEqual(measures, { "plan-days": 3 });
  assert.deepEqual([profile ?? {}, symptoms], [{}, ["late"]]);
  assert.doesNotMatch(tab.read("[data-el=rubric]"), /Remove these/);
});

test("what changed is told; an answer still holds, what is gone goes, when the reader says so", async () => {
  const local = new Shelf();
  local.texts.set("/stagebook-assessment/1.sample", JSON.stringify(OLD));
  const tab = await Tab.open({ local });
  const notice = () => tab.read("[data-el=rubric]");
  assert.match(notice(), /from version 1\.1\.0 to 1\.2\.0\. Your answers still count/);
  assert.match(notice(), /One question was reworded .* Work is checked: No It still holds/);
  assert.match(notice(), /One answer belongs to a question that was removed.* long-gone/);
  tab.press("It still holds: Work is checked");
  assert.equal(tab.stored().answers["work-checked"].rev, 2);
  assert.doesNotMatch(notice(), /reworded/);
  tab.press("Remove these answers");
  assert.deepEqual(Object.keys(tab.stored().answers), ["plan-kept", "work-checked"]);
  tab.press("Continue with version 1.2.0");
  assert.equal(tab.stored().rubric.version, "1.2.0");
  assert.ok(tab.find("[data-el=rubric]").hidden);
});
