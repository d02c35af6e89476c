/** The form: what somebody chooses and types, in one tab and in two. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const SUBJECT = "[data-about=subject]";
const DAYS = "[data-measure=plan-days]";
const NOTE = "[data-field=note][data-gate=plan-kept]";
const REASON = "[data-field=reason][data-gate=plan-kept]";

/** Open two tabs of one browser. */
async function openTwo() {
  const local = new Shelf();
  return [await Tab.open({ local }), await Tab.open({ local })];
}

test("two tabs typing at once in one field keep both texts", async () => {
  const [one, two] = await openTwo();
  for (const [field, read, both] of [
    [SUBJECT, (said) => said.subject, "Alpha / Beta"],
    [NOTE, (said) => said.answers["plan-kept"].note, "Alpha\nBeta"],
    [REASON, (said) => said.answers["plan-kept"].reason, "Alpha / Beta"],
  ]) {
    one.type(field, "Alpha");
    two.type(field, "Beta");
    one.clock.pass(1000);
    two.clock.pass(1000);
    assert.equal(read(one.stored()), both);
    assert.equal(two.find(field).value, both);
    assert.match(two.said(), /now contains both versions/);
    assert.equal(one.said(), "");
    one.hear();
    assert.equal(one.find(field).value, both);
    // Something else is said then.
    two.press("New assessment");
    two.press("Undo");
  }
  for (const tab of [one, two])
    tab.type("[data-about=date]", tab === one ? "2026-01-01" : "2026-02-02");
  for (const tab of [one, two]) tab.clock.pass(1000);
  assert.equal(
    one.stored().date,
    "2026-02-02",
    "a date cannot hold two: the one chosen last counts",
  );
});

test("what another tab wrote before one began to type may be replaced", async () => {
  const [one, two] = await openTwo();
  one.fill(SUBJECT, "Alpha");
  two.hear();
  two.fill(SUBJECT, "Beta");
  assert.equal(one.stored().subject, "Beta");
  assert.equal(two.said(), "");
});

test("what another tab writes does not change a field while somebody types in it", async () => {
  const [one, two] = await openTwo();
  one.type(SUBJECT, "Al");
  two.fill("[data-about=team]", "Red");
  one.window.dispatchEvent(new one.window.StorageEvent("storage", { key: one.key() }));
  assert.equal(one.find(SUBJECT).value, "Al");
  assert.equal(one.find("[data-about=team]").value, "Red");
});

test("text is kept after a pause, when the field is left, and when the page is left", async () => {
  const tab = await Tab.open();
  tab.type(SUBJECT, "A");
  tab.clock.pass(299);
  assert.equal(tab.stored(), null);
  tab.clock.pass(1);
  assert.equal(tab.stored().subject, "A");
  tab.fill(SUBJECT, "B");
  assert.equal(tab.stored().subject, "B");
  tab.type(NOTE, "Just now");
  tab.leave();
  assert.equal(tab.stored().answers["plan-kept"].note, "Just now");
  tab.fill(SUBJECT, "");
  assert.ok(!("subject" in tab.stored()), "an empty text is none");
});

test("a number not understood stays as it was typed, answers nothing and is told", async () => {
  const tab = await Tab.open();
  for (const typed of ["about 12", "1.2.3", "-4", "1e999"]) {
    tab.fill(DAYS, "12");
    assert.match(tab.head(), /1 of 4 answered/);
    assert.match(tab.read(tab.question("plan-kept")), /12 days, so the answer is: In part\./);
    assert.equal(tab.find(DAYS).getAttribute("aria-invalid"), null);
    tab.fill(DAYS, typed);
    assert.equal(tab.find(DAYS).value, typed);
    assert.equal(tab.find(DAYS).getAttribute("aria-invalid"), "true");
    const said = tab.document.getElementById(tab.find(DAYS).getAttribute("aria-describedby"));
    assert.match(tab.read(said), /so it does not count yet/);
    assert.match(tab.head(), /0 of 4 answered/);
    assert.doesNotMatch(tab.read(tab.question("plan-kept")), /so the answer is/);
    assert.match(tab.see("#quiz-check"), /One number cannot be read Age of the plan/);
  }
  const again = await tab.reload();
  assert.equal(again.find(DAYS).value, "1e999");
  assert.match(again.head(), /0 of 4 answered/);
});

test("a number answers its question until somebody chooses, and an empty field takes it back", async () => {
  const tab = await Tab.open();
  tab.fill(DAYS, "7");
  assert.equal(tab.stored().measures["plan-days"], 7);
  assert.match(tab.read(tab.question("plan-kept")), /7 days, so the answer is: Yes\./);
  assert.equal(tab.find(DAYS).getAttribute("aria-invalid"), null);
  tab.answer("plan-kept", "no");
  assert.match(tab.read(tab.question("plan-kept")), /The answer you chose above counts instead\./);
  assert.match(tab.see("#result"), /A plan is kept: No/);
  tab.fill(DAYS, " ");
  assert.deepEqual(tab.stored().measures, {});
});

test("a number that can only rule a gate out leaves its question open where it does not", async () => {
  const tab = await Tab.open({ rubric: "questions", one: true });
  tab.fill("[data-measure=reply-days]", "5");
  assert.match(tab.head(), /1 of 4 answered/);
  assert.doesNotMatch(tab.read(tab.question("staff-trained")), /so the answer is/);
  const asked = [];
  while (!tab.find("[data-el=next]").hidden) {
    tab.press("Continue");
    asked.push(tab.find(".sb-current").id);
  }
  assert.ok(asked.some((id) => id.endsWith("staff-trained")), asked.join(" "));
  assert.ok(!asked.some((id) => id.endsWith("owner-named")), asked.join(" "));
  tab.fill("[data-measure=reply-days]", "40");
  assert.match(tab.read(tab.question("staff-trained")), /40 days, so the answer is: No\./);
});

test("where a question does not apply, the reader is asked why", async () => {
  const tab = await Tab.open();
  assert.ok(tab.find(REASON).closest("[hidden]"));
  tab.answer("plan-kept", "not-applicable");
  assert.ok(tab.hasFocus(tab.find(REASON)));
  tab.fill(REASON, "No plan by law.");
  assert.match(tab.see("#result"), /A plan is kept: No plan by law\./);
  tab.answer("plan-kept", "yes");
  assert.ok(tab.find(REASON).closest("[hidden]"));
  assert.equal(tab.find(REASON).value, "No plan by law.");
});

test("an answer taken back leaves the note, and the focus at the question", async () => {
  const tab = await Tab.open();
  const clear = tab.question("plan-kept").querySelector(".sb-extra > button");
  assert.ok(clear.hidden);
  tab.answer("plan-kept", "partly");
  tab.fill(NOTE, "Kept.");
  tab.click(clear);
  assert.equal(tab.answered("plan-kept"), null);
  assert.ok(tab.hasFocus(tab.choice("plan-kept", "no")));
  assert.deepEqual(tab.stored().answers["plan-kept"], { note: "Kept." });
  assert.match(tab.read(tab.question("plan-kept")), /Note and evidence \(1\)/);
});

test("an answer remembers the wording that it was given to", async () => {
  const tab = await Tab.open();
  tab.answer("work-checked", "yes");
  tab.answer("plan-kept", "yes");
  assert.equal(tab.stored().answers["work-checked"].rev, 2);
  assert.ok(!("rev" in tab.stored().answers["plan-kept"]));
});

test("belief, symptoms and flags are kept and compared with the answers", async () => {
  const tab = await Tab.open();
  tab.click(tab.find("input[name=believed][value=second]"));
  tab.click(tab.find("input[data-symptom][value=late]"));
  tab.click(tab.find("[data-field=flag][data-gate=work-checked]"));
  for (const gate of ["plan-kept", "drill-done"]) tab.answer(gate, "yes");
  tab.answer("work-checked", "no");
  const { answers, believed_stage, symptoms } = tab.stored();
  assert.deepEqual([believed_stage, symptoms], ["second", ["late"]]);
  assert.equal(answers["work-checked"].flag, true);
  const result = tab.see("#result");
  assert.match(result, /You believed that you were at Second: one stage above what the answers show\./);
  assert.match(result, /Look again .*It is late again\. Ask for the date\. A plan is kept/);
  tab.click(tab.find("input[data-symptom][value=late]"));
  assert.deepEqual(tab.stored().symptoms, []);
  assert.doesNotMatch(tab.see("#result"), /Look again/);
});
