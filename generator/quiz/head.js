/** What stands above the questions: who and what, progress, where answers are, and the file. */

import { emptyAssessment, readFile } from "./assessment.js";
import { button, el, save, show, write } from "./dom.js";

/** @import { Assessment, Data } from "./types.js" */
/** @import { Store } from "./store.js" */
/** @import { Words } from "./words.js" */

export class Head {
  /**
   * @param {HTMLElement} place
   * @param {Data} data
   * @param {Store} store
   * @param {Words} t
   * @param {{believed: boolean}} options
   */
  constructor(place, data, store, t, options) {
    this.data = data;
    this.store = store;
    this.t = t;
    this.progress = el("p", { class: "sb-progress" });
    this.now = el("p", { class: "sb-now" });
    this.kept = el("p", { class: "sb-kept" });
    this.said = el("p", { class: "sb-said", role: "status" });
    this.undo = button(t("undo"), () => this.#undo(), { hidden: true });
    this.file = el("input", { type: "file", accept: ".json,application/json", hidden: true });
    this.file.addEventListener("change", () => this.#load());
    const menu = el(
      "div",
      { class: "sb-menu", role: "group", "aria-label": t("menu") },
      button(t("download"), () => this.download()),
      button(t("load"), () => this.file.click()),
      button(t("reset"), () => this.#reset()),
      button(t("print"), () => print()),
      this.file,
    );
    show(
      place,
      options.believed && this.#believed(),
      options.believed && this.#about(),
      this.progress,
      this.now,
      this.kept,
      menu,
      el("div", { class: "sb-message" }, this.said, this.undo),
    );
  }

  #believed() {
    this.stage = el("select", {}, el("option", { value: "" }, this.t("believed-none")));
    for (const stage of [...this.data.stages].sort((a, b) => a.level - b.level)) {
      this.stage.append(el("option", { value: stage.id }, `${stage.level} ${stage.title}`));
    }
    const { stage } = this;
    stage.addEventListener("change", () => {
      this.store.change((a) => setOrDelete(a, "believed_stage", stage.value), { all: true });
    });
    return el("p", { class: "sb-believed" }, el("label", {}, this.t("believed"), " ", stage));
  }

  #about() {
    /** @type {[("subject" | "respondent" | "date"), HTMLInputElement][]} */
    this.fields = [
      ["subject", el("input", { type: "text" })],
      ["respondent", el("input", { type: "text" })],
      ["date", el("input", { type: "date" })],
    ];
    for (const [key, field] of this.fields) {
      field.addEventListener("input", () => {
        this.store.change((a) => setOrDelete(a, key, field.value), {});
      });
    }
    const rows = this.fields.map(([key, field]) => el("label", {}, this.t(key), " ", field));
    return el("details", { class: "sb-about" }, el("summary", {}, this.t("about")), ...rows);
  }

  /**
   * Show how far the questions on this page are answered, and where the answers are.
   * @param {number} answered
   * @param {number} total
   * @param {string} now the result so far, in words
   */
  paint(answered, total, now) {
    const { assessment, status, damaged, unsaved } = this.store;
    write(this.progress, this.t("answered", { answered, total }));
    write(this.now, now);
    const apart = location.protocol === "file:" && /firefox/i.test(navigator.userAgent);
    const words = [];
    if (status !== "stored") words.push(this.t(status));
    else if (unsaved || answered) words.push(this.t("saved"));
    else words.push(this.t("nothing-saved"));
    if (status === "stored" && apart) words.push(this.t("saved-firefox"));
    if (damaged) words.push(this.t("damaged", { key: damaged }));
    write(this.kept, words.join(" "));
    this.kept.classList.toggle("sb-warning", status !== "stored" || Boolean(damaged));
    this.undo.hidden = !this.store.before;
    if (!this.store.before && this.undoing) this.#say("");
    if (this.stage && this.stage !== document.activeElement) {
      this.stage.value = assessment.believed_stage ?? "";
    }
    for (const [key, field] of this.fields ?? []) {
      if (field !== document.activeElement) field.value = String(assessment[key] ?? "");
    }
  }

  /**
   * @param {string} words
   * @param {boolean} [undoing]
   */
  #say(words, undoing = false) {
    this.undoing = undoing;
    this.said.textContent = words;
  }

  #undo() {
    this.undoing = false;
    this.store.undo();
    this.#say(this.t("undone"));
    this.said.focus();
  }

  #reset() {
    this.store.replace(emptyAssessment(this.data));
    this.#say(this.t("was-reset"), true);
    this.undo.focus();
  }

  /** Offer the assessment as a file. */
  download() {
    const assessment = withToday(this.store.assessment, this.data);
    const name = String(assessment.subject ?? "assessment").toLowerCase();
    const subject = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "assessment";
    const file = `${this.data.id}-${subject.slice(0, 60)}-${assessment.date}.json`;
    save(file, `${JSON.stringify(assessment, null, 2)}\n`, "application/json");
    this.store.downloaded();
  }

  async #load() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    const text = file.size > 5_000_000 ? "" : await file.text();
    const read =
      file.size > 5_000_000
        ? { refused: /** @type {const} */ ("file-too-large"), found: "" }
        : readFile(text, this.data);
    this.file.value = "";
    if ("refused" in read) {
      this.#say(this.t(read.refused, { found: read.found }));
      return;
    }
    this.store.replace(read.assessment);
    const { unknown } = read;
    const ids = unknown.slice(0, 10).join(", ") + (unknown.length > 10 ? " …" : "");
    const key = unknown.length ? "was-loaded-unknown" : "was-loaded";
    this.#say(this.t(key, { file: file.name, n: unknown.length, ids }), true);
  }
}

/**
 * Set a text of an assessment; an empty one is left out.
 * @param {Assessment} assessment
 * @param {"believed_stage" | "target_stage" | "subject" | "respondent" | "date"} key
 * @param {string} value
 */
export function setOrDelete(assessment, key, value) {
  if (value) assessment[key] = value;
  else delete assessment[key];
}

/**
 * Return the assessment as it is written to a file: with the version it was made with, and a date.
 * @param {Assessment} assessment
 * @param {Data} data
 */
function withToday(assessment, data) {
  const now = new Date();
  const day = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const { format, rubric: _, ...rest } = assessment;
  const rubric = { id: data.id, version: data.version };
  return { format, rubric, ...rest, date: String(assessment.date || day) };
}
