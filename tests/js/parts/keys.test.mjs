/** Single keys: off until they are turned on, and never while somebody types. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const NAME = "stagebook-keys/1";

/** Press a key where the focus is; return whether anything else may still act on it. */
function key(tab, name, more = {}) {
  const { KeyboardEvent } = tab.window;
  const event = new KeyboardEvent("keydown", {
    ...{ key: name, bubbles: true, cancelable: true },
    ...more,
  });
  let isLeft = false;
  const note = () => {
    isLeft = true;
  };
  tab.window.addEventListener("keydown", note);
  (tab.document.activeElement ?? tab.document.body).dispatchEvent(event);
  tab.window.removeEventListener("keydown", note);
  tab.clock.pass(20);
  assert.equal(isLeft, !event.defaultPrevented, "what is taken is taken whole");
  return isLeft;
}

async function open(how = {}, isOn = true) {
  const tab = await Tab.open(how);
  const box = tab.find(".sb-keys");
  box.open = true;
  box.dispatchEvent(new tab.window.Event("toggle"));
  await tab.settle();
  if (isOn) tab.click(tab.find(".sb-keys input"));
  tab.find(".sb-keys input").blur();
  return tab;
}

/** Put the focus on a question, as the quiz does that comes to it. */
function come(tab, gate) {
  const legend = tab.question(gate).querySelector("legend");
  legend.tabIndex = -1;
  legend.focus();
}

/** Turn keys on where one question shows at a time, and come to the first. */
async function openOne() {
  const tab = await open({ one: true });
  while (!current(tab).endsWith("/plan-kept")) tab.press("Continue");
  return tab;
}

const current = (tab) => tab.find(".sb-current").id;
const keptNames = (tab) => [...tab.local.texts.keys()].filter((name) => name.includes(NAME));

test("nothing happens until they are turned on, and nothing after they are off again", async () => {
  const tab = await open({}, false);
  come(tab, "plan-kept");
  assert.ok(key(tab, "1"));
  assert.equal(tab.answered("plan-kept"), null);
  const box = tab.find(".sb-keys input");
  tab.click(box);
  come(tab, "plan-kept");
  assert.ok(!key(tab, "1"));
  assert.equal(tab.answered("plan-kept"), "no");
  tab.click(box);
  come(tab, "plan-kept");
  assert.ok(key(tab, "3"));
  assert.equal(tab.answered("plan-kept"), "no");
  assert.deepEqual(keptNames(tab), []);
});

test("each number chooses its answer, the last two too, and no number above", async () => {
  const tab = await open();
  come(tab, "plan-kept");
  for (const [at, answer] of ["no", "partly", "yes", "unknown", "not-applicable"].entries()) {
    come(tab, "plan-kept");
    key(tab, String(at + 1));
    assert.equal(tab.answered("plan-kept"), answer);
  }
  assert.equal(tab.stored().answers["plan-kept"].answer, "not-applicable");
  come(tab, "plan-kept");
  assert.ok(key(tab, "6"));
  assert.equal(tab.answered("plan-kept"), "not-applicable");
});

test("keys with Ctrl, Alt or Meta, keys held down and keys elsewhere are left alone", async () => {
  const tab = await open();
  come(tab, "plan-kept");
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { repeat: true }]) {
    assert.ok(key(tab, "1", more));
  }
  const outside = tab.document.createElement("button");
  tab.document.body.append(outside);
  outside.focus();
  assert.ok(key(tab, "1"));
  assert.equal(tab.answered("plan-kept"), null);
});

test("in a field a key is text, and Escape leads back to the question", async () => {
  const tab = await open();
  come(tab, "plan-kept");
  assert.ok(!key(tab, "n"));
  const note = tab.question("plan-kept").querySelector("textarea");
  assert.ok(tab.hasFocus(note));
  assert.ok(note.closest("details").open);
  for (const name of ["1", "f", "n", "Enter", "ArrowLeft"]) assert.ok(key(tab, name));
  assert.equal(tab.answered("plan-kept"), null);
  assert.ok(tab.hasFocus(note));
  assert.ok(!key(tab, "Escape"));
  assert.ok(tab.hasFocus(tab.question("plan-kept").querySelector("legend")));
  key(tab, "2");
  assert.equal(tab.answered("plan-kept"), "partly");
});

test("F sets the flag and takes it away", async () => {
  const tab = await open();
  come(tab, "plan-kept");
  key(tab, "F");
  assert.equal(tab.stored().answers["plan-kept"].flag, true);
  key(tab, "f");
  assert.equal(tab.stored()?.answers?.["plan-kept"]?.flag ?? false, false);
});

test("Enter and arrows go on and back; Enter on a button is the button's", async () => {
  const tab = await openOne();
  const here = current(tab);
  assert.ok(!key(tab, "Enter"));
  const next = current(tab);
  assert.notEqual(next, here);
  assert.ok(!key(tab, "ArrowLeft"));
  assert.equal(current(tab), here);
  assert.ok(!key(tab, "ArrowRight"));
  assert.equal(current(tab), next);
  tab.find(".sb-nav [data-act=back]").focus();
  assert.ok(key(tab, "Enter"), "the browser presses it");
  assert.equal(current(tab), next);
});

test("where all are on the page, arrows move the focus and Enter does nothing", async () => {
  const tab = await open();
  const questions = [...tab.document.querySelectorAll(".sb-question")];
  come(tab, "plan-kept");
  key(tab, "ArrowRight");
  assert.ok(questions[1].contains(tab.document.activeElement));
  key(tab, "ArrowLeft");
  assert.ok(tab.hasFocus(questions[0].querySelector("legend")));
  assert.ok(key(tab, "Enter"));
});

test("an answer goes on where the reader wants that after each", async () => {
  const tab = await openOne();
  const here = current(tab);
  tab.click(tab.find("[data-el=advance]"));
  come(tab, "plan-kept");
  key(tab, "3");
  assert.equal(tab.answered("plan-kept"), "yes");
  assert.notEqual(current(tab), here);
});

test("they stay on in the next visit, in this browser", async () => {
  const local = new Shelf();
  const tab = await open({ local });
  assert.equal(keptNames(tab).length, 1);
  const again = await Tab.open({ local });
  await again.settle();
  assert.ok(again.find(".sb-keys input").checked);
  come(again, "plan-kept");
  key(again, "1");
  assert.equal(again.answered("plan-kept"), "no");
});

test("where their script is missing, the panel says so", async () => {
  const tab = await Tab.open({ late: true });
  await tab.bring(["extras.js"]);
  tab.answer("plan-kept", "no");
  tab.see("#result");
  await tab.settle();
  const box = tab.find(".sb-keys");
  box.open = true;
  box.dispatchEvent(new tab.window.Event("toggle"));
  await tab.until(() => tab.read(".sb-keys [role=status]"));
  assert.match(tab.read(".sb-keys [role=status]"), /stagebook-several\.js/);
  assert.ok(tab.find(".sb-keys label").hidden, "what would do nothing is not offered");
});
