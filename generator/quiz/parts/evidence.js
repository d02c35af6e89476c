/** The evidence for an answer: rows of what it is, where it lies and of which day. */

import { button, el, show } from "../render/dom.js";

/** @import { Evidence, Gate } from "../types.js" */
/** @import { Words } from "../render/words.js" */

const PARTS = /** @type {const} */ (["title", "url", "date"]);

/**
 * @param {Gate} gate
 * @param {Words} t
 * @param {(rows: Evidence[], base: Evidence[]) => void} keep is told of every change, with what
 * stood here before it
 */
export function makeEvidence(gate, t, keep) {
  const rows = el("div", { class: "sb-evidence" });
  const add = button(t("evidence-add"), () => append({}).focus(), { class: "sb-link" });
  /** What stands in the rows. @type {Evidence[]} */
  let shown = [];
  /** What each row was made of: what a file says beside the three parts stays in it. */
  const made = /** @type {WeakMap<Element, Evidence>} */ (new WeakMap());

  return {
    element: el("div", {}, rows, add),

    /**
     * Show evidence, unless somebody is typing in it.
     * @param {Evidence[]} evidence
     */
    paint(evidence) {
      const same = JSON.stringify(evidence) === JSON.stringify(shown);
      if (same || rows.contains(document.activeElement)) return;
      shown = evidence;
      show(rows);
      for (const one of evidence) append(one);
    },
  };

  /**
   * Add a row; return its first field.
   * @param {Evidence} evidence
   */
  function append(evidence) {
    const open = el("a", { rel: "noreferrer", target: "_blank" }, t("evidence-open"));
    const fields = PARTS.map((part) => {
      const name = t(`evidence-${part}`);
      const type = part === "date" ? part : "text";
      return el("input", { type, value: evidence[part], placeholder: name, "aria-label": name });
    });
    const changed = () => {
      const address = fields[1].value.trim();
      open.hidden = !/^https?:\/\//i.test(address);
      open.href = open.hidden ? "" : address;
      made.set(row, {
        ...evidence,
        ...Object.fromEntries(PARTS.map((part, i) => [part, fields[i].value || undefined])),
      });
    };
    const remove = () => {
      row.remove();
      add.focus();
      tell();
    };
    const row = el(
      "div",
      { role: "group", class: "sb-row", "aria-label": t("evidence-for", { gate: gate.title }) },
      ...fields,
      open,
      button(t("evidence-remove"), remove, { class: "sb-link" }),
    );
    const on = () => {
      changed();
      tell();
    };
    row.addEventListener("input", on);
    changed();
    rows.append(row);
    return fields[0];
  }

  function tell() {
    const base = shown;
    // A part without text is none.
    shown = JSON.parse(JSON.stringify([...rows.children].map((row) => made.get(row))));
    shown = shown.filter((one) => Object.keys(one).length);
    keep(shown, base);
  }
}
