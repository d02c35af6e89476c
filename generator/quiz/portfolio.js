/**
 * The report on a portfolio: filters, and a look at one assessment. It counts the rows in the page
 * just as the queries in `stagebook/portfolio/queries` do; a test compares both.
 */

import { count } from "./portfolio-counts.js";
import { el } from "./render/dom.js";
import { svg } from "./render/svg.js";
import { csvText } from "./report/csv-cells.js";

/** @import { Data, Line, Row } from "./portfolio-counts.js" */

const LISTED = 200;

/** The report on the page, if it has data. */
export class Portfolio {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.form = /** @type {HTMLFormElement} */ (document.querySelector(".sb-pf-filters"));
    this.one = /** @type {HTMLElement} */ (document.querySelector(".sb-pf-one"));
    this.choice = /** @type {HTMLSelectElement} */ (this.one.querySelector("select"));
    /** @type {Row[]} */
    this.rows = data.rows;
  }

  /** Show the filters and fill them. */
  start() {
    const { tags, rounds } = this.data;
    this.options("tag", tags);
    this.options("from", rounds);
    this.options("to", rounds);
    this.form.hidden = this.one.hidden = false;
    this.form.addEventListener("input", () => this.draw());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.draw()));
    this.choice.addEventListener("change", () => this.show());
    this.filter();
    this.list();
  }

  /**
   * @param {string} name
   * @param {string[]} titles
   */
  options(name, titles) {
    const select = this.field(name);
    select.append(...titles.map((title, place) => el("option", { value: String(place) }, title)));
    select.closest("label")?.toggleAttribute("hidden", !titles.length);
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLSelectElement} */ (this.form.elements.namedItem(name));
  }

  /** Keep the rows that the filters let through, and say how many these are. */
  filter() {
    const [tag, from, to] = ["tag", "from", "to"].map((name) => this.field(name).value);
    const team = this.field("team").value.trim().toLowerCase();
    const { rows, units } = this.data;
    this.rows = rows.filter(
      ([unit, , round, tags]) =>
        (!tag || tags.includes(Number(tag))) &&
        (!from || round >= Number(from)) &&
        (!to || (round >= 0 && round <= Number(to))) &&
        units[unit].toLowerCase().includes(team),
    );
    const several = new Set(this.rows.map(([unit]) => unit)).size;
    const assessments = this.counted("pf-assessments", this.rows.length);
    const status = /** @type {HTMLElement} */ (this.form.querySelector("[role=status]"));
    status.textContent = this.counted("pf-shown", several).replace("{assessments}", assessments);
  }

  /**
   * @param {"pf-assessments" | "pf-shown"} key
   * @param {number} n
   */
  counted(key, n) {
    return this.data.words[key][n === 1 ? "one" : "other"].replace("{n}", String(n));
  }

  /** Draw all tables anew. */
  draw() {
    this.filter();
    const counts = count(this.data, this.rows);
    for (const [id, lines] of Object.entries(counts)) {
      const section = /** @type {HTMLElement | null} */ (
        document.querySelector(`[data-pf="${id}"]`)
      );
      if (section) this.table(section, lines, this.data.shades[id] ?? []);
      // What all teams have nothing of, some may have.
      if (section && lines.length) section.hidden = false;
    }
    this.list();
  }

  /**
   * @param {Element} section
   * @param {Line[]} lines
   * @param {number[]} shades
   */
  table(section, lines, shades) {
    const body = /** @type {HTMLElement} */ (section.querySelector("tbody"));
    const drawn = lines.map(([label, values]) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, label),
        ...(shades.length ? [el("td", {}, bar(values, shades))] : []),
        ...values.map((value) => el("td", {}, String(value))),
      ),
    );
    const none = el("tr", {}, el("th", { scope: "row" }, this.data.words["pf-none"]));
    body.replaceChildren(...(drawn.length ? drawn : [none]));
    const heads = [...section.querySelectorAll("thead th")].map((one) => one.textContent ?? "");
    if (shades.length) heads.splice(1, 1);
    const link = /** @type {HTMLAnchorElement} */ (section.querySelector(".sb-pf-csv"));
    const csv = csvText([heads, ...lines.map(([label, values]) => [label, ...values])]);
    link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
  }

  /** List the assessments that can be looked at. */
  list() {
    const { units, words } = this.data;
    const options = this.rows.slice(0, LISTED).map((row, place) => {
      const title = [units[row[0]], row[1]].filter(Boolean).join(", ");
      return el("option", { value: String(place) }, title);
    });
    this.choice.replaceChildren(el("option", { value: "" }, ""), ...options);
    const more = /** @type {HTMLElement} */ (this.one.querySelector(".sb-pf-more"));
    more.hidden = this.rows.length <= LISTED;
    more.textContent = words["pf-more"].replace("{n}", String(LISTED));
    this.show();
  }

  /** Show the assessment that is chosen. */
  show() {
    const shown = /** @type {HTMLElement} */ (this.one.querySelector(".sb-pf-shown"));
    const { value } = this.choice;
    shown.replaceChildren(...(value ? this.about(this.rows[Number(value)]) : []));
  }

  /** @param {Row} row */
  about(row) {
    const { words, stages, overall, dimensions, gates, plays, units } = this.data;
    const [unit, day, , , stage, believed, , , , places, states, plan] = row;
    const title = (/** @type {number} */ place) => stages[place] ?? words["pf-no-stage"];
    const standing = dimensions.map((name, place) => `${name}: ${title(places[place])}`);
    const shut = gates.filter((_, place) => states[place] === "s");
    const list = (/** @type {string} */ head, /** @type {string[]} */ items) => [
      el("div", { class: "sb-subtitle", role: "heading", "aria-level": "4" }, head),
      items.length
        ? el("ul", {}, ...items.map((item) => el("li", {}, item)))
        : el("p", {}, words["pf-none"]),
    ];
    const name = [units[unit], day].filter(Boolean).join(", ");
    return [
      el("div", { class: "sb-subtitle", role: "heading", "aria-level": "3" }, name),
      ...(overall ? [el("p", {}, `${words["pf-overall"]}: ${title(stage)}`)] : []),
      ...(believed >= 0 ? [el("p", {}, `${words["pf-believed"]}: ${title(believed)}`)] : []),
      ...(dimensions.length ? list(words["pf-stage"], standing) : []),
      ...list(words["pf-shut"], shut),
      ...list(
        words["pf-wanted"],
        plan.map(([play]) => plays[play]),
      ),
    ];
  }
}

/**
 * Draw the bar of a row: the first values, in their shades.
 * @param {(number | string)[]} values
 * @param {number[]} shades
 */
function bar(values, shades) {
  const counts = shades.map((_, place) => Number(values[place]));
  const total = counts.reduce((sum, value) => sum + value, 0);
  let start = 0;
  const parts = counts.map((value, place) => {
    const width = total ? (100 * value) / total : 0;
    const part = svg("rect", { x: start, width, height: 8, "data-step": shades[place] || null });
    start += width;
    return part;
  });
  const frame = { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", frame, ...parts.filter((_, place) => counts[place]));
}

const data = document.getElementById("pf-data")?.textContent;
if (data) new Portfolio(JSON.parse(data)).start();
