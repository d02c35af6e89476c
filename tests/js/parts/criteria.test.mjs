/** A question: its answers in the author's order, and its criteria to tick. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const open = (how) => Tab.open({ rubric: "shapes", ...how });
const box = (tab, id) => tab.find(`[data-gate=tools-listed] [data-field=ticks][value="${id}"]`);
const follows = (tab) => tab.read(tab.question("tools-listed").querySelector(".sb-follows"));

test("answers stand in the author's order, each with its meaning; the others stand apart", async () => {
  const tab = await open();
  const [scale, others] = tab.question("tools-listed").querySelectorAll(".sb-pick");
  assert.equal(tab.read(scale), "Low The list is older. High The list is of this year.");
  assert.ok(scale.classList.contains("sb-stacked"));
  assert.equal(tab.read(others), "I do not know Does not apply");
  const short = tab.question("tools-shared").querySelector(".sb-pick");
  assert.equal(tab.read(short), "Low High");
  assert.ok(!short.classList.contains("sb-stacked"));
});

test("ticks are counted and set the answer until one is chosen", async () => {
  const tab = await open();
  assert.equal(follows(tab), "");
  tab.click(box(tab, 2));
  assert.equal(follows(tab), "1 of 2 ticked, so the answer is: Low.");
  tab.click(box(tab, 1));
  assert.equal(follows(tab), "2 of 2 ticked, so the answer is: High.");
  assert.deepEqual(tab.stored().answers["tools-listed"].ticks.sort(), ["1", "2"]);
  assert.match(tab.head(), /1 of 3 answered/);
  assert.equal(tab.answered("tools-listed"), null, "nobody chose an answer");
  const again = await tab.reload({ one: false });
  assert.ok(box(again, 1).checked);
  again.answer("tools-listed", "low");
  assert.match(
    follows(again),
    /so the answer is: High\. The answer you chose above counts instead\.$/,
  );
  assert.match(again.see("#result"), /Tools are listed: Low/);
  again.click(box(again, 1));
  again.click(box(again, 2));
  assert.deepEqual(again.stored().answers["tools-listed"], { answer: "low" });
  assert.equal(follows(again), "");
});

test("without the second script ticks still count, and are told when it comes", async () => {
  const tab = await open({ late: true });
  tab.click(box(tab, 2));
  assert.deepEqual(tab.stored().answers["tools-listed"], { ticks: ["2"] });
  assert.match(tab.head(), /1 of 3 answered/);
  await tab.bring();
  await tab.settle();
});
