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

test("the plan can be ordered by risk, and stays so after a reload", async () => {
  const tab = await Tab.open();
  for (const gate of ["plan-kept", "drill-done", "work-checked"]) tab.answer(gate, "no");
  tab.see("#result");
  const order = tab.find(".sb-plan [name=order]");
  assert.deepEqual([...order.options].map((one) => one.value), ["weeks", "risk"]);
  assert.equal(order.value, "weeks");
  assert.doesNotMatch(tab.read(".sb-plan"), /by risk:/);
  order.focus();
  order.value = "risk";
  order.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  assert.match(tab.read(".sb-plan"), /Ordered by risk: first the plays for blocking gates/);
  assert.ok(tab.hasFocus(order), "the choice keeps the focus");
  tab.clock.pass(1000);
  const again = await tab.reload({ one: false });
  again.see("#result");
  assert.equal(again.find(".sb-plan [name=order]").value, "risk");
  assert.match(again.read(".sb-plan"), /Ordered by risk/);
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

/** Return the words of the result from its title to the share bar. */
const told = (tab) => {
  tab.see("#result");
  return tab.read("#result .sb-body");
};

test("on top stand the stage, the ladder, what decides, and the play to begin with", async () => {
  const tab = await Tab.open({ rubric: "questions" });
  tab.answer("owner-named", "yes");
  tab.answer("staff-trained", "no");
  tab.choice("owner-named", "yes");
  assert.match(
    told(tab),
    /^Digital access review 1\.0\.0.* Level 2 Level 1 +Level 2 ?You are here +Habit/,
  );
  assert.match(
    told(tab),
    /What decides: Habit in People needs “Are people trained\?”, which is not met\. +What to do first: Name a person \(Director, 1 week\)\./,
  );
  assert.match(told(tab), /Inside 2\.00 of 3.*People core 2\.00 of 3 ?Level 2.*Ownership 3\.00 of 3/);
  assert.doesNotMatch(tab.read("#result .sb-headline"), /Between| to /);
  assert.equal(tab.document.querySelectorAll("#result .sb-rungs [aria-current]").length, 1);
});

test("an open result says what is certain, and the rest below", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  told(tab);
  assert.equal(tab.read("#result .sb-headline"), "At least First");
  assert.match(told(tab), /Ground +First ?Certain so far +Second/);
  assert.match(told(tab), /Between First and Second: 3 gates are not answered yet\./);
});

test("one count of answers stands in the toolbar and in the result", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  tab.answer("work-checked", "unknown");
  assert.match(tab.head(), /^2 of 4 answered/);
  assert.match(told(tab), /2 of 4 gates answered, 1 of them with “I do not know” and 0 with/);
});

test("long lists show their beginning, and the rest on demand", async () => {
  const tab = await Tab.open({ rubric: "shapes" });
  for (const radio of tab.document.querySelectorAll("fieldset[data-gate]")) {
    const lowest = radio.querySelector("input[type=radio]");
    if (lowest) tab.click(lowest);
  }
  tab.see("#result");
  const lists = tab.document.querySelectorAll("#result .sb-body :is(ul, ol):not(.sb-rungs)");
  const isShown = (one) => !one.closest("details");
  for (const one of [...lists].filter(isShown)) assert.ok(one.children.length <= 6);
});

test("in the calculation a gate is a link to where it stands", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  tab.answer("work-checked", "no");
  tab.see("#result");
  const fold = [...tab.document.querySelectorAll("#result .sb-about")].find((one) =>
    /calculated/.test(one.textContent),
  );
  const links = [...fold.querySelectorAll("a")].map((one) => [one.textContent, one.hash]);
  assert.ok(links.some(([, hash]) => /work-checked|plan-kept|drill-done/.test(hash)), fold.textContent);
});

test("the result says how many of the met gates have dated evidence", async () => {
  const tab = await Tab.open();
  const box = tab.find(".sb-dated");
  box.open = true;
  box.dispatchEvent(new tab.window.Event("toggle"));
  await tab.settle();
  const told = () => tab.read(".sb-dated > div");
  tab.answer("work-checked", "no");
  assert.equal(told(), "No gate is met yet.");
  tab.answer("work-checked", "yes");
  tab.answer("plan-kept", "yes");
  assert.equal(told(), "Craft: 0 of 2");
  tab.press("Add evidence", "fieldset[data-gate=plan-kept]");
  tab.fill(tab.question("plan-kept").querySelector(".sb-row input"), "The plan");
  assert.equal(told(), "Craft: 0 of 2", "it has no date");
  tab.fill(tab.question("plan-kept").querySelector("[type=date]"), "2026-11-23");
  assert.equal(told(), "Craft: 1 of 2");
});
