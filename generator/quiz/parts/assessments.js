/** The list of the assessments kept here: open, rename, copy, delete. */

import { act, button, el, show } from "../render/dom.js";

/** @import { Quiz, Saved } from "../types.js" */
/** @import { Head } from "./toolbar.js" */
/** @import { Words } from "../render/words.js" */

/**
 * @param {Quiz} quiz
 * @param {Head} head
 */
export function makeAssessments({ container, names, place, scorer, signal, store, t }, head) {
  act(
    container,
    { new: () => go("was-added", "", () => store.add(), place("quiz-begin")) },
    signal,
  );
  return { draw };

  /** @param {Element} body */
  function draw(body) {
    // Not while somebody types in it.
    const focused = document.activeElement;
    if (body.contains(focused) && focused?.matches("input")) return false;
    const gone = store.removed();
    const words = gone && `${t("was-deleted", { name: nameOf(gone, t) })} `;
    const back = gone && button(t("undo-delete"), () => store.restore());
    show(body, el("ul", { class: "sb-saved" }, ...store.saved().map(item)), words, back);
  }

  /** @param {Saved} saved */
  function item(saved) {
    const { id, assessment } = saved;
    const { coverage, overall } = scorer.score(assessment);
    const name = nameOf(saved, t);
    const here = id === store.id;
    const { gates: total, unanswered } = coverage;
    const score = overall.so_far !== null && names.score(overall.so_far);
    const facts = [
      ...[assessment.respondent, assessment.date],
      [names.stage(overall.stage.so_far), score].filter(Boolean).join(" "),
      t("answered", { answered: total - unanswered, total }),
    ];
    const link = (
      /** @type {"open" | "duplicate" | "download-one" | "delete"} */ key,
      /** @type {() => void} */ run,
    ) => button(t(key), run, { class: "sb-link", "aria-label": `${t(key)}: ${name}` });
    const fields = /** @type {const} */ (["subject", "team", "date"]).map((key) => {
      const type = key === "date" ? key : "text";
      const field = el("input", { type, value: assessment[key] });
      field.addEventListener("input", () => store.rename(id, { [key]: field.value }));
      return el("label", {}, `${t(key)} `, field);
    });
    const title = el("summary", { "aria-label": `${t("rename")}: ${name}` }, t("rename"));
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
        !here && link("open", () => go("was-opened", name, () => store.open(id))),
        el("details", { class: "sb-about" }, title, ...fields),
        link("duplicate", () => go("was-duplicated", name, () => head.copy(assessment))),
        link("download-one", () => head.download(assessment)),
        link("delete", () => {
          store.remove(id);
          head.say(t("was-deleted", { name }), () => store.restore());
        }),
      ),
    );
  }

  /**
   * Open another assessment and say so, with a way back.
   * @param {"was-added" | "was-opened" | "was-duplicated"} key
   * @param {string} name
   * @param {() => void} open
   * @param {string} [step]
   */
  function go(key, name, open, step) {
    const { id } = store;
    open();
    if (step) head.go(step);
    head.say(t(key, { name }), () => store.open(id));
  }
}

/**
 * Return what an assessment is called.
 * @param {Saved} saved
 * @param {Words} t
 */
export const nameOf = ({ assessment: { subject, team } }, t) =>
  [subject || t("unnamed"), team].filter(Boolean).join(", ");
