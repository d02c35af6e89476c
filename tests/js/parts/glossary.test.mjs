/** The glossary at hand: which words are marked, and when their meaning shows. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const DRILL = "fieldset[data-gate=drill-done] .sb-term";

const terms = (tab, place) =>
  [...tab.document.querySelectorAll(`${place} .sb-term`)].map((one) => one.textContent);

/** Return the meanings that show. */
const shown = (tab) =>
  [...tab.document.querySelectorAll(".sb-gloss:not([hidden])")].map((one) => one.textContent);

function tell(tab, type, element, more = {}) {
  const { PointerEvent } = tab.window;
  element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse", ...more }));
}

/** Press as a finger or a mouse does: the click comes after the press. */
function press(tab, element, pointerType = "touch") {
  tell(tab, "pointerover", element, { pointerType });
  tell(tab, "pointerdown", element, { pointerType });
  tell(tab, "pointerup", element, { pointerType });
  if (element.tagName === "BUTTON") element.focus();
  tab.click(element);
  tab.clock.pass(1000);
}

function escape(tab) {
  const { KeyboardEvent } = tab.window;
  tab.document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
  );
}

async function open() {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  tab.answer("drill-done", "no");
  tab.see("#result");
  return tab;
}

test("a term is a button in the text of a question, and nowhere inside names or answers", async () => {
  const tab = await open();
  const before = tab.read("fieldset[data-gate=drill-done] .sb-test");
  assert.equal(before, "The last drill is on record.");
  assert.deepEqual(terms(tab, "fieldset[data-gate=drill-done]"), ["drill"]);
  const term = tab.find(DRILL);
  assert.equal(term.type, "button");
  const note = tab.document.getElementById(term.getAttribute("aria-describedby"));
  assert.equal(note.textContent, "A rehearsal.");
  const inside = "a, label, legend, summary, thead, caption, [role=heading], h3, button button";
  for (const one of tab.document.querySelectorAll(".sb-term")) {
    assert.equal(one.parentElement.closest(inside), null);
  }
});

test("each word of the result is explained once, and anew after each answer", async () => {
  const tab = await open();
  const found = terms(tab, "#result");
  assert.ok(found.includes("gates") && found.includes("blocking"), found.join());
  assert.equal(new Set(found.map((one) => one.toLowerCase())).size, found.length);
  const [first] = tab.document.querySelectorAll("#result .sb-term");
  tab.answer("work-checked", "yes");
  tab.see("#result");
  await tab.settle();
  assert.ok(!first.isConnected);
  const again = terms(tab, "#result");
  assert.ok(again.includes("gates"), again.join());
  assert.equal(new Set(again.map((one) => one.toLowerCase())).size, again.length);
});

test("a tap shows what it means, the next hides it, and so does a tap elsewhere", async () => {
  const tab = await open();
  const term = tab.find(DRILL);
  press(tab, term);
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  assert.equal(term.getAttribute("aria-expanded"), "true");
  press(tab, term);
  assert.deepEqual(shown(tab), []);
  assert.equal(term.getAttribute("aria-expanded"), "false");
  press(tab, term);
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  tell(tab, "pointerdown", tab.find("h1"));
  assert.deepEqual(shown(tab), []);
});

test("the focus shows it, Escape hides it, and Enter shows it again", async () => {
  const tab = await open();
  const term = tab.find(DRILL);
  term.focus();
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  escape(tab);
  assert.deepEqual(shown(tab), []);
  assert.ok(tab.hasFocus(term));
  term.click();
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  term.blur();
  assert.deepEqual(shown(tab), []);
});

test("the pointer may go from the word to its meaning, and is not in a hurry", async () => {
  const tab = await open();
  const note = tab.document.getElementById(tab.find(DRILL).getAttribute("aria-describedby"));
  tell(tab, "pointerover", tab.find(DRILL));
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  tell(tab, "pointerover", tab.find("#result"));
  tab.clock.pass(200);
  tell(tab, "pointerover", note);
  tab.clock.pass(5000);
  assert.deepEqual(shown(tab), ["A rehearsal."]);
  tell(tab, "pointerover", tab.find("#result"));
  tab.clock.pass(1000);
  assert.deepEqual(shown(tab), []);
  // What a click has fixed stays.
  press(tab, tab.find(DRILL), "mouse");
  tell(tab, "pointerover", tab.find("#result"));
  tab.clock.pass(5000);
  assert.deepEqual(shown(tab), ["A rehearsal."]);
});

test("who reads a meaning while the result is drawn anew stays at the word", async () => {
  const tab = await open();
  const at = [...tab.document.querySelectorAll("#result .sb-term")].find(
    (one) => one.textContent === "gates",
  );
  at.focus();
  tab.click(tab.choice("work-checked", "yes"));
  tab.see("#result");
  await tab.settle();
  assert.ok(!at.isConnected);
  assert.equal(tab.document.activeElement.textContent, "gates");
  assert.equal(shown(tab).length, 1);
});

test("without a glossary nothing is marked", async () => {
  const tab = await Tab.open({ rubric: "capability" });
  tab.click(tab.find("fieldset[data-gate] .sb-choices input"));
  tab.see("#result");
  assert.equal(tab.document.querySelector(".sb-term, .sb-gloss"), null);
});

test("the third script is loaded for the terms of the first question", async () => {
  const tab = await Tab.open({ late: true });
  await tab.bring(["extras.js"]);
  tab.see("#quiz-check");
  await tab.settle();
  assert.equal(tab.document.head.querySelectorAll("script[src*=several]").length, 1);
});
