/** A result to take elsewhere: a table for spreadsheets, Markdown for issues, a badge. */

import { get } from "./algebra.js";
import { svg } from "./dom.js";

/** @import { Assessment, Result } from "./types.js" */
/** @import { Names } from "./names.js" */

/**
 * Return the answers as CSV after RFC 4180, one row a gate, with a byte order mark for Excel.
 * @param {Names} names
 * @param {Assessment} assessment
 * @param {Result} result
 */
export function toCsv(names, assessment, result) {
  const { data, t } = names;
  const yes = (/** @type {unknown} */ value) => t(value ? "csv-yes" : "csv-no");
  const rows = data.gates.map(({ id, code, title, dimension, stage, blocking }) => {
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
  const begin = /(?<=^|[;\t\r\n])(?=(?:(?![\t\r\n])["\s\p{C}])*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;
  return `"${(value ?? "").replace(begin, "'").replaceAll('"', '""')}"`;
}

/**
 * Return what a part of the page says as Markdown, its ordered lists as tasks.
 *
 * Other elements are left out, folded parts among them.
 * @param {Element} root
 * @returns {string}
 */
export function toMarkdown(root) {
  const blocks = [...root.children].map((one) => {
    const { tagName } = one;
    if (one instanceof HTMLTableElement) return table(one);
    if (tagName === "DIV") return toMarkdown(one);
    if (tagName === "H3") return `### ${words(one)}`;
    if (tagName === "P") return words(one);
    return LIST.test(tagName) && items(one, "");
  });
  return blocks.filter(Boolean).join("\n\n");
}

const LIST = /^[OU]L$/;

/**
 * @param {Element} list
 * @param {string} indent
 * @returns {string}
 */
function items(list, indent) {
  const sign = list.tagName === "OL" ? "- [ ]" : "-";
  const lines = [...list.children].map((item) => {
    const inner = [...item.children].filter((one) => LIST.test(one.tagName));
    const below = inner.map((one) => `\n${items(one, `  ${indent}`)}`);
    return `${indent}${sign} ${words(item)}${below.join("")}`;
  });
  return lines.join("\n");
}

/** @param {HTMLTableElement} table */
function table({ caption, rows }) {
  const lines = [...rows].map(({ cells }) => `| ${[...cells].map(words).join(" | ")} |`);
  lines.splice(1, 0, `${"| --- ".repeat(rows[0].cells.length)}|`);
  return [caption && `### ${words(caption)}\n`, ...lines].filter(Boolean).join("\n");
}

/** @param {Element} element */
const words = (element) => md(textOf(element));

/**
 * Return the text of an element, small print in parentheses; lists and fields are not part of it.
 * @param {Node} element
 * @returns {string}
 */
function textOf(element) {
  const texts = [...element.childNodes].map((one) => {
    if (/^(LABEL|[OU]L)$/.test(one.nodeName)) return "";
    const text = one.firstChild ? textOf(one) : one.textContent;
    return one.nodeName === "SMALL" ? ` (${text?.trim()})` : text;
  });
  return texts.join("");
}

/**
 * Return text on one line as Markdown that shows it as it stands, on GitHub too.
 *
 * GitHub links names, numbers of issues and addresses, and sets emoji, after all escapes are gone: a
 * space of no width keeps them apart. A dollar sign it leaves alone in an element of its own.
 * @param {string} text
 */
export function md(text) {
  return oneLine(text)
    .replace(/([@#:]|GH-|www)(?=\S)/gi, "$&\u200b")
    .replace(/[\\`*_[\]~#<>|&]|^[-+=]|[.)](?<=^\d+.)(?= |$)/g, "\\$&")
    .replaceAll("$", "<span>$$</span>");
}

/**
 * Return a badge as SVG.
 * @param {string} title
 * @param {string} value
 */
export function toBadge(title, value) {
  const texts = [title, value].map(oneLine);
  let end = 0;
  const parts = texts.flatMap((text, index) => {
    const x = end;
    // About as wide as the text is; it is then fitted to exactly that.
    const width = text.length * 7;
    end += width + 12;
    const place = { x: x + 6, y: 14, textLength: width, lengthAdjust: "spacingAndGlyphs" };
    return [
      svg("rect", { x, width: width + 12, height: 20, fill: index ? "#0b617a" : "#555" }),
      svg("text", { ...place, fill: "#fff" }, text),
    ];
  });
  const style = { "font-family": "sans-serif", "font-size": 11 };
  const name = svg("title", {}, texts.join(": "));
  const badge = svg("svg", { width: end, height: 20, role: "img", ...style }, name, ...parts);
  return new XMLSerializer().serializeToString(badge);
}

/**
 * Return text without line breaks and what XML must not hold, half characters among them.
 * @param {string} text
 */
const oneLine = (text) => text.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, " ").trim();
