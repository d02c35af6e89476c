/** What is stored and was not written by this script: nothing begins, and nothing is lost, before it is read. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { StoredText } from "../../../generator/quiz/state/stored-text.js";
import { Shelf, Tab } from "../../support/tab.mjs";

const KEY = "/stagebook-assessment/1.sample";
const MISSING = /This part of the page could not be loaded/;
const OLD = {
  ...{ format: "stagebook-assessment/1", rubric: { id: "sample", version: "1.2.0" } },
  answers: { "plan-kept": { answer: "no", note: "Of last year." } },
};
const RELEASED = readFileSync(new URL("../../contracts/assessment-1.0.0.json", import.meta.url), "utf8");

/** Open a tab where a text is stored, without the second script. */
async function openOn(text, how = {}) {
  const local = new Shelf();
  local.texts.set(KEY, text);
  return Tab.open({ local, late: true, one: true, ...how });
}

const isLive = (tab) => tab.find(".sb-quiz").classList.contains("sb-live");
const isBusy = (tab) => tab.find("stagebook-quiz").getAttribute("aria-busy") === "true";

/** Press "Try again", and let the second script come. */
async function tryAgain(tab) {
  await tab.bring();
  tab.press("Try again");
  await tab.settle();
}

test("what this script wrote is there at once, without the second one", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "yes");
  const text = tab.local.texts.get(KEY);
  const again = await tab.reload({ late: true });
  assert.deepEqual([isLive(again), isBusy(again)], [true, false]);
  assert.equal(again.answered("plan-kept"), "yes");
  assert.equal(again.local.texts.get(KEY), text);
  assert.doesNotMatch(again.read("stagebook-quiz"), MISSING);
});

test("what was kept in the tab only is there at once as well", async () => {
  const local = new Shelf();
  local.mood = "blocked";
  const tab = await Tab.open({ local, late: true });
  tab.answer("plan-kept", "yes");
  const again = await tab.reload({ late: true });
  assert.equal(again.answered("plan-kept"), "yes");
});

test("what an earlier release wrote waits for the reader and stays as it is", async () => {
  const text = JSON.stringify(OLD);
  const tab = await openOn(text);
  assert.deepEqual([isLive(tab), isBusy(tab)], [false, true]);
  assert.match(tab.read("stagebook-quiz"), MISSING);
  tab.answer("work-checked", "yes");
  tab.leave();
  assert.equal(tab.local.texts.get(KEY), text, "nothing is written over it");
  await tryAgain(tab);
  assert.deepEqual([isLive(tab), isBusy(tab)], [true, false]);
  assert.doesNotMatch(tab.read("stagebook-quiz"), MISSING);
  assert.equal(tab.answered("plan-kept"), "no");
});

test("what was chosen, ticked and typed before the quiz could begin counts", async () => {
  const tab = await openOn(JSON.stringify(OLD));
  tab.answer("work-checked", "no");
  tab.answer("work-checked", "yes");
  tab.answer("plan-kept", "yes");
  tab.type("[data-about=subject]", "Shop");
  await tryAgain(tab);
  const { answers, subject } = tab.stored();
  assert.deepEqual(answers["plan-kept"], { answer: "yes", note: "Of last year." });
  assert.equal(answers["work-checked"].answer, "yes");
  assert.equal(subject, "Shop");
  assert.deepEqual([tab.answered("plan-kept"), tab.answered("work-checked")], ["yes", "yes"]);
  assert.equal(tab.keys().length, 1);
});

test("with the second script an earlier release's assessment opens as ever", async () => {
  const tab = await openOn(JSON.stringify(OLD), { late: false });
  assert.ok(isLive(tab));
  assert.equal(tab.answered("plan-kept"), "no");
  assert.equal(tab.local.texts.get(KEY), JSON.stringify(OLD), "to look at it does not change it");
  tab.answer("work-checked", "yes");
  const again = await tab.reload({ late: true });
  assert.equal(again.answered("plan-kept"), "no", "from the first change on it is ours");
});

test("an assessment of the first release keeps what the rubric does not know", async () => {
  const released = { ...JSON.parse(RELEASED), rubric: OLD.rubric };
  const tab = await openOn(JSON.stringify(released), { late: false });
  tab.answer("work-checked", "yes");
  const { answers, ...rest } = tab.stored();
  const ids = Object.keys(released.answers).filter((id) => !(id in answers));
  assert.deepEqual(ids, []);
  assert.equal(rest.subject, released.subject);
});

test("another tab's answers show at once where this script wrote them", async () => {
  const local = new Shelf();
  const one = await Tab.open({ local, late: true });
  const two = await Tab.open({ local, late: true });
  one.answer("plan-kept", "yes");
  two.hear();
  assert.equal(two.answered("plan-kept"), "yes");
});

test("another release's text in another tab is shown when it can be read", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "yes");
  tab.local.texts.set(KEY, JSON.stringify(OLD));
  tab.hear();
  await tab.settle();
  assert.equal(tab.answered("plan-kept"), "yes");
  assert.match(tab.read("[data-el=rubric]"), MISSING);
  await tryAgain(tab);
  assert.equal(tab.answered("plan-kept"), "no");
  assert.doesNotMatch(tab.read("stagebook-quiz"), MISSING);
  assert.equal(tab.keys().length, 1);
});

test("what another release wrote meanwhile is kept beside a change", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "yes");
  const text = JSON.stringify(OLD);
  tab.local.texts.set(KEY, text);
  tab.answer("work-checked", "yes");
  assert.deepEqual(Object.keys(tab.stored().answers), ["plan-kept", "work-checked"]);
  const other = tab.keys().filter((key) => key !== KEY);
  assert.deepEqual(other.map((key) => tab.local.texts.get(key)), [text]);
  const again = await tab.reload({});
  assert.match(again.see("#quiz-assessments"), /Unnamed assessment.*Unnamed assessment/);
});

test("what the browser deletes is said to be gone, and nothing waits", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "yes");
  tab.local.texts.delete(KEY);
  tab.hear();
  assert.match(tab.head(), /The stored copy of this assessment is gone/);
  tab.press("Keep it");
  assert.equal(tab.stored().answers["plan-kept"].answer, "yes");
});

test("no text breaks the page, whatever mark it has", async () => {
  const { window } = await Tab.open();
  const texts = new StoredText(window.stagebookRubrics.sample);
  const format = { format: "stagebook-assessment/1" };
  const garbage = [
    ...[{}, { answers: 5 }, { answers: [1], symptoms: 7 }, { measures: "x", symptoms: {} }],
    ...[{ answers: { "plan-kept": null }, profile: 3 }, { answers: { "plan-kept": 5 }, rubric: 1 }],
  ].map((one) => ({ ...format, ...one }));
  for (const one of garbage) {
    for (const text of [texts.write(one), JSON.stringify({ ...one, mark: "2d15994" })]) {
      const tab = await openOn(text);
      if (!isLive(tab)) await tryAgain(tab);
      tab.answer("plan-kept", "yes");
      assert.equal(tab.stored().answers["plan-kept"].answer, "yes", text);
      assert.match(tab.head(), /1 of 4 answered/, text);
    }
  }
});
