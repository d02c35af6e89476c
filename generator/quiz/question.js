/** One question: a fieldset, and what the browser adds to it. */

import { NOT_APPLICABLE } from "./answering.js";
import { button, el, show } from "./dom.js";
import { EvidenceRows } from "./evidence.js";

/** @import { Answer, Evidence, Gate } from "./types.js" */
/** @import { Form } from "./form.js" */

export class Question {
  /**
   * @param {HTMLElement} element
   * @param {HTMLFieldSetElement} fieldset
   * @param {Gate} gate
   * @param {Form} form
   */
  constructor(element, fieldset, gate, form) {
    this.element = element;
    this.fieldset = fieldset;
    this.gate = gate;
    this.form = form;
    this.radios = [...fieldset.querySelectorAll("input")];
  }

  get said() {
    return this.form.store.assessment.answers?.[this.gate.id] ?? {};
  }

  /** Return whether a number taken answers this question, and nobody chose otherwise. */
  get isMeasured() {
    return !this.said.answer && this.form.measured(this.gate)?.number !== undefined;
  }

  /** Show what the assessment says of this gate. */
  paint() {
    const { said } = this;
    for (const radio of this.radios) {
      const checked = radio.value === said.answer;
      if (radio.checked !== checked) radio.checked = checked;
    }
    if (this.extra) this.#paintExtra(said);
  }

  /** Add what stands below the choices. */
  dress() {
    if (this.extra) return;
    const { form, gate } = this;
    const { t } = form;
    const clear = () => {
      form.answer(gate.id, null);
      this.radios[0]?.focus();
    };
    this.clear = button(t("clear"), clear, { class: "sb-link" });
    this.flag = el("input", { type: "checkbox", "data-field": "flag", "data-gate": gate.id });
    const label = t("note-on", { gate: gate.title });
    const data = { "data-field": "note", "data-gate": gate.id };
    this.note = el("textarea", { rows: 3, "aria-label": label, ...data });
    this.evidence = new EvidenceRows(gate.title, t, (rows, base) =>
      form.evidence(gate, rows, base),
    );
    this.noteTitle = el("summary", {});
    this.more = el(
      "details",
      { class: "sb-note" },
      this.noteTitle,
      this.note,
      this.evidence.element,
    );
    this.reason = el("input", { type: "text", "data-field": "reason", "data-gate": gate.id });
    this.reasonLine = el(
      "p",
      { class: "sb-reason" },
      el("label", {}, t("reason"), " ", this.reason),
    );
    this.follows = el("p", { class: "sb-follows" });
    const link = this.element.querySelector(":scope > p > .sb-more");
    const around = link?.parentElement;
    const flag = el("label", { class: "sb-flag" }, this.flag, " ", t("flag"));
    this.extra = el("div", { class: "sb-extra" }, this.more, flag, link, this.clear);
    around?.remove();
    const choices = this.fieldset.querySelector(".sb-choices");
    choices?.after(this.follows, this.reasonLine, this.extra);
    this.#paintExtra(this.said, true);
  }

  /**
   * @param {Answer} said
   * @param {boolean} [first]
   */
  #paintExtra(said, first = false) {
    const { clear, evidence, flag, form, more, note, noteTitle, reason, reasonLine } = this;
    if (!clear || !evidence || !flag || !more || !note || !noteTitle || !reason || !reasonLine)
      return;
    const { t } = form;
    clear.hidden = !said.answer;
    flag.checked = said.flag === true;
    reasonLine.hidden = said.answer !== NOT_APPLICABLE;
    form.fill(reason, String(said.reason ?? ""));
    form.fill(note, String(said.note ?? ""));
    const rows = said.evidence ?? [];
    evidence.paint(rows);
    const n = rows.length + Number(Boolean(said.note));
    noteTitle.textContent = n ? t("note-some", { n }) : t("note-none");
    if (first && n) more.open = true;
    if (this.gate.measure) this.#paintMeasure(said.answer ?? null);
  }

  /** @param {string | null} answer */
  #paintMeasure(answer) {
    const { follows, form, gate } = this;
    const found = form.measured(gate);
    if (!follows || !found) return;
    const { t } = form;
    const { measure, number, answer: by } = found;
    follows.hidden = number === undefined;
    if (number === undefined) return;
    const change = form.stepLink(`m-${measure.id}`, t("change"), measure.title);
    const words = { measure: measure.title, number, unit: measure.unit };
    const told = by ? t("measure-answers", { ...words, answer: by }) : t("measure-scores", words);
    show(follows, told, " ", answer && `${t("measure-overruled")} `, change);
  }

  /** Show notes in full: paper does not scroll. */
  unfold() {
    this.dress();
    if (this.note) this.note.style.height = `${this.note.scrollHeight + 2}px`;
  }
}
