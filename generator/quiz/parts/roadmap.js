/** Plays in phases, in the page: by drag, by list or by key, with what each phase leads to. */

import { TextFields } from "#core/parts/text-fields.js";
import { act, parts, show, write } from "#core/render/dom.js";
import { diagnose } from "#extras/scoring/diagnosis.js";
import { roadmapScene } from "../report/roadmap-picture.js";
import { RoadmapWords } from "../report/roadmap-words.js";
import { toSvg } from "../report/scene.js";
import {
  allPhases,
  MAX_PHASES,
  movePlay,
  setOwner,
  setPhase,
  spreadPlays,
} from "../state/phases.js";
import { PlayItems } from "./play-items.js";

/** @import { Assessment, PhasePlay, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { PhaseText } from "../state/phases.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Field } from "./text-fields.js" */

/** Over how many phases a plan is spread. */
const SPREAD = 3;

export class Roadmap {
  /** Which plays stand where, as they are drawn. */
  #drawn = "";
  /** The play that is being dragged. */
  #dragged = "";
  /** Who does plays that were taken out of an assessment, if they are put in again. @type {Map<string, string>} */
  #owners = new Map();
  #items;
  #names;
  #phases;
  #scorer;
  #section;
  #store;
  #texts;
  #ui;
  #words;

  /**
   * Bring the roadmap to life in a section that holds `roadmap` of `roadmap.jinja`.
   * @param {HTMLElement} section
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {() => void} onBothKept is told when a field holds what two tabs typed
   * @param {AbortSignal} signal
   */
  constructor(section, scorer, names, store, onBothKept, signal) {
    this.#section = section;
    this.#scorer = scorer;
    this.#items = new PlayItems(names, (play, phase, position) =>
      this.#move(play, String(phase), position),
    );
    this.#names = names;
    this.#store = store;
    this.#words = new RoadmapWords(scorer, names);
    this.#texts = new TextFields((field) => this.#keep(field), onBothKept);
    this.#ui = parts(section);
    this.#phases = [
      .../** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-phase]")),
    ];
    this.#listen(signal);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const section = this.#section;
    const flush = () => this.#texts.flush();
    this.#store.flushers.add(flush);
    addEventListener("pagehide", flush, { signal });
    signal.addEventListener("abort", () => this.#store.flushers.delete(flush));
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ listener) =>
      section.addEventListener(type, listener, { signal });
    on("input", ({ target }) => isText(target) && this.#texts.typed(target));
    on("change", ({ target }) => {
      if (isText(target)) this.#texts.keep(target);
      else if (target.dataset.play) this.#move(target.dataset.play, target.value);
    });
    on("dragstart", (event) => this.#drag(event));
    on("dragover", (event) => this.#dragged && this.#areaOf(event) && event.preventDefault());
    on("drop", (event) => this.#drop(event));
    act(section, { spread: () => this.#spread() }, signal);
  }

  get #result() {
    return this.#scorer.score(this.#store.assessment);
  }

  /** Draw what the assessment says now. */
  draw() {
    const { assessment } = this.#store;
    const result = this.#result;
    const phases = allPhases(assessment);
    const plan = diagnose(this.#scorer, assessment, result).plan.map(
      ({ remediation }) => remediation,
    );
    const shown = Math.min((assessment.roadmap?.length ?? 0) + 1, MAX_PHASES);
    const lists = phases.map(({ remediations = [] }) => remediations);
    const drawn = JSON.stringify([lists.map((list) => list.map(({ id }) => id)), plan, shown]);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#keepingFocus(() => this.#drawPlays(lists, plan, shown));
    }
    for (const [index, phase] of phases.entries()) {
      this.#phases[index].hidden = index >= shown;
      for (const field of fieldsIn(this.#phases[index])) {
        const { of, owner } = field.dataset;
        const play = phase.remediations?.find(({ id }) => id === owner);
        this.#texts.fill(
          field,
          of ? (phase[/** @type {PhaseText} */ (of)] ?? "") : (play?.owner ?? ""),
        );
      }
    }
    this.#paintForecasts(result);
    this.#ui.board.hidden = false;
    return true;
  }

  /**
   * Draw something anew without taking the focus from the control that has it.
   * @param {() => void} draw
   */
  #keepingFocus(draw) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = this.#section.contains(focused) ? focused?.dataset.key : undefined;
    draw();
    if (!key || focused?.isConnected) return;
    /** @type {NodeListOf<HTMLElement>} */
    const controls = this.#section.querySelectorAll("[data-key]:not(:disabled)");
    const same = (/** @type {string} */ wanted) =>
      [...controls].find(({ dataset }) => dataset.key === wanted);
    // What moved a play to the end of its list cannot move it further: its list of phases can.
    (same(key) ?? same(key.replace(/^\w+/, "phase")))?.focus();
  }

  /**
   * @param {PhasePlay[][]} lists
   * @param {string[]} plan
   * @param {number} shown how many phases
   */
  #drawPlays(lists, plan, shown) {
    for (const [index, list] of lists.entries()) {
      const items = list.map(({ id }, at) => this.#items.placed(id, index, at, list.length, shown));
      const place = /** @type {HTMLElement} */ (this.#phases[index].querySelector("ol"));
      show(place, items);
    }
    const placed = new Set(lists.flat().map(({ id }) => id));
    const left = this.#names.data.remediations.map(({ id }) => id).filter((id) => !placed.has(id));
    const next = plan.filter((id) => !placed.has(id));
    const others = left.filter((id) => !next.includes(id));
    const { others: fold, spread } = this.#ui;
    show(
      this.#ui.plan,
      next.map((id) => this.#items.item(id, null, shown)),
    );
    show(
      this.#ui.rest,
      others.map((id) => this.#items.item(id, null, shown)),
    );
    this.#ui.pool.hidden = !next.length;
    fold.hidden = !others.length;
    spread.hidden = placed.size > 0 || !next.length;
  }

  /** @param {Result} result */
  #paintForecasts(result) {
    const phases = this.#words.phases(this.#store.assessment, result);
    const isPlaced = phases.some(({ plays }) => plays.length);
    for (const [index, element] of this.#phases.entries()) {
      const place = /** @type {HTMLElement} */ (element.querySelector(".sb-forecast"));
      write(place, phases[index]?.leads ?? "");
    }
    this.#ui.shown.hidden = !isPlaced;
    if (!isPlaced) return;
    show(this.#ui.table, this.#words.table(phases));
    // It is on paper only.
    show(this.#ui.picture, toSvg(roadmapScene(this.#words.title(this.#store.assessment), phases)));
  }

  /** Put the plays of the plan into phases, in their order. */
  #spread() {
    const { plan } = diagnose(this.#scorer, this.#store.assessment, this.#result);
    const plays = plan.map(({ remediation }) => remediation);
    this.#change((assessment) => spreadPlays(assessment, plays, SPREAD));
    this.#ui.said.focus();
    write(this.#ui.said, this.#names.t("roadmap-spread", { n: plays.length }));
  }

  /** @param {(assessment: Assessment) => void} edit */
  #change(edit) {
    this.#texts.flush();
    this.#store.change(edit, {});
    this.draw();
  }

  /**
   * Put a play into a phase, or take it out.
   * @param {string} play
   * @param {string} to the index of the phase, or nothing
   * @param {number} [position]
   */
  #move(play, to, position) {
    const place = `${this.#store.id} ${play}`;
    let before = "";
    this.#change((assessment) => {
      const lists = allPhases(assessment).map(({ remediations = [] }) => remediations);
      const index = lists.findIndex((list) => list.some(({ id }) => id === play));
      const entry = lists[index]?.find(({ id }) => id === play);
      if (entry) before = String(index);
      if (entry?.owner) this.#owners.set(place, entry.owner);
      movePlay(assessment, play, to ? Number(to) : null, position);
      if (to && !entry) setOwner(assessment, play, this.#owners.get(place) ?? "");
    });
    write(this.#ui.said, this.#moved(play, to, to === before));
  }

  /**
   * Return where a play stands now.
   * @param {string} play
   * @param {string} to the index of its phase, or nothing
   * @param {boolean} isSame whether it stood in that phase before
   */
  #moved(play, to, isSame) {
    const { t } = this.#names;
    const words = { play: this.#names.play(play), phase: t("phase", { n: Number(to) + 1 }) };
    if (!to) return t("play-out", words);
    if (!isSame) return t("play-moved", words);
    const { remediations = [] } = allPhases(this.#store.assessment)[Number(to)];
    const n = remediations.findIndex(({ id }) => id === play) + 1;
    return t("play-place", { ...words, n, total: remediations.length });
  }

  /** @param {DragEvent} event */
  #drag({ dataTransfer, target }) {
    const item = /** @type {HTMLElement} */ (target).closest?.("[data-item]");
    this.#dragged = /** @type {HTMLElement | null} */ (item)?.dataset.item ?? "";
    // Firefox drags only what carries something.
    if (this.#dragged) dataTransfer?.setData("text/plain", this.#names.play(this.#dragged));
  }

  /**
   * Return the phase or the pool over which something is dragged.
   * @param {Event} event
   */
  #areaOf({ target }) {
    return /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (target).closest("[data-phase], .sb-pool")
    );
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const area = this.#areaOf(event);
    const play = this.#dragged;
    this.#dragged = "";
    if (!area || !play) return;
    event.preventDefault();
    const others = [...area.querySelectorAll("[data-item]")].filter(
      (item) => /** @type {HTMLElement} */ (item).dataset.item !== play,
    );
    const below = others.findIndex((item) => {
      const { top, height } = item.getBoundingClientRect();
      return event.clientY < top + height / 2;
    });
    this.#move(play, area.dataset.phase ?? "", below < 0 ? undefined : below);
  }

  /** @param {Field} field */
  #keep(field) {
    const { of, owner } = field.dataset;
    this.#store.change((assessment) => {
      if (owner) {
        const entries = assessment.roadmap?.flatMap(({ remediations = [] }) => remediations) ?? [];
        const stored = entries.find(({ id }) => id === owner)?.owner;
        setOwner(assessment, owner, this.#texts.reconcile(field, stored));
        return;
      }
      const index = Number(
        /** @type {HTMLElement} */ (field.closest("[data-phase]")).dataset.phase,
      );
      const key = /** @type {PhaseText} */ (of);
      const value = this.#texts.reconcile(field, assessment.roadmap?.[index]?.[key]);
      setPhase(assessment, index, key, value);
    }, {});
    this.draw();
  }
}

/** @param {HTMLElement} element */
const isText = ({ dataset }) => Boolean(dataset.of || dataset.owner);

/**
 * @param {HTMLElement} phase
 * @returns {Field[]}
 */
const fieldsIn = (phase) => [
  .../** @type {NodeListOf<Field>} */ (phase.querySelectorAll("[data-of], [data-owner]")),
];
