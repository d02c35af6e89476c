/** The presenter view: votes are counted by keys, and what is decided becomes the answer and its note. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";

const PANEL = "#quiz-meeting";

/** Open the presenter view with a choice of gates, and begin. */
async function begin(tab, scope = "") {
  tab.see(PANEL);
  await tab.settle();
  tab.find(`${PANEL} [data-el=scope]`).value = scope;
  tab.click(tab.find(`${PANEL} [data-act=begin-meeting]`));
}

/** Press a key in the view, or in a field of it. */
function key(tab, name, where = `${PANEL} [data-el=view]`, how = {}) {
  const options = { key: name, bubbles: true, cancelable: true, ...how };
  const event = new tab.window.KeyboardEvent("keydown", options);
  tab.find(where).dispatchEvent(event);
  tab.clock.pass(20);
  return event;
}

/** Add files to the team view, one for each answer to the first gate. */
async function addFiles(tab, answers) {
  const file = (answer) =>
    JSON.stringify({
      ...{ format: "stagebook-assessment/1", rubric: { id: "sample", version: "1.2.0" } },
      answers: { "plan-kept": { answer }, "drill-done": { answer: "yes" } },
    });
  tab.see("#quiz-team");
  const input = tab.find("#quiz-team [data-el=files]");
  const value = answers.map((one) => new tab.window.File([file(one)], `${one}.json`));
  Object.defineProperty(input, "files", { value, configurable: true });
  input.dispatchEvent(new tab.window.Event("change"));
  await tab.until(() => tab.read("#quiz-team [data-el=said]"));
}

const shown = (tab, name) => tab.read(`${PANEL} [data-el=${name}]`);
const answer = (tab, gate) => tab.stored()?.answers?.[gate];
const dialog = (tab) => tab.find(`${PANEL} dialog`);

test("one gate is shown with its evidence, and keys lead to the next and back", async () => {
  const tab = await Tab.open();
  await begin(tab);
  assert.ok(dialog(tab).open);
  assert.equal(shown(tab, "count"), "1 of 4");
  const first = shown(tab, "name");
  const about = tab.find(`${PANEL} [data-el=about]`);
  assert.ok(about.querySelector(".sb-test"));
  assert.equal(about.querySelector("[id]"), null, "no id is in the page twice");
  key(tab, "ArrowLeft");
  assert.equal(shown(tab, "count"), "1 of 4");
  key(tab, "PageDown");
  assert.equal(shown(tab, "count"), "2 of 4");
  assert.notEqual(shown(tab, "name"), first);
  key(tab, "ArrowLeft");
  assert.equal(shown(tab, "name"), first);
  tab.click(tab.find(`${PANEL} [data-act=end-meeting]`));
  assert.ok(!dialog(tab).open);
});

test("arrows lead the other way where one writes from the right", async () => {
  const tab = await Tab.open();
  await begin(tab);
  tab.find(`${PANEL} [data-el=view]`).style.direction = "rtl";
  key(tab, "ArrowRight");
  assert.equal(shown(tab, "count"), "1 of 4");
  key(tab, "ArrowLeft");
  assert.equal(shown(tab, "count"), "2 of 4");
  key(tab, "PageDown");
  assert.equal(shown(tab, "count"), "3 of 4");
});

test("a term of the glossary is text in the view, which does not show its meaning", async () => {
  const tab = await Tab.open();
  assert.ok(tab.find("fieldset[data-gate=drill-done] .sb-term"));
  await begin(tab);
  const about = tab.find(`${PANEL} [data-el=about]`);
  for (let n = 0; n < 4 && !about.textContent.includes("last drill"); n++) key(tab, "PageDown");
  assert.match(tab.read(about), /^The last drill is on record\./);
  assert.equal(about.querySelector(".sb-term"), null);
});

test("votes are counted by keys and taken back, and no answer changes by them", async () => {
  const tab = await Tab.open();
  await begin(tab);
  for (const vote of ["1", "1", "2"]) key(tab, vote);
  assert.match(shown(tab, "said"), /^\S.* 2, .* 1$/);
  const counts = () => [...tab.document.querySelectorAll(`${PANEL} [data-answer] b`)].map((one) => one.textContent);
  assert.deepEqual(counts().slice(0, 2), ["2", "1"]);
  assert.match(shown(tab, "spread"), /^The answers differ: \d+%/);
  key(tab, "Backspace");
  assert.deepEqual(counts().slice(0, 2), ["2", "0"]);
  assert.match(shown(tab, "spread"), /^All answers are the same/);
  assert.equal(tab.stored(), null);
  assert.ok(!key(tab, "9").defaultPrevented, "there is no ninth answer");
  key(tab, "ArrowRight");
  assert.deepEqual(counts().slice(0, 2), ["0", "0"]);
  key(tab, "ArrowLeft");
  assert.deepEqual(counts().slice(0, 2), ["2", "0"], "votes on a gate stay");
});

test("votes on one assessment are none on another", async () => {
  const tab = await Tab.open();
  tab.answer("drill-done", "yes");
  await begin(tab);
  key(tab, "1");
  const count = () => tab.read(`${PANEL} [data-el=votes] b`);
  assert.equal(count(), "1");
  tab.click(tab.find(`${PANEL} [data-act=end-meeting]`));
  await begin(tab);
  assert.equal(count(), "1", "they stay until then");
  tab.click(tab.find(`${PANEL} [data-act=end-meeting]`));
  tab.press("New assessment");
  await begin(tab);
  assert.equal(count(), "0");
});

test("votes stay over a reload, as far as the model has their gates and answers", async () => {
  const tab = await Tab.open();
  tab.answer("drill-done", "yes");
  await begin(tab);
  for (const vote of ["1", "1", "2", "Backspace"]) key(tab, vote);
  const again = await tab.reload({ one: false });
  await begin(again);
  const count = (one) => one.read(`${PANEL} [data-el=votes] b`);
  assert.equal(count(again), "2");
  key(again, "1");
  const [at, kept] = [...again.session.texts].find(([name]) => name.includes("stagebook-votes"));
  const { about, votes } = JSON.parse(kept);
  const [gate] = Object.keys(votes);
  votes[gate].push("gone", 7);
  again.session.texts.set(at, JSON.stringify({ about, votes: { ...votes, gone: ["yes"], "drill-done": "yes" } }));
  const third = await again.reload({ one: false });
  await begin(third);
  assert.equal(count(third), "3");
  third.click(third.find(`${PANEL} [data-act=end-meeting]`));
  third.press("New assessment");
  await begin(third);
  assert.equal(count(third), "0");
  third.session.texts.set(at, "[");
  const last = await third.reload({ one: false });
  await begin(last);
  assert.equal(count(last), "0");
});

test("the decision and its reason are the answer and its note", async () => {
  const tab = await Tab.open();
  await begin(tab);
  const gate = tab.find("fieldset[data-gate]").dataset.gate;
  key(tab, "1");
  key(tab, "d");
  assert.match(shown(tab, "said"), /number of the decision/);
  const name = tab.find(`${PANEL} [data-answer]`).dataset.answer;
  key(tab, "1");
  assert.equal(answer(tab, gate).answer, name);
  assert.equal(tab.find(`${PANEL} [aria-pressed=true]`).dataset.key, `decide ${name}`);
  key(tab, "2");
  assert.equal(answer(tab, gate).answer, name, "the next digit is a vote again");
  key(tab, "n");
  const note = tab.find(`${PANEL} [data-el=note]`);
  assert.ok(tab.hasFocus(note));
  note.value = "Seen today.";
  note.dispatchEvent(new tab.window.Event("input", { bubbles: true }));
  assert.ok(!key(tab, "1", `${PANEL} [data-el=note]`).defaultPrevented, "a digit in it is text");
  assert.ok(key(tab, "Escape", `${PANEL} [data-el=note]`).defaultPrevented);
  assert.equal(answer(tab, gate).note, "Seen today.");
  tab.click(tab.find(`${PANEL} [data-act=note-votes]`));
  assert.match(answer(tab, gate).note, /^Seen today\.\nVotes: .+ 1, .+ 1$/);
  assert.equal(note.value, answer(tab, gate).note);
  tab.click(tab.find(`${PANEL} [data-act=note-votes]`));
  assert.equal(note.value.match(/Votes/g).length, 1, "the same line is not added twice");
});

test("a key that is held counts once", async () => {
  const tab = await Tab.open();
  await begin(tab);
  const held = (name) => key(tab, name, undefined, { repeat: true });
  key(tab, "1");
  held("1");
  assert.equal(tab.read(`${PANEL} [data-el=votes] b`), "1");
  key(tab, "1");
  key(tab, "Backspace");
  held("Backspace");
  assert.equal(tab.read(`${PANEL} [data-el=votes] b`), "1");
  assert.ok(held("Enter").defaultPrevented, "as on a button");
  assert.ok(!held("ArrowDown").defaultPrevented, "one may scroll");
});

test("after D a digit decides, until one does or Escape is pressed", async () => {
  const tab = await Tab.open();
  await begin(tab);
  const { gate } = tab.find("fieldset[data-gate]").dataset;
  const waits = () => /number of the decision/.test(shown(tab, "said"));
  key(tab, "d");
  assert.ok(!key(tab, "9").defaultPrevented, "there is no ninth answer");
  key(tab, "r");
  assert.ok(waits());
  tab.click(tab.find(`${PANEL} [data-answer] button`));
  assert.match(shown(tab, "said"), / 1 *Now press the number/, "what else is said stands before it");
  key(tab, "2");
  assert.equal(answer(tab, gate).answer, tab.find(`${PANEL} li:nth-child(2)[data-answer]`).dataset.answer);
  assert.match(shown(tab, "said"), /^Decided: [^.]*$/);
  key(tab, "d");
  assert.ok(key(tab, "Escape").defaultPrevented, "it leaves the view only when nothing is to decide");
  assert.ok(!waits());
  assert.ok(!key(tab, "Escape").defaultPrevented);
  const before = answer(tab, gate).answer;
  key(tab, "1");
  assert.equal(answer(tab, gate).answer, before, "it is a vote");
  key(tab, "d");
  key(tab, "ArrowRight");
  assert.ok(!waits());
});

test("letters are keys with Caps Lock too", async () => {
  const tab = await Tab.open();
  await begin(tab);
  key(tab, "D");
  assert.match(shown(tab, "said"), /number of the decision/);
  key(tab, "N");
  assert.ok(tab.hasFocus(tab.find(`${PANEL} [data-el=note]`)));
});

test("an answer that follows from a number or from ticks shows as the decision", async () => {
  const tab = await Tab.open();
  tab.fill("[data-measure=plan-days]", "12");
  await begin(tab);
  assert.equal(shown(tab, "name"), "A plan is kept");
  assert.equal(tab.find(`${PANEL} [aria-pressed=true]`).dataset.key, "decide partly");
  assert.match(shown(tab, "decision"), / is 12 days, so the answer is: In part\.$/);
  key(tab, "d");
  key(tab, "1");
  assert.doesNotMatch(shown(tab, "decision"), /12 days/, "what is decided counts");

  const points = await Tab.open({ rubric: "capability" });
  points.fill("[data-measure=release-days]", "12");
  await begin(points);
  for (let n = 0; n < 9 && !/This number/.test(shown(points, "decision")); n++) key(points, "ArrowRight");
  assert.match(shown(points, "decision"), / is 12 days\. This number scores the question\.$/);

  const ticked = await Tab.open({ rubric: "shapes" });
  ticked.click(ticked.find("[data-field=ticks]"));
  await begin(ticked);
  for (let n = 0; n < 9 && !/ticked/.test(shown(ticked, "decision")); n++) key(ticked, "ArrowRight");
  assert.match(shown(ticked, "decision"), /1 of 2 ticked, so the answer is: /);
  assert.ok(ticked.find(`${PANEL} [aria-pressed=true]`));
});

test("where the answers in files are the same, it is not said that files are missing", async () => {
  const tab = await Tab.open();
  await addFiles(tab, ["yes", "yes"]);
  await begin(tab, "differ");
  assert.ok(!dialog(tab).open);
  assert.match(shown(tab, "nothing"), /no gates of this kind/);
});

test("a reason that is typed in the moment before the page is left is kept", async () => {
  const tab = await Tab.open();
  await begin(tab);
  const { gate } = tab.find("fieldset[data-gate]").dataset;
  tab.type(`${PANEL} [data-el=note]`, "Nobody knows.");
  tab.leave();
  assert.equal(answer(tab, gate).note, "Nobody knows.");
});

test("keys can be turned off", async () => {
  const tab = await Tab.open();
  await begin(tab);
  tab.click(tab.find(`${PANEL} [data-el=keys]`));
  assert.ok(!key(tab, "1").defaultPrevented);
  key(tab, "ArrowRight");
  assert.equal(shown(tab, "count"), "1 of 4");
  assert.equal(tab.find(`${PANEL} [data-answer] b`).textContent, "0");
});

test("the timer counts down, stops, and says when the time is up", async () => {
  const tab = await Tab.open();
  tab.window.setInterval = (act, delay) => {
    const tick = () => {
      act();
      id.next = tab.clock.set(tick, delay);
    };
    const id = { next: tab.clock.set(tick, delay) };
    return id;
  };
  tab.window.clearInterval = (id) => id && tab.clock.clear(id.next);
  tab.see(PANEL);
  await tab.settle();
  tab.find(`${PANEL} [data-el=minutes]`).value = "1";
  await begin(tab);
  assert.equal(shown(tab, "timer"), "1:00");
  key(tab, "t");
  tab.clock.pass(10_000);
  assert.match(shown(tab, "timer"), /^0:(50|49)$/);
  key(tab, "t");
  tab.clock.pass(10_000);
  assert.match(shown(tab, "timer"), /^0:(50|49)$/);
  key(tab, "t");
  tab.clock.pass(55_000);
  assert.equal(shown(tab, "timer"), "0:00");
  assert.match(shown(tab, "said"), /time is up/);
  key(tab, "r");
  assert.equal(shown(tab, "timer"), "1:00");
});

test("the answers in files of the team view count, and choose the gates", async () => {
  const tab = await Tab.open();
  await begin(tab, "differ");
  assert.ok(!dialog(tab).open);
  assert.match(shown(tab, "nothing"), /add the files/);
  await addFiles(tab, ["yes", "no"]);
  await begin(tab, "differ");
  assert.equal(shown(tab, "count"), "1 of 1");
  assert.equal(shown(tab, "name"), "A plan is kept");
  assert.match(shown(tab, "votes"), /1 from files/);
  assert.match(shown(tab, "spread"), /^The answers differ: 100%/);
  const note = () => answer(tab, "plan-kept").note;
  tab.click(tab.find(`${PANEL} [data-act=note-votes]`));
  assert.equal(note(), "Votes: No 1, Yes 1", "what the files say stands on the page");
  key(tab, "1");
  assert.doesNotMatch(shown(tab, "spread"), /100%,/);
  tab.click(tab.find(`${PANEL} [data-act=note-votes]`));
  assert.match(note(), /\nVotes: (Yes|No) 2, (Yes|No) 1$/);
});

test("only gates of the kind that is chosen are shown", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  tab.answer("drill-done", "unknown");
  await begin(tab, "open");
  assert.equal(shown(tab, "count"), "1 of 3");
  tab.click(tab.find(`${PANEL} [data-act=end-meeting]`));
  await begin(tab, "flag");
  assert.ok(!dialog(tab).open);
  assert.match(shown(tab, "nothing"), /no gates of this kind/);
});
