/** What if: gates and plays are supposed, the result would change, and the answers stay as they are. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

/** Unfold the part below the result. */
async function unfold(tab) {
  const box = tab.find(".sb-what-if");
  box.open = true;
  box.dispatchEvent(new tab.window.Event("toggle"));
  await tab.settle();
  return box;
}

function suppose(tab, kind, id, isTrue) {
  const input = tab.find(`.sb-what-if [data-${kind}='${id}']`);
  input.checked = isTrue;
  input.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
}

const said = (tab) => tab.read(".sb-what-if [role=status]");
const box = (tab, gate) => tab.find(`.sb-what-if [data-supposed='${gate}']`);

async function open() {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  tab.answer("work-checked", "yes");
  await unfold(tab);
  return tab;
}

test("a gate that would be met changes stage and dimensions, and no answer", async () => {
  const tab = await open();
  const before = JSON.stringify([...tab.local.texts]);
  assert.equal(said(tab), "");
  suppose(tab, "supposed", "plan-kept", true);
  assert.match(said(tab), /^With this change: .*Second.* instead of Ground/);
  assert.match(tab.read(".sb-what-if [data-el=scores]"), /Craft.*↑ up/);
  assert.equal(tab.answered("plan-kept"), "no");
  assert.equal(JSON.stringify([...tab.local.texts]), before);
});

test("a gate that would no longer be met takes the result down, and back again", async () => {
  const tab = await open();
  suppose(tab, "supposed", "plan-kept", true);
  suppose(tab, "supposed", "work-checked", false);
  assert.match(said(tab), /^With these 2 changes: .*First.* instead of Ground/);
  tab.press("Back to today");
  assert.equal(said(tab), "");
  assert.equal(box(tab, "plan-kept").checked, false);
  assert.equal(box(tab, "work-checked").checked, true);
});

test("a finished play meets its gates, which may still be taken out", async () => {
  const tab = await open();
  suppose(tab, "finished", "write-plan", true);
  assert.equal(box(tab, "plan-kept").checked, true);
  assert.match(said(tab), /^With this change:/);
  suppose(tab, "supposed", "plan-kept", false);
  assert.equal(said(tab), "");
  suppose(tab, "finished", "write-plan", false);
  assert.equal(box(tab, "plan-kept").checked, false);
});

test("the fewest gates to the next stage can be tried, one stage after the other", async () => {
  const tab = await open();
  const few = () => tab.read(".sb-what-if [data-el=fewest]");
  assert.match(few(), /One gate is enough for First\..*A plan is kept: No.*Write the plan/);
  tab.press("Suppose these are met");
  assert.match(said(tab), /Second.* instead of Ground/);
  assert.ok(tab.find(".sb-what-if [data-el=fewest]").hidden, "at the top there is none");
});

test("an answer given meanwhile counts, and what was supposed stays", async () => {
  const tab = await open();
  suppose(tab, "supposed", "plan-kept", true);
  tab.answer("work-checked", "no");
  assert.match(said(tab), /^With this change: .*First.* instead of Ground/);
  tab.answer("plan-kept", "yes");
  assert.equal(said(tab), "", "it is so today");
});

test("what is supposed of one assessment is not supposed of another", async () => {
  const tab = await open();
  suppose(tab, "supposed", "plan-kept", true);
  tab.press("New assessment");
  tab.answer("plan-kept", "no");
  assert.equal(said(tab), "");
  assert.ok(!box(tab, "plan-kept").checked);
});

test("what does not apply can be supposed neither way", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  tab.answer("drill-done", "not-applicable");
  await unfold(tab);
  assert.ok(box(tab, "plan-kept"));
  assert.equal(tab.document.querySelector(".sb-what-if [data-supposed='drill-done']"), null);
});

test("what comes with a script of its own comes once it is unfolded, or is said to be missing", async () => {
  const tab = await Tab.open({ late: true });
  await tab.bring(["extras.js"]);
  tab.answer("plan-kept", "no");
  tab.see("#result");
  await tab.settle();
  await unfold(tab);
  await tab.settle();
  assert.match(said(tab), /stagebook-several\.js/);
});
