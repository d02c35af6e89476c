/** The list of the assessments kept here: open, rename, copy, delete. */

import { button, el, show } from "./dom.js";

/** @import { Child } from "./dom.js" */
/** @import { Head } from "./head.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Saved, Store } from "./store.js" */
/** @import { Words } from "./words.js" */

export class Assessments {
  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {Head} head
   */
  constructor(scorer, names, store, head) {
    this.scorer = scorer;
    this.names = names;
    this.store = store;
    this.head = head;
    this.t = names.t;
  }

  /** @param {Element} place */
  draw(place) {
    const { store, t } = this;
    // Not while somebody types in it.
    if (place.contains(document.activeElement) && document.activeElement?.matches("input")) return;
    const { removed } = store;
    const saved = store.saved();
    show(
      place,
      el("p", {}, t("assessments-lead")),
      button(t("new"), () => {
        this.#say("was-added", "", () => store.add());
        this.head.journey.go("quiz-begin");
      }),
      saved.length > 0 && el("ul", { class: "sb-saved" }, ...saved.map((one) => this.#item(one))),
      removed &&
        el(
          "p",
          {},
          `${t("was-deleted", { name: nameOf(removed, t) })} `,
          button(t("undo-delete"), () => store.restore()),
        ),
    );
  }

  /** @param {Saved} saved */
  #item(saved) {
    const { names, scorer, store, t } = this;
    const { id, assessment } = saved;
    const { coverage, overall } = scorer.score(assessment);
    const name = nameOf(saved, t);
    const act = (
      /** @type {"open" | "duplicate" | "download-one" | "delete"} */ key,
      run = () => {},
    ) => button(t(key), run, { class: "sb-link", "aria-label": `${t(key)}: ${name}` });
    const here = id === store.id;
    const { gates, unanswered } = coverage;
    const words = { answered: gates - unanswered, total: gates };
    const facts = [
      assessment.respondent,
      assessment.date,
      [names.stage(overall.stage.so_far), overall.so_far !== null && names.score(overall.so_far)]
        .filter(Boolean)
        .join(" "),
      t("answered", words),
    ];
    return el(
      "li",
      { "aria-current": here && "true" },
      el("b", {}, name),
      here && ` (${t("is-open")})`,
      el("br"),
      facts.filter(Boolean).join(" · "),
      el(
        "div",
        { class: "sb-acts" },
        !here && act("open", () => this.#say("was-opened", name, () => store.open(id))),
        this.#rename(saved, name),
        act("duplicate", () =>
          this.#say("was-duplicated", name, () => store.duplicate(assessment)),
        ),
        act("download-one", () => this.head.download(assessment)),
        act("delete", () => this.#remove(saved, name)),
      ),
    );
  }

  /**
   * @param {Saved} saved
   * @param {string} name
   */
  #rename({ id, assessment }, name) {
    const { store, t } = this;
    const fields = /** @type {const} */ (["subject", "team", "date"]).map((key) => {
      const type = key === "date" ? "date" : "text";
      const field = el("input", { type, value: assessment[key] });
      field.addEventListener("input", () => store.rename(id, { [key]: field.value }));
      return el("label", {}, `${t(key)} `, field);
    });
    const title = el("summary", { "aria-label": `${t("rename")}: ${name}` }, t("rename"));
    return el("details", { class: "sb-about" }, title, ...fields);
  }

  /**
   * @param {"was-added" | "was-opened" | "was-duplicated"} key
   * @param {string} name
   * @param {() => void} act
   */
  #say(key, name, act) {
    const { id } = this.store;
    act();
    this.head.say(this.t(key, { name }), () => this.store.open(id));
    this.head.said.focus();
  }

  /**
   * @param {Saved} saved
   * @param {string} name
   */
  #remove(saved, name) {
    const { store } = this;
    store.remove(saved.id);
    this.head.say(this.t("was-deleted", { name }), () => store.restore());
    this.head.undo.focus();
  }
}

/**
 * Return what an assessment is called.
 * @param {Saved} saved
 * @param {Words} t
 */
export function nameOf({ assessment }, t) {
  return [assessment.subject || t("unnamed"), assessment.team].filter(Boolean).join(", ");
}
