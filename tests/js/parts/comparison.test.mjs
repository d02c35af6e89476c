/** Two assessments side by side: what moved between them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const PANEL = "#quiz-compare";

test("two assessments are compared, either way round; one alone is not", async () => {
  const tab = await Tab.open();
  tab.fill("[data-about=subject]", "Shop");
  tab.fill("[data-about=date]", "2026-01-01");
  tab.answer("plan-kept", "no");
  tab.answer("drill-done", "yes");
  tab.fill("[data-measure=plan-days]", "40");
  assert.match(tab.see(PANEL), /You need two saved assessments to compare/);
  tab.see("#quiz-assessments");
  tab.press("Duplicate: Shop");
  tab.answer("plan-kept", "yes");
  tab.answer("work-checked", "partly");
  tab.click(tab.find("input[data-symptom][value=late]"));
  tab.fill("[data-measure=plan-days]", "4");
  const forth = tab.see(PANEL);
  assert.match(forth, /Overall ↑ up/);
  assert.match(forth, /A plan is kept: now met: No → Yes/);
  assert.match(forth, /Work is checked: newly answered: not answered yet → In part/);
  assert.match(forth, /new: It is late again\./);
  assert.match(forth, /Age of the plan: 40 → 4 days/);
  assert.doesNotMatch(forth, /A drill is done:/);
  tab.press("Swap", PANEL);
  const back = tab.read(PANEL);
  assert.match(back, /Overall ↓ down/);
  assert.match(back, /A plan is kept: no longer met: Yes → No/);
  assert.match(back, /gone: It is late again\./);
  const rows = [...tab.find("[data-el=rounds]").querySelectorAll("tr")];
  assert.equal(rows.length, 2, "both rounds of one subject stand in the table over time");
});

test("what is said of the subject is compared as well", async () => {
  const tab = await Tab.open({ rubric: "shapes" });
  tab.fill("[data-about=subject]", "Shop");
  tab.answer("tools-tested", "high");
  tab.see("#quiz-assessments");
  tab.press("Duplicate: Shop");
  tab.click(tab.find("[data-profile=machines][value=none]"));
  const forth = tab.see(PANEL);
  assert.match(forth, /What is said about the product Does the workshop use machines\? – → None/);
  assert.match(forth, /Tools are tested: .*High → Does not apply/);
});

test("what is chosen stays chosen when answers change, the first assessment too", async () => {
  const tab = await Tab.open();
  for (const month of ["01", "02", "03"]) {
    if (month !== "01") tab.press("New assessment");
    tab.fill("[data-about=subject]", month === "01" ? "Prototype" : "Shop");
    tab.fill("[data-about=date]", `2026-${month}-01`);
    tab.answer("plan-kept", "no");
  }
  tab.see(PANEL);
  const before = tab.find(`${PANEL} [data-el=before]`);
  const shown = () => [before.selectedOptions[0].textContent, tab.read(`${PANEL} [data-el=was]`)];
  assert.deepEqual(shown(), ["Shop, 2026-02-01", "Shop, 2026-02-01"]);
  before.value = "";
  before.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  tab.answer("drill-done", "yes");
  tab.see(PANEL);
  assert.equal(before.value, "");
  assert.equal(tab.read(`${PANEL} [data-el=was]`), "Prototype, 2026-01-01");
});
