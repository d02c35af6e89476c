/** The example: a result to look at, that never mixes with the reader's own and is not kept. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const about = (tab) => tab.find("[data-about=subject]").value;
const isMarked = (tab) => Boolean(tab.document.querySelector(".sb-quiz.sb-sample"));

test("an address opens the example at its result, marked as what it is", async () => {
  const tab = await Tab.open({ search: "?sample", hash: "#result", one: true });
  assert.ok(isMarked(tab));
  assert.equal(tab.find(".sb-current").id, "result");
  assert.match(tab.read("#result"), /Example: Kite shop \(made up\)/);
  assert.match(tab.read("#result"), /Ground/);
  assert.equal(about(tab), "Example: Kite shop (made up)");
});

test("nothing of it is stored, nor what is changed in it", async () => {
  const local = new Shelf();
  const session = new Shelf();
  const tab = await Tab.open({ local, session, search: "?sample" });
  tab.answer("plan-kept", "yes");
  assert.equal(tab.answered("plan-kept"), "yes");
  assert.equal(local.texts.size, 0);
  assert.equal(session.texts.size, 0);
  const again = await Tab.open({ local, session, search: "?sample" });
  assert.equal(again.answered("plan-kept"), "no");
});

test("the reader's own answers are not in it, and are there again behind it", async () => {
  const local = new Shelf();
  const own = await Tab.open({ local });
  own.answer("plan-kept", "yes");
  const before = JSON.stringify([...local.texts]);
  const tab = await Tab.open({ local, search: "?sample" });
  assert.equal(tab.answered("plan-kept"), "no");
  tab.answer("work-checked", "no");
  assert.equal(JSON.stringify([...local.texts]), before);
  assert.doesNotMatch(tab.see("#quiz-assessments"), /Unnamed/);
  const back = await Tab.open({ local });
  assert.ok(!isMarked(back));
  assert.equal(back.answered("plan-kept"), "yes");
  assert.equal(back.answered("work-checked"), null);
});

test("a rubric without an example asks for the reader's own answers", async () => {
  const tab = await Tab.open({ rubric: "shapes", search: "?sample" });
  assert.ok(!isMarked(tab));
  assert.equal(tab.document.querySelector(".sb-example"), null);
});
