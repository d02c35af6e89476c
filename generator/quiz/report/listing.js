/** Gates in lists, and in sentences: the twin of `stagebook/report/listing.py`. */

import { topOf } from "#core/render/scale.js";
import { get } from "#core/scoring/intervals.js";

/** @import { Result, ShutGate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Sentences } from "./sentences.js" */

/** What a line is made of: text, gates and plays by id. @typedef {string | {gate: string} | {play: string}} Piece */
/** A line of a list, with what is said in small print and the lines below it. @typedef {{text: Piece[], small?: string, below?: Piece[][]}} Entry */
/**
 * A part of a report: the lines that lead to its entries; without a title it continues the one before.
 * `isAside` is what need not be seen at first, `isPlan` what is to do, and `isOrdered` in which order.
 * @typedef {{title: Key | "", leads?: string[], entries: Entry[], isAside?: boolean, isPlan?: boolean, isOrdered?: boolean}} Section
 */

/** Stands for a gate or a play in a sentence, which becomes a link. */
const HERE = "\0";

export class Listing {
  #names;
  #sentences;

  /**
   * @param {Names} names
   * @param {Sentences} sentences
   */
  constructor(names, sentences) {
    this.#names = names;
    this.#sentences = sentences;
  }

  /**
   * Return a sentence about a gate or a play, in which it can be a link; nothing without one.
   * @param {Key} key
   * @param {Piece | false} piece
   * @param {Record<string, string | number>} [words]
   * @returns {Piece[]}
   */
  sentence(key, piece, words) {
    if (!piece) return [];
    const here = { ...words, gate: HERE, play: HERE };
    const [before, after] = this.#names.t(key, here).split(HERE);
    return [before, piece, after];
  }

  /**
   * Return a gate that is not met, with its answer.
   * @param {ShutGate} shut
   * @returns {Piece[]}
   */
  shut(shut) {
    return [{ gate: shut.gate }, `: ${this.#sentences.answer(shut)}`];
  }

  /**
   * Group gates by their dimension, the one with the lowest score first.
   * @param {Result} result
   * @param {string[]} gates
   * @returns {Entry[]}
   */
  byDimension(result, gates) {
    const own = this.#ofDimension(gates);
    return this.lowestFirst(result).flatMap((id) => {
      const { so_far } = result.dimensions[id];
      const score = so_far === null ? "" : this.#names.scored(so_far, "dimension", id);
      const below = own(id).map((gate) => [{ gate }, `: ${this.answer(result, gate)}`]);
      const text = [this.#names.dimension(id), score].filter(Boolean).join(": ");
      return below.length ? [{ text: [text], below }] : [];
    });
  }

  /**
   * Return gates one by one, in the order in which to meet them.
   * @param {Result} result
   * @param {string[]} gates
   * @returns {Entry[]}
   */
  oneByOne(result, gates) {
    return this.inOrder(result, gates).map((gate) => {
      const { dimension } = get(this.#names.gates, gate);
      return { text: [{ gate }, ` (${this.#names.dimension(dimension)})`] };
    });
  }

  /**
   * Sort gates: those of the dimension with the lowest score first.
   * @param {Result} result
   * @param {string[]} gates
   */
  inOrder(result, gates) {
    return this.lowestFirst(result).flatMap(this.#ofDimension(gates));
  }

  /**
   * Return what finds those of some gates that a dimension has.
   * @param {string[]} gates
   */
  #ofDimension(gates) {
    return (/** @type {string} */ id) =>
      gates.filter((gate) => get(this.#names.gates, gate).dimension === id);
  }

  /**
   * Return how a gate was answered, and whether it is met all the same.
   * @param {Result} result
   * @param {string} gate
   */
  answer({ states }, gate) {
    const { answer, is_open } = get(states, gate);
    const words = this.#names.answer(gate, answer);
    return is_open ? `${words} (${this.#names.t("reason-met")})` : words;
  }

  /**
   * Sort dimensions by their score as a fraction of the highest one.
   * @param {Result} result
   * @param {string[]} [dimensions]
   */
  lowestFirst(result, dimensions = this.#names.data.dimensions.map(({ id }) => id)) {
    const fraction = (/** @type {string} */ id) =>
      (result.dimensions[id].so_far ?? 0) / (topOf(this.#names.tops, "dimension", id) || 1);
    return [...dimensions].sort((a, b) => fraction(a) - fraction(b));
  }
}
