/** How the reader takes a quiz: what of it, one question at a time or all, and where they are. */

/** @import { Data } from "../types.js" */
/** @import { Store } from "./store.js" */
/** @typedef {ReturnType<typeof makeView>} View */

/** A longer pause was not spent on the question, in seconds. */
const LONGEST = 120;
/** As many answers show a pace. */
const ENOUGH = 5;

/**
 * Return a view: `one` is whether one question shows at a time, `scope` what is asked ("", "quick",
 * or a stage or dimension such as `stage:scaled`), `place` the id of the step where the reader is,
 * `advance` whether a click on an answer goes on to the next question.
 * @param {Data} data
 * @param {Store} store
 * @param {string} what the kind of quiz: each keeps a view of its own
 * @param {boolean} one what a reader gets who has not chosen
 */
export function makeView(data, store, what, one) {
  const { storage } = store;
  const name = `${store.key("stagebook-view/1")}.${what}`;
  /** @type {number[]} */
  const paces = [];
  let last = performance.now();
  const view = {
    ...{ one, scope: "", place: "", advance: false },

    /** @param {{one?: boolean, scope?: string, place?: string, advance?: boolean}} chosen */
    choose(chosen) {
      Object.assign(view, chosen);
      const { one, scope, place, advance } = view;
      storage.set(name, JSON.stringify({ one, scope, place, advance }));
    },

    /** Count the time since the last answer; a clock that is set meanwhile does not matter. */
    answered() {
      const now = performance.now();
      paces.push(Math.min((now - last) / 1000, LONGEST));
      paces.sort((a, b) => a - b);
      last = now;
    },

    /**
     * Return the minutes that some questions take, at the reader's own pace once it shows.
     * @param {number} questions
     */
    minutes(questions) {
      const pace = paces.length < ENOUGH ? data.pace : paces[paces.length >> 1];
      return Math.max(1, Math.round((questions * pace) / 60));
    },

    /**
     * Return whether a gate is asked.
     * @param {Data["gates"][number]} gate
     */
    asks({ id, stage, dimension }) {
      const { scope } = view;
      if (scope === "quick") return data.quick_check.includes(id);
      return !scope || [`stage:${stage}`, `dimension:${dimension}`].includes(scope);
    },
  };
  try {
    const kept = JSON.parse(storage.get(name) ?? "{}");
    for (const key of /** @type {const} */ (["one", "scope", "place", "advance"])) {
      if (typeof kept[key] === typeof view[key]) Object.assign(view, { [key]: kept[key] });
    }
  } catch {
    // Then the usual view.
  }
  return view;
}
