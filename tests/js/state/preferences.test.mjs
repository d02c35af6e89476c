/** How the reader takes a quiz: kept by kind of quiz, and how long it takes them. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { MemoryPlace } from "../../../generator/quiz/state/places.js";
import { makeView } from "../../../generator/quiz/state/preferences.js";
import { TextStorage } from "../../../generator/quiz/state/storage.js";

const DATA = { pace: 30, quick_check: ["a"] };
let place;
const open = (what = "assessment", one = true) => {
  const storage = new TextStorage([place], () => null);
  return makeView(DATA, { storage, key: (name) => `/${name}.sample` }, what, one);
};

beforeEach(() => {
  place = new MemoryPlace();
});

test("a choice is kept for its kind of quiz alone", () => {
  const view = open();
  assert.deepEqual([view.one, view.scope, view.place, view.advance], [true, "", "", false]);
  view.choose({ one: false, scope: "quick", place: "result", advance: true });
  const again = open();
  assert.deepEqual(
    [again.one, again.scope, again.place, again.advance],
    [false, "quick", "result", true],
  );
  assert.equal(open("quick-check").one, true);
});

test("what is kept damaged, or of another kind, gives the usual view", () => {
  open().choose({ place: "result" });
  const [key] = place.keys();
  for (const text of [
    "{",
    "3",
    "null",
    '{"one": "yes", "scope": 3, "place": null, "advance": 1}',
  ]) {
    place.set(key, text);
    const view = open();
    assert.deepEqual([view.one, view.scope, view.place, view.advance], [true, "", "", false], text);
  }
});

test("what is asked: all, the quick check, a stage or a dimension", () => {
  const view = open();
  const gates = [
    { id: "a", stage: "one", dimension: "x" },
    { id: "b", stage: "two", dimension: "x" },
    { id: "c", stage: null, dimension: "y" },
  ];
  for (const [scope, ids] of [
    ["", "abc"],
    ["quick", "a"],
    ["stage:two", "b"],
    ["dimension:x", "ab"],
    ["dimension:none", ""],
  ]) {
    view.choose({ scope });
    assert.equal(
      gates
        .filter((gate) => view.asks(gate))
        .map(({ id }) => id)
        .join(""),
      scope === "" ? "abc" : ids,
    );
  }
});

test("minutes follow the median pace of the reader, from the fifth answer on", () => {
  let now = 5_000;
  const clock = mock.method(performance, "now", () => now);
  const view = open();
  const answer = (seconds) => {
    now += seconds * 1000;
    view.answered();
  };
  assert.equal(view.minutes(20), 10, "30 seconds each at first");
  assert.equal(view.minutes(0), 1, "never less than one");
  for (const seconds of [6, 6, 60, 60]) answer(seconds);
  assert.equal(view.minutes(20), 10);
  answer(60);
  assert.equal(view.minutes(20), 20);
  for (const seconds of [6, 6]) answer(seconds);
  assert.equal(view.minutes(20), 2, "the one in the middle of seven");
  for (let n = 0; n < 9; n++) answer(3_600);
  assert.equal(view.minutes(20), 40, "a pause counts as two minutes");
  clock.mock.restore();
});
