/** A whole quiz in the page that Python rendered: what each part is told when an answer changes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../support/tab.mjs";

const reached = (tab) =>
  [...tab.document.querySelectorAll(".sb-ladder .sb-reached")].map((one) => one.dataset.stage);

test("the ladder is dark before the first answer, and lights with the stage reached", async () => {
  const tab = await Tab.open();
  assert.deepEqual(reached(tab), []);
  tab.answer("drill-done", "no");
  assert.deepEqual(reached(tab), ["ground"]);
  tab.answer("plan-kept", "yes");
  assert.deepEqual(reached(tab), ["ground", "first"]);
  tab.answer("work-checked", "yes");
  assert.deepEqual(reached(tab), ["ground", "first", "second"]);
  tab.answer("plan-kept", "no");
  assert.deepEqual(reached(tab), ["ground"]);
  for (const gate of ["plan-kept", "work-checked", "drill-done"]) {
    tab.click(tab.question(gate).querySelector(".sb-extra > button"));
  }
  assert.deepEqual(reached(tab), []);
});

test("nothing is chosen, stored or said before the reader chooses", async () => {
  const tab = await Tab.open({ one: true });
  assert.equal(tab.document.querySelectorAll("input:checked").length, 0);
  assert.equal(tab.stored(), null);
  assert.match(tab.head(), /^0 of 4 answered/);
  assert.match(tab.see("#result"), /Answer the first question/);
});

test("an answer is stored, counted, scored and still there after the page is opened again", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  assert.match(tab.head(), /1 of 4 answered.*So far: First, 1\.00.*Saved in this browser only/);
  assert.equal(tab.stored().answers["plan-kept"].answer, "yes");
  assert.match(tab.see("#result"), /Based on your answers so far: First\./);
  const again = await tab.reload();
  assert.equal(again.answered("plan-kept"), "yes");
  assert.match(again.head(), /1 of 4 answered/);
});

test("two tabs never lose each other's answers, before an event tells them or after", async () => {
  const local = new Shelf();
  const one = await Tab.open({ local });
  const two = await Tab.open({ local });
  one.answer("plan-kept", "yes");
  two.answer("work-checked", "no");
  assert.deepEqual(Object.keys(one.stored().answers).sort(), ["plan-kept", "work-checked"]);
  assert.equal(two.answered("plan-kept"), "yes", "what was found on the way shows too");
  assert.equal(one.answered("work-checked"), null);
  one.hear();
  assert.equal(one.answered("work-checked"), "no");
  assert.match(one.head(), /2 of 4 answered/);
});

test("a score without a ladder is a number in a band", async () => {
  const tab = await Tab.open({ rubric: "capability" });
  for (const gate of ["review-all", "review-kept", "watch-users", "watch-cost"]) {
    tab.answer(gate, "most");
  }
  tab.fill("[data-measure=release-days]", "10");
  const result = tab.see("#result");
  assert.match(tab.head(), /5 of 6 answered.*So far: High, 87\.5/);
  assert.match(result, /What keeps the score below its maximum .*Releases are quick/);
});

test("a page in German speaks and counts German", async () => {
  const tab = await Tab.open({ rubric: "german" });
  const gate = tab.find("fieldset[data-gate]").dataset.gate;
  tab.answer(gate, tab.question(gate).querySelector("input").value);
  assert.match(tab.head(), /1 von 4 .*\d,\d\d/);
});

test("data that did not come is said with the name of the file", async () => {
  const tab = await Tab.open();
  const { document } = tab;
  const quiz = document.createElement("stagebook-quiz");
  quiz.setAttribute("rubric", "missing");
  quiz.setAttribute("without-data", "The data {file} did not come.");
  document.body.append(quiz);
  await tab.settle();
  assert.equal(tab.read(quiz), "The data missing.js did not come.");
});

test("a quiz that leaves the page hears nothing any more", async () => {
  const tab = await Tab.open();
  const section = tab.find(".sb-quiz");
  section.remove();
  assert.ok(!section.classList.contains("sb-live"));
  tab.local.texts.set(
    tab.key(),
    JSON.stringify({ format: "stagebook-assessment/1", subject: "X" }),
  );
  tab.hear();
  assert.equal(section.querySelector("[data-el=named]").textContent, "Unnamed assessment");
});
