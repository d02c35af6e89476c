/** The roadmap in the page: plays are put into phases, and each phase says what it leads to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const PANEL = "#quiz-roadmap";
/** Another play than `write-plan`. */
const OTHER = "run-drill";

/** Open the roadmap of an assessment in which nothing is met. */
async function open() {
  const tab = await Tab.open();
  for (const gate of ["plan-kept", "drill-done", "work-checked"]) tab.answer(gate, "no");
  tab.see(PANEL);
  await tab.settle();
  return tab;
}

const phase = (tab, n) => tab.find(`${PANEL} [data-phase="${n}"]`);
const plays = (tab, n) => [...phase(tab, n).querySelectorAll("[data-item]")].map((one) => one.dataset.item);

/** Choose the phase of a play. */
function put(tab, play, value) {
  const select = tab.find(`${PANEL} [data-play="${play}"]`);
  select.focus();
  select.value = value;
  select.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  tab.clock.pass(20);
}

/** Type into a field of a phase. */
function type(tab, n, key, value) {
  const field = phase(tab, n).querySelector(`[data-of=${key}]`);
  field.value = value;
  field.dispatchEvent(new tab.window.Event("input", { bubbles: true }));
  tab.clock.pass(400);
}

test("a play is put into a phase, and out again, and the focus stays with its list", async () => {
  const tab = await open();
  const [first] = [...tab.document.querySelectorAll(`${PANEL} [data-item]`)].map((one) => one.dataset.item);
  put(tab, first, "0");
  assert.deepEqual(tab.stored().roadmap, [{ remediations: [{ id: first }] }]);
  assert.deepEqual(plays(tab, 0), [first]);
  assert.equal(tab.document.activeElement.dataset.play, first);
  assert.match(tab.read(`${PANEL} [data-el=said]`), /is now in Phase 1/);
  assert.ok(!phase(tab, 1).hidden, "the next phase is offered");
  assert.ok(phase(tab, 2).hidden);
  const owner = tab.find(`${PANEL} [data-owner="${first}"]`);
  owner.value = "Ada";
  owner.dispatchEvent(new tab.window.Event("input", { bubbles: true }));
  tab.clock.pass(400);
  put(tab, first, "1");
  assert.deepEqual(tab.stored().roadmap, [{}, { remediations: [{ id: first, owner: "Ada" }] }]);
  put(tab, first, "");
  assert.equal(tab.stored().roadmap, undefined);
  put(tab, first, "0");
  assert.equal(tab.stored().roadmap[0].remediations[0].owner, "Ada", "it is remembered who does it");
});

test("what is typed of a phase is kept, and empty phases at the end are not", async () => {
  const tab = await open();
  type(tab, 0, "title", "Spring");
  type(tab, 0, "date", "2027-03-31");
  type(tab, 1, "owner", "Ben");
  assert.deepEqual(tab.stored().roadmap, [{ title: "Spring", date: "2027-03-31" }, { owner: "Ben" }]);
  type(tab, 1, "owner", "");
  assert.equal(tab.stored().roadmap.length, 1);
  const again = await tab.reload();
  again.see(PANEL);
  assert.equal(phase(again, 0).querySelector("[data-of=title]").value, "Spring");
});

test("who does a play in one assessment does not do it in another", async () => {
  const tab = await open();
  put(tab, OTHER, "0");
  const owner = tab.find(`${PANEL} [data-owner="${OTHER}"]`);
  owner.value = "Ada";
  owner.dispatchEvent(new tab.window.Event("input", { bubbles: true }));
  tab.clock.pass(400);
  put(tab, OTHER, "");
  tab.press("New assessment");
  tab.see(PANEL);
  put(tab, OTHER, "0");
  const [id] = tab.keys().map((key) => key.slice(tab.key().length + 1)).filter(Boolean);
  assert.deepEqual(tab.stored(id).roadmap, [{ remediations: [{ id: OTHER }] }]);
});

test("what is typed in the moment before the page is left is kept", async () => {
  const tab = await open();
  const title = phase(tab, 0).querySelector("[data-of=title]");
  title.value = "Spring";
  title.dispatchEvent(new tab.window.Event("input", { bubbles: true }));
  tab.leave();
  assert.deepEqual(tab.stored().roadmap, [{ title: "Spring" }]);
});

test("the plan is spread in its order, and moved by keys", async () => {
  const tab = await open();
  const planned = [...tab.document.querySelectorAll(`${PANEL} [data-el=plan] [data-item]`)].map((one) => one.dataset.item);
  assert.ok(planned.length);
  tab.click(tab.find(`${PANEL} [data-act=spread]`));
  const spread = tab.stored().roadmap.flatMap(({ remediations }) => remediations.map(({ id }) => id));
  assert.deepEqual(spread, planned);
  assert.ok(tab.find(`${PANEL} [data-el=spread]`).hidden);
});

test("plays of a phase change places by keys, and the focus goes with them", async () => {
  const tab = await open();
  const [one, two] = ["write-plan", OTHER];
  put(tab, one, "0");
  put(tab, two, "0");
  assert.deepEqual(plays(tab, 0), [one, two]);
  const down = tab.find(`${PANEL} [data-key="down ${one}"]`);
  down.focus();
  tab.click(down);
  assert.deepEqual(plays(tab, 0), [two, one]);
  assert.equal(tab.document.activeElement.dataset.key, `phase ${one}`, "it is the last now");
  assert.match(tab.read(`${PANEL} [data-el=said]`), /^“.+” is now number 2 of 2 in Phase 1\.$/);
  const up = tab.find(`${PANEL} [data-key="up ${one}"]`);
  tab.click(up);
  assert.deepEqual(plays(tab, 0), [one, two]);
  assert.match(tab.read(`${PANEL} [data-el=said]`), /^“.+” is now number 1 of 2 in Phase 1\.$/);
});

test("each phase says what it leads to, the last one as if all its gates were met", async () => {
  const tab = await open();
  tab.click(tab.find(`${PANEL} [data-act=spread]`));
  const before = tab.read(phase(tab, 0).querySelector(".sb-forecast"));
  assert.match(before, /^Forecast: .* Gates newly met: \d/);
  const select = phase(tab, 0).querySelector("[data-of=target_stage]");
  select.value = [...select.options].at(-1).value;
  select.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  assert.match(tab.read(phase(tab, 0).querySelector(".sb-forecast")), /does not reach the target/);
  select.value = select.options[1].value;
  select.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  assert.match(tab.read(phase(tab, 0).querySelector(".sb-forecast")), /reaches? the target/);
  assert.match(tab.read(`${PANEL} table`), /Forecast/);
});

test("where a model has neither stages nor a score, the forecast says what is newly met", async () => {
  const tab = await Tab.open({ scoring: { has_overall: false } });
  for (const gate of ["plan-kept", "drill-done", "work-checked"]) tab.answer(gate, "no");
  tab.see(PANEL);
  await tab.settle();
  put(tab, "write-plan", "0");
  assert.equal(tab.read(phase(tab, 0).querySelector(".sb-forecast")), "Gates newly met: 1.");
  assert.doesNotMatch(tab.read(`${PANEL} table`), /Forecast|–/);
});

test("a play is dragged to a place among others", async () => {
  const tab = await open();
  const id = "write-plan";
  put(tab, id, "0");
  put(tab, OTHER, "1");
  const drag = (type, element) => {
    const event = new tab.window.Event(type, { bubbles: true, cancelable: true });
    element.dispatchEvent(event);
    return event;
  };
  drag("dragstart", tab.find(`${PANEL} [data-item="${id}"]`));
  assert.ok(drag("dragover", phase(tab, 1)).defaultPrevented);
  drag("drop", phase(tab, 1));
  assert.equal(plays(tab, 1).at(-1), id);
  assert.ok(!drag("dragover", phase(tab, 0)).defaultPrevented, "nothing is dragged any more");
  drag("dragstart", tab.find(`${PANEL} [data-item="${id}"]`));
  drag("drop", tab.find(`${PANEL} .sb-pool`));
  assert.deepEqual(tab.stored().roadmap, [{}, { remediations: [{ id: OTHER }] }]);
});

test("a plan without answers is kept when a new assessment begins", async () => {
  const tab = await Tab.open();
  tab.see(PANEL);
  await tab.settle();
  type(tab, 0, "title", "Spring");
  tab.press("New assessment");
  tab.fill("[data-about=subject]", "Beta");
  const kept = tab.keys().map((key) => JSON.parse(tab.local.texts.get(key)));
  const plans = kept.map(({ subject, roadmap }) => [subject, roadmap?.[0].title]);
  assert.deepEqual(plans.sort(), [["Beta", undefined], [undefined, "Spring"]].sort());
});
