/** The plays of a roadmap as tasks, for programs that keep lists of them. */

import { get } from "#core/scoring/intervals.js";
import { readDay } from "#extras/scoring/days.js";
import { mayBeMet } from "#extras/scoring/diagnosis.js";
import { csvText } from "#several/report/csv-cells.js";
import { md } from "#several/report/markdown.js";
import { oneLine } from "#several/report/one-line.js";

/** @import { Assessment, Phase, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/**
 * A play as a task: `opens` are the titles of gates that it helps with and that are not met, `phase`
 * is what its phase is called, and `date` the day on which that ends, if it is one.
 * @typedef {{id: string, title: string, owner: string, date: string, phase: string, opens: string[]}} Task
 */

/**
 * Return what a phase is called: its title, or its number.
 * @param {Phase} phase
 * @param {number} index
 * @param {Names} names
 */
export const phaseName = ({ title = "" }, index, { t }) =>
  oneLine(title) || t("phase", { n: index + 1 });

/**
 * Return the plays of a roadmap as tasks, in their order.
 * @param {Phase[]} phases
 * @param {Result} result
 * @param {Names} names
 * @returns {Task[]}
 */
export function tasksOf(phases, { states }, names) {
  const plays = new Map(names.data.remediations.map((play) => [play.id, play]));
  return phases.flatMap((phase, index) =>
    (phase.remediations ?? []).map(({ id, owner }) => {
      const left = (plays.get(id)?.opens ?? []).filter((gate) => {
        const state = get(states, gate);
        return mayBeMet(state) && !state.is_open;
      });
      return {
        ...{ id, title: oneLine(names.play(id)), date: endOf(phase) },
        owner: oneLine(owner || phase.owner || plays.get(id)?.owner || ""),
        phase: phaseName(phase, index, names),
        opens: [...new Set(left)].map((gate) => oneLine(names.gate(gate))),
      };
    }),
  );
}

/**
 * Return the day on which a phase ends, as ISO 8601 writes it; no text where it is not such a day.
 * @param {Phase} phase
 */
export function endOf({ date = "" }) {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(date) && readDay(date) < Infinity;
  return isDay ? date : "";
}

/**
 * Return what a task is about, as lines: phase and owner, then the gates. No line begins with a sign that
 * spreadsheets take for that of a formula.
 * @param {Task} task
 * @param {Names} names
 */
function aboutLines({ phase, owner, opens }, { t }) {
  const head = [phase, owner && `${t("owner")}: ${owner}`].filter(Boolean);
  return {
    head,
    gates: opens.length ? [t("task-opens"), ...opens.map((gate) => `• ${gate}`)] : [],
  };
}

/**
 * Return the body of an issue in Markdown, with the gates as a list to tick.
 * @param {Task} task
 * @param {Names} names
 */
function issueBody(task, names) {
  const { head } = aboutLines(task, names);
  const gates = task.opens.map((gate) => `* [ ] ${md(gate)}`);
  const list = gates.length ? [md(names.t("task-opens")), gates.join("\n")] : [];
  return [...head.map(md), ...list].join("\n\n");
}

/**
 * Return text as one word of a POSIX shell.
 * @param {string} text
 */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Return a script that makes a milestone of each phase, and an issue of each play, with GitHub's
 * program `gh`.
 * @param {Task[]} tasks
 * @param {Names} names
 */
export function toGitHubScript(tasks, names) {
  // Milestones have titles of their own: phases of one title share one, until the last of their days.
  /** @type {Map<string, string>} */
  const phases = new Map();
  for (const { phase, date } of tasks) {
    if (date >= (phases.get(phase) ?? "")) phases.set(phase, date);
  }
  const milestones = [...phases].map(([phase, date]) => {
    const due = date ? ` -f due_on=${date}T12:00:00Z` : "";
    return `milestone -f title=${quoted(phase)}${due}`;
  });
  const issues = tasks.map((task) => {
    const [title, body] = [quoted(task.title), quoted(issueBody(task, names))];
    return `gh issue create --milestone=${quoted(task.phase)} --title=${title} --body=${body}`;
  });
  return `${[
    "#!/bin/sh",
    "# GH_REPO=owner/repository sh THIS-FILE",
    "set -eu",
    "milestone() {",
    '  gh api --silent "repos/{owner}/{repo}/milestones" "$@" || echo "not made, it may exist: $*" >&2',
    "}",
    ...milestones,
    ...issues,
  ].join("\n")}\n`;
}

/**
 * Return rows as CSV for programs: a mark before the first column would become part of its name.
 * @param {string[][]} rows
 */
const plainCsv = (rows) => csvText(rows).slice(1);

/**
 * Return tasks as CSV in the columns that importers of issues for GitHub read.
 * @param {Task[]} tasks
 * @param {Names} names
 */
export function toGitHubCsv(tasks, names) {
  const rows = tasks.map((task) => [task.title, issueBody(task, names), task.phase]);
  return plainCsv([["title", "body", "milestone"], ...rows]);
}

/**
 * Return tasks as CSV in the columns that Jira's importer offers.
 * @param {Task[]} tasks
 * @param {Names} names
 */
export function toJiraCsv(tasks, names) {
  const rows = tasks.map((task) => {
    const { head, gates } = aboutLines(task, names);
    const about = [...head, ...(gates.length ? ["", ...gates] : [])].join("\n");
    return [task.title, "Task", about, task.date, task.owner, task.phase];
  });
  const heads = ["Summary", "Issue Type", "Description", "Due Date", "Owner", "Phase"];
  return plainCsv([heads, ...rows]);
}

/**
 * Return tasks as iCalendar (RFC 5545): a to-do for each play, and an event on the day on which a phase
 * ends, because many calendars show events only.
 * @param {Task[]} tasks
 * @param {Names} names
 * @param {Assessment} assessment
 * @param {Date} now when the file is made
 */
export function toCalendar(tasks, names, { subject = "" }, now) {
  const stamp = `${now.toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const about = [names.data.title, subject].map(oneLine).filter(Boolean).join(": ");
  const idOf = (/** @type {string} */ id) =>
    `${encodeURIComponent([names.data.id, oneLine(subject), id].join("/"))}@stagebook`;
  const entry = (
    /** @type {string} */ kind,
    /** @type {string} */ id,
    /** @type {string[]} */ more,
  ) => [`BEGIN:${kind}`, `UID:${idOf(id)}`, `DTSTAMP:${stamp}`, ...more, `END:${kind}`];
  const todos = tasks.flatMap((task) => {
    const { head, gates } = aboutLines(task, names);
    return entry("VTODO", task.id, [
      ...(task.date ? [`DUE;VALUE=DATE:${task.date.replaceAll("-", "")}`] : []),
      property("SUMMARY", task.title),
      property("DESCRIPTION", [about, ...head, ...gates].join("\n")),
      "STATUS:NEEDS-ACTION",
    ]);
  });
  // Phases may have one title, and end on different days.
  const dated = tasks.filter(({ date }) => date);
  const ends = new Map(dated.map(({ phase, date }) => [`${date} ${phase}`, { phase, date }]));
  const events = [...ends.values()].flatMap(({ phase, date }) => {
    const others = dated.filter((task) => task.phase === phase && task.date !== date);
    const own = tasks.filter((task) => task.phase === phase && task.date === date);
    const id = others.length ? `end/${phase}/${date}` : `end/${phase}`;
    return entry("VEVENT", id, [
      `DTSTART;VALUE=DATE:${date.replaceAll("-", "")}`,
      property("SUMMARY", names.t("phase-ends", { phase })),
      property("DESCRIPTION", [about, ...own.map(({ title }) => `• ${title}`)].join("\n")),
      "TRANSP:TRANSPARENT",
    ]);
  });
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stagebook//Stagebook//EN"];
  const lines = [...head, ...todos, ...events, "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * Return a property whose value is text, escaped as RFC 5545 asks in section 3.3.11.
 * @param {string} name
 * @param {string} text
 */
const property = (name, text) =>
  `${name}:${text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n")}`;

/** As many octets has a line, its end aside. */
const OCTETS = 75;

/**
 * Return a line folded into lines of at most 75 octets, each of whole characters (section 3.1).
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let length = 0;
  for (const sign of line) {
    const octets = encoder.encode(sign).length;
    if (length + octets > OCTETS) {
      text += "\r\n ";
      length = 1;
    }
    text += sign;
    length += octets;
  }
  return text;
}
