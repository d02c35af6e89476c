/** The result in words: what holds it back, what follows, what is worth another look. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const BACK = "What holds you back";
const NEXT = "Next steps in dimensions that do not hold the result back";

/** Return the titles of the result, each with what follows it. */
function sections(tab) {
  tab.see("#result");
  const body = tab.find("#result .sb-body");
  const titles = [...body.querySelectorAll("h3, .sb-about > summary")];
  return titles.map((one) => [one.textContent, one.nextElementSibling?.textContent ?? ""]);
}

test("what holds the result back are the core dimensions; others come after, apart", async () => {
  const tab = await Tab.open();
  for (const gate of ["drill-done", "plan-kept"]) tab.answer(gate, "no");
  const told = sections(tab);
  const order = told.map(([title]) => title);
  assert.ok(order.indexOf(BACK) < order.indexOf(NEXT), order.join(", "));
  const [back, next] = [BACK, NEXT].map((title) => told.find(([one]) => one === title)[1]);
  assert.match(back, /^Craft is at Ground: 0 of 1 gates to First are met\..*A plan is kept: No/);
  assert.doesNotMatch(back, /Care|drill/);
  assert.match(next, /^Care is at Ground.*A drill is done: No/);
  assert.doesNotMatch(next, /Craft/);
});

test("where only another dimension is behind, nothing holds the result back", async () => {
  const tab = await Tab.open();
  tab.answer("drill-done", "no");
  const told = Object.fromEntries(sections(tab));
  assert.match(told[BACK], /None of your answers holds the result back\./);
  assert.match(told[NEXT], /A drill is done/);
});

test("the plan names the plays in their order, and can aim at a later stage", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  tab.answer("work-checked", "no");
  tab.see("#result");
  assert.match(
    tab.read(".sb-plan"),
    /One play helps with the gates on the way to First.*Write the plan/,
  );
  assert.doesNotMatch(tab.read(".sb-plan"), /Run the drill, /);
  const aim = tab.find(".sb-plan select");
  aim.focus();
  aim.value = "second";
  aim.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  tab.clock.pass(1000);
  assert.equal(tab.stored().target_stage, "second");
  const plan = tab.read(".sb-plan");
  assert.match(plan, /2 plays help with the gates on the way to Second.*Write the plan.*Run the drill/);
  assert.ok(tab.hasFocus(aim), "the choice keeps the focus");
});

test("an answer whose requirement is shut is to be looked at again", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  tab.answer("work-checked", "yes");
  assert.match(tab.see("#result"), /Look again .*Work is checked requires A plan is kept/);
});

test("all on the page, a result is drawn half a second after the last change", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  const section = tab.find("#result");
  assert.equal(section.getAttribute("aria-busy"), "true");
  tab.clock.pass(500);
  assert.equal(section.getAttribute("aria-busy"), null);
});
