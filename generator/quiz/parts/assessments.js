/** The list of the assessments kept here: open, rename, copy, delete. */

import { today } from "#core/assessment/record.js";
import { download } from "#core/parts/downloads.js";
import { act, button, el, show } from "#core/render/dom.js";
import { fileName } from "#extras/assessment/file-name.js";
import { countApplying } from "#extras/report/left-out.js";

/** @import { Assessment, Saved } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { AssessmentList } from "../state/assessment-list.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Messages } from "./messages.js" */

export class Assessments {
  #list;
  #messages;
  #names;
  #scorer;
  #store;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {AssessmentList} list
   * @param {Messages} messages
   */
  constructor(scorer, names, store, list, messages) {
    this.#list = list;
    this.#messages = messages;
    this.#names = names;
    this.#scorer = scorer;
    this.#store = store;
  }

  /**
   * Let the button of a section begin a new assessment, until the signal ends it.
   * @param {Element} section
   * @param {() => void} begin goes to the first page of the quiz
   * @param {AbortSignal} signal
   */
  listen(section, begin, signal) {
    const add = () =>
      this.#go("was-added", "", () => {
        this.#list.add();
        begin();
      });
    act(section, { new: add }, signal);
  }

  /**
   * Draw the list; return false while somebody types in it.
   * @param {Element} body
   */
  draw(body) {
    const focused = document.activeElement;
    if (body.contains(focused) && focused?.matches("input")) return false;
    const { t } = this.#names;
    const deleted = this.#list.removed();
    const words = deleted && `${t("was-deleted", { name: nameOf(deleted, t) })} `;
    const back = deleted && button(t("undo-delete"), () => this.#restore(nameOf(deleted, t)));
    const items = this.#list.saved().map((saved) => this.#item(saved));
    show(body, el("ul", { class: "sb-saved" }, ...items), words, back, this.#elsewhere());
    return true;
  }

  /** Return what other versions of the site keep, to be copied here. */
  #elsewhere() {
    const { t } = this.#names;
    const others = this.#list.elsewhere();
    if (!others.length) return null;
    const items = others.map(({ root, assessment }) => {
      const name = nameOf({ assessment }, t);
      const label = `${t("copy-here")}: ${name}`;
      const copy = () => this.#go("was-copied", name, () => this.#list.add(assessment));
      return el(
        "li",
        {},
        el("b", {}, name),
        el("br"),
        `${root} · ${this.#facts({ assessment })}`,
        el(
          "div",
          { class: "sb-acts" },
          button(t("copy-here"), copy, { class: "sb-link", "aria-label": label }),
        ),
      );
    });
    return [el("p", {}, t("kept-elsewhere")), el("ul", { class: "sb-saved" }, ...items)];
  }

  /** @param {Saved} saved */
  #item(saved) {
    const { t } = this.#names;
    const isOpen = saved.id === this.#store.id;
    return el(
      "li",
      { "aria-current": isOpen && "true" },
      el("b", {}, nameOf(saved, t)),
      isOpen && ` (${t("is-open")})`,
      el("br"),
      this.#facts(saved),
      el("div", { class: "sb-acts" }, ...this.#actions(saved, isOpen)),
    );
  }

  /**
   * Return who answered, when, and what came of it.
   * @param {{assessment: Assessment}} saved
   */
  #facts({ assessment }) {
    const result = this.#scorer.score(assessment);
    const { overall } = result;
    const { gates: total, given: answered } = countApplying(this.#scorer.data, result, assessment);
    const score = overall.so_far !== null && this.#names.score(overall.so_far);
    const facts = [
      ...[assessment.respondent, assessment.date],
      [this.#names.stage(overall.stage.so_far), score].filter(Boolean).join(" "),
      this.#names.t("answered", { answered, total }),
    ];
    return facts.filter(Boolean).join(" · ");
  }

  /**
   * @param {Saved} saved
   * @param {boolean} isOpen
   */
  #actions(saved, isOpen) {
    const { t } = this.#names;
    const name = nameOf(saved, t);
    const link = (
      /** @type {"open" | "duplicate" | "download-one" | "delete"} */ key,
      /** @type {() => void} */ run,
    ) => button(t(key), run, { class: "sb-link", "aria-label": `${t(key)}: ${name}` });
    return [
      !isOpen && link("open", () => this.#open(this.#asItIs(saved))),
      this.#fields(saved),
      link("duplicate", () => this.#duplicate(this.#asItIs(saved))),
      link("download-one", () => download(this.#store, this.#asItIs(saved), fileName)),
      link("delete", () => this.#delete(this.#asItIs(saved))),
    ];
  }

  /**
   * Return an assessment as it is by now: while somebody renames one, the list is not drawn anew.
   * @param {Saved} saved as it was drawn
   */
  #asItIs(saved) {
    return this.#list.saved().find(({ id }) => id === saved.id) ?? saved;
  }

  /** @param {Saved} saved */
  #open(saved) {
    const name = nameOf(saved, this.#names.t);
    this.#go("was-opened", name, () => this.#store.open(saved.id));
  }

  /**
   * Make the fold in which an assessment is renamed.
   * @param {Saved} saved
   */
  #fields(saved) {
    const { t } = this.#names;
    const { id, assessment } = saved;
    const fields = /** @type {const} */ (["subject", "team", "date"]).map((key) => {
      const type = key === "date" ? key : "text";
      const field = el("input", { type, value: assessment[key] });
      field.addEventListener("input", () => this.#list.rename(id, { [key]: field.value }));
      return el("label", {}, `${t(key)} `, field);
    });
    const label = `${t("rename")}: ${nameOf(saved, t)}`;
    const title = el("summary", { "aria-label": label }, t("rename"));
    return el("details", { class: "sb-about" }, title, ...fields);
  }

  /**
   * Open a copy of an assessment, dated today.
   * @param {Saved} saved
   */
  #duplicate(saved) {
    const copy = { ...structuredClone(saved.assessment), date: today() };
    this.#go("was-duplicated", nameOf(saved, this.#names.t), () => this.#list.add(copy));
  }

  /** @param {Saved} saved */
  #delete(saved) {
    const { t } = this.#names;
    const wasOpen = saved.id === this.#store.id;
    this.#list.remove(saved.id);
    const words = t("was-deleted", { name: nameOf(saved, t) });
    this.#messages.say(words, () => this.#list.restore(wasOpen));
  }

  /** @param {string} name of the assessment that was deleted last */
  #restore(name) {
    const id = this.#list.restore();
    if (id === undefined) return;
    this.#messages.say(this.#names.t("was-restored", { name }), () => this.#list.remove(id));
  }

  /**
   * Open another assessment and say so, with a way back. What took the place of one without content
   * is taken out again; a new one in its place is no other.
   * @param {"was-added" | "was-opened" | "was-duplicated" | "was-copied"} key
   * @param {string} name
   * @param {() => void} open
   */
  #go(key, name, open) {
    const { id } = this.#store;
    open();
    const { t } = this.#names;
    const isInPlace = this.#store.id === id;
    if (isInPlace && key === "was-added") return this.#messages.say(t("was-empty"));
    this.#messages.say(t(key, { name }), () => {
      if (isInPlace) this.#list.remove(id);
      this.#store.open(id);
    });
  }
}

/**
 * Return what an assessment is called.
 * @param {{assessment: Assessment}} saved
 * @param {Words} t
 */
const nameOf = ({ assessment: { subject, team } }, t) =>
  [subject || t("unnamed"), team].filter(Boolean).join(", ");
