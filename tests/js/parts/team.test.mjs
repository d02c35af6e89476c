/** Several respondents side by side: files that are read here, and own assessments that take part. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const PANEL = "#quiz-team";

/** Return a file of one respondent. */
const file = (respondent, role, answer, more) =>
  JSON.stringify({
    ...{ format: "stagebook-assessment/1", rubric: { id: "sample", version: "1.2.0" } },
    ...{ respondent, role, answers: { "plan-kept": { answer }, "drill-done": { answer: "yes" } } },
    ...more,
  });

/** Choose files by name. */
async function choose(tab, files) {
  const input = tab.find(`${PANEL} [data-el=files]`);
  const value = Object.entries(files).map(([name, text]) => new tab.window.File([text], name));
  Object.defineProperty(input, "files", { value, configurable: true });
  const said = tab.find(`${PANEL} [data-el=said]`);
  said.textContent = "";
  input.dispatchEvent(new tab.window.Event("change"));
  await tab.until(() => said.textContent);
  return tab.read(said);
}

test("files are put side by side, each says what became of it, and names can be hidden", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  const said = await choose(tab, {
    "a.json": file("Ada", "leader", "yes"),
    "b.json": file("Ben", "practitioner", "no"),
    "c.json": file("Cy", "practitioner", "no", { rubric: { id: "sample", version: "1.0.0" } }),
    "d.json": "{",
  });
  assert.match(said, /^3 assessments added, 1 rejected\. d\.json: .*it is not JSON/);
  const people = () => tab.read(`${PANEL} [data-el=people]`);
  assert.match(
    people(),
    /Ada *leader.*Ben *practitioner.*Cy *practitioner, made with version 1\.0\.0/,
  );
  assert.match(tab.read(`${PANEL} [data-el=discuss]`), /^A plan is kept/);
  assert.match(tab.read(`${PANEL} [data-el=apart]`), /Median of the leaders: Yes; of the/);
  assert.doesNotMatch(tab.read(`${PANEL} [data-el=discuss]`), /A drill is done/);
  tab.click(tab.find(`${PANEL} [data-el=hide]`));
  assert.match(people(), /Respondent 1 *leader.*Respondent 2/);
  assert.doesNotMatch(tab.find(PANEL).outerHTML, /Ada|Ben|Cy/);
  tab.press("Remove Respondent 1", PANEL);
  assert.doesNotMatch(people(), /leader/);
  assert.equal(tab.stored(), null, "nothing of it is kept");
});

test("a model of bands without stages has a column of bands", async () => {
  const tab = await Tab.open({ rubric: "capability" });
  tab.see(PANEL);
  const answers = { format: "stagebook-assessment/1", rubric: { id: "capability" }, answers: {} };
  await choose(tab, { "a.json": JSON.stringify({ ...answers, respondent: "Ada" }) });
  assert.match(tab.read(`${PANEL} thead`), /^Respondent *Answered *Band *Score *$/);
  const cells = (part) => tab.find(`${PANEL} ${part} tr`).children.length;
  assert.equal(cells("tbody"), cells("thead"));
});

test("an own assessment takes part when it is ticked", async () => {
  const tab = await Tab.open();
  tab.fill("[data-about=respondent]", "Me");
  tab.answer("plan-kept", "yes");
  tab.see(PANEL);
  assert.ok(tab.find(`${PANEL} [data-el=shown]`).hidden);
  tab.click(tab.find(`${PANEL} [data-el=mine] input`));
  assert.match(tab.read(`${PANEL} [data-el=people]`), /^Me.*1\/4/);
});

test("what a group has loaded stays over a reload until it is put away, and that is said", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  const said = await choose(tab, { "a.json": file("Ada", "leader", "yes") });
  assert.match(said, /stay until you remove them or close this tab/);
  const again = await tab.reload({ one: false });
  again.see(PANEL);
  assert.match(again.read(`${PANEL} [data-el=people]`), /^Ada/);
  again.press("Remove all files", PANEL);
  assert.ok(again.find(`${PANEL} [data-el=shown]`).hidden);
  assert.match(again.read(`${PANEL} [data-el=said]`), /All files are removed/);
  const last = await again.reload({ one: false });
  last.see(PANEL);
  assert.ok(last.find(`${PANEL} [data-el=shown]`).hidden);
});

test("who takes part twice is said to, by name and day or by the same answers", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  const nobody = file("", "", "yes");
  const first = { "a.json": file("Ada", "leader", "yes"), "n.json": nobody, "o.json": file("", "", "no") };
  assert.doesNotMatch(await choose(tab, first), /both count/);
  const again = { "b.json": file("Ada", "leader", "no"), "m.json": nobody };
  const said = await choose(tab, again);
  assert.match(said, /^2 assessments added, 0 rejected\./);
  assert.match(said, /b\.json: same name and date as Ada; both count\./);
  assert.match(said, /m\.json: same answers as Respondent 2; both count\./);
  const people = tab.read(`${PANEL} [data-el=people]`);
  assert.match(people, /Ada *leader, same name and date as Ada; both count/);
  assert.equal(people.match(/both count/g).length, 2);
  assert.doesNotMatch(await choose(tab, { "c.json": file("Ada", "", "no", { date: "2026-01-01" }) }), /both/);
});

test("hidden names stay hidden over a reload, and in what is said of files", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  await choose(tab, { "a.json": file("Ada", "leader", "yes") });
  tab.click(tab.find(`${PANEL} [data-el=hide]`));
  const again = await tab.reload({ one: false });
  again.see(PANEL);
  assert.ok(again.find(`${PANEL} [data-el=hide]`).checked);
  assert.match(again.read(`${PANEL} [data-el=people]`), /^Respondent 1/);
  const said = await choose(again, {
    ...{ "ada-again.json": file("Ada", "leader", "yes", { symptoms: 7 }), "ben.json": "{" },
  });
  assert.match(said, /^One assessment added, 1 rejected\. This file holds no assessment/);
  assert.match(said, /Respondent 2: .*symptoms/);
  assert.match(said, /Respondent 2: same name and date as Respondent 1; both count\./);
  assert.doesNotMatch(again.find(PANEL).outerHTML, /ada|Ada|ben/);
  again.click(again.find(`${PANEL} [data-el=hide]`));
  const last = await again.reload({ one: false });
  last.see(PANEL);
  assert.ok(!last.find(`${PANEL} [data-el=hide]`).checked);
});

test("a team file without assessments is refused", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  const text = JSON.stringify({ format: "stagebook-team/1", assessments: [] });
  const said = await choose(tab, { "empty.json": text });
  assert.match(said, /empty\.json: This file is not a Stagebook assessment\. Nothing was changed\./);
});

test("where the tab keeps nothing, it is said that files stay with the page alone", async () => {
  const session = new Shelf();
  session.mood = "full";
  const tab = await Tab.open({ session });
  tab.see(PANEL);
  const said = await choose(tab, { "a.json": file("Ada", "leader", "yes") });
  assert.match(said, /stay until you leave or reload this page/);
});
