/** Taking an assessment elsewhere: a link that another browser opens, text, files. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

/** Note what is copied and what is offered as a file. */
function watch(tab) {
  const taken = { copied: [], files: [] };
  const { window } = tab;
  const clipboard = { writeText: async (text) => void taken.copied.push(text) };
  Object.defineProperty(window.navigator, "clipboard", { value: clipboard, configurable: true });
  window.URL.createObjectURL = (blob) => {
    taken.files.push(blob);
    return "blob:x";
  };
  window.URL.revokeObjectURL = () => {};
  return taken;
}

/** Return what is said beside the buttons. */
const told = (tab) => tab.read(".sb-share [data-el=told]");

async function link(notes) {
  const tab = await Tab.open();
  const taken = watch(tab);
  tab.fill("[data-about=subject]", "Mine");
  tab.answer("plan-kept", "yes");
  tab.fill("[data-field=note][data-gate=plan-kept]", "Secret.");
  if (notes) tab.click(tab.find("[data-el=private]"));
  tab.press("Copy a link");
  await tab.until(() => told(tab));
  assert.match(told(tab), /Link copied.*anyone who has the link can read them/);
  assert.equal(tab.said(), "", "it is said where the press was");
  assert.equal(tab.find("[data-el=address]").value, taken.copied[0]);
  return new URL(taken.copied[0]).hash;
}

for (const notes of [false, true]) {
  test(`a link brings the answers ${notes ? "and" : "without"} the notes, when the reader says so`, async () => {
    const hash = await link(notes);
    const tab = await Tab.open({ hash });
    await tab.until(() => !tab.find("[data-el=link]").hidden);
    assert.doesNotMatch(tab.window.location.href, /stagebook=/, "the address is short again");
    assert.match(tab.read("[data-el=link]"), /This link contains one assessment: Mine, .*one answer/);
    assert.equal(tab.stored(), null, "nothing is taken unasked");
    tab.press("Add it to my assessments");
    assert.equal(tab.answered("plan-kept"), "yes");
    assert.equal(tab.find("[data-field=note][data-gate=plan-kept]").value, notes ? "Secret." : "");
    tab.press("Undo");
    assert.equal(tab.answered("plan-kept"), null);
  });
}

test("a link says how many answers it holds, as the page counts them: notes are none, numbers are", async () => {
  const tab = await Tab.open();
  const taken = watch(tab);
  tab.fill("[data-measure=plan-days]", "4");
  tab.answer("work-checked", "unknown");
  tab.fill("[data-field=note][data-gate=drill-done]", "Only a note.");
  tab.click(tab.find("[data-field=flag][data-gate=load-known]"));
  assert.match(tab.head(), /^2 of 4 answered/);
  tab.click(tab.find("[data-el=private]"));
  tab.press("Copy a link");
  await tab.until(() => taken.copied.length);
  const other = await Tab.open({ hash: new URL(taken.copied[0]).hash });
  await other.until(() => !other.find("[data-el=link]").hidden);
  assert.match(other.read("[data-el=link]"), /, 2 answers\./);
});

test("a link made in the example leads out of it: what is taken there would not be kept", async () => {
  const tab = await Tab.open({ search: "?sample" });
  const taken = watch(tab);
  tab.press("Copy a link");
  await tab.until(() => told(tab));
  const { search, hash } = new URL(taken.copied[0]);
  assert.equal(search, "");
  assert.match(hash, /^#stagebook=/);
});

/** Let the browser refuse to copy: the new way always, the old way where it is said. */
function refuse({ window }, old) {
  const writeText = async () => Promise.reject(new Error("not allowed"));
  Object.defineProperty(window.navigator, "clipboard", { value: { writeText } });
  const taken = [];
  window.document.execCommand = () => {
    if (old) taken.push(window.document.activeElement.value);
    return old;
  };
  return taken;
}

test("what the browser copies in the old way only is copied, and the focus stays", async () => {
  const tab = await Tab.open();
  const taken = refuse(tab, true);
  tab.answer("plan-kept", "yes");
  const button = tab.find("[data-act=copy-plan]");
  button.focus();
  tab.press("Copy the plan");
  await tab.until(() => /^Copied/.test(told(tab)));
  assert.equal(taken.length, 1);
  assert.equal(tab.window.document.activeElement, button);
});

test("what the browser does not copy is never said to be copied, and is there to take", async () => {
  const tab = await Tab.open();
  refuse(tab, false);
  tab.answer("plan-kept", "yes");
  tab.press("Copy as Markdown");
  await tab.until(() => told(tab));
  assert.match(told(tab), /did not let this page copy/);
  const text = tab.find(".sb-by-hand");
  assert.match(text.value, /^## Sample/);
  assert.equal(tab.window.document.activeElement, text);
  tab.press("Copy a link");
  await tab.until(() => tab.window.document.activeElement === tab.find("[data-el=address]"));
  assert.match(told(tab), /did not let this page copy/);
});

test("a link brings what is said of the subject, and the criteria that are ticked", async () => {
  const tab = await Tab.open({ rubric: "shapes" });
  const taken = watch(tab);
  tab.click(tab.find("[data-profile=machines][value=none]"));
  tab.click(tab.find("[data-gate=tools-listed] [data-field=ticks]"));
  tab.press("Copy a link");
  await tab.until(() => told(tab));
  const { hash } = new URL(taken.copied[0]);
  const other = await Tab.open({ rubric: "shapes", hash });
  await other.until(() => !other.find("[data-el=link]").hidden);
  other.press("Add it to my assessments");
  assert.deepEqual(other.stored().profile, { machines: "none" });
  assert.deepEqual(other.stored().answers, { "tools-listed": { ticks: ["1"] } });
  assert.ok(other.question("tools-tested").closest("[hidden]"));
  const copied = watch(other);
  other.press("Table (CSV)");
  await other.until(() => copied.files.length);
  const row = (await copied.files[0].text()).split("\r\n").find((one) => /tools-tested/.test(one));
  assert.match(row, /"not-applicable".*"Does the workshop use machines\? None"/);
});

test("a link is left, or refused in words where it is damaged", async () => {
  const hash = await link(false);
  const tab = await Tab.open({ hash });
  await tab.until(() => !tab.find("[data-el=link]").hidden);
  tab.press("Discard it");
  assert.ok(tab.find("[data-el=link]").hidden);
  assert.equal(tab.answered("plan-kept"), null);
  tab.window.location.hash = hash.slice(0, -3);
  await tab.until(() => tab.said());
  assert.match(tab.said(), /This link is damaged or incomplete/);
});

test("result, plan, table, badge and answers are copied and offered as they are shown", async () => {
  const tab = await Tab.open();
  const taken = watch(tab);
  tab.fill("[data-about=subject]", "Mine");
  tab.answer("plan-kept", "no");
  tab.clock.pass(1000);
  for (const words of ["Copy as Markdown", "Copy the plan"]) tab.press(words);
  await tab.until(() => taken.copied.length === 2);
  const [result, plan] = taken.copied;
  assert.match(told(tab), /Copied\. The text contains your answers/);
  assert.match(result, /^## Sample model, Mine, [\d-]+\n\n.*Ground/s);
  assert.match(plan, /Write the plan/);
  for (const words of ["Table (CSV)", "Badge (SVG)", "Download answers"]) tab.press(words);
  const [table, badge, answers] = await Promise.all(taken.files.map((blob) => blob.text()));
  assert.match(table, /"?Code"?[,;]/);
  assert.match(table, /plan-kept/);
  assert.match(badge, /^<svg .*Sample model: Ground/s);
  assert.deepEqual(JSON.parse(answers), tab.stored());
});
