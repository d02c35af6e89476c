/** The evidence for an answer: rows of what it is, where it lies and of which day. */

import { button, el, show } from "./dom.js";

/** @import { Evidence } from "./types.js" */
/** @import { Words } from "./words.js" */

const PARTS = /** @type {const} */ (["title", "url", "date"]);

export class EvidenceRows {
  /**
   * @param {string} gate its title, for those who hear the page
   * @param {Words} t
   * @param {(rows: Evidence[], base: Evidence[]) => void} keep is told of every change, with what
   * stood here before it
   */
  constructor(gate, t, keep) {
    this.gate = gate;
    this.t = t;
    this.keep = keep;
    this.rows = el("div", { class: "sb-evidence" });
    this.add = button(t("evidence-add"), () => this.#append({}).focus(), { class: "sb-link" });
    this.element = el("div", {}, this.rows, this.add);
    /** What stands in the rows. @type {Evidence[]} */
    this.shown = [];
  }

  /**
   * Show evidence, unless somebody is typing in it.
   * @param {Evidence[]} evidence
   */
  paint(evidence) {
    const same = JSON.stringify(evidence) === JSON.stringify(this.shown);
    if (same || this.rows.contains(document.activeElement)) return;
    this.shown = evidence;
    show(this.rows);
    for (const one of evidence) this.#append(one);
  }

  /**
   * Add a row; return its first field.
   * @param {Evidence} evidence
   */
  #append(evidence) {
    const { t } = this;
    const row = el("div", { role: "group", class: "sb-row" });
    const fields = PARTS.map((part) => {
      const type = part === "date" ? "date" : "text";
      const field = el("input", { type, value: evidence[part], "data-part": part });
      field.setAttribute("aria-label", t(`evidence-${part}`));
      field.placeholder = part === "date" ? "" : t(`evidence-${part}`);
      return field;
    });
    const open = el("a", { rel: "noreferrer", target: "_blank" }, t("evidence-open"));
    const follow = () => {
      const safe = /^https?:\/\//i.test(fields[1].value.trim());
      open.hidden = !safe;
      if (safe) open.href = fields[1].value.trim();
    };
    const remove = () => {
      row.remove();
      this.add.focus();
      this.#changed();
    };
    row.addEventListener("input", () => {
      follow();
      this.#changed();
    });
    row.setAttribute("aria-label", t("evidence-for", { gate: this.gate }));
    show(row, ...fields, open, button(t("evidence-remove"), remove, { class: "sb-link" }));
    // What the file says beside the three parts stays in it.
    held.set(row, evidence);
    follow();
    this.rows.append(row);
    return fields[0];
  }

  #changed() {
    const rows = [...this.rows.children].map((row) => {
      /** @type {Evidence} */
      const evidence = { ...held.get(row) };
      for (const field of row.querySelectorAll("input")) {
        const part = /** @type {typeof PARTS[number]} */ (field.dataset.part);
        if (field.value) evidence[part] = field.value;
        else delete evidence[part];
      }
      return evidence;
    });
    const base = this.shown;
    this.shown = rows.filter((one) => Object.keys(one).length);
    this.keep(this.shown, base);
  }
}

/** What each row was made of. @type {WeakMap<Element, Evidence>} */
const held = new WeakMap();
