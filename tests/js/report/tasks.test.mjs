/** A roadmap as tasks for other programs: nothing that was typed breaks out of its place. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { Names } from "../../../generator/quiz/render/names.js";
import { wordsFor } from "../../../generator/quiz/render/words.js";
import {
  endOf,
  tasksOf,
  toCalendar,
  toGitHubCsv,
  toGitHubScript,
  toJiraCsv,
} from "../../../generator/quiz/report/tasks.js";

const gate = (id, title) => ({ id, title, dimension: "d", stage: null });
const DATA = {
  ...{ id: "sample", title: "Sample; model", language: "en", scales: [], stages: [], dimensions: [] },
  gates: [gate("a", "=A is met"), gate("b", "B, or `c` @team"), gate("c", "C"), gate("d", "D")],
  remediations: [
    { id: "p", title: "It's\na play; one, two\\", opens: ["a", "b", "a", "d"], owner: "Tech lead" },
    { id: "q", title: "=Q", opens: ["c"], owner: null },
  ],
  words: {
    ...{ phase: "Phase {n}", owner: "Owner", "task-opens": "This helps to meet:" },
    ...{ "phase-ends": "{phase} ends", "decimal-mark": "." },
  },
};
const names = new Names(DATA, { to: () => null }, wordsFor(DATA), null);
const NO = { answer: "no", is_open: false };
const RESULT = {
  states: new Map([
    ...[["a", NO], ["b", { answer: null, is_open: false }], ["c", { answer: "yes", is_open: true }]],
    ["d", { answer: "not-applicable", is_open: false }],
  ]),
};
const HOSTILE = "'; touch never; '$(touch x)`y`";
const ROADMAP = [
  { title: "Spring", date: "2027-03-31", owner: "Ada", remediations: [{ id: "p" }] },
  { title: HOSTILE, date: "soon", remediations: [{ id: "q", owner: "=Ben\nCy" }] },
];
const tasks = tasksOf(ROADMAP, RESULT, names);

test("each play is a task with the gates that are left to meet", () => {
  assert.deepEqual(tasks, [
    {
      ...{ id: "p", title: "It's a play; one, two\\", owner: "Ada", date: "2027-03-31" },
      ...{ phase: "Spring", opens: ["=A is met", "B, or `c` @team"] },
    },
    { id: "q", title: "=Q", owner: "=Ben Cy", date: "", phase: HOSTILE, opens: [] },
  ]);
  const [task] = tasksOf([{ remediations: [{ id: "p" }] }], RESULT, names);
  assert.deepEqual([task.owner, task.phase, task.date], ["Tech lead", "Phase 1", ""]);
});

test("phases of one title that end on different days are two events", () => {
  const ends = (...dates) => {
    const own = dates.map((date, at) => ({ title: "Half", date, remediations: [{ id: "pq"[at] }] }));
    const calendar = toCalendar(tasksOf(own, RESULT, names), names, {}, new Date(0));
    const events = calendar.replaceAll("\r\n ", "").split("BEGIN:VEVENT").slice(1);
    return events.map((event) => [
      /UID:(.*?)@/.exec(event)[1],
      /DTSTART;VALUE=DATE:(\d+)/.exec(event)[1],
      event.match(/•/g).length,
    ]);
  };
  const [one, other] = ["2027-03-31", "2027-06-30"];
  assert.deepEqual(ends(one, one), [["sample%2F%2Fend%2FHalf", "20270331", 2]]);
  assert.deepEqual(ends(one, other), [
    [`sample%2F%2Fend%2FHalf%2F${one}`, "20270331", 1],
    [`sample%2F%2Fend%2FHalf%2F${other}`, "20270630", 1],
  ]);
});

test("phases of one title are one milestone, which ends on the last of their days", () => {
  const phases = ["2027-06-30", "2027-03-31", ""].map((date, at) => ({
    ...{ title: "Half", date, remediations: [{ id: ["p", "q", "r"][at] }] },
  }));
  const made = toGitHubScript(tasksOf(phases, RESULT, names), names).match(/^milestone -f.*$/gm);
  assert.deepEqual(made, ["milestone -f title='Half' -f due_on=2027-06-30T12:00:00Z"]);
});

test("only a day is a day", () => {
  for (const date of ["2027-03-31", "2028-02-29"]) assert.equal(endOf({ date }), date);
  for (const date of ["", "2027", "2027-13-01", "31.03.2027", "2027-03-31T10:00", "2027-06-31"]) {
    assert.equal(endOf({ date }), "");
  }
});

test("the script for GitHub passes every text as it is, and runs nothing in it", () => {
  const script = toGitHubScript(tasks, names);
  const show = 'gh() { printf "%s\\0" "$@"; printf "\\n\\0"; }\n';
  const called = execFileSync("sh", ["-c", show + script], { encoding: "utf8" });
  const calls = called.split("\n\0").map((one) => one.split("\0").slice(0, -1)).filter((one) => one.length);
  const [first, second, play, other] = calls;
  assert.deepEqual(first.slice(0, 3), ["api", "--silent", "repos/{owner}/{repo}/milestones"]);
  assert.deepEqual(first.slice(3), ["-f", "title=Spring", "-f", "due_on=2027-03-31T12:00:00Z"]);
  assert.deepEqual(second.slice(3), ["-f", `title=${HOSTILE}`]);
  assert.deepEqual(play.slice(0, 4), [
    ...["issue", "create", "--milestone=Spring", "--title=It's a play; one, two\\"],
  ]);
  assert.match(play[4], /^--body=Spring\n\nOwner:.* Ada\n\nThis helps to meet:\n\n\* \[ \] \\=A is met\n\* \[ \] B/);
  assert.doesNotMatch(play[4], /@team/, "nobody is mentioned");
  assert.equal(other[2], `--milestone=${HOSTILE}`);
  assert.equal(calls.length, 4);
});

test("no cell of the tables is a formula, and the first column has its own name", () => {
  const jira = toJiraCsv(tasks, names);
  assert.match(jira, /^"Summary","Issue Type","Description","Due Date","Owner","Phase"\r\n/);
  assert.ok(jira.includes('"It\'s a play; one, two\\","Task","Spring\nOwner: Ada\n\nThis helps to meet:\n• =A is met\n• B'));
  assert.ok(jira.includes('\r\n"\'=Q","Task"'));
  assert.ok(jira.includes('"\'=Ben Cy"'));
  const github = toGitHubCsv(tasks, names);
  assert.match(github, /^"title","body","milestone"\r\n/);
  assert.ok(github.includes("\n* [ ] \\=A is met\n* [ ] B"));
});

/** Return the content lines of a calendar, unfolded. */
function unfold(calendar) {
  assert.ok(calendar.endsWith("\r\n"));
  assert.doesNotMatch(calendar.replaceAll("\r\n", ""), /[\r\n]/);
  for (const line of calendar.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  return calendar.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
}

test("the calendar has a to-do for each play and an event for each end of a phase", () => {
  const now = new Date(Date.UTC(2026, 10, 29, 12, 30, 5));
  const lines = unfold(toCalendar(tasks, names, { subject: "Ünïcode " + "✓".repeat(60) }, now));
  assert.deepEqual(lines.slice(0, 2), ["BEGIN:VCALENDAR", "VERSION:2.0"]);
  assert.match(lines[2], /^PRODID:/);
  assert.equal(lines.at(-1), "END:VCALENDAR");
  const count = (line) => lines.filter((one) => one === line).length;
  assert.equal(count("BEGIN:VTODO"), 2);
  assert.equal(count("BEGIN:VEVENT"), 1);
  assert.equal(count("DTSTAMP:20261129T123005Z"), 3);
  assert.equal(count("DUE;VALUE=DATE:20270331"), 1);
  assert.equal(count("DTSTART;VALUE=DATE:20270331"), 1);
  assert.equal(count("SUMMARY:It's a play\\; one\\, two\\\\"), 1);
  assert.equal(count("SUMMARY:Spring ends"), 1);
  const about = lines.find((one) => one.startsWith("DESCRIPTION:"));
  assert.match(about, /^DESCRIPTION:Sample\\; model: Ünïcode ✓+\\nSpring\\nOwner: Ada\\n/);
  const ids = lines.filter((one) => one.startsWith("UID:"));
  assert.equal(new Set(ids).size, 3);
  assert.ok(ids.every((one) => /^UID:[\w%.!~*'()-]+@stagebook$/.test(one)));
});
