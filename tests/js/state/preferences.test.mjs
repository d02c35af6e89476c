/** What the reader chose to answer: the gates that a quiz asks. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Preferences } from "../../../generator/quiz/state/preferences.js";

const STORE = { key: (name) => name, storage: { get: () => null } };
const GATE = { id: "kept", stage: "first", stages: ["first", "second"], dimension: "second-hand" };

test("a gate that counts to several stages is asked for each of them", () => {
  const preferences = new Preferences({ quick_check: [] }, STORE, "assessment", false);
  const asks = (scope) => {
    preferences.scope = scope;
    return preferences.asks(GATE);
  };
  for (const scope of ["", "stage:first", "stage:second", "dimension:second-hand"]) {
    assert.equal(asks(scope), true, scope);
  }
  for (const scope of ["stage:third", "dimension:second", "stage:", "quick"]) {
    assert.equal(asks(scope), false, scope);
  }
});
