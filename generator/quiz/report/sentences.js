/** What a result says first, in sentences: the twin of the first part of `stagebook/report/headline.py`. */

/** @import { Data, Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */

export class Sentences {
  #scorer;
  #names;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   */
  constructor(scorer, names) {
    this.#scorer = scorer;
    this.#names = names;
  }

  /**
   * Return the stage or band, what is certain of it, or the score; empty without any.
   * @param {Result} result
   * @param {string} [what] what the page asks; of a few questions it says what they rule out
   */
  headline({ overall }, what) {
    const { t } = this.#names;
    const [low, high] = this.#names.places(overall);
    if (low) {
      if (low === high) return low;
      const { bands, stage } = overall;
      const { ladder, scoring } = this.#scorer;
      const ends = stage.low && stage.high ? stage : bands;
      const all = ends === stage ? ladder.stages : (scoring.bands?.of ?? []).map(({ id }) => id);
      if (what !== "quick-check" && ends.low !== all[0]) return t("stage-at-least", { place: low });
      const isOpen = ends.high === all.at(-1);
      return t(isOpen ? "rules-out-none" : "rules-out-above", { stage: high });
    }
    if (overall.so_far === null) return "";
    const result = this.#names.scored(overall.so_far);
    return overall.low === overall.high ? result : t("now", { result });
  }

  /**
   * Return how a gate was answered, and whether it blocks.
   * @param {ShutGate} gate
   */
  answer({ gate, answer, blocking }) {
    const words = this.#names.answer(gate, answer);
    return blocking ? `${words} (${this.#names.t("reason-blocking")})` : words;
  }
}

/**
 * Return what has a score, each below what it is part of: groups, dimensions, topics.
 * @param {Data} data
 * @returns {{of: "group" | "dimension" | "topic", id: string, core?: boolean}[]}
 */
export function scoredParts({ dimensions, gates, groups }) {
  const named = new Set([
    null,
    ...groups.map(({ id }) => id),
    ...dimensions.map((one) => one.group),
  ]);
  return [...named].flatMap((group) => {
    const own = dimensions.filter((one) => (one.group || null) === group);
    const heading = group && own.length ? [{ of: /** @type {const} */ ("group"), id: group }] : [];
    return [
      ...heading,
      ...own.flatMap(({ id, core }) => {
        const topics = gates.filter((gate) => gate.dimension === id).map(({ topic }) => topic);
        return [
          { of: /** @type {const} */ ("dimension"), id, core },
          ...[...new Set(topics)].flatMap((topic) =>
            topic ? [{ of: /** @type {const} */ ("topic"), id: topic }] : [],
          ),
        ];
      }),
    ];
  });
}
