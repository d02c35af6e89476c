/** The assessments of one rubric, in one and in two tabs, whatever becomes of what is stored. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { teachNumbers } from "../../../generator/quiz/assessment/numbers.js";
import { adopt } from "../../../generator/quiz/assessment/reader.js";
import { readWritten } from "../../../generator/quiz/assessment/written-numbers.js";
import { AssessmentList } from "../../../generator/quiz/state/assessment-list.js";
import { MemoryPlace } from "../../../generator/quiz/state/places.js";
import { TextStorage } from "../../../generator/quiz/state/storage.js";
import { Store } from "../../../generator/quiz/state/store.js";
import { teachReader } from "../../../generator/quiz/state/stored-text.js";

const DATA = {
  ...{ id: "sample", version: "1.2.0", gates: [], measures: [], symptoms: [], stages: [], profile: [], remediations: [], retired: [] },
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
const listOf = (store) => new AssessmentList(store);
const names = (store) => listOf(store).saved().map(({ assessment }) => assessment.subject);

beforeEach(() => {
  teachReader(adopt);
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
  listOf(store).add();
  assert.equal(store.state, "new");
  assert.deepEqual(names(store), ["Alpha"]);
  name(store, "Beta");
  listOf(store).add();
  listOf(store).add();
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
  listOf(two).remove("");
  one.refresh();
  assert.deepEqual([one.state, [...one.unsaved]], ["gone", [KEY]]);
  assert.equal(one.assessment.subject, "Alpha");
  listOf(two).restore();
  one.refresh();
  assert.equal(one.state, "stored", "the other tab brought it back");
  listOf(two).remove("");
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
  place.set(KEY, place.get(KEY).replace("Gamma", "Delta"));
  name(store, "Epsilon");
  assert.equal(store.state, "restored", "also where another tab has written meanwhile");
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
  listOf(store).add();
  assert.deepEqual(names(store), ["Alpha"]);
  assert.equal(store.assessment.subject, undefined);
});

const OTHER = `${KEY}.x1`;
const said = (subject, more) =>
  JSON.stringify({ format: "stagebook-assessment/1", subject, ...more });
const ids = (store) => listOf(store).saved().map(({ id }) => id);

test("a store that is opened first is empty, and has nothing to tell", () => {
  const store = open();
  assert.deepEqual([store.id, store.damaged, store.unsaved.size], ["", "", 0]);
  assert.deepEqual([listOf(store).saved(), listOf(store).removed(), told], [[], null, []]);
  listOf(store).restore();
  store.refresh();
  assert.deepEqual([store.id, store.state, told], ["", "new", []]);
  assert.deepEqual(place.keys(), []);
});

test("keys tell whose they are", () => {
  const store = open();
  for (const key of [KEY, OTHER]) assert.ok(store.owns(key));
  for (const key of [`${KEY}2`, `/x${KEY}`, "/stagebook-open/1.sample"]) {
    assert.ok(!store.owns(key), key);
  }
  assert.deepEqual([store.isOpen(KEY), store.isOpen(OTHER)], [true, false]);
  place.set(OTHER, said("Other"));
  store.open("x1");
  assert.deepEqual([store.isOpen(KEY), store.isOpen(OTHER)], [false, true]);
});

test("who listens is told until the signal ends it", () => {
  const ended = new AbortController();
  const heard = [];
  const store = open();
  store.listen((change) => heard.push(change), ended.signal);
  name(store, "Alpha");
  ended.abort();
  name(store, "Beta");
  assert.equal(heard.length, 1);
  assert.equal(told.length, 2);
});

test("a change concerns all unless it says what, dates what has no date, and is not yet in a file", () => {
  const store = open();
  name(store, "Alpha");
  const today = store.assessment.date;
  assert.match(today, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual([...store.unsaved], [KEY]);
  told = [];
  store.change((a) => Object.assign(a, { date: "2020-02-02" }));
  assert.deepEqual(told, [{ all: true }]);
  name(store, "Beta");
  assert.equal(JSON.parse(place.get(KEY)).date, "2020-02-02");
});

test("the list has the newest first, those without a date before, and skips what cannot be read", () => {
  place.set(`${KEY}.b`, said("Old", { date: "2020-01-01" }));
  place.set(`${KEY}.d`, said("New", { date: "2026-01-01" }));
  place.set(`${KEY}.c`, said("New too", { date: "2026-01-01" }));
  place.set(`${KEY}.a`, said("No date"));
  place.set(`${KEY}.e`, "{");
  const store = open();
  assert.deepEqual(ids(store), ["a", "c", "d", "b"]);
  assert.equal(place.get(`${KEY}.e`), "{", "what is not open stays where it is");
});

test("what is open and gone still stands in the list", () => {
  const store = open();
  name(store, "Alpha");
  place.remove(KEY);
  store.refresh();
  assert.deepEqual(names(store), ["Alpha"]);
  told = [];
  store.keep();
  assert.deepEqual(told, [{ all: true, list: true }]);
});

test("an assessment that is added is stored and open; one without content gives way to it", () => {
  const store = open();
  listOf(store).add({ ...JSON.parse(said("Alpha")) });
  assert.deepEqual([store.id, store.state, [...store.unsaved]], ["", "stored", [KEY]]);
  assert.equal(JSON.parse(place.get(KEY)).subject, "Alpha");
  assert.deepEqual(told, [{ all: true, list: true }]);
  listOf(store).add({ ...JSON.parse(said("Beta")) });
  assert.notEqual(store.id, "");
  assert.equal(store.assessment.subject, "Beta");
  assert.equal(JSON.parse(place.get(`${KEY}.${store.id}`)).subject, "Beta");
  listOf(store).add();
  assert.equal(
    place.keys().filter((key) => key.startsWith(KEY)).length,
    2,
    "nothing is not stored",
  );
});

test("each tab goes on with what it had open, and a new one with what was opened last", () => {
  const [one, two] = [new Map(), new Map()];
  const store = open(one);
  name(store, "Alpha");
  listOf(store).add({ ...JSON.parse(said("Beta")) });
  open(two).open("");
  assert.equal(open(one).assessment.subject, "Beta");
  assert.equal(open(two).assessment.subject, "Alpha");
  assert.equal(open().assessment.subject, "Alpha");
  open(two).open(store.id);
  assert.equal(open().assessment.subject, "Beta");
});

test("opening another keeps first what was typed a moment ago", () => {
  for (const act of [(store) => store.open("x1"), (store) => listOf(store).remove("x1")]) {
    place = new MemoryPlace();
    place.set(OTHER, said("Other"));
    const store = open();
    store.flushers.add(() => store.id === "" && name(store, "Typed"));
    act(store);
    assert.equal(JSON.parse(place.get(KEY)).subject, "Typed");
  }
});

test("naming one that is open changes it here, another one only where it is stored", () => {
  place.set(OTHER, said("Other", { team: "Red", note: 1 }));
  const store = open();
  name(store, "Alpha");
  told = [];
  listOf(store).rename("", { team: "Blue" });
  assert.deepEqual([store.assessment.subject, store.assessment.team], ["Alpha", "Blue"]);
  assert.deepEqual(told.splice(0), [{ all: true, list: true }]);
  listOf(store).rename("x1", { subject: "Another" });
  const other = JSON.parse(place.get(OTHER));
  assert.deepEqual([other.subject, other.team, other.note], ["Another", "Red", 1]);
  assert.equal(store.assessment.subject, "Alpha");
  assert.deepEqual(told, [{ list: true }]);
});

test("deleting another one leaves what is open; deleting what is open opens the newest left", () => {
  place.set(OTHER, said("Other", { date: "2020-01-01" }));
  const store = open();
  name(store, "Alpha");
  told = [];
  listOf(store).remove("x1");
  assert.deepEqual([store.id, store.assessment.subject], ["", "Alpha"]);
  assert.deepEqual(told.splice(0), [{ list: true }]);
  assert.deepEqual([listOf(store).removed().id, listOf(store).removed().assessment.subject], ["x1", "Other"]);
  assert.equal(listOf(store).restore(), "x1");
  assert.deepEqual([store.id, listOf(store).removed()], ["", null], "the open one stays open");
  assert.deepEqual(told.splice(0), [{ all: true, list: true }]);
  listOf(store).remove("x1");
  told = [];
  listOf(store).restore(true);
  assert.deepEqual([store.id, listOf(store).removed()], ["x1", null]);
  assert.deepEqual(told.splice(0), [{ all: true, list: true }]);
  listOf(store).remove("x1");
  assert.deepEqual([store.id, store.assessment.subject], ["", "Alpha"]);
  listOf(store).remove("");
  assert.deepEqual([store.id, store.state, ids(store)], ["", "new", []]);
  assert.equal(store.assessment.subject, undefined);
});

test("what comes back takes no other's place", () => {
  const store = open();
  name(store, "Alpha");
  listOf(store).remove("");
  name(store, "Beta");
  assert.notEqual(listOf(store).restore(), "");
  assert.deepEqual(names(store).sort(), ["Alpha", "Beta"]);
});

test("what was deleted lies under a key of its own; where it cannot be read it is none", () => {
  const store = open();
  place.set("/stagebook-deleted/1.sample", `{"id": "", "assessment": ${said("Alpha")}}`);
  assert.equal(listOf(store).removed().assessment.subject, "Alpha");
  place.set("/stagebook-deleted/1.sample", "{");
  assert.equal(listOf(store).removed(), null);
});

test("a tab tells its page what others did, and only that", () => {
  const [one, two] = [open(), open()];
  name(one, "Alpha");
  told = [];
  two.refresh();
  assert.deepEqual(told.splice(0), [{ all: true, list: true }]);
  two.refresh();
  assert.deepEqual(told, [], "nothing has changed since");
  two.relist();
  assert.deepEqual(told.splice(0), [{ list: true }]);
  place.remove(KEY);
  two.refresh();
  assert.deepEqual(told.splice(0), [{}]);
  two.refresh();
  assert.deepEqual(told, [], "that it is gone is told once");
});

test("what is stored again and lost again is gone again", () => {
  const store = open();
  name(store, "Alpha");
  place.remove(KEY);
  name(store, "Beta");
  assert.equal(store.state, "restored");
  place.remove(KEY);
  store.refresh();
  assert.equal(store.state, "gone");
});

test("damaged text is set aside once, under a key of its own", () => {
  place.set(KEY, "{");
  const store = open();
  assert.match(store.damaged, /^\/stagebook-damaged\/1\.sample\.\w+$/);
  assert.deepEqual(place.keys(), [store.damaged]);
});

test("a number that was typed is read again when numbers are understood, and the page is told", () => {
  const typed = { measures: { days: "30 days", load: 7 } };
  place.set(KEY, JSON.stringify({ ...JSON.parse(said("Typed")), ...typed }));
  const measures = [["days", "days"], ["load", "%"]].map(([id, unit]) => ({ id, unit, aliases: [] }));
  const data = { ...DATA, measures };
  const store = new Store(data, "/", new TextStorage([place], () => null), () => null);
  store.listen((change) => told.push(change));
  assert.deepEqual({ ...store.assessment.measures }, typed.measures);
  teachNumbers(readWritten);
  store.readAgain();
  assert.deepEqual({ ...store.assessment.measures }, { days: 30, load: 7 });
  assert.equal(told.length, 1);
  assert.equal(told[0].all, true);
  store.readAgain();
  assert.equal(told.length, 1, "there is nothing more to understand");
});

test("a change that others made is adopted whole", () => {
  const [one, two] = [open(), open()];
  name(one, "Alpha");
  two.refresh();
  assert.equal(two.assessment.subject, "Alpha");
  const before = two.assessment;
  name(two, "Beta");
  assert.equal(two.assessment, before, "its own text is not read anew");
});

/** What happens to an assessment, from what state it takes it, and to what. */
const MOVES = {
  "another tab writes, and this one sees it": [
    (store, other) => {
      name(other, "Theirs");
      store.refresh();
    },
    { stored: "stored", gone: "stored", restored: "stored" },
  ],
  "another tab writes, and this one changes it unseen": [
    (store, other) => {
      name(other, "Theirs");
      name(store, "Ours");
    },
    { new: "stored", stored: "stored", gone: "stored", restored: "restored" },
  ],
  "its text is deleted, and this tab sees it": [
    (store) => {
      place.remove(KEY);
      store.refresh();
    },
    { new: "new", stored: "gone", gone: "gone", restored: "gone" },
  ],
  "its text is deleted, and this tab changes it unseen": [
    (store) => {
      place.remove(KEY);
      name(store, "Ours");
    },
    { new: "stored", stored: "restored", gone: "stored", restored: "restored" },
  ],
  "the reader keeps it": [
    (store) => store.keep(),
    { new: "stored", stored: "stored", gone: "stored", restored: "stored" },
  ],
  "it is opened, and its text is not there": [
    (store) => {
      place.remove(KEY);
      store.open("");
    },
    { new: "new", stored: "new", gone: "new", restored: "new" },
  ],
};

/** Bring a store into a state. */
const REACHED = {
  new: () => {},
  stored: (store) => name(store, "First"),
  gone(store) {
    name(store, "First");
    place.remove(KEY);
    store.refresh();
  },
  restored(store) {
    name(store, "First");
    place.remove(KEY);
    name(store, "Second");
  },
};

for (const [what, [act, states]] of Object.entries(MOVES)) {
  test(`where ${what}, its state follows`, () => {
    for (const [before, after] of Object.entries(states)) {
      place = new MemoryPlace();
      const store = open();
      REACHED[before](store);
      assert.equal(store.state, before);
      act(store, open());
      assert.equal(store.state, after, `from ${before}`);
    }
  });
}

test("a tab that began an assessment goes on with it, though another tab opened one later", () => {
  const [one, two] = [new Map(), new Map()];
  name(open(one), "Alpha");
  const other = open(two);
  listOf(other).add({ ...JSON.parse(said("Beta")) });
  const again = open(one);
  assert.equal(again.assessment.subject, "Alpha");
  name(again, "Gamma");
  assert.equal(open().assessment.subject, "Beta", "to change one is not to open it");
});
