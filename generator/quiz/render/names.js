/** What things are called: titles and answers by id, and links to where they stand in full. */

import { MEASURED, NOT_APPLICABLE, UNKNOWN } from "../scoring/gates.js";
import { displayScore } from "../scoring/rounding.js";
import { link } from "./dom.js";
import { writeLocal } from "./words.js";

/** @import { Data, Gate, Score, Stages } from "../types.js" */
/** @import { Pages } from "./pages.js" */
/** @import { Words } from "./words.js" */

export class Names {
  /**
   * @param {Data} data
   * @param {Pages} pages
   * @param {Words} t
   */
  constructor(data, pages, t) {
    this.data = data;
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

  /** @param {string} id */
  gateLink(id) {
    return this.#link(`dimensions/${this.gates.get(id)?.dimension}`, this.gate(id), id);
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
   * Return a score so far, with what the missing answers still allow.
   * @param {Score} score
   * @param {number} [times]
   */
  interval(score, times) {
    const [low, high, known] = [score.low, score.high, score.so_far].map((value) =>
      value === null ? "–" : this.score(value, times),
    );
    return low === high ? known : `${known} (${this.t("range", { low, high })})`;
  }

  /**
   * Return the stage or the band at which a score stands; no text where there is neither.
   * @param {{stage: Stages, bands?: Stages}} score
   */
  place({ stage, bands }) {
    const reached = this.data.scoring.bands?.of.find(({ id }) => id === bands?.so_far);
    return this.stage(stage.so_far) || reached?.label || "";
  }
}
