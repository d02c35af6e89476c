/** What things are called: titles and answers by id, and links to where they stand in full. */

import { MEASURED, NOT_APPLICABLE, UNKNOWN } from "../scoring/gates.js";
import { displayScore } from "../scoring/rounding.js";
import { link } from "./dom.js";
import { topOf } from "./scale.js";
import { writeLocal } from "./words.js";

/** @import { Data, Gate, Items, Score, Stages } from "../types.js" */
/** @import { Pages } from "./pages.js" */
/** @import { Level } from "./scale.js" */
/** @import { Words } from "./words.js" */

export class Names {
  /**
   * @param {Data} data
   * @param {Pages} pages
   * @param {Words} t
   * @param {Items} tops what scores are out of
   */
  constructor(data, pages, t, tops) {
    this.data = data;
    this.tops = tops;
    this.pages = pages;
    this.t = t;
    this.mark = data.words["decimal-mark"];
    /** @type {Map<string, Gate>} */
    this.gates = new Map(data.gates.map((gate) => [gate.id, gate]));
    const titles = (/** @type {{id: string, title: string}[]} */ records) =>
      new Map(records.map(({ id, title }) => [id, title]));
    this.stages = titles(data.stages);
    this.dimensions = titles(data.dimensions);
    this.plays = titles(data.remediations);
  }

  /**
   * Make a link to a page of the rubric; its title may be in another language than what is around it.
   * @param {string} path
   * @param {string} title
   * @param {string} [anchor]
   */
  #link(path, title, anchor) {
    return link(this.pages.to(path, anchor), title, this.data.text);
  }

  /** @param {string | null} [id] */
  stage(id) {
    return this.stages.get(id ?? "") ?? "";
  }

  /** @param {string} id */
  dimension(id) {
    return this.dimensions.get(id) ?? id;
  }

  /** @param {string} id */
  dimensionLink(id) {
    return this.#link(`dimensions/${id}`, this.dimension(id));
  }

  /** @param {string} id */
  gate(id) {
    return this.gates.get(id)?.title ?? id;
  }

  /**
   * @param {string} id
   * @param {string} [title]
   */
  gateLink(id, title = this.gate(id)) {
    return this.#link(`dimensions/${this.gates.get(id)?.dimension}`, title, id);
  }

  /** @param {string} id */
  play(id) {
    return this.plays.get(id) ?? id;
  }

  /** @param {string} id */
  playLink(id) {
    return this.#link(`remediations/${id}`, this.play(id));
  }

  /**
   * Return an answer in the words of the gate's scale.
   * @param {string} id
   * @param {string | null} answer
   */
  answer(id, answer) {
    if (answer === null) return this.t("unanswered");
    if (answer === UNKNOWN || answer === NOT_APPLICABLE || answer === MEASURED)
      return this.t(answer);
    const gate = this.gates.get(id);
    const scale = this.data.scales.find((candidate) => candidate.id === gate?.scale);
    return scale?.choices.find((choice) => choice.id === answer)?.label ?? answer;
  }

  /**
   * Return a score as people see it.
   * @param {number} value
   * @param {number} [times] the factor already in it: 1 for the score of a part
   */
  score(value, times) {
    return this.number(displayScore(value, this.data.scoring, times));
  }

  /**
   * Return a number, or its digits, as the language writes it.
   * @param {number | string} digits
   */
  number(digits) {
    return writeLocal(digits, this.mark);
  }

  /**
   * Return a score as `1.4 of 3`, or as `67%` where 100% is the highest.
   * @param {number} value
   * @param {Level} [of]
   * @param {string} [id] what has the score
   */
  scored(value, of = "overall", id = "") {
    const { scoring } = this.data;
    const { times, unit } = this.#level(of);
    const top = topOf(this.tops, of, id);
    const full = top === null ? 0 : Number(displayScore(top, scoring, times));
    const sign = (/** @type {string} */ share) =>
      unit === "%" ? this.t("percent", { share }) : share;
    const score = sign(this.score(value, times));
    const isPlain = top === null || (unit === "%" && full === 100);
    const words = isPlain ? score : this.t("score-of", { score, top: sign(this.number(full)) });
    return unit && unit !== "%" ? `${words} ${unit}` : words;
  }

  /**
   * Return a score so far, with what the missing answers still allow.
   * @param {Score} score
   * @param {Level} [of]
   * @param {string} [id] what has the score
   */
  interval({ low, high, so_far }, of = "overall", id = "") {
    if (low === null || high === null) return "–";
    const known = so_far === null ? "–" : this.scored(so_far, of, id);
    if (low === high) return known;
    const [from, to] = [low, high].map((end) => this.score(end, this.#level(of).times));
    return `${known} (${this.t("range", { low: from, high: to })})`;
  }

  /**
   * Return the factor and the unit of the scores of a level.
   * @param {Level} of
   */
  #level(of) {
    const { scoring } = this.data;
    return of === "overall" ? scoring : (scoring.levels[of] ?? { times: 1, unit: null });
  }

  /** @param {string} id */
  group(id) {
    return this.data.groups.find((group) => group.id === id)?.title ?? id;
  }

  /** @param {string} id */
  topic(id) {
    return this.data.topics.find((topic) => topic.id === id)?.title ?? id;
  }

  /**
   * Return the stages or bands of the lowest, the highest and the present score; "" for none.
   * @param {{stage: Stages, bands: Stages}} overall
   */
  places({ stage, bands }) {
    const placed = stage.low && stage.high ? { stage } : { bands };
    return /** @type {const} */ (["low", "high", "so_far"]).map((which) =>
      this.place(placed, which),
    );
  }

  /**
   * Return the stage or the band at which a score stands; no text where there is neither.
   * @param {{stage?: Stages, bands?: Stages}} score
   * @param {"low" | "high" | "so_far"} [which]
   */
  place({ stage, bands }, which = "so_far") {
    const reached = this.data.scoring.bands?.of.find(({ id }) => id === bands?.[which]);
    return this.stage(stage?.[which]) || reached?.label || this.stage(reached?.stage);
  }
}
