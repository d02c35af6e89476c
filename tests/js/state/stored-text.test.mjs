/** Assessments as stored text: what this script wrote is taken, what anybody else wrote is read first. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { adopt } from "../../../generator/quiz/assessment/reader.js";
import { byId, emptyAssessment } from "../../../generator/quiz/assessment/record.js";
import { StoredText, teachReader } from "../../../generator/quiz/state/stored-text.js";

const gate = (id, more) => ({ id, aliases: [], criteria: [], title: "Plan", ...more });
const DATA = {
  ...{ id: "sample", version: "1.2.0", form: "f00dcafe", gates: [gate("plan-kept"), gate("constructor")] },
  measures: [{ id: "days", aliases: [], unit: "days", min: 0, max: null }],
  ...{ symptoms: [], stages: [], profile: [], remediations: [], retired: [] },
};
const SAID = {
  ...emptyAssessment(DATA),
  subject: "Ümlaut 🙂",
  answers: Object.assign(byId(), { "plan-kept": { answer: "yes", note: 'A "note",\n{}' } }),
  measures: Object.assign(byId(), { days: 7.5 }),
};
const texts = new StoredText(DATA);
const plain = (assessment) => JSON.parse(JSON.stringify(assessment));

// Hooks outside would meet the tests of all files.
describe("an assessment as stored text", () => {
  beforeEach(() => teachReader(undefined));
  afterEach(() => teachReader(adopt));

  test("what was written is read as it was, without the reader", () => {
    const read = texts.read(texts.write(SAID));
    assert.deepEqual(plain(read), plain(SAID));
    assert.equal(read.answers.constructor, undefined, "any text may be an id");
    assert.equal(texts.write(read), texts.write(SAID));
    assert.equal(new StoredText(structuredClone(DATA)).read(texts.write(SAID)).subject, SAID.subject);
  });

  test("an answer may belong to any id", () => {
    const answers = JSON.parse('{"__proto__": {"answer": "yes"}, "constructor": {"answer": "no"}}');
    const read = texts.read(texts.write({ ...SAID, answers }));
    assert.deepEqual(Object.keys(read.answers), ["__proto__", "constructor"]);
  });

  test("what was not written so waits for the reader, and is read by it", () => {
    const { mark, ...before } = JSON.parse(texts.write(SAID));
    const foreign = [
      JSON.stringify(before),
      JSON.stringify({ ...before, mark: "abc" }),
      JSON.stringify({ ...before, mark: 7 }),
      JSON.stringify({ mark, ...before }),
      JSON.stringify({ ...before, mark }, null, 2),
      texts.write(SAID).replace("yes", "no"),
      texts.write(SAID).replace("7.5", "7.6"),
    ];
    for (const text of foreign) assert.equal(texts.read(text), undefined, text);
    teachReader(adopt);
    for (const text of foreign) {
      const read = texts.read(text);
      assert.equal(read.subject, SAID.subject);
      assert.ok(!("mark" in read));
    }
  });

  test("a rubric that has changed has another mark, one in another language the same", () => {
    const text = texts.write(SAID);
    assert.equal(new StoredText({ ...DATA, form: "f00dcaff" }).read(text), undefined);
    const translated = { ...DATA, language: "de", gates: [gate("plan-kept", { title: "Ein Plan" })] };
    assert.equal(new StoredText(translated).read(text).subject, SAID.subject);
  });

  test("what is no assessment is none, with the reader and without", () => {
    for (const read of [undefined, adopt]) {
      teachReader(read);
      for (const text of ["", "{never", "null", "[]", "7", '"x"', "{}", '{"format": "other/1"}']) {
        assert.equal(texts.read(text), null, text);
      }
    }
  });

  test("the reader of files, and so an earlier release, leaves the mark and all beside it", () => {
    const raw = JSON.parse(texts.write(SAID));
    assert.deepEqual(plain(adopt(raw, DATA)), { ...plain(SAID), mark: raw.mark });
  });
});
