/** A rubric that has changed since an assessment was made: what is new, reworded or gone. */

import { edit } from "#core/assessment/record.js";
import { button, el, list } from "#core/render/dom.js";
import { unknownIds } from "#extras/assessment/file-reader.js";
import { titlesKey } from "#extras/state/titles.js";
import { dropUnknown } from "../assessment/unknown.js";

/** @import { Gate } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Question } from "./question.js" */
/** @import { Store } from "../state/store.js" */

export class Revision {
  #names;
  #questions;
  #store;

  /**
   * @param {Names} names
   * @param {Store} store
   * @param {Question[]} questions those that are asked here
   */
  constructor(names, store, questions) {
    this.#names = names;
    this.#questions = questions;
    this.#store = store;
  }

  /**
   * Return what to tell the reader of a rubric that has changed, with the choices that they have.
   * @param {string} before the version of the open assessment
   * @returns {Child[]}
   */
  draw(before) {
    const { data, t } = this.#names;
    const { answers = {} } = this.#store.assessment;
    const titles = titlesOf(this.#store, before);
    const added = data.gates.filter(({ id, aliases }) => titles && !isIn(titles, [id, ...aliases]));
    const reworded = data.gates.filter(
      ({ id, rev }) => answers[id]?.answer && (answers[id].rev ?? 1) < rev,
    );
    const gone = unknownIds(this.#store.assessment, data);
    const dropped = gone.map((id) => [titles?.[id] ?? id]);
    return [
      el("b", {}, t("rubric-changed", { before, after: data.version })),
      ` ${t("rubric-changed-lead")}`,
      this.#part(
        "gates-new",
        added.map(({ id }) => [this.#link(id)]),
      ),
      this.#part(
        "gates-reworded",
        reworded.map((gate) => this.#reworded(gate)),
      ),
      this.#part("gates-gone", dropped),
      button(t("accept-version", { version: data.version }), () => this.#accept()),
      gone.length > 0 && button(t("drop-gone"), () => this.#drop()),
    ];
  }

  /**
   * @param {"gates-new" | "gates-reworded" | "gates-gone"} key
   * @param {Child[][]} items
   */
  #part(key, items) {
    const { length: n } = items;
    return n > 0 && [el("p", {}, this.#names.t(key, { n })), list(items)];
  }

  /**
   * @param {Gate} gate
   * @returns {Child[]}
   */
  #reworded({ id, rev }) {
    const { t } = this.#names;
    const answer = this.#store.assessment.answers?.[id]?.answer ?? null;
    const keep = () => this.#store.change((a) => edit(a, id, { rev }), { gate: id });
    const label = `${t("still-holds")}: ${this.#names.gate(id)}`;
    return [
      ...[this.#link(id), `: ${this.#names.answer(id, answer)} `],
      button(t("still-holds"), keep, { class: "sb-link", "aria-label": label }),
    ];
  }

  /**
   * Make a link to the question about a gate, if it is asked here.
   * @param {string} id
   */
  #link(id) {
    const question = this.#questions.find(({ gate }) => gate.id === id);
    const title = this.#names.gate(id);
    return question ? el("a", { href: `#${question.page.id}` }, title) : title;
  }

  /** Go on with the rubric of today. */
  #accept() {
    const { id, version } = this.#names.data;
    this.#store.change((a) => {
      a.rubric = { id, version };
    });
  }

  /** Remove what the rubric does not have any more. */
  #drop() {
    this.#store.change((a) => dropUnknown(a, this.#names.data));
  }
}

/**
 * Return whether one of some ids is among titles.
 * @param {Record<string, string>} titles
 * @param {string[]} ids
 */
const isIn = (titles, ids) => ids.some((id) => id in titles);

/**
 * Return the titles of the gates of a version by id, or null where nobody knows them.
 * @param {Store} store
 * @param {string} version
 * @returns {Record<string, string> | null}
 */
function titlesOf(store, version) {
  try {
    return JSON.parse(store.storage.get(titlesKey(store, version)) ?? "null");
  } catch {
    return null;
  }
}
