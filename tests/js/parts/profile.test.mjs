/** The profile: what is said of the subject first, and the questions that do not apply then. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const open = (how) => Tab.open({ rubric: "shapes", ...how });
const said = (tab, answer) => tab.find(`[data-profile=machines][value="${answer}"]`);
const say = (tab, answer) => tab.click(said(tab, answer));
const page = (tab, gate) => tab.question(gate).closest(".sb-step");
const left = (tab) => tab.find("[data-el=left]").parentElement;

test("there is no result yet where only what does not apply counts, as nothing", async () => {
  const tab = await open({ scoring: { not_applicable: "zero" } });
  say(tab, "none");
  assert.match(tab.see("#result"), /^Your result Answer the first question/);
  assert.doesNotMatch(tab.head(), /So far/);
  tab.answer("tools-listed", "high");
  assert.match(tab.head(), /So far/);
});

test("what does not apply is not asked, is counted, and comes back as it was answered", async () => {
  const tab = await open();
  assert.equal(tab.document.querySelectorAll("[data-profile]:checked").length, 0);
  assert.ok(left(tab).hidden);
  tab.answer("tools-tested", "high");
  tab.fill("[data-field=note][data-gate=tools-tested]", "All of them.");
  assert.match(tab.head(), /1 of 3 answered/);
  say(tab, "none");
  assert.deepEqual(tab.stored().profile, { machines: "none" });
  assert.ok(page(tab, "tools-tested").hidden);
  assert.match(tab.head(), /0 of 2 answered/);
  assert.match(tab.read(left(tab)), /^One question does not apply and is not asked\. Change/);
  assert.match(tab.see("#result"), /^Your result Answer the first question/);
  assert.equal(tab.document.querySelectorAll(".sb-reached").length, 0);
  tab.answer("tools-listed", "high");
  assert.match(tab.see("#result"), /1 of 2 gates answered\. 1 gate is left out because of what is said about the product\./);
  const again = await tab.reload({ one: false });
  assert.ok(said(again, "none").checked);
  assert.ok(page(again, "tools-tested").hidden);
  say(again, "many");
  assert.ok(!page(again, "tools-tested").hidden);
  assert.ok(left(again).hidden);
  assert.equal(again.answered("tools-tested"), "high");
  assert.equal(again.stored().answers["tools-tested"].note, "All of them.");
  assert.match(again.head(), /2 of 3 answered/);
  say(again, "");
  assert.deepEqual(again.stored().profile, {});
  assert.ok(said(again, "").checked);
  assert.match(again.head(), /2 of 3 answered/);
});

test("who was not sure in one assessment has said nothing in another", async () => {
  const tab = await open();
  tab.answer("tools-tested", "high");
  say(tab, "");
  assert.ok(said(tab, "").checked);
  tab.press("New assessment");
  assert.ok(!said(tab, "").checked);
});

test("one at a time, the way leads past what does not apply; a link to it leads to the beginning", async () => {
  const tab = await open({ one: true });
  say(tab, "none");
  const shown = () => tab.find(".sb-current").id;
  const seen = [];
  while (shown() !== "result") {
    seen.push(shown());
    tab.press("Continue");
  }
  assert.ok(!seen.includes("dimensions/craft/tools-tested"), seen.join());
  assert.ok(seen.includes("dimensions/craft/tools-listed"), seen.join());
  tab.click(tab.find(".sb-unasked a"));
  assert.equal(shown(), "quiz-begin");
  const named = await tab.reload({ hash: "#dimensions/craft/tools-tested" });
  assert.equal(named.find(".sb-current").id, "quiz-begin");
});

test("a question that another tab takes away gives its place to the beginning", async () => {
  const tab = await open({ one: true, hash: "#dimensions/craft/tools-tested" });
  tab.answer("tools-tested", "low");
  const other = await open({ local: tab.local });
  say(other, "none");
  tab.hear();
  assert.equal(tab.find(".sb-current").id, "quiz-begin");
  assert.ok(said(tab, "none").checked);
});

test("the list of answers and the result say why questions are left out", async () => {
  const tab = await open();
  say(tab, "none");
  tab.answer("tools-listed", "high");
  tab.answer("tools-shared", "not-applicable");
  tab.fill("[data-field=reason][data-gate=tools-shared]", "One team.");
  const check = tab.see("#quiz-check");
  assert.match(check, /One question does not apply, because of what is said about the product/);
  assert.match(check, /machines\? None ?Tools are tested ?Change/);
  const result = tab.see("#result");
  assert.match(result, /Left out .* Does the workshop use machines\? None: Tools are tested/);
  assert.match(result, /Tools are shared: One team\./);
  assert.doesNotMatch(result, /Tools are tested: no reason given/);
});

test("every count is of what applies, and the result says once how many gates do not", async () => {
  const tab = await open();
  tab.fill("[data-about=subject]", "Shop");
  tab.answer("tools-listed", "high");
  tab.answer("tools-tested", "high");
  say(tab, "none");
  assert.match(tab.head(), /1 of 2 answered/);
  const result = tab.see("#result");
  assert.match(result, /1 of 2 gates answered\. 1 gate is left out/);
  assert.equal(result.match(/left out because of/g).length, 1);
  assert.match(tab.see("#quiz-assessments"), /1 of 2 answered/);
  tab.press("Duplicate: Shop");
  assert.match(tab.see("#quiz-compare"), /Answered 1 of 2 1 of 2/);
  tab.see("#quiz-team");
  tab.click(tab.find("#quiz-team [data-el=mine] input"));
  assert.match(tab.read("#quiz-team [data-el=people]"), /1\/2/);
});

test("a file with a profile is loaded with it", async () => {
  const tab = await open();
  const file = {
    format: "stagebook-assessment/1",
    rubric: { id: "shapes", version: "1.0.0" },
    profile: { motors: "none" },
    answers: { "tools-listed": { answer: "low", ticks: ["2"] } },
  };
  await tab.load("answers.json", JSON.stringify(file));
  assert.ok(said(tab, "none").checked, "the question had another id before");
  assert.ok(page(tab, "tools-tested").hidden);
  assert.ok(tab.find("[data-gate=tools-listed] [data-field=ticks][value='2']").checked);
});

test("a question that the rubric does not have is named once, as not in the rubric", async () => {
  const tab = await open();
  const head = { format: "stagebook-assessment/1", rubric: { id: "shapes", version: "1.0.0" } };
  const file = { ...head, subject: "S", profile: { machines: "many", engines: "few" } };
  await tab.load("ours.json", JSON.stringify(file));
  const words = tab.read(tab.find("[data-el=said]"));
  assert.match(words, /One entry is not in this rubric; it is kept in the file: engines\./);
  assert.doesNotMatch(words, /cannot be read/);
});
