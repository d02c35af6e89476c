/** A result to take elsewhere: a table for spreadsheets, Markdown for issues, a badge. */

import { get } from "./algebra.js";
import { Sentences } from "./sentences.js";

/** @import { Assessment, Diagnosis, Result } from "./types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

/**
 * Return the answers as CSV after RFC 4180, one row a gate, with a byte order mark for Excel.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @param {Names} names
 * @param {Words} t
 */
export function toCsv(scorer, assessment, result, names, t) {
  const yes = (/** @type {unknown} */ value) => t(value ? "csv-yes" : "csv-no");
  const rows = scorer.data.gates.map(({ id, code, title, dimension, stage, blocking }) => {
    const { answer, score, is_open } = get(result.states, id);
    const { reason, note, evidence, flag } = assessment.answers?.[id] ?? {};
    const found = evidence?.map((one) => [one.title, one.url, one.date].filter(Boolean).join(", "));
    return [
      ...[code, id, names.dimension(dimension), names.stage(stage), title],
      ...[answer, answer && names.answer(id, answer), score],
      ...[score === null ? "" : yes(is_open), yes(blocking)],
      ...[reason, note, found?.join("; "), yes(flag)],
    ];
  });
  const lines = [t("csv-columns").split("; "), ...rows].map((row) => row.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * Return a value as a cell that no spreadsheet takes for a formula; a number stays a number.
 *
 * Where lists are separated by semicolons, spreadsheets split CSV there and at line breaks, so what
 * follows one may begin a cell too. Full-width signs count as signs in Japanese editions.
 * @param {string | number | null | undefined} value
 */
function cell(value) {
  if (typeof value === "number") return value;
  const text = (value ?? "")
    .split(/(?<=[;\t\r\n])/)
    .map((part) => (/^[=+\-@＝＋－＠]/.test(part.replace(/["\s\p{C}]/gu, "")) ? `'${part}` : part))
    .join("")
    .replace(/^[\t\r\n]/, "'$&");
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Return the result as Markdown, for an issue.
 * @param {Scorer} scorer
 * @param {Assessment} assessment
 * @param {Result} result
 * @param {Diagnosis} diagnosis
 * @param {Names} names
 * @param {Words} t
 */
export function toMarkdown(scorer, assessment, result, diagnosis, names, t) {
  const say = new Sentences(scorer, names, t);
  const { data } = scorer;
  const about = [assessment.subject, assessment.date].filter(Boolean).join(", ");
  const heading = about ? `${data.title}: ${about}` : data.title;
  const headline = md(say.headline(result));
  const said = [say.numbers(result), t("coverage", result.coverage), ...say.remarks(result)];
  const ladder = data.scoring.dimension === "ladder";
  const row = (/** @type {string} */ name, stage = "", score = "") =>
    `| ${(ladder ? [name, stage, score] : [name, score]).join(" | ")} |`;
  const rows = data.dimensions.map(({ id, title, core }) => {
    const one = result.dimensions[id];
    const name = core ? `${title} (${t("core")})` : title;
    return row(md(name), md(names.stage(one.stage.so_far)) || "–", md(say.part(one)));
  });
  const reasons = say.reasons(result, diagnosis)?.flatMap(({ text, gates }) => {
    const named = gates.map((one) => `- ${md(`${names.gate(one.gate)}: ${say.answer(one)}`)}`);
    return text ? [`- ${md(text)}`, ...named.map((line) => `  ${line}`)] : named;
  });
  const looks = say.secondLook(diagnosis).flatMap(({ text, gates }) => {
    return [`- ${md(text)}`, ...gates.map((id) => `  - ${md(names.gate(id))}`)];
  });
  return blocks(
    `## ${md(heading)}`,
    headline && `**${headline}**`,
    [...said, say.belief(diagnosis)].filter(Boolean).map((line) => `- ${md(line)}`),
    `### ${t("dimensions")}`,
    [row(t("dimension"), t("stage"), t("score")), row("---", "---", "---"), ...rows],
    reasons && [`### ${t("reasons")}`, "", ...(reasons.length ? reasons : [t("no-reasons")])],
    looks.length > 0 && [`### ${t("second-look")}`, "", t("second-look-lead"), "", ...looks],
    planMarkdown(scorer, diagnosis, names, t),
  );
}

/**
 * Return the plan as a Markdown list of tasks.
 * @param {Scorer} scorer
 * @param {Diagnosis} diagnosis
 * @param {Names} names
 * @param {Words} t
 */
export function planMarkdown(scorer, diagnosis, names, t) {
  const say = new Sentences(scorer, names, t);
  const [lead, rest] = say.planLines(diagnosis);
  const tasks = diagnosis.plan.map((step) => {
    const { play, weeks, opens } = say.step(step);
    return `- [ ] **${md(play)}** (${md(weeks)}): ${md(opens)}`;
  });
  return blocks(`### ${t("plan")}`, md(lead), tasks, md(rest));
}

/**
 * Return blocks of Markdown with an empty line between them; what is empty is left out.
 * @param {...(string | string[] | false | null | undefined)} parts
 */
function blocks(...parts) {
  const texts = parts.map((part) => [part || []].flat().join("\n").trim());
  return `${texts.filter(Boolean).join("\n\n")}\n`;
}

/**
 * Return text on one line as Markdown that shows it as it stands, on GitHub too.
 *
 * GitHub links names, numbers of issues and addresses, and sets emoji, after all escapes are gone: a
 * space of no width keeps them apart. A dollar sign it leaves alone in an element of its own.
 * @param {string} text
 */
function md(text) {
  return oneLine(text)
    .replace(/@(?=\S)|#(?=\d)|GH-(?=\d)|:(?=\/\/|[\w+-]+:)|www(?=\.)/gi, "$&\u200b")
    .replace(/[\\`*_[\]~#]|^[-+=]|[.)](?<=^\d+.)(?= |$)/g, "\\$&")
    .replace(/[<>|]|&(?=[#\w])/g, entity)
    .replaceAll("$", "<span>$$</span>");
}

/** So many characters of a text are on a badge at most. */
const MOST = 40;

/**
 * Return a badge as SVG, of one hue, the darker the higher.
 * @param {string} title
 * @param {string} value
 * @param {number} share how far up the scale the value is, from 0 to 1
 */
export function toBadge(title, value, share) {
  const at = Math.min(Math.max(share || 0, 0), 1);
  const hue = [205 - 199 * at, 230 - 180 * at, 238 - 175 * at].map(Math.round);
  let x = 0;
  const draw = (/** @type {string} */ text, fill = "", ink = "") => {
    const width = widthOf(text);
    x += width + 12;
    return `<rect x="${x - width - 12}" width="${width + 12}" height="20" fill="${fill}"/><text x="${x - width - 6}" y="14" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${ink}">${text}</text>`;
  };
  const texts = [title, value].map(cut);
  // At 0.594 black and white are equally readable on the hue.
  const ink = at < 0.594 ? "#000" : "#fff";
  const drawn = draw(texts[0], "#555", "#fff") + draw(texts[1], `rgb(${hue})`, ink);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="20" role="img" font-family="sans-serif" font-size="11"><title>${texts.join(": ")}</title>${drawn}</svg>\n`;
}

/**
 * Return text short, as XML holds it.
 * @param {string} text
 */
function cut(text) {
  const whole = oneLine(text);
  const most = [...whole.slice(0, 3 * MOST)];
  const short = most.length > MOST ? `${most.slice(0, MOST - 1).join("")}…` : whole;
  return short.replace(/[&<>]/g, entity);
}

/**
 * Return text without line breaks and what XML must not hold, half characters among them.
 * @param {string} text
 */
const oneLine = (text) => text.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, " ").trim();

/** @param {string} character */
const entity = (character) => `&#${character.charCodeAt(0)};`;

/**
 * Return about how wide a text is, in pixels; it is then fitted to exactly that.
 * @param {string} text
 */
function widthOf(text) {
  let width = 0;
  for (const one of text.replace(/&#\d+;/g, "n")) {
    if (/[\p{M}\p{Cf}]/u.test(one)) continue;
    const narrow = /[ !'(),.:;IJ|fijlrt]/.test(one);
    width += narrow ? 4.5 : one > "\u2e7f" ? 12 : 7.5;
  }
  return width;
}
