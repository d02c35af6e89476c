/** One question: a fieldset, and what the browser adds to it. */

import { button, el, show, write } from "../render/dom.js";
import { NOT_APPLICABLE } from "../scoring/gates.js";

/** @import { Gate } from "../types.js" */
/** @import { Extras } from "../extras.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Answers } from "../state/answers.js" */
/** @import { EvidenceRows } from "./evidence.js" */
/** @import { ExtraParts } from "./extra-parts.js" */
/** @import { Measured, Measures } from "./measures.js" */
/** @import { TextFields } from "./text-fields.js" */
/**
 * What a question is painted with.
 * @typedef {{
 *   answers: Answers,
 *   extras: ExtraParts<any, Extras>,
 *   measures: Measures,
 *   t: Words,
 *   texts: TextFields,
 * }} QuestionTools
 */
/** What stands below the choices. @typedef {ReturnType<typeof buildBelow>} Below */

export class Question {
  #fieldset;
  /** The answers, and the criteria to tick. @type {HTMLInputElement[]} */
  #inputs;
  #tools;
  /** What stands below the choices, once that is made. @type {Below | undefined} */
  #below;
  /** The rows of evidence, once the extras are there. @type {EvidenceRows | undefined} */
  #evidence;
  /** Whether the reader has opened the note, and so looks for the evidence. */
  #isAsked = false;

  /**
   * @param {HTMLElement} page the page of the quiz that it is
   * @param {HTMLFieldSetElement} fieldset
   * @param {Gate} gate
   * @param {QuestionTools} tools
   */
  constructor(page, fieldset, gate, tools) {
    this.page = page;
    this.gate = gate;
    this.#fieldset = fieldset;
    this.#inputs = [...fieldset.querySelectorAll("input")];
    this.#tools = tools;
  }

  /** Return what is said of the gate. */
  get answer() {
    return this.#tools.answers.of(this.gate.id);
  }

  /** Return whether somebody or a number has answered this question. */
  isAnswered() {
    return Boolean(this.answer.answer) || this.isMeasured();
  }

  /** Return whether a number taken answers this question, and nobody chose otherwise. */
  isMeasured() {
    return !this.answer.answer && Boolean(this.#tools.measures.measured(this.gate));
  }

  /** Show what the assessment says of this gate. */
  paint() {
    const { answer, ticks = [] } = this.answer;
    for (const input of this.#inputs) {
      const { type, value } = input;
      input.checked = type === "radio" ? value === answer : ticks.includes(value);
    }
    this.#paintBelow();
  }

  /** Ask why it does not apply. */
  askReason() {
    this.#below?.reason.focus();
  }

  /** Show notes in full: paper does not scroll. */
  unfold() {
    this.enhance();
    const { note } = /** @type {Below} */ (this.#below);
    note.style.height = `${note.scrollHeight + 2}px`;
  }

  /** Add what stands below the choices, as far as it is there yet. */
  enhance() {
    if (!this.#below) this.#addBelow();
    this.#addEvidence();
  }

  #addBelow() {
    this.#below = buildBelow(this.gate, this.#tools.t, () => this.#takeBack());
    const { details, follows, reasonLine, row, title } = this.#below;
    const link = this.page.querySelector(":scope > p > .sb-more");
    const around = link?.parentElement;
    if (link) row.insertBefore(link, row.lastChild);
    around?.remove();
    this.#fieldset.querySelector(".sb-choices")?.after(follows, reasonLine, row);
    details.open = this.#paintBelow() > 0;
    title.addEventListener("click", () => {
      this.#isAsked = true;
      this.#addEvidence();
    });
  }

  /** Add the rows of evidence; where the extras are missing, who looks for them is told so. */
  #addEvidence() {
    if (!this.#below || this.#evidence) return;
    const { details, room } = this.#below;
    const { answers, extras, t } = this.#tools;
    const { parts } = extras;
    const { evidence = [] } = this.answer;
    if (parts) {
      this.#evidence = new parts.EvidenceRows(this.gate, answers, t);
      this.#paintBelow();
      show(room, this.#evidence.element);
    } else if (details.open || this.#isAsked) {
      const missing = extras.need();
      if (this.#isAsked || evidence.length) show(room, missing);
    }
  }

  #takeBack() {
    this.#tools.answers.give(this.gate, null);
    this.#inputs[0]?.focus();
  }

  /** Show what is said beside the answer; return how many notes and pieces of evidence there are. */
  #paintBelow() {
    if (!this.#below) return 0;
    const { clear, flag, note, reason, reasonLine, title } = this.#below;
    const { t, texts } = this.#tools;
    const { answer, evidence: rows = [], ...more } = this.answer;
    clear.hidden = !answer;
    flag.checked = more.flag === true;
    reasonLine.hidden = answer !== NOT_APPLICABLE;
    texts.fill(reason, more.reason ?? "");
    texts.fill(note, more.note ?? "");
    this.#evidence?.paint(rows);
    const n = rows.length + Number(Boolean(more.note));
    write(title, n ? t("note-some", { n }) : t("note-none"));
    this.#paintFollows(this.#below.follows, this.#tools.measures.measured(this.gate));
    return n;
  }

  /**
   * Show what follows from the ticked criteria, or else from a measure.
   * @param {HTMLElement} follows
   * @param {Measured | undefined} measured
   */
  #paintFollows(follows, measured) {
    const { extras } = this.#tools;
    const { answer } = this;
    follows.hidden = !answer.ticks && !measured;
    if (follows.hidden) return;
    show(follows, extras.parts ? extras.parts.follows(this.gate, answer, measured) : extras.need());
  }
}

/**
 * Make what stands below the choices.
 * @param {Gate} gate
 * @param {Words} t
 * @param {() => void} takeBack
 */
function buildBelow(gate, t, takeBack) {
  const data = { autocomplete: "off", "data-gate": gate.id };
  const reason = el("input", { type: "text", "data-field": "reason", ...data });
  const flag = el("input", { type: "checkbox", "data-field": "flag", ...data });
  const label = t("note-on", { gate: gate.title });
  const note = el("textarea", { rows: 3, "aria-label": label, "data-field": "note", ...data });
  const room = el("div");
  const title = el("summary");
  const details = el("details", { class: "sb-note" }, title, note, room);
  const clear = button(t("clear"), takeBack, { class: "sb-link" });
  const later = el("label", { class: "sb-flag" }, flag, t("flag"));
  return {
    ...{ clear, details, flag, note, reason, room, title },
    follows: el("p", { class: "sb-follows" }),
    reasonLine: el("p", { class: "sb-reason" }, el("label", {}, t("reason"), " ", reason)),
    row: el("div", { class: "sb-extra" }, details, later, clear),
  };
}
