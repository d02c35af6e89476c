/** The evidence for an answer: rows of what it is, where it lies and of which day. */

import { button, el, show } from "#core/render/dom.js";

/** @import { Evidence, Gate } from "../types.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Answers } from "../state/answers.js" */

const PARTS = /** @type {const} */ (["title", "url", "date"]);

export class EvidenceRows {
  #gate;
  #answers;
  #t;
  #rows = el("div", { class: "sb-evidence" });
  #add;
  /** What stands in the rows. @type {Evidence[]} */
  #shown = [];
  /** What stands in each row: what a file says beside the three parts stays in it. */
  #byRow = /** @type {WeakMap<Element, Evidence>} */ (new WeakMap());

  /**
   * @param {Gate} gate
   * @param {Answers} answers
   * @param {Words} t
   */
  constructor(gate, answers, t) {
    this.#gate = gate;
    this.#answers = answers;
    this.#t = t;
    this.#add = button(t("evidence-add"), () => this.#append({}).focus(), { class: "sb-link" });
    this.element = el("div", {}, this.#rows, this.#add);
  }

  /**
   * Show evidence, unless somebody is typing in it.
   * @param {Evidence[]} evidence
   */
  paint(evidence) {
    const isSame = JSON.stringify(evidence) === JSON.stringify(this.#shown);
    if (isSame || this.#rows.contains(document.activeElement)) return;
    this.#shown = evidence;
    show(this.#rows);
    for (const piece of evidence) this.#append(piece);
  }

  /**
   * Add a row; return its first field.
   * @param {Evidence} evidence
   */
  #append(evidence) {
    const t = this.#t;
    const open = el("a", { rel: "noreferrer", target: "_blank" }, t("evidence-open"));
    const fields = PARTS.map((part) => {
      const name = t(`evidence-${part}`);
      const type = part === "date" ? part : "text";
      const value = evidence[part];
      const shape = { type, value, placeholder: name, autocomplete: "off" };
      const field = el("input", { ...shape, "aria-label": name });
      // What is no day, such as a month, is text.
      if (value && !field.value) Object.assign(field, { type: "text", value });
      return field;
    });
    // A field cannot hold all that a file says: what is not changed here stays as it is there.
    const shown = fields.map(({ value }) => value);
    const label = t("evidence-for", { gate: this.#gate.title });
    const row = el("div", { role: "group", class: "sb-row", "aria-label": label }, ...fields, open);
    row.append(button(t("evidence-remove"), () => this.#remove(row), { class: "sb-link" }));
    const read = () => {
      linkTo(open, fields[1].value.trim());
      const texts = PARTS.map((part, index) => {
        const { value } = fields[index];
        return [part, value === shown[index] ? evidence[part] : value || undefined];
      });
      this.#byRow.set(row, { ...evidence, ...Object.fromEntries(texts) });
    };
    row.addEventListener("input", () => {
      read();
      this.#tell();
    });
    read();
    this.#rows.append(row);
    return fields[0];
  }

  /** @param {Element} row */
  #remove(row) {
    row.remove();
    this.#add.focus();
    this.#tell();
  }

  #tell() {
    const base = this.#shown;
    // A part without text is none.
    const rows = JSON.parse(
      JSON.stringify([...this.#rows.children].map((row) => this.#byRow.get(row))),
    );
    this.#shown = rows.filter((/** @type {Evidence} */ piece) => Object.keys(piece).length);
    this.#keep(this.#shown, base);
  }

  /**
   * Keep the evidence, and what another tab added to it meanwhile.
   * @param {Evidence[]} rows
   * @param {Evidence[]} base what stood there before this change
   */
  #keep(rows, base) {
    const known = new Set([...rows, ...base].map((row) => JSON.stringify(row)));
    this.#answers.change(this.#gate.id, ({ evidence = [] }) => {
      const added = evidence.filter((row) => !known.has(JSON.stringify(row)));
      return { evidence: [...rows, ...added] };
    });
  }
}

/**
 * Let a link lead to an address, if it is one of the Web.
 * @param {HTMLAnchorElement} link
 * @param {string} address
 */
function linkTo(link, address) {
  link.hidden = !/^https?:\/\//i.test(address);
  link.href = link.hidden ? "" : address;
}
