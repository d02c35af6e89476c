/** Words with numbers: one is one in every language of a rubric, since the words may be of another. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../../../generator/quiz/render/words.js";

test("the words for one stand for one alone, whatever the rubric's language", () => {
  const words = { gates: { one: "One gate", other: "{n} gates" }, "decimal-mark": "," };
  for (const language of ["en", "de", "fr", "pt", "ru", "ar", "hi", "lv"]) {
    const t = wordsFor({ words, language });
    const said = [0, 1, 1.5, 2, 10, 21].map((n) => t("gates", { n }));
    assert.deepEqual(
      said,
      ["0 gates", "One gate", "1,5 gates", "2 gates", "10 gates", "21 gates"],
      language,
    );
  }
});
