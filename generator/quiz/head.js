/** What stands above the questions: which assessment, what is asked and how, and how far it is. */

import { MAX_BYTES, readFile, withToday } from "./assessment.js";
import { button, el, save, show, write } from "./dom.js";
import { inScope } from "./view.js";

/** @import { Assessment, Data, Result } from "./types.js" */
/** @import { Child } from "./dom.js" */
/** @import { Journey } from "./journey.js" */
/** @import { Names } from "./names.js" */
/** @import { Panel } from "./panel.js" */
/** @import { Store } from "./store.js" */
/** @import { View } from "./view.js" */

export class Head {
  /**
   * @param {HTMLElement} place
   * @param {Names} names
   * @param {Store} store
   * @param {View} view
   * @param {Journey} journey
   * @param {{full: boolean, scopes: boolean}} options
   */
  constructor(place, names, store, view, journey, options) {
    const { data, t } = names;
    this.data = data;
    this.names = names;
    this.store = store;
    this.view = view;
    this.journey = journey;
    this.t = t;
    this.named = el("p", { class: "sb-named" });
    this.progress = el("b", { class: "sb-progress" });
    this.now = el("span", { class: "sb-now" });
    this.kept = el("span", { class: "sb-kept" });
    this.said = el("span", { class: "sb-said", role: "status", tabindex: -1 });
    this.undo = button(t("undo"), () => this.#undo(), { hidden: true });
    this.rescue = button(t("download-damaged"), () => this.#rescue(), { hidden: true });
    this.again = button(t("keep"), () => store.keep(), { hidden: true });
    this.places = el("nav", { class: "sb-places", "aria-label": t("places") });
    /** What asks for a decision, by its subject. @type {Record<string, HTMLElement>} */
    this.notices = {
      link: el("div", { class: "sb-notice" }),
      rubric: el("div", { class: "sb-notice" }),
    };
    this.file = el("input", { type: "file", accept: ".json,application/json", hidden: true });
    this.file.addEventListener("change", () => this.#load());
    this.mode = button("", () => journey.setMode(view.choice.mode === "one" ? "all" : "one"));
    const menu = el(
      "div",
      { class: "sb-menu", role: "group", "aria-label": t("menu") },
      this.mode,
      button(t("download"), () => this.download(store.assessment)),
      button(t("load"), () => this.file.click()),
      this.file,
    );
    for (const one of Object.values(this.notices)) one.hidden = true;
    show(
      place,
      options.full && this.named,
      el("p", { class: "sb-far" }, this.progress, " ", this.now),
      ...Object.values(this.notices),
      options.full && this.places,
      options.scopes && this.#scopes(),
      menu,
      el("p", { class: "sb-message" }, this.said, this.undo),
      el("p", { class: "sb-keeping" }, this.kept, " ", this.rescue, this.again),
    );
  }

  /** What can be asked: all, the quick check, one stage, one dimension. */
  #scopes() {
    const { data, journey, t, view } = this;
    const option = (/** @type {string} */ scope, /** @type {string} */ title) => {
      const n = data.gates.filter(inScope(data, scope)).length;
      const words = { title, n, minutes: view.minutes(n) };
      return n > 0 && el("option", { value: scope }, t("scope-option", words));
    };
    const stages = [...data.stages].sort((a, b) => a.level - b.level);
    const field = el(
      "select",
      {},
      option("", t("scope-full")),
      data.quick_check.length > 0 && option("quick", t("scope-quick")),
      ...[
        el(
          "optgroup",
          { label: t("scope-stage") },
          ...stages.map((one) => option(`stage:${one.id}`, `${one.level} ${one.title}`)),
        ),
        el(
          "optgroup",
          { label: t("scope-dimension") },
          ...data.dimensions.map((one) => option(`dimension:${one.id}`, one.title)),
        ),
      ].filter((group) => group.childElementCount),
    );
    field.addEventListener("change", () => journey.setScope(field.value));
    this.scope = field;
    return el("p", {}, el("label", { class: "sb-scope" }, `${t("scope")} `, field));
  }

  /**
   * Offer the parts of a full quiz, to go to at any moment.
   * @param {Panel[]} panels
   */
  offer(panels) {
    const { places, t } = this;
    const parts = panels.map(({ section, title }) => ({ id: section.id, title }));
    this.links = [{ id: "quiz-begin", title: t("to-questions") }, ...parts].map(({ id, title }) =>
      el("a", { href: `#${id}` }, title),
    );
    show(places, ...this.links);
  }

  /**
   * Show how far the questions asked are answered, and where the answers are.
   * @param {Result} result
   * @param {string} now the result so far, in words
   */
  paint(result, now) {
    const { journey, store, t, view } = this;
    const asked = journey.form.questions.filter((one) => !one.element.hidden);
    const ids = new Set(asked.map((one) => one.gate.id));
    const answered = [...ids].filter((id) => result.states.get(id)?.answer ?? null).length;
    const left = ids.size - answered;
    const words = { answered, total: ids.size, n: view.minutes(left) };
    write(this.progress, t("answered", words) + (left ? `, ${t("minutes-left", words)}` : ""));
    write(this.now, now);
    const { assessment } = store;
    const parts = [assessment.team, assessment.respondent, assessment.date].filter(Boolean);
    write(this.named, [assessment.subject || t("unnamed"), ...parts].join(" · "));
    this.#paintKept(answered);
    if (this.scope) this.scope.value = view.choice.scope;
    write(this.mode, t(view.choice.mode === "one" ? "mode-all" : "mode-one"));
  }

  /** @param {number} answered */
  #paintKept(answered) {
    const { kept, store, t } = this;
    const { damaged, lost, purged, status, unsaved } = store;
    const apart = location.protocol === "file:" && /firefox/i.test(navigator.userAgent);
    const safari = /^((?!chrome|android).)*safari/i.test(navigator.userAgent);
    const words = [];
    if (lost) words.push(t("lost"));
    else if (purged) words.push(t("purged"));
    if (status !== "stored") words.push(t(status));
    else if (unsaved || answered) words.push(t("saved"));
    else words.push(t("nothing-saved"));
    if (status === "stored" && apart) words.push(t("saved-firefox"));
    if (status === "stored" && safari) words.push(t("saved-safari"));
    if (damaged) words.push(t("damaged"));
    write(kept, words.join(" "));
    kept.classList.toggle("sb-warning", status !== "stored" || lost || purged || Boolean(damaged));
    this.rescue.hidden = !damaged;
    this.again.hidden = !lost;
  }

  /** Mark the place where the reader is. */
  moved() {
    const id = this.journey.current?.id ?? "";
    const one = this.view.choice.mode === "one";
    for (const link of this.links ?? []) {
      const here = one && link.hash === `#${id}`;
      if (here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
  }

  /**
   * Say something, with a way back from it if there is one.
   * @param {string} words
   * @param {(() => void) | null} [undo]
   */
  say(words, undo = null) {
    this.back = undo;
    this.said.textContent = words;
    this.undo.hidden = !undo;
  }

  #undo() {
    const { back } = this;
    this.say("");
    back?.();
    this.say(this.t("undone"));
    this.said.focus();
  }

  /** Offer what could not be read as a file. */
  #rescue() {
    const { damaged, shelf } = this.store;
    save(`${this.data.id}-damaged.txt`, shelf.get(damaged ?? "") ?? "", "text/plain");
  }

  /**
   * Offer an assessment as a file.
   * @param {Assessment} assessment
   */
  download(assessment) {
    const file = withToday(assessment, this.data);
    save(
      fileName(this.data, file, "json"),
      `${JSON.stringify(file, null, 2)}\n`,
      "application/json",
    );
    if (assessment === this.store.assessment) this.store.downloaded();
  }

  async #load() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    const read =
      file.size > MAX_BYTES
        ? { refused: /** @type {const} */ ("file-too-large"), found: "" }
        : readFile(await file.text(), this.data);
    this.file.value = "";
    this.take(read, file.name);
  }

  /**
   * Open an assessment that came from elsewhere, beside those that are here.
   * @param {ReturnType<typeof readFile>} read
   * @param {string} from
   */
  take(read, from) {
    const { store, t } = this;
    if ("refused" in read) return this.say(t(read.refused, { found: read.found }));
    const text = JSON.stringify(read.assessment);
    const same = store.saved().find((one) => JSON.stringify(one.assessment) === text);
    if (same) {
      if (same.id !== store.id) store.open(same.id);
      return this.say(t("was-here", { file: from }));
    }
    const { id } = store;
    store.add(read.assessment);
    const added = store.id;
    const { unknown } = read;
    const ids = unknown.slice(0, 10).join(", ") + (unknown.length > 10 ? " …" : "");
    const key = unknown.length ? "was-loaded-unknown" : "was-loaded";
    this.say(t(key, { file: from, n: unknown.length, ids }), () => {
      store.remove(added);
      store.open(id);
    });
  }

  /**
   * Show a notice that asks for a decision; without content it goes.
   * @param {"link" | "rubric"} subject
   * @param {...Child} content
   */
  ask(subject, ...content) {
    const notice = this.notices[subject];
    notice.hidden = !content.length;
    show(notice, ...content);
  }
}

/**
 * Return a name for a file about an assessment.
 * @param {Data} data
 * @param {Assessment} assessment
 * @param {string} ending
 */
export function fileName(data, { subject, date }, ending) {
  const name = String(subject ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  const safe = name.replace(/^-|-$/g, "").slice(0, 60) || "assessment";
  return `${data.id}-${safe}${date ? `-${date}` : ""}.${ending}`;
}
