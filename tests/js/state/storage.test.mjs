/** Text by key: kept in the best place that takes it, moved up when there is room, never overwritten. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MemoryPlace, PagePlace, WebPlace } from "../../../generator/quiz/state/places.js";
import { TextStorage } from "../../../generator/quiz/state/storage.js";

/** A storage of the Web whose mood can be set: it works, is blocked, is full, or forgets. */
class Area {
  constructor(mood = "works") {
    Object.defineProperty(this, "mood", { value: mood, writable: true, enumerable: false });
  }

  #check() {
    if (this.mood === "blocked") throw new DOMException("no", "SecurityError");
  }

  getItem(key) {
    this.#check();
    return this.mood === "forgets" ? null : (this[key] ?? null);
  }

  setItem(key, text) {
    this.#check();
    if (this.mood === "full") throw new DOMException("no", "QuotaExceededError");
    if (this.mood !== "forgets") this[key] = text;
  }

  removeItem(key) {
    this.#check();
    delete this[key];
  }
}

/** The history of a tab; `refuses` stands for a browser that was asked too often. */
class History {
  state = null;
  refuses = "";

  pushState() {}

  replaceState(state) {
    if (this.refuses === "throws") throw new DOMException("no", "SecurityError");
    if (this.refuses !== "ignores") this.state = structuredClone(state);
  }
}

let local;
let session;
let leave;
const spare = (key) => (key.startsWith("a") ? `${key}.spare` : null);

/** Open the storage anew, as a page that is loaded does. */
function open() {
  return new TextStorage(
    [
      new WebPlace("browser", () => local),
      new WebPlace("tab", () => session, "held:"),
      new PagePlace((act) => {
        leave = act;
      }),
      new MemoryPlace(),
    ],
    spare,
  );
}

/** Load the page anew, as the browser does: what was to be done before it is left is done. */
function reload() {
  leave?.();
  const { state, refuses } = history;
  globalThis.history = Object.assign(new History(), { state, refuses });
  return open();
}

function startAnew() {
  local = new Area();
  session = new Area();
  leave = undefined;
  globalThis.history = new History();
}
beforeEach(startAnew);

test("all is well", () => {
  const storage = open();
  assert.deepEqual([storage.lasting, storage.refused], ["browser", null]);
  storage.set("a", "1");
  assert.equal(local.a, "1");
  assert.equal(storage.get("a"), "1");
  assert.deepEqual(storage.keys(), ["a"]);
  storage.remove("a");
  assert.equal(storage.get("a"), null);
  assert.deepEqual(Object.keys(local), []);
  assert.equal(history.state, null, "nothing is written where it is not needed");
});

for (const mood of ["blocked", "full", "forgets"]) {
  for (const [place, lasting, works] of [
    ["the tab", "tab", { session: "works" }],
    ["the page", "page", { session: mood }],
  ]) {
    test(`${place} keeps over a reload what a browser that is ${mood} refuses`, () => {
      local.mood = mood;
      session.mood = works.session;
      const storage = open();
      assert.deepEqual([storage.lasting, storage.refused === "full"], [lasting, mood === "full"]);
      for (const text of ["1", "äöü 🙂", "3"]) storage.set("a", text);
      storage.set("b", "");
      storage.remove("b");
      const again = reload();
      assert.equal(again.lasting, lasting);
      assert.equal(again.get("a"), "3");
      assert.equal(again.get("b"), null);
      assert.deepEqual(again.keys(), ["a"]);
    });
  }
}

test("memory keeps what nothing else takes", () => {
  local.mood = session.mood = "blocked";
  history.refuses = "throws";
  const storage = open();
  assert.equal(storage.lasting, "memory");
  storage.set("a", "1");
  assert.equal(storage.get("a"), "1");
  assert.equal(storage.lasting, "memory");
  assert.equal(reload().get("a"), null);
});

test("memory keeps what is too much for the history of a tab", () => {
  local.mood = session.mood = "blocked";
  const storage = open();
  storage.set("a", "1");
  assert.equal(storage.lasting, "page");
  storage.set("b", "x".repeat(2_000_000));
  assert.equal(storage.lasting, "memory");
  assert.equal(storage.get("b").length, 2_000_000);
  storage.set("b", "short");
  assert.equal(storage.lasting, "page");
  assert.equal(reload().get("b"), "short");
});

test("what a theme writes into the history stays, and ours stays with it", () => {
  local.mood = session.mood = "blocked";
  const storage = open();
  storage.set("a", "1");
  history.replaceState({ x: 0, y: 641 });
  assert.equal(Object.keys(history.state.stagebook).length, 1);
  assert.equal(history.state.y, 641);
  history.state = null;
  assert.equal(reload().get("a"), "1", "and another entry gets it before it is left");
});

test("a browser that refuses changes of the history for a while gets them later", () => {
  local.mood = session.mood = "blocked";
  const storage = open();
  storage.set("a", "1");
  history.refuses = "ignores";
  storage.set("a", "2");
  assert.equal(storage.get("a"), "2");
  history.refuses = "";
  assert.equal(reload().get("a"), "2");
});

test("hostile state in the history is no harm", () => {
  for (const state of [null, 3, "x", [], { stagebook: 3 }, { stagebook: { a: 3, b: null } }]) {
    history.state = state;
    assert.deepEqual(open().keys(), []);
  }
});

test("what did not fit moves up when there is room", () => {
  local.a = "old";
  const storage = open();
  local.mood = "full";
  storage.set("a", "new");
  storage.set("b", "1");
  assert.deepEqual([local.a, storage.get("a"), storage.lasting], ["old", "new", "tab"]);
  assert.equal(storage.refused, "full");
  local.mood = "works";
  storage.set("c", "1");
  assert.deepEqual({ ...local }, { a: "new", b: "1", c: "1" });
  assert.deepEqual({ ...session }, {});
  assert.deepEqual([storage.lasting, storage.refused], ["browser", null]);
});

test("what did not fit moves up when the page is opened again", () => {
  local.mood = "full";
  open().set("a", "1");
  local.mood = "works";
  assert.equal(reload().lasting, "browser");
  assert.deepEqual([{ ...local }, { ...session }], [{ a: "1" }, {}]);
});

test("what another tab stored meanwhile is kept beside it", () => {
  local.mood = "full";
  const storage = open();
  storage.set("a", "here");
  storage.set("view", "here");
  local.mood = "works";
  Object.assign(local, { a: "elsewhere", view: "elsewhere" });
  storage.set("a", "here, later");
  const expected = { a: "here, later", "a.spare": "elsewhere", view: "here" };
  assert.deepEqual({ ...local }, expected);
});

test("what lay in a blocked browser from earlier is kept beside what is new", () => {
  local.a = "last year";
  local.mood = "blocked";
  open().set("a", "today");
  local.mood = "works";
  assert.equal(reload().get("a"), "today");
  assert.deepEqual({ ...local }, { a: "today", "a.spare": "last year" });
});

test("whatever happens to the browser, the text set last is what is got", () => {
  let state = 7;
  const random = (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  const { now } = Date;
  let time = 0;
  Date.now = () => (time += 1000);
  const moods = ["works", "blocked", "full"];
  for (let round = 0; round < 300; round++) {
    startAnew();
    let storage = open();
    const expected = {};
    for (let n = 0; n < 20; n++) {
      const key = ["a", "b", "c"][random(3)];
      local.mood = moods[random(3)];
      // A browser shuts both, or none.
      session.mood = local.mood === "blocked" ? "blocked" : moods[2 * random(2)];
      if (random(4)) {
        expected[key] = `${round}.${n}`;
        storage.set(key, expected[key]);
      } else if (local.mood !== "blocked") {
        delete expected[key];
        storage.remove(key);
      }
      if (!random(5)) storage = reload();
      [local.mood, session.mood] = ["works", "works"];
      for (const each of ["a", "b", "c"]) {
        assert.equal(storage.get(each), expected[each] ?? null, `round ${round}, step ${n}`);
      }
    }
  }
  Date.now = now;
});
