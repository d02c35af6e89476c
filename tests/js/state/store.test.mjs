/** The assessments of one rubric, in one and in two tabs, whatever becomes of what is stored. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MemoryPlace } from "../../../generator/quiz/state/places.js";
import { TextStorage } from "../../../generator/quiz/state/storage.js";
import { Store } from "../../../generator/quiz/state/store.js";

const DATA = {
  ...{ id: "sample", version: "1.2.0", gates: [], measures: [], symptoms: [], stages: [] },
};
const KEY = "/stagebook-assessment/1.sample";

/** What all tabs of a browser share. */
let place;
/** What was told to the page, the latest last. */
let told;

/** Open a tab, and listen to what its page is told. */
function open(here = new Map()) {
  const remember = (key, text) => {
    if (text !== undefined) here.set(key, text);
    return here.get(key) ?? null;
  };
  const store = new Store(DATA, "/", new TextStorage([place], () => null), remember);
  store.listen((change) => told.push(change));
  return store;
}

const name = (store, subject) => store.change((a) => Object.assign(a, { subject }), {});
const names = (store) => store.saved().map(({ assessment }) => assessment.subject);

beforeEach(() => {
  place = new MemoryPlace();
  told = [];
});

test("a new assessment is stored with its first change, and told of in the list", () => {
  const store = open();
  assert.equal(store.state, "new");
  assert.deepEqual(place.keys(), []);
  name(store, "Alpha");
  assert.equal(store.state, "stored");
  assert.deepEqual(told, [{ all: false, list: true }]);
  name(store, "Beta");
  assert.equal(told.at(-1).list, undefined);
  assert.deepEqual(names(open()), ["Beta"]);
});

test("several assessments stand beside each other", () => {
  const tab = new Map();
  const store = open(tab);
  name(store, "Alpha");
  store.add();
  assert.equal(store.state, "new");
  assert.deepEqual(names(store), ["Alpha"]);
  name(store, "Beta");
  store.add();
  store.add();
  assert.deepEqual(names(store).sort(), ["Alpha", "Beta"]);
  name(store, "Gamma");
  assert.deepEqual(names(open(tab)).sort(), ["Alpha", "Beta", "Gamma"]);
  assert.equal(open(tab).assessment.subject, "Gamma");
});

test("two tabs that change one assessment see each other's words", () => {
  const [one, two] = [open(), open()];
  name(one, "Alpha");
  two.refresh();
  assert.equal(two.assessment.subject, "Alpha");
  two.change((a) => Object.assign(a, { team: "Red" }), {});
  told = [];
  // No event has come yet.
  name(one, "Beta");
  assert.deepEqual([one.assessment.subject, one.assessment.team], ["Beta", "Red"]);
  assert.equal(told[0].all, true, "what the other tab wrote is to be shown");
});

test("what is deleted elsewhere is said to be gone, and is kept or comes back", () => {
  const [one, two] = [open(), open()];
  name(one, "Alpha");
  two.refresh();
  two.remove("");
  one.refresh();
  assert.deepEqual([one.state, one.unsaved], ["gone", true]);
  assert.equal(one.assessment.subject, "Alpha");
  two.restore();
  one.refresh();
  assert.equal(one.state, "stored", "the other tab brought it back");
  two.remove("");
  one.refresh();
  one.keep();
  assert.equal(one.state, "stored");
  assert.ok(place.get(KEY));
});

test("what the browser deleted is said when it is stored again, until another is opened", () => {
  const store = open();
  name(store, "Alpha");
  place.remove(KEY);
  name(store, "Beta");
  assert.equal(store.state, "restored");
  name(store, "Gamma");
  assert.equal(store.state, "restored");
  store.open("");
  assert.equal(store.state, "stored");
});

test("text that cannot be read is set aside", () => {
  place.set(KEY, '{"format": ');
  const store = open();
  assert.equal(place.get(store.damaged), '{"format": ');
  assert.equal(store.state, "new");
  name(store, "Alpha");
  assert.deepEqual(names(open()), ["Alpha"]);
});

test("what was typed a moment ago belongs to the assessment that was open then", () => {
  const store = open();
  let pending = () => name(store, "Alpha");
  store.flushers.add(() => {
    pending?.();
    pending = undefined;
  });
  store.add();
  assert.deepEqual(names(store), ["Alpha"]);
  assert.equal(store.assessment.subject, undefined);
});
