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
