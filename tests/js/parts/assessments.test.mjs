/** The list of assessments: open, rename, copy, delete, and back again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const LIST = "#quiz-assessments";
const NOTE = "[data-field=note][data-gate=plan-kept]";

/** Open a tab with two assessments, Alpha and then Beta, which is open. */
async function openTwo(how = {}) {
  const tab = await Tab.open(how);
  tab.fill("[data-about=subject]", "Alpha");
  tab.answer("plan-kept", "no");
  tab.fill(NOTE, "Of Alpha.");
  tab.press("New assessment");
  assert.match(tab.said(), /This is a new assessment/);
  tab.fill("[data-about=subject]", "Beta");
  tab.answer("plan-kept", "yes");
  tab.fill("[data-measure=plan-days]", "about 9");
  tab.fill(NOTE, "Of Beta.");
  return tab;
}

const names = (tab) => {
  tab.see(LIST);
  return [...tab.find(LIST).querySelectorAll("li > b")].map((one) => one.textContent).sort();
};

/** Return all that is shown of the open assessment, and all that is stored of any. */
const everything = (tab) => ({
  subject: tab.find("[data-about=subject]").value,
  note: tab.find(NOTE).value,
  days: tab.find("[data-measure=plan-days]").value,
  answer: tab.answered("plan-kept"),
  stored: tab.keys().map((key) => [key, tab.local.texts.get(key)]),
});

test("where nothing is answered yet, a new assessment is no other, and none is said to be kept", async () => {
  const tab = await Tab.open();
  tab.press("New assessment");
  assert.match(tab.said(), /^Nothing has been answered in this assessment yet\.$/);
  assert.ok(tab.find("[data-act=undo]").hidden);
});

test("deleting the open assessment opens another, and undoing gives back everything", async () => {
  const tab = await openTwo();
  const before = everything(tab);
  tab.see(LIST);
  tab.press("Delete: Beta");
  assert.equal(tab.said(), "Beta is deleted.");
  assert.deepEqual(names(tab), ["Alpha"]);
  assert.equal(tab.find(NOTE).value, "Of Alpha.");
  tab.press("Undo");
  assert.deepEqual(everything(tab), before);
  assert.deepEqual(names(tab), ["Alpha", "Beta"]);
});

test("one that is not open is deleted and brought back after the page is opened again", async () => {
  const tab = await openTwo();
  const before = everything(tab);
  tab.see(LIST);
  tab.press("Delete: Alpha");
  assert.equal(tab.find("[data-about=subject]").value, "Beta");
  const again = await tab.reload();
  assert.deepEqual(names(again), ["Beta"]);
  assert.match(again.see(LIST), /Alpha is deleted\. *Restore it/);
  again.press("Restore it");
  assert.equal(again.said(), "Alpha is back.");
  assert.deepEqual(names(again), ["Alpha", "Beta"]);
  assert.deepEqual(everything(again), before, "the open one stays open");
});

test("a file of one assessment is none of the other, before the tab is closed", async () => {
  const tab = await openTwo({ local: Object.assign(new Shelf(), { mood: "blocked" }) });
  tab.press("Download answers");
  assert.ok(tab.asksBeforeLeaving());
  tab.see(LIST);
  tab.press("Download: Alpha");
  assert.ok(!tab.asksBeforeLeaving());
  tab.answer("plan-kept", "no");
  assert.ok(tab.asksBeforeLeaving());
  tab.see(LIST);
  tab.press("Delete: Beta");
  assert.ok(!tab.asksBeforeLeaving());
});

test("opening another can be taken back", async () => {
  const tab = await openTwo();
  const before = everything(tab);
  tab.see(LIST);
  tab.press("Open: Alpha");
  assert.equal(tab.said(), "Alpha is now the current assessment.");
  assert.equal(tab.answered("plan-kept"), "no");
  tab.press("Undo");
  assert.deepEqual(everything(tab), before);
});

test("a copy is dated today, stands beside its origin, and both go their ways", async () => {
  const tab = await openTwo();
  tab.see(LIST);
  tab.press("Duplicate: Alpha");
  assert.match(tab.said(), /This is a copy of Alpha/);
  assert.deepEqual(names(tab), ["Alpha", "Alpha", "Beta"]);
  tab.fill("[data-about=subject]", "Gamma");
  assert.deepEqual(names(tab), ["Alpha", "Beta", "Gamma"]);
  assert.equal(tab.stored().subject, "Alpha");
  assert.throws(() => tab.control("Undo"), "something else was done since");
});

test("undone is what was copied into an empty assessment, too", async () => {
  const tab = await Tab.open();
  tab.fill("[data-about=subject]", "Alpha");
  tab.answer("plan-kept", "no");
  tab.press("New assessment");
  tab.see(LIST);
  tab.press("Duplicate: Alpha");
  assert.deepEqual(names(tab), ["Alpha", "Alpha"]);
  tab.press("Undo");
  assert.deepEqual(names(tab), ["Alpha"]);
  assert.equal(tab.find("[data-about=subject]").value, "");
  assert.equal(tab.answered("plan-kept"), null);
});

test("one is renamed where it stands, open or not", async () => {
  const tab = await openTwo();
  tab.see(LIST);
  const field = [...tab.find(LIST).querySelectorAll("input")].find((one) => one.value === "Alpha");
  tab.type(field, "Aleph");
  assert.equal(tab.stored().subject, "Aleph");
  field.blur();
  assert.equal(tab.stored().answers["plan-kept"].note, "Of Alpha.");
  assert.equal(tab.find("[data-about=subject]").value, "Beta");
});

test("what is renamed is copied under its new name, though the list waits for the field to be left", async () => {
  const tab = await openTwo();
  tab.see(LIST);
  const field = [...tab.find(LIST).querySelectorAll("input")].find((one) => one.value === "Alpha");
  field.focus();
  tab.type(field, "Aleph");
  const duplicate = tab.control("Duplicate: Alpha");
  duplicate.focus();
  tab.click(duplicate);
  assert.equal(tab.said(), "This is a copy of Aleph, dated today.");
  assert.equal(tab.find("[data-about=subject]").value, "Aleph");
});

test("what two tabs delete can be brought back, and has no new name", async () => {
  const tab = await openTwo();
  tab.see(LIST);
  const other = await Tab.open({ local: tab.local });
  other.see(LIST);
  other.press("Delete: Alpha");
  // This tab has not heard of it, as one that was frozen.
  const field = [...tab.find(LIST).querySelectorAll("input")].find((one) => one.value === "Alpha");
  tab.type(field, "Aleph");
  assert.equal(tab.stored(), null, "half an assessment is none");
  tab.press("Delete: Alpha");
  assert.deepEqual(names(tab), ["Beta"]);
  tab.press("Restore it");
  assert.deepEqual(names(tab), ["Alpha", "Beta"]);
  tab.press("Open: Alpha");
  assert.equal(tab.find(NOTE).value, "Of Alpha.");
});

test("another tab's new assessment comes into the list", async () => {
  const tab = await openTwo();
  const other = await Tab.open({ local: tab.local });
  other.press("New assessment");
  other.fill("[data-about=subject]", "Delta");
  const key = [...tab.local.texts.keys()].find((one) => tab.local.texts.get(one).includes("Delta"));
  tab.see(LIST);
  tab.hear(key);
  assert.deepEqual(names(tab), ["Alpha", "Beta", "Delta"]);
  assert.equal(tab.find("[data-about=subject]").value, "Beta", "and changes nothing here");
});

/** Open a browser in which another version of the site keeps an assessment, and other things lie. */
async function openBesideAnother() {
  const before = await Tab.open();
  before.fill("[data-about=subject]", "Gamma");
  before.answer("plan-kept", "yes");
  const { texts } = before.local;
  const text = texts.get(before.key());
  texts.clear();
  texts.set(`/v1${before.key()}.k3`, text);
  texts.set(`/v1${before.key()}-two`, text);
  texts.set(`/v1/stagebook-open/1.sample`, "k3");
  texts.set(`/v1${before.key()}`, "{");
  return { local: before.local, key: `/v1${before.key()}.k3`, text };
}

test("what another version of the site keeps is offered, and copied when the reader says so", async () => {
  const { local, key, text } = await openBesideAnother();
  const tab = await Tab.open({ local });
  assert.match(tab.read("[data-el=link]"), /^You have assessments .* Show them in the list$/);
  assert.equal(tab.find("[data-el=link] a").hash, LIST);
  assert.deepEqual(names(tab), ["Gamma"]);
  assert.match(tab.read(LIST), /Gamma \/v1\/ · [-0-9]+ · First 1.00 · 1 of 4 answered Copy to this site$/);
  tab.press("Copy to this site: Gamma");
  assert.equal(tab.said(), "This is a copy of Gamma.");
  assert.equal(tab.answered("plan-kept"), "yes");
  assert.equal(tab.find("[data-about=subject]").value, "Gamma");
  assert.equal(tab.stored().subject, "Gamma");
  assert.equal(local.texts.get(key), text, "the original stays");
});

test("who has assessments here is not told of others, but finds them in the list", async () => {
  const { local } = await openBesideAnother();
  const first = await Tab.open({ local });
  first.fill("[data-about=subject]", "Here");
  const tab = await first.reload();
  assert.equal(tab.find("[data-el=link]").hidden, true);
  assert.deepEqual(names(tab), ["Gamma", "Here"]);
});
