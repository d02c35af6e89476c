/** A result to take elsewhere: a table for spreadsheets, Markdown for issues, a badge. */

import { svg } from "../render/dom.js";
import { get } from "../scoring/intervals.js";
import { csvText } from "./csv-cells.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */

/**
 * Return the answers as CSV, one row a gate; for programs too, so numbers have a point.
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
  return csvText([t("csv-columns").split("; "), ...rows]);
}

/**
 * Return what a part of the page says as Markdown, its ordered lists as tasks.
 *
 * Other elements are left out, folded parts among them.
 * @param {Element} root
 * @param {string} [indent]
 * @returns {string}
 */
export function toMarkdown(root, indent = "") {
  /** @type {Record<string, string>} */
  const signs = { H3: "### ", LI: root.tagName === "OL" ? "- [ ] " : "- ", P: "" };
  const blocks = [...root.children].flatMap((one) => {
    const { tagName } = one;
    if (one instanceof HTMLTableElement) return table(one);
    if (/^(DIV|[OU]L)$/.test(tagName)) return toMarkdown(one, indent);
    if (!(tagName in signs)) return [];
    return [indent + signs[tagName] + words(one), toMarkdown(one, `  ${indent}`)];
  });
  return blocks.filter(Boolean).join(/^([OU]L|LI)$/.test(root.tagName) ? "\n" : "\n\n");
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
 * @param {string} text
 */
export function toBadge(text) {
  const said = oneLine(text);
  // About as wide as the text is; it is then fitted to exactly that.
  const width = said.length * 7;
  const place = { x: 6, y: 14, textLength: width, lengthAdjust: "spacingAndGlyphs" };
  const style = { fill: "#fff", "font-family": "sans-serif", "font-size": 11 };
  const badge = svg(
    "svg",
    { width: width + 12, height: 20, role: "img", "aria-label": said },
    svg("rect", { width: "100%", height: "100%", fill: "#0b617a" }),
    svg("text", { ...place, ...style }, said),
  );
  return new XMLSerializer().serializeToString(badge);
}

/**
 * Return text without line breaks and what XML must not hold, half characters among them.
 * @param {string} text
 */
const oneLine = (text) => text.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, " ").trim();
