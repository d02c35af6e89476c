/**
 * CSV after RFC 4180 in which no text becomes a formula of a spreadsheet: the twin of
 * `stagebook/report/csv_cells.py`, which says why.
 */

const BEGINS = /(?<=^|[;\t\r\n])(?=(?:(?![\t\r\n])["\s\p{C}])*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;

/**
 * Return a text with an apostrophe before each part that could begin a formula.
 * @param {string} text
 */
export const neutral = (text) => text.replace(BEGINS, "'");

/**
 * Return rows as CSV: a byte order mark for Excel, every text quoted, numbers with a point.
 * @param {(string | number | null | undefined)[][]} rows
 */
export function csvText(rows) {
  const lines = rows.map((row) => `${row.map(cell).join(",")}\r\n`);
  return `\ufeff${lines.join("")}`;
}

/** @param {string | number | null | undefined} value */
const cell = (value) =>
  typeof value === "number" ? value : `"${neutral(value ?? "").replaceAll('"', '""')}"`;
