/** The shortest way: only what can still change the result is asked, and what is certain is said. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const shown = (tab) => tab.find(".sb-current");
const where = (tab) => tab.read(tab.find("[data-el=where]"));
const gateOf = (tab) => shown(tab).querySelector("fieldset[data-gate]")?.dataset.gate;

/** Go from question to question with one answer for all; return what was asked. */
function walk(tab, answer) {
  const asked = [];
  tab.press("Continue");
  while (gateOf(tab)) {
    const gate = gateOf(tab);
    assert.ok(!asked.includes(gate), `${gate} is asked again`);
    asked.push(gate);
    assert.match(where(tab), /^Question \d+, at most/);
    tab.answer(gate, answer(gate));
    tab.press("Continue");
  }
  return asked;
}

test("a link begins the shortest way; where a gate is not met nothing more is asked", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-shortest" });
  assert.equal(tab.find("[data-el=scope]").value, "shortest");
  assert.ok(tab.find(".sb-one"), "one question shows at a time");
  const asked = walk(tab, () => "no");
  assert.ok(asked.length > 0 && asked.length < 4);
  assert.equal(shown(tab).id, "result");
});

test("as many questions as may still come are counted above them, too", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-shortest" });
  tab.press("Continue");
  assert.match(where(tab), /^Question 1, at most one more/);
  assert.match(tab.head(), /^0 of 2 answered/);
  tab.press("Continue");
  assert.match(where(tab), /^Question 2, at most 0 more/, "what one went past is not asked again");
  assert.match(tab.head(), /^0 of 2 answered/);
});

test("what one went past in one assessment is asked in another", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-shortest" });
  tab.fill("[data-about=subject]", "Alpha");
  tab.press("Continue");
  const first = gateOf(tab);
  tab.press("Continue");
  assert.match(where(tab), /^Question 2,/);
  tab.press("New assessment");
  tab.press("Continue");
  assert.match(where(tab), /^Question 1,/);
  assert.equal(gateOf(tab), first);
});

test("a bar shows how far one is, on the whole way to its end", async () => {
  const done = (tab) => tab.find("[data-el=where]").style.getPropertyValue("--done");
  const tab = await Tab.open({ one: true });
  for (const part of ["0.25", "0.5", "0.75", "1"]) {
    do tab.press("Continue");
    while (!gateOf(tab));
    assert.equal(done(tab), part);
  }
  const short = await Tab.open({ one: true, hash: "#quiz-shortest" });
  short.press("Continue");
  assert.equal(done(short), "0.5", "and half of the way where one more may come");
});

test("a reload goes on where it was, and another scope asks everything again", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-shortest" });
  tab.press("Continue");
  const first = gateOf(tab);
  tab.answer(first, "yes");
  const again = await tab.reload();
  assert.equal(again.find("[data-el=scope]").value, "shortest");
  again.find("[data-el=scope]").value = "";
  again.find("[data-el=scope]").dispatchEvent(new again.window.Event("change", { bubbles: true }));
  assert.match(where(again), /^Question \d+ of \d+|^$/);
  assert.equal(again.answered(first), "yes");
});

test("who goes past a question is asked another one, and can come back", async () => {
  const tab = await Tab.open({ one: true, hash: "#quiz-shortest" });
  tab.press("Continue");
  const first = gateOf(tab);
  tab.press("Continue");
  const second = gateOf(tab);
  assert.ok(second && second !== first);
  tab.press("Back");
  assert.equal(gateOf(tab), first);
  tab.answer(first, "yes");
  tab.press("Continue");
  assert.ok(gateOf(tab));
});

test("who chooses the shortest way among the scopes takes it at once", async () => {
  const tab = await Tab.open({ one: true });
  const asked = () => tab.document.querySelectorAll(".sb-step:not([hidden]) fieldset[data-gate]");
  const { length } = asked();
  tab.find("[data-el=scope]").value = "shortest";
  tab.find("[data-el=scope]").dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  assert.equal(asked().length, 1);
  assert.ok(length > 1);
});
