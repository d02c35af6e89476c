/** One question: a fieldset, and what the browser adds to it. */

import { button, el, show, write } from "../render/dom.js";
import { NOT_APPLICABLE } from "../scoring/gates.js";
import { makeEvidence } from "./evidence.js";

/** @import { Gate, Question } from "../types.js" */
/** @import { Form } from "./form.js" */

/**
 * @param {HTMLElement} element
 * @param {HTMLFieldSetElement} fieldset
 * @param {Gate} gate
 * @param {Form} form
 * @returns {Question}
 */
export function makeQuestion(element, fieldset, gate, form) {
  const { store, t } = form;
  const radios = [...fieldset.querySelectorAll("input")];
  const said = () => store.assessment.answers?.[gate.id] ?? {};
  /** Shows what stands below the choices, once that is made. @type {(() => void) | undefined} */
  let paintMore;
  /** @type {HTMLTextAreaElement | undefined} */
  let note;
  /** @type {HTMLInputElement | undefined} */
  let reason;

  return {
    element,
    gate,
    said,

    /** Return whether a number taken answers this question, and nobody chose otherwise. */
    isMeasured: () => !said().answer && form.measured(gate)?.number !== undefined,

    /** Show what the assessment says of this gate. */
    paint() {
      const { answer } = said();
      for (const radio of radios) {
        if (radio.checked !== (radio.value === answer)) radio.checked = radio.value === answer;
      }
      paintMore?.();
    },

    /** Ask why it does not apply. */
    ask: () => reason?.focus(),

    /** Show notes in full: paper does not scroll. */
    unfold() {
      dress();
      if (note) note.style.height = `${note.scrollHeight + 2}px`;
    },
    dress,
  };

  /** Add what stands below the choices. */
  function dress() {
    if (paintMore) return;
    const data = { "data-gate": gate.id };
    const why = el("input", { type: "text", "data-field": "reason", ...data });
    const flag = el("input", { type: "checkbox", "data-field": "flag", ...data });
    const label = t("note-on", { gate: gate.title });
    const text = el("textarea", { rows: 3, "aria-label": label, "data-field": "note", ...data });
    const evidence = makeEvidence(gate, t, (rows, base) => form.evidence(gate, rows, base));
    const title = el("summary");
    const more = el("details", { class: "sb-note" }, title, text, evidence.element);
    const follows = el("p", { class: "sb-follows" });
    const whyLine = el("p", { class: "sb-reason" }, el("label", {}, t("reason"), " ", why));
    const takeBack = () => {
      form.answer(gate.id, null);
      radios[0]?.focus();
    };
    const clear = button(t("clear"), takeBack, { class: "sb-link" });
    const link = element.querySelector(":scope > p > .sb-more");
    const around = link?.parentElement;
    const later = el("label", { class: "sb-flag" }, flag, t("flag"));
    const extra = el("div", { class: "sb-extra" }, more, later, link, clear);
    around?.remove();
    fieldset.querySelector(".sb-choices")?.after(follows, whyLine, extra);
    [note, reason] = [text, why];
    paintMore = () => {
      const { answer, evidence: rows = [], ...rest } = said();
      clear.hidden = !answer;
      flag.checked = rest.flag === true;
      whyLine.hidden = answer !== NOT_APPLICABLE;
      form.fill(why, rest.reason ?? "");
      form.fill(text, rest.note ?? "");
      evidence.paint(rows);
      const n = rows.length + Number(Boolean(rest.note));
      write(title, n ? t("note-some", { n }) : t("note-none"));
      const found = form.measured(gate);
      follows.hidden = found?.number === undefined;
      if (found && !follows.hidden) {
        const { measure, number, answer: by } = found;
        const words = { measure: measure.title, number: number ?? "", unit: measure.unit };
        show(
          follows,
          by ? t("measure-answers", { ...words, answer: by }) : t("measure-scores", words),
          answer && ` ${t("measure-overruled")}`,
          " ",
          form.changeLink(form.place(`m-${measure.id}`), measure.title),
        );
      }
      return n;
    };
    more.open = Boolean(paintMore());
  }
}
