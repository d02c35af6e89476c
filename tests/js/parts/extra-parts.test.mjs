/** Before the second script is there, and where it is missing: nothing that is typed or chosen is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const DAYS = "[data-measure=plan-days]";
const MISSING = /This part of the page could not be loaded/;
const FILE = JSON.stringify({
  format: "stagebook-assessment/1",
  rubric: { id: "sample", version: "1.2.0" },
  answers: { "plan-kept": { answer: "no" } },
});

/** Press "Try again" in a part of the page, and let the second script come. */
async function tryAgain(tab, within) {
  await tab.bring();
  tab.press("Try again", within);
  await tab.settle();
}

test("a plain number counts at once, and one with a unit as soon as it can be read", async () => {
  const tab = await Tab.open({ late: true });
  tab.fill(DAYS, "7,5");
  assert.equal(tab.stored().measures["plan-days"], 7.5);
  assert.match(tab.head(), /1 of 4 answered/, "it answers a question, which is said once it can be");
  tab.fill(DAYS, "12 days");
  await tab.settle();
  assert.equal(tab.stored().measures["plan-days"], "12 days");
  const page = tab.find(DAYS).closest(".sb-measure");
  assert.match(tab.read(page), MISSING);
  assert.equal(tab.find(DAYS).getAttribute("aria-invalid"), null, "it may well be right");
  page.id = "here";
  await tryAgain(tab, "#here");
  assert.doesNotMatch(tab.read(page), MISSING);
  assert.match(tab.read(tab.question("plan-kept")), /is 12 days, so the answer is: In part/);
  assert.equal(tab.find(DAYS).value, "12 days", "what was typed stays as it was typed");
  tab.answer("work-checked", "no");
  assert.equal(tab.stored().measures["plan-days"], 12);
});

test("what is no number is said to be none only once that is known", async () => {
  const tab = await Tab.open({ late: true });
  tab.fill(DAYS, "soon");
  await tab.settle();
  const page = tab.find(DAYS).closest(".sb-measure");
  assert.doesNotMatch(tab.read(page), /cannot be read as a number/);
  page.id = "here";
  await tryAgain(tab, "#here");
  assert.match(tab.read(page), /“soon” cannot be read as a number/);
  assert.equal(tab.stored().measures["plan-days"], "soon");
});

test("answers can be downloaded without it, and under a good name with it", async () => {
  const tab = await Tab.open({ late: true });
  const names = [];
  tab.window.URL.createObjectURL = () => "blob:x";
  tab.window.URL.revokeObjectURL = () => {};
  tab.window.HTMLAnchorElement.prototype.click = function () {
    names.push(this.download);
  };
  tab.fill("[data-about=subject]", "Shop");
  tab.fill("[data-about=date]", "2026-01-02");
  tab.press("Download answers");
  assert.deepEqual(names, [], "it waits for a moment");
  tab.clock.pass(2000);
  assert.deepEqual(names, ["sample.json"]);
  await tab.settle();
  await tab.bring();
  tab.press("Download answers");
  await tab.settle();
  assert.deepEqual(names, ["sample.json", "sample-shop-2026-01-02.json"]);
});

test("a file waits for it, and is not taken for opened where it is missing", async () => {
  const tab = await Tab.open({ late: true });
  await tab.load("theirs.json", FILE);
  assert.match(tab.said(), MISSING);
  assert.equal(tab.answered("plan-kept"), null);
  await tab.bring();
  await tab.load("theirs.json", FILE);
  assert.match(tab.said(), /theirs.json is now the current assessment/);
  assert.equal(tab.answered("plan-kept"), "no");
});

test("rows of evidence come with it, and who looks for them sooner is told", async () => {
  const tab = await Tab.open({ late: true });
  tab.fill("[data-field=note][data-gate=plan-kept]", "Mine.");
  const fold = tab.question("plan-kept").querySelector("details");
  assert.doesNotMatch(tab.read(fold), MISSING);
  tab.click(fold.querySelector("summary"));
  await tab.settle();
  assert.match(tab.read(fold), MISSING);
  fold.id = "here";
  await tryAgain(tab, "#here");
  assert.doesNotMatch(tab.read(fold), MISSING);
  assert.ok(tab.control("Add evidence", "#here"));
  assert.equal(fold.querySelector("textarea").value, "Mine.");
});

test("the third script comes when somebody sees a section of it, and is missed by its name", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "yes");
  await tab.bring(["extras.js"]);
  tab.see("#quiz-check");
  await tab.settle();
  assert.match(tab.see("#quiz-check"), /Work is checked/);
  for (const section of ["#quiz-assessments", "#quiz-compare", "#quiz-team"]) {
    tab.see(section);
    await tab.settle();
    assert.match(tab.read(section), MISSING);
    assert.match(tab.read(section), /stagebook-several\.js/);
  }
  await tab.bring(["several.js"]);
  tab.press("Try again", "#quiz-team");
  await tab.settle();
  for (const section of ["#quiz-assessments", "#quiz-compare", "#quiz-team"]) {
    assert.doesNotMatch(tab.see(section), MISSING);
  }
  assert.match(tab.read("#quiz-team"), /Your own, stored in this browser/);
});

test("a press in a section of the third script waits for it", async () => {
  const tab = await Tab.open({ late: true });
  await tab.bring(["extras.js"]);
  tab.see("#quiz-check");
  await tab.settle();
  const section = tab.find("#quiz-team");
  let opened = 0;
  section.querySelector("[data-el=files]").click = () => (opened += 1);
  await tab.bring(["several.js"]);
  tab.click(section.querySelector("[data-el=add]"));
  assert.equal(opened, 0);
  await tab.settle();
  assert.equal(opened, 1);
});

test("a press below the result waits for the third script, and is told where it is missing", async () => {
  const tab = await Tab.open({ late: true });
  const copied = [];
  const clipboard = { writeText: async (text) => void copied.push(text) };
  Object.defineProperty(tab.window.navigator, "clipboard", { value: clipboard });
  let printed = 0;
  tab.window.print = () => (printed += 1);
  tab.answer("plan-kept", "no");
  await tab.bring(["extras.js"]);
  tab.see("#result");
  await tab.settle();
  tab.press("Copy the plan");
  await tab.settle();
  assert.deepEqual(copied, []);
  const told = tab.find(".sb-share [data-el=told]");
  assert.match(tab.read(told), MISSING);
  assert.match(tab.read(told), /stagebook-several\.js/);
  tab.press("Print the result");
  tab.clock.pass(0);
  assert.equal(printed, 1, "paper needs no third script");
  await tab.bring(["several.js"]);
  tab.press("Copy the plan");
  assert.deepEqual(copied, []);
  await tab.settle();
  assert.equal(copied.length, 1);
  assert.match(copied[0], /Write the plan/);
  assert.doesNotMatch(tab.read(told), MISSING);
});

test("who comes near the buttons below the result has the third script before the press", async () => {
  // A model without a glossary: terms are explained from the first question.
  const tab = await Tab.open({ rubric: "capability", late: true });
  tab.click(tab.find("fieldset[data-gate] .sb-choices input"));
  await tab.bring(["extras.js"]);
  tab.see("#result");
  await tab.settle();
  const wanted = () => tab.document.head.querySelectorAll("script[src*=several]").length;
  assert.equal(wanted(), 0);
  const { Event } = tab.window;
  tab.control("Copy the plan").dispatchEvent(new Event("pointerover", { bubbles: true }));
  assert.equal(wanted(), 1);
});

test("a script that comes while somebody presses a link draws nothing until they let go", async () => {
  const tab = await Tab.open({ late: true });
  tab.answer("plan-kept", "no");
  await tab.bring(["extras.js"]);
  tab.see("#quiz-check");
  await tab.settle();
  tab.see("#quiz-assessments");
  await tab.settle();
  tab.see("#result");
  await tab.bring(["several.js"]);
  const link = tab.find("#result .sb-body a");
  const tell = (type, element) =>
    element.dispatchEvent(new tab.window.PointerEvent(type, { bubbles: true, pointerType: "mouse" }));
  link.focus();
  tell("pointerdown", link);
  tell("pointerover", tab.find(".sb-share"));
  for (let n = 0; n < 20; n++) await new Promise((done) => setImmediate(done));
  assert.ok(link.isConnected);
  tell("pointerup", link);
  await tab.settle();
  assert.match(tab.see("#quiz-assessments"), /Rename/);
  assert.ok(!link.isConnected, "it was drawn again, and could have been lost");
});
