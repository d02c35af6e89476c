/** What the reader chooses for the plan: the stage that it is for, and what orders it. */

import { el } from "#core/render/dom.js";
import { setOrDelete } from "#core/state/answers.js";

/** @import { Assessment, Data, Scoring } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Store } from "../state/store.js" */

export class PlanChoices {
  #names;
  #target;
  #order;

  /**
   * @param {Data} data whose order of plays the reader may change for this page
   * @param {string[]} stages the stages of the ladder; none where there is no ladder
   * @param {Names} names
   * @param {Store} store
   * @param {() => void} repaint
   */
  constructor({ gates, scoring }, stages, names, store, repaint) {
    this.#names = names;
    const key = store.key("stagebook-plan/1");
    const usual = scoring.plan;
    const orders = [usual, usual === "risk" ? "weeks" : "risk"];
    const kept = store.storage.get(key);
    /** @param {string} order */
    const take = (order) => {
      scoring.plan = /** @type {Scoring["plan"]} */ (order);
    };
    if (kept && orders.includes(kept)) take(kept);
    this.#target =
      stages.length > 0 &&
      this.#select(
        "target",
        [["", names.t("target-next")], ...stages.slice(1).map((id) => [id, names.stage(id)])],
        (stage) => store.change((a) => setOrDelete(a, "target_stage", stage), {}),
      );
    // Without blocking gates, no stage says what is riskiest to lack.
    this.#order =
      gates.some(({ blocking }) => blocking) &&
      this.#select(
        "order",
        orders.map((order) => [order, names.t(/** @type {any} */ (`order-${order}`))]),
        (order) => {
          take(order);
          store.storage.set(key, order);
          repaint();
        },
      );
    if (this.#order) this.#order.value = scoring.plan;
  }

  /**
   * Return the choices as they stand.
   * @param {Assessment} assessment
   */
  draw({ target_stage }) {
    if (this.#target) this.#target.value = target_stage ?? "";
    return [this.#labelled("target", this.#target), this.#labelled("order", this.#order)];
  }

  /**
   * @param {"target" | "order"} word
   * @param {HTMLSelectElement | false} select
   */
  #labelled(word, select) {
    return (
      select && el("p", { class: "sb-target" }, el("label", {}, this.#names.t(word), " ", select))
    );
  }

  /**
   * @param {string} name
   * @param {string[][]} options each a value and its words
   * @param {(value: string) => void} choose
   */
  #select(name, options, choose) {
    const select = el(
      "select",
      { name, on: { change: () => choose(select.value) } },
      options.map(([value, words]) => el("option", { value }, words)),
    );
    return select;
  }
}
