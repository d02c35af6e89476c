/** What stands above the questions: how far one is, how long answers last, files, and the way back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const FILE = JSON.stringify({
  format: "stagebook-assessment/1",
  rubric: { id: "sample", version: "1.2.0" },
  subject: "From a file",
  date: "2026-01-02",
  answers: { "plan-kept": { answer: "no", note: "There." }, "long-gone": { answer: "yes" } },
});

/** Return a storage of a mood. */
const shelf = (mood) => Object.assign(new Shelf(), { mood });

for (const [mood, session, why, lasts] of [
  ["full", "works", /The browser’s storage is full\./, /until you close this tab/],
  [
    "blocked",
    "blocked",
    /does not let this page store anything permanently/,
    /while this tab stays on this page/,
  ],
]) {
  test(`a storage that is ${mood}, and a tab's that is ${session}, are told apart in words`, async () => {
    const tab = await Tab.open({ local: shelf(mood), session: shelf(session) });
    tab.answer("plan-kept", "yes");
    assert.match(tab.head(), why);
    assert.match(tab.head(), lasts);
    assert.equal(/full/.test(tab.head()), mood === "full");
    assert.ok(tab.find("[data-el=kept]").classList.contains("sb-warning"));
    assert.equal(tab.answered("plan-kept"), "yes");
    tab.local.mood = "works";
    tab.answer("work-checked", "no");
    assert.match(tab.head(), /Saved in this browser only\.$/);
    assert.deepEqual(Object.keys(tab.stored().answers), ["plan-kept", "work-checked"]);
    assert.ok(!tab.find("[data-el=kept]").classList.contains("sb-warning"));
  });
}

test("a tab that keeps what the browser refuses has it after the page is loaded again", async () => {
  const tab = await Tab.open({ local: shelf("blocked") });
  tab.answer("plan-kept", "yes");
  assert.match(tab.head(), /does not let this page store anything.*until you close this tab/);
  const again = await tab.reload();
  assert.equal(again.answered("plan-kept"), "yes");
});

test("one is asked before what only this tab keeps is lost, also after a reload", async () => {
  const tab = await Tab.open({ local: shelf("blocked") });
  assert.ok(!tab.asksBeforeLeaving());
  tab.answer("plan-kept", "yes");
  assert.ok(tab.asksBeforeLeaving());
  assert.ok((await tab.reload()).asksBeforeLeaving());
  const safe = await Tab.open();
  safe.answer("plan-kept", "yes");
  assert.ok(!safe.asksBeforeLeaving());
  assert.ok(!(await safe.reload()).asksBeforeLeaving());
});

test("minutes left follow the reader's own pace once five answers show it", async () => {
  const tab = await Tab.open();
  assert.match(tab.head(), /0 of 4 answered, about one minute left/);
  const answers = [
    ...[
      ["plan-kept", "no"],
      ["work-checked", "no"],
      ["plan-kept", "yes"],
    ],
    ...[
      ["work-checked", "yes"],
      ["plan-kept", "no"],
    ],
  ];
  for (const answer of answers) {
    assert.match(tab.head(), /about one minute left/);
    // More than two minutes were not spent on the question.
    tab.clock.pass(600_000);
    tab.answer(...answer);
  }
  assert.match(tab.head(), /2 of 4 answered, about 4 minutes left/);
  for (let n = 0; n < 7; n++) tab.answer("plan-kept", n % 2 ? "no" : "yes");
  assert.match(tab.head(), /2 of 4 answered, about one minute left/, "the usual answer counts");
  tab.answer("drill-done", "yes");
  tab.answer("load-known", "high");
  assert.match(tab.head(), /^4 of 4 answered \|/);
});

test("a file is opened beside what is here, and undoing gives back all that was", async () => {
  const tab = await Tab.open();
  tab.fill("[data-about=subject]", "Of last year");
  tab.press("New assessment");
  tab.fill("[data-about=subject]", "Mine");
  tab.answer("plan-kept", "yes");
  tab.fill("[data-measure=plan-days]", "about 3");
  const texts = () => tab.keys().map((key) => tab.local.texts.get(key));
  const before = texts();
  const keys = tab.keys();
  await tab.load("theirs.json", FILE);
  assert.match(
    tab.said(),
    /^theirs\.json is now the current assessment.*One entry.*: long-gone\.$/,
  );
  assert.ok(tab.hasFocus(tab.find("[data-el=undo]")));
  assert.equal(tab.find("[data-about=subject]").value, "From a file");
  assert.equal(tab.answered("plan-kept"), "no");
  for (const text of before) assert.ok(texts().includes(text), "nothing is overwritten");
  tab.press("Undo");
  assert.equal(tab.said(), "Undone.");
  assert.ok(tab.hasFocus(tab.find("[data-el=said]")));
  assert.equal(tab.find("[data-about=subject]").value, "Mine");
  assert.equal(tab.answered("plan-kept"), "yes");
  assert.equal(tab.find("[data-measure=plan-days]").value, "about 3");
  assert.deepEqual(texts(), before);
  assert.deepEqual(tab.keys(), keys, "and the file is gone from the list");
  assert.ok(tab.find("[data-el=undo]").hidden);
});

test("a file that is here already is opened, not added", async () => {
  const tab = await Tab.open();
  await tab.load("one.json", FILE);
  await tab.load("again.json", FILE);
  assert.match(tab.said(), /^again\.json was already among your assessments/);
  assert.equal(tab.keys().length, 1);
});

test("a file that cannot be taken is refused in words and changes nothing", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  const before = [...tab.local.texts];
  for (const [text, words] of [
    ["{", /it is not JSON\. Nothing was changed\./],
    ["{}", /not a Stagebook assessment/],
    [FILE.replace('"sample"', '"other"'), /answers are for a different rubric, other/],
    [FILE.replace("assessment/1", "assessment/9"), /newer format/],
    [" ".repeat(5_000_001), /larger than 5 MB/],
  ]) {
    await tab.load("x.json", text);
    assert.match(tab.said(), words);
    assert.deepEqual([...tab.local.texts], before);
    assert.ok(tab.find("[data-el=undo]").hidden);
  }
});

test("what cannot be read is set aside, and offered as a file", async () => {
  const local = new Shelf();
  local.texts.set("/stagebook-assessment/1.sample", "{never");
  const tab = await Tab.open({ local });
  assert.match(tab.head(), /could not be read\. They have not been deleted\./);
  assert.ok(!tab.find("[data-el=rescue]").hidden);
  assert.ok([...local.texts.values()].includes("{never"));
});

test("what is deleted elsewhere is said, and can be kept", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  tab.local.texts.delete(tab.key());
  tab.hear();
  assert.match(tab.head(), /stored copy of this assessment is gone/);
  tab.press("Keep it");
  assert.equal(tab.stored().answers["plan-kept"].answer, "yes");
  assert.doesNotMatch(tab.head(), /gone/);
  tab.local.texts.delete(tab.key());
  tab.answer("work-checked", "yes");
  assert.match(tab.head(), /The browser deleted what this page had stored/);
});
