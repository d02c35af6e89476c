/** The way through a quiz, with mouse, keyboard and addresses. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const current = (tab) => tab.find(".sb-current").id;
const focused = (tab) => tab.document.activeElement.textContent.trim();
const STEPS = [
  ...["quiz-begin", "m-plan-days"],
  ...["dimensions/craft/plan-kept", "dimensions/craft/work-checked"],
  ...["dimensions/care/drill-done", "dimensions/care/load-known"],
  ...["quiz-symptoms", "quiz-check", "result"],
];

test("Continue leads through every step to the result, and Back leads back", async () => {
  const tab = await Tab.open({ one: true });
  assert.equal(tab.window.location.hash, "#quiz-begin");
  const seen = [current(tab)];
  while (!tab.find("[data-el=next]").hidden) {
    tab.press("Continue");
    seen.push(current(tab));
    assert.equal(tab.window.location.hash, `#${current(tab)}`);
  }
  assert.deepEqual(seen, STEPS);
  assert.equal(focused(tab), "Your result");
  for (const step of STEPS.slice(0, -1).reverse()) {
    tab.press("Back");
    assert.equal(current(tab), step);
  }
  assert.ok(tab.find("[data-el=back]").hidden);
});

test("a step takes the focus to what it asks, says where one is and names the page", async () => {
  const tab = await Tab.open({ one: true });
  const { title } = tab.document;
  assert.notEqual(focused(tab), "Which stage do you believe you are at?", "not where one begins");
  tab.press("Continue");
  tab.press("Continue");
  assert.equal(focused(tab), "CR-1 A plan is kept");
  assert.equal(tab.document.activeElement.tagName, "LEGEND");
  assert.equal(tab.read("[data-el=where]"), "Question 1 of 4 · Craft · leads to First");
  assert.equal(tab.document.title, `Question 1 of 4 – ${title}`);
  tab.press("All on one page");
  assert.equal(tab.document.title, title);
  assert.ok(tab.find("[data-el=nav]").hidden);
});

test("arrow keys choose and stay; a click goes on only where the reader wants that", async () => {
  const tab = await Tab.open({ one: true, hash: "#dimensions/craft/plan-kept" });
  tab.answer("plan-kept", "no");
  assert.equal(current(tab), "dimensions/craft/plan-kept");
  tab.click(tab.find("[data-el=advance]"));
  tab.choice("plan-kept", "yes").focus();
  assert.equal(tab.arrow("plan-kept", -1), "partly");
  assert.equal(tab.answered("plan-kept"), "partly");
  assert.equal(tab.arrow("plan-kept"), "yes");
  assert.equal(current(tab), "dimensions/craft/plan-kept");
  assert.ok(tab.hasFocus(tab.choice("plan-kept", "yes")));
  assert.equal(tab.stored().answers["plan-kept"].answer, "yes");
  tab.answer("plan-kept", "not-applicable");
  assert.equal(current(tab), "dimensions/craft/plan-kept", "the reason is asked first");
  tab.answer("plan-kept", "yes");
  assert.equal(current(tab), "dimensions/craft/work-checked");
  assert.equal(focused(tab), "Work is checked");
  const again = await tab.reload();
  assert.ok(again.find("[data-el=advance]").checked, "the wish is kept");
});

test("what a measure answers is not asked again on the way forward", async () => {
  const tab = await Tab.open({ one: true });
  tab.press("Continue");
  tab.fill("[data-measure=plan-days]", "5");
  tab.press("Continue");
  assert.equal(current(tab), "dimensions/craft/work-checked");
  tab.press("Back");
  assert.equal(current(tab), "dimensions/craft/plan-kept");
});

test("the address leads to a step, when the page is opened and later", async () => {
  const tab = await Tab.open({ one: true, hash: "#dimensions/care/drill-done" });
  assert.equal(current(tab), "dimensions/care/drill-done");
  assert.equal(focused(tab), "A drill is done");
  tab.window.location.hash = "#result";
  await tab.settle();
  assert.equal(current(tab), "result");
  tab.window.location.hash = "#nothing-like-it";
  await tab.settle();
  assert.equal(current(tab), "result");
});

test("the place and the way of asking are kept for the next visit", async () => {
  const local = new Shelf();
  const tab = await Tab.open({ local, one: true });
  for (let n = 0; n < 3; n++) tab.press("Continue");
  const again = await Tab.open({ local, one: true });
  assert.equal(current(again), "dimensions/craft/work-checked");
  again.press("All on one page");
  assert.ok(!again.find(".sb-quiz").classList.contains("sb-one"));
  const last = await Tab.open({ local, one: true });
  assert.ok(!last.find(".sb-quiz").classList.contains("sb-one"));
  last.press("One question at a time");
  assert.equal(current(last), "dimensions/craft/work-checked");
  const [key] = [...local.texts.keys()].filter((one) => one.includes("stagebook-view"));
  local.texts.set(key, '{"one": "yes", "scope": 3, "place": null, "advance": 1}');
  const usual = await Tab.open({ local, one: true });
  assert.equal(current(usual), "quiz-begin", "what is stored of another kind counts for nothing");
  assert.ok(usual.find(".sb-quiz").classList.contains("sb-one"));
});

test("where the part that was asked is no longer in the rubric, everything is asked again", async () => {
  for (const gone of ["stage:gone", "dimension:gone", "gone"]) {
    const local = new Shelf();
    const key = "/stagebook-view/1.sample.assessment";
    local.texts.set(key, JSON.stringify({ one: true, scope: gone, place: "", advance: false }));
    const tab = await Tab.open({ local, one: true });
    assert.match(tab.head(), /0 of 4 answered/);
    assert.equal(tab.find("[data-el=scope]").value, "");
  }
});

test("a part of the questions is asked, counted and left again by a link to another", async () => {
  const tab = await Tab.open({ one: true });
  const scope = tab.find("[data-el=scope]");
  scope.value = "dimension:care";
  scope.dispatchEvent(new tab.window.Event("change"));
  assert.match(tab.head(), /0 of 2 answered/);
  const asked = [...tab.document.querySelectorAll(".sb-question")].filter((one) => !one.hidden);
  assert.deepEqual(
    asked.map(({ id }) => id),
    STEPS.slice(4, 6),
  );
  assert.ok(tab.find("#m-plan-days").hidden, "no question left needs that number");
  assert.ok(tab.document.getElementById("dimensions/craft").hidden);
  assert.ok(!tab.document.getElementById("dimensions/care").hidden);
  scope.value = "quick";
  scope.dispatchEvent(new tab.window.Event("change"));
  assert.ok(tab.find("#m-plan-days").hidden, "a few questions are asked in words");
  tab.window.location.hash = "#dimensions/craft/work-checked";
  await tab.settle();
  assert.equal(current(tab), "dimensions/craft/work-checked");
  assert.equal(scope.value, "");
  assert.match(tab.head(), /0 of 4 answered/);
});

test("from the list of answers one changes one and comes back", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-check" });
  assert.match(tab.see("#quiz-check"), /4 questions are not answered/);
  tab.press("Answer A drill is done", "#quiz-check");
  assert.equal(current(tab), "dimensions/care/drill-done");
  assert.ok(tab.find("[data-el=next]").hidden);
  tab.answer("drill-done", "unknown");
  tab.press("Back to your answers");
  assert.equal(current(tab), "quiz-check");
  const list = tab.read("#quiz-check");
  assert.match(
    list,
    /3 questions are not answered .*One answer is “I do not know” A drill is done/,
  );
  assert.equal(tab.find("[aria-current=step]").hash, "#quiz-check");
});

test("the second click of two on Continue skips nothing", async () => {
  const tab = await Tab.open({ one: true });
  const next = tab.find("[data-act=next]");
  const click = (detail) =>
    next.dispatchEvent(
      new tab.window.MouseEvent("click", { bubbles: true, cancelable: true, detail }),
    );
  click(1);
  const second = current(tab);
  click(2);
  assert.equal(current(tab), second);
  click(1);
  assert.notEqual(current(tab), second);
});
