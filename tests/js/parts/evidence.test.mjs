/** Evidence for an answer: rows that are added, opened, taken away, in two tabs too. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, Tab } from "../../support/tab.mjs";

const rows = (tab) => [...tab.question("plan-kept").querySelectorAll(".sb-row")];
const kept = (tab) => tab.stored().answers["plan-kept"].evidence;

/** Add evidence with a title, and leave its row. */
function add(tab, title, url = "") {
  tab.click([...tab.question("plan-kept").querySelectorAll("button")].at(-2));
  const [first, address] = rows(tab).at(-1).querySelectorAll("input");
  assert.ok(tab.hasFocus(first));
  tab.type(first, title);
  if (url) tab.type(address, url);
  first.blur();
  address.blur();
}

test("evidence is kept, counted, opened only where it is an address of the Web, and removed", async () => {
  const tab = await Tab.open();
  add(tab, "The plan", "https://example.org/plan");
  add(tab, "A trick", "javascript:alert(1)");
  assert.deepEqual(kept(tab), [
    { title: "The plan", url: "https://example.org/plan" },
    { title: "A trick", url: "javascript:alert(1)" },
  ]);
  assert.match(tab.read(tab.question("plan-kept")), /Note and evidence \(2\)/);
  const links = rows(tab).map((row) => row.querySelector("a"));
  assert.deepEqual(
    links.map((one) => one.hidden),
    [false, true],
  );
  assert.equal(links[1].getAttribute("href") || "", "");
  tab.click(rows(tab)[0].querySelector("button"));
  assert.deepEqual(
    kept(tab).map(({ title }) => title),
    ["A trick"],
  );
});

test("two tabs that add evidence at once keep that of both", async () => {
  const local = new Shelf();
  const [one, two] = [await Tab.open({ local }), await Tab.open({ local })];
  add(one, "Mine");
  add(two, "Yours");
  assert.deepEqual(
    kept(one)
      .map(({ title }) => title)
      .sort(),
    ["Mine", "Yours"],
  );
  one.hear();
  assert.equal(rows(one).length, 2);
});
