/** Pictures to paste: what they say in words, and that nothing in them runs out of its place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tab } from "../../support/tab.mjs";
import { qrScene } from "../../../generator/quiz/report/qr-picture.js";
import { roadmapScene } from "../../../generator/quiz/report/roadmap-picture.js";
import { widthOf, wrap } from "../../../generator/quiz/report/scene.js";

const BOX = ".sb-pictures";

/** Open the box with pictures and choose one. */
async function choose(tab, which) {
  const box = tab.find(BOX);
  if (!box.open) {
    box.open = true;
    box.dispatchEvent(new tab.window.Event("toggle"));
  }
  const select = tab.find(`${BOX} [data-el=which]`);
  select.value = which;
  select.dispatchEvent(new tab.window.Event("change", { bubbles: true }));
  await tab.until(() => tab.read(`${BOX} [data-el=told]`));
  return tab.read(`${BOX} [data-el=caption]`);
}

test("the result and its table are drawn with a title and the same in words", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  tab.answer("drill-done", "no");
  const words = await choose(tab, "result");
  assert.match(words, /^Result, Sample model, .*At least First/);
  const picture = tab.find(`${BOX} svg`);
  assert.equal(picture.getAttribute("role"), "img");
  assert.ok(words.startsWith(picture.querySelector("title").textContent));
  assert.ok(words.endsWith(picture.querySelector("desc").textContent));
  assert.match(await choose(tab, "heat"), /100%/);
  assert.equal(tab.find(`${BOX} option[value=roadmap]`).hidden, true, "there is none yet");
});

test("a change of an answer changes the picture", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "no");
  const before = await choose(tab, "result");
  tab.answer("plan-kept", "yes");
  await tab.settle();
  assert.notEqual(tab.read(`${BOX} [data-el=caption]`), before);
});

test("the link becomes a code, unless it is too long for one", async () => {
  const tab = await Tab.open();
  tab.answer("plan-kept", "yes");
  assert.match(await choose(tab, "link"), /^QR code of the link: /);
  assert.ok(tab.find(`${BOX} svg`).querySelectorAll("rect").length > 100);
  assert.equal(qrScene("x".repeat(2954), "t"), null);
  assert.equal(qrScene("ü".repeat(1477), "t"), null);
  const largest = qrScene("x".repeat(2900), "t");
  assert.equal(largest.width, (177 + 8) * 6);
  // The three corners by which readers find it.
  const small = qrScene("https://example.org/", "t");
  const dark = (column, row) =>
    small.shapes.some(({ x, y, width }) => {
      const at = (column + 4) * 6;
      return y === (row + 4) * 6 && x <= at && at < x + width;
    });
  const size = small.width / 6 - 8;
  for (const [column, row] of [[0, 0], [size - 7, 0], [0, size - 7]]) {
    for (let n = 0; n < 7; n++) assert.ok(dark(column + n, row), `${column + n}, ${row}`);
    assert.ok(!dark(column + 1, row + 1));
    assert.ok(dark(column + 3, row + 3));
  }
});

test("text is broken into lines that fit, whatever it is", () => {
  for (const text of ["", "a", "one two three four", "x".repeat(200), "日本語".repeat(30), "a\nb\ud800"]) {
    for (const line of wrap(text, 120, 14)) assert.ok(widthOf(line, 14) <= 120 || [...line].length === 1);
    assert.ok(wrap(text, 120, 14, 2).length <= 2);
  }
  assert.deepEqual(wrap("one two three", 60, 14), ["one two", "three"]);
  assert.match(wrap("word ".repeat(50), 120, 14, 2)[1], /…$/);
});

test("all of a roadmap lies within its picture", () => {
  const plays = Array.from({ length: 12 }, () => ({ title: "A long title of a play ".repeat(4), owner: "Ada" }));
  const phase = { head: "Phase ".repeat(40), facts: ["Until 2027-03-31"], plays, leads: "Forecast ".repeat(30) };
  for (const phases of [[phase], [phase, phase, phase, phase], [{ ...phase, plays: [] }]]) {
    const { width, height, shapes, about } = roadmapScene("Roadmap", phases);
    for (const shape of shapes) {
      assert.ok(shape.x >= 0 && shape.y >= 0 && shape.y + (shape.height ?? 0) <= height);
      const end = shape.x + (shape.width ?? widthOf(shape.text, shape.size));
      assert.ok(end <= width, JSON.stringify(shape));
    }
    assert.match(about, /Forecast/);
  }
});
