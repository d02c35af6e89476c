/** Names of downloads, from any text. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanName, fileName } from "../../../generator/quiz/assessment/file-name.js";

const NAMES = [
  ["ai-product-2026-11-23.json", "ai-product-2026-11-23.json"],
  ["con.txt", "file-con.txt"],
  ["NUL", "file-NUL"],
  ["com1.assessment.json", "file-com1.assessment.json"],
  ["lpt².csv", "file-lpt².csv"],
  ["console.txt", "console.txt"],
  ["...hidden.json", "hidden.json"],
  ["a.json. . .", "a.json"],
  ["..", "file"],
  ["", "file"],
  ["../../etc/passwd", "etc-passwd"],
  ["C:\\a\tb\n?.csv", "C-a-b.csv"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["a\u0000b\u200b\u2066c\ud800.svg", "abc.svg"],
  ["e\u0301.txt", "\u00e9.txt"],
];

for (const [name, clean] of NAMES) {
  test(`${JSON.stringify(name)} becomes ${JSON.stringify(clean)}`, () => {
    assert.equal(cleanName(name), clean);
  });
}

test("names are bounded in whole characters and in bytes", () => {
  for (const sign of ["a", "é", "語", "🙂"]) {
    const name = cleanName(`${sign.repeat(500)}.json`);
    assert.ok(name.endsWith(".json"));
    assert.ok(name.isWellFormed());
    assert.ok([...name].length <= 105);
    assert.ok(new TextEncoder().encode(name).length <= 205);
  }
});

test("a name says what is assessed, and when", () => {
  const words = { assessment: "Assessment" };
  const data = { id: "ai-product", words };
  const about = (subject, date) => fileName(data, { subject, date }, "json");
  assert.equal(about("Checkout (EU)", "2026-11-23"), "ai-product-checkout-eu-2026-11-23.json");
  assert.equal(about("", undefined), "ai-product-assessment.json");
  assert.equal(about("हिन्दी", "../../x"), "ai-product-हिन्दी-x.json");
  assert.ok(about(`${"a".repeat(59)}🙂🙂`, "").isWellFormed());
  assert.equal(fileName({ id: "con", words: { assessment: "Self check" } }, {}, "csv"), "con-self-check.csv");
});
