/** What would change if gates were met or not, or plays finished; the answers stay as they are. */

import { scoreWords } from "#core/render/charts.js";
import { act, el, parts, row, show, write } from "#core/render/dom.js";
import { Sentences } from "#core/report/sentences.js";
import { get } from "#core/scoring/intervals.js";
import { Advice } from "#extras/report/advice.js";
import { mayBeMet } from "#extras/scoring/diagnosis.js";
import { fewestSection } from "../report/fewest.js";
import { findDelta } from "../scoring/compare.js";
import { findFewest } from "../scoring/fewest.js";
import { suppose } from "../scoring/supposed.js";

/** @import { Result } from "../types.js" */
/** @import { Placed } from "../render/charts.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Piece } from "../report/listing.js" */
/** @import { Fewest } from "../scoring/fewest.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

/** Scores that differ by less are the same. */
const SAME = 1e-9;

export class WhatIf {
  /** Gates as they are supposed to be: met or not. @type {Map<string, boolean>} */
  #supposed = new Map();
  /** Plays that are supposed to be finished. @type {Set<string>} */
  #finished = new Set();
  /** The id of the assessment of which that is supposed. */
  #about = "";
  /** The boxes of gates and plays, by id. @type {Map<string, HTMLInputElement>} */
  #gates = new Map();
  /** @type {Map<string, HTMLInputElement>} */
  #plays = new Map();
  /** @type {Fewest | null} */
  #fewest = null;
  /** The result as the answers have it. @type {Result} */
  #today;
  #advice;
  #box;
  #names;
  #scorer;
  #sentences;
  #store;
  #ui;

  /**
   * @param {HTMLDetailsElement} box
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {AbortSignal} signal
   */
  constructor(box, scorer, names, store, signal) {
    this.#sentences = new Sentences(scorer, names);
    this.#advice = new Advice(scorer, names, this.#sentences);
    this.#box = box;
    this.#names = names;
    this.#scorer = scorer;
    this.#store = store;
    this.#ui = parts(box);
    this.#today = scorer.score(store.assessment);
    const draw = () => this.#box.open && this.#draw();
    box.addEventListener("toggle", draw, { signal });
    box.addEventListener("change", (event) => this.#changed(event), { signal });
    act(box, { "as-today": () => this.#reset(), try: () => this.#try() }, signal);
    store.listen(draw, signal);
    draw();
  }

  /** Draw anew what may be supposed: it depends on the answers. */
  #draw() {
    const { data } = this.#names;
    if (this.#about !== this.#store.id) {
      this.#supposed.clear();
      this.#finished.clear();
      this.#about = this.#store.id;
    }
    this.#today = this.#scorer.score(this.#store.assessment);
    const { states } = this.#today;
    const offered = this.#scorer.gates.filter(({ id }) => mayBeMet(get(states, id)));
    this.#gates = new Map(offered.map(({ id }) => [id, this.#input({ "data-supposed": id })]));
    const isUseful = (/** @type {string} */ id) => this.#gates.has(id) && !get(states, id).is_open;
    const plays = data.remediations.filter(({ opens }) => opens.some(isUseful));
    this.#plays = new Map(plays.map(({ id }) => [id, this.#input({ "data-finished": id })]));
    if (this.#ui.plays) {
      const items = plays.map(({ id, title }) => this.#item(get(this.#plays, id), title));
      show(this.#ui.plays, items);
      this.#ui.idle.hidden = items.length > 0;
    }
    show(
      this.#ui.all,
      data.dimensions.map(({ id }) => this.#dimension(id)),
    );
    this.#paint();
  }

  /** @param {Record<string, string>} attributes */
  #input(attributes) {
    return el("input", { type: "checkbox", autocomplete: "off", ...attributes });
  }

  /**
   * @param {HTMLInputElement} input
   * @param {string} title
   */
  #item(input, title) {
    return el("li", {}, el("label", {}, input, el("span", { ...this.#names.data.text }, title)));
  }

  /**
   * Make the fold with the gates of a dimension; nothing where none may be met.
   * @param {string} id
   */
  #dimension(id) {
    const own = this.#names.data.gates.filter((gate) => gate.dimension === id);
    const items = own.flatMap((gate) => {
      const input = this.#gates.get(gate.id);
      return input ? [this.#item(input, gate.title)] : [];
    });
    if (!items.length) return null;
    const title = el("summary", {}, this.#names.dimension(id));
    return el("details", { class: "sb-about" }, title, el("ul", { class: "sb-symptoms" }, items));
  }

  /** @param {Event} event */
  #changed({ target }) {
    const { checked, dataset } = /** @type {HTMLInputElement} */ (target);
    if (dataset.supposed) this.#supposed.set(dataset.supposed, checked);
    else if (dataset.finished) this.#finish(dataset.finished, checked);
    this.#paint();
  }

  /**
   * Suppose that a play is finished, or not: what was supposed of its gates before counts no more.
   * @param {string} id
   * @param {boolean} isFinished
   */
  #finish(id, isFinished) {
    if (isFinished) this.#finished.add(id);
    else this.#finished.delete(id);
    const play = this.#names.data.remediations.find((one) => one.id === id);
    for (const gate of play?.opens ?? []) this.#supposed.delete(gate);
  }

  #reset() {
    this.#supposed.clear();
    this.#finished.clear();
    this.#paint();
    this.#ui.said.focus();
  }

  /** Suppose that the fewest gates to the next stage are met. */
  #try() {
    for (const id of this.#fewest?.gates ?? []) this.#supposed.set(id, true);
    this.#paint();
    if (this.#ui.fewest.hidden) this.#ui.said.focus();
  }

  /** Return what is supposed of gates, beside their answers. */
  #changes() {
    const { states } = this.#today;
    const opened = this.#names.data.remediations
      .filter(({ id }) => this.#finished.has(id))
      .flatMap(({ opens }) => opens.map((id) => /** @type {const} */ ([id, true])));
    const all = new Map([...opened, ...this.#supposed]);
    const differs = ([id = "", isMet = false]) =>
      this.#gates.has(id) && get(states, id).is_open !== isMet;
    return new Map([...all].filter((entry) => differs(/** @type {any} */ (entry))));
  }

  #paint() {
    const changes = this.#changes();
    const then = this.#scorer.scoreStates(suppose(this.#scorer, this.#today.states, changes));
    for (const [id, input] of this.#gates) {
      input.checked = get(then.states, id).is_open;
      /** @type {Element} */ (input.parentElement).classList.toggle("sb-supposed", changes.has(id));
    }
    for (const [id, input] of this.#plays) input.checked = this.#finished.has(id);
    this.#ui.reset.hidden = !changes.size;
    this.#paintMoves(then, changes.size);
    this.#paintFewest(then);
  }

  /**
   * Say what would change: in a sentence, and in a table.
   * @param {Result} then
   * @param {number} n how many gates would change
   */
  #paintMoves(then, n) {
    const { t } = this.#names;
    const [before, after] = [this.#today, then].map((result) => this.#whole(result));
    const words = { n, before, after };
    write(this.#ui.said, n ? t(before === after ? "what-if-same" : "what-if-change", words) : "");
    const rows = this.#scorer.data.dimensions.flatMap(({ id }) => {
      const [was, is] = [this.#today.dimensions[id], then.dimensions[id]];
      const delta = findDelta(was, is);
      if (Math.abs(delta ?? 0) < SAME && was.low === is.low) return [];
      return [this.#row(id, was, is, delta ?? 0)];
    });
    show(this.#ui.scores, rows);
    this.#ui.moved.hidden = !rows.length;
  }

  /**
   * Return a whole result in words.
   * @param {Result} result
   */
  #whole(result) {
    const { so_far } = result.overall;
    const score = so_far === null ? "" : this.#names.scored(so_far);
    const headline = this.#sentences.headline(result);
    return [...new Set([headline, score])].filter(Boolean).join(", ") || "–";
  }

  /**
   * @param {string} id
   * @param {Placed} was
   * @param {Placed} is
   * @param {number} delta
   */
  #row(id, was, is, delta) {
    const by = { by: this.#names.score(Math.abs(delta), 1) };
    const moved = Math.abs(delta) < SAME ? "same" : delta > 0 ? "up" : "down";
    return row([
      this.#names.dimensionLink(id),
      scoreWords(this.#names, was, "dimension", id),
      scoreWords(this.#names, is, "dimension", id),
      this.#names.t(moved, by),
    ]);
  }

  /** @param {Result} then */
  #paintFewest(then) {
    this.#fewest = findFewest(this.#scorer, then);
    this.#ui.fewest.hidden = !this.#fewest;
    if (!this.#fewest) return;
    const { leads = [], entries } = fewestSection(
      this.#fewest,
      then,
      this.#names,
      this.#advice.plan,
    );
    show(this.#ui.enough, leads);
    const items = entries.map(({ text, below = [] }) =>
      el(
        "li",
        {},
        this.#pieces(text),
        below.map((pieces) => el("small", {}, this.#pieces(pieces))),
      ),
    );
    show(this.#ui.gates, items);
  }

  /**
   * @param {Piece[]} pieces
   * @returns {Child[]}
   */
  #pieces(pieces) {
    return pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      return "gate" in piece ? this.#names.gateLink(piece.gate) : this.#names.playLink(piece.play);
    });
  }
}
