/** What a number comes to is said beside its question, once the second script is there. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

test("beside a question stands what a number answers, and that an answer by hand counts instead", async () => {
  const tab = await Tab.open();
  tab.fill("[data-measure=plan-days]", "7,5");
  const question = () => tab.read(tab.question("plan-kept"));
  assert.match(question(), /is 7.5 days, so the answer is: Yes/);
  tab.answer("plan-kept", "no");
  assert.match(question(), /so the answer is: Yes/);
  assert.equal(tab.answered("plan-kept"), "no");
});
