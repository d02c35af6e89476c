/** The presenter view: one gate large on a screen, with the votes of the room and what is decided. */

import { TextFields } from "#core/parts/text-fields.js";
import { act, button, el, parts, show, write } from "#core/render/dom.js";
import { get } from "#core/scoring/intervals.js";
import { Countdown } from "./countdown.js";
import { Votes } from "./votes.js";

/** @import { Assessment } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { ScoredGate } from "../scoring/gates.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Form } from "./form.js" */
/** What leads to another gate, and by how many. @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
/** The same where a language is written from the right. @type {Record<string, number>} */
const STEPS_RTL = { ...STEPS, ArrowRight: -1, ArrowLeft: 1 };

export class Presenter {
  /** The gates to talk about. @type {ScoredGate[]} */
  #gates = [];
  #at = 0;
  /** Whether the next digit decides. */
  #isDeciding = false;
  #hasBegun = false;
  #clock;
  #form;
  #members;
  #names;
  #quiz;
  #scorer;
  #store;
  #texts;
  #ui;
  #votes;

  /**
   * Bring the presenter view to life in a section that holds `presenter` of `presenter.jinja`.
   * @param {HTMLElement} section
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {Form} form
   * @param {() => Assessment[]} members returns the assessments of the team view
   * @param {AbortSignal} signal
   */
  constructor(section, scorer, names, store, form, members, signal) {
    this.#form = form;
    this.#members = members;
    this.#quiz = /** @type {Element} */ (section.parentElement);
    this.#names = names;
    this.#scorer = scorer;
    this.#store = store;
    this.#ui = parts(section);
    this.#votes = new Votes(scorer, names, (text) =>
      store.here(store.key("stagebook-votes/1"), text),
    );
    this.#clock = new Countdown(this.#ui.timer, () => this.#say(names.t("time-up")));
    this.#texts = new TextFields(
      (field) => {
        const { id } = this.#gate;
        const { note } = form.answers.of(id);
        form.answers.change(id, () => ({ note: this.#texts.reconcile(field, note) }));
      },
      () => this.#say(names.t("both-kept")),
    );
    this.#listen(section, signal);
  }

  /**
   * @param {HTMLElement} section
   * @param {AbortSignal} signal
   */
  #listen(section, signal) {
    const { dialog, note } = this.#ui;
    const flush = () => this.#texts.flush();
    this.#store.flushers.add(flush);
    addEventListener("pagehide", flush, { signal });
    signal.addEventListener("abort", () => this.#store.flushers.delete(flush));
    act(
      section,
      {
        "begin-meeting": () => this.#begin(),
        "next-gate": () => this.#go(1),
        "last-gate": () => this.#go(-1),
        "run-timer": () => this.#clock.toggle(),
        "reset-timer": () => this.#clock.reset(),
        "full-screen": () => this.#fill(),
        "note-votes": () => this.#noteVotes(),
        "end-meeting": () => dialog.close(),
      },
      signal,
    );
    note.addEventListener("input", () => this.#texts.typed(note), { signal });
    note.addEventListener("change", () => this.#texts.keep(note), { signal });
    dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event), {
      signal,
    });
    dialog.addEventListener("close", () => this.#end(), { signal });
    this.#store.listen(() => dialog.open && this.#paint(), signal);
  }

  /** There is nothing to draw before it begins. */
  draw() {
    this.#ui.start.hidden = false;
    return true;
  }

  get #gate() {
    return this.#gates[this.#at];
  }

  /** Return the gates of the choice, of those that the page asks for and that apply. */
  #chosen() {
    const { states } = this.#scorer.score(this.#store.assessment);
    const { value } = this.#ui.scope;
    const asked = new Set(this.#form.gates);
    const gates = this.#scorer.gates.filter(
      ({ id }) => asked.has(id) && !this.#form.isLeftOut(get(this.#names.gates, id)),
    );
    if (value === "differ") {
      const apart = gates.map((gate) => ({ gate, by: this.#votes.view(gate).disagreement }));
      return apart
        .filter(({ by }) => by > 0)
        .sort((a, b) => b.by - a.by)
        .map(({ gate }) => gate);
    }
    return gates.filter(({ id, dimension }) => {
      const { answer } = get(states, id);
      if (value === "open") return answer === null || answer === "unknown";
      if (value === "flag") return this.#form.answers.of(id).flag;
      return !value || value === dimension;
    });
  }

  #begin() {
    const { dialog, minutes, nothing, scope, view } = this.#ui;
    this.#votes.begin(this.#store.id);
    this.#votes.read(this.#members());
    this.#gates = this.#chosen();
    this.#at = 0;
    const isAlone = scope.value === "differ" && this.#members().length < 2;
    const key = isAlone ? "meeting-no-files" : "meeting-nothing";
    write(nothing, this.#gates.length ? "" : this.#names.t(key));
    if (!this.#gates.length) return;
    // Keys are on from the first time on, until somebody turns them off.
    if (!this.#hasBegun) this.#ui.keys.checked = true;
    this.#hasBegun = true;
    dialog.showModal();
    this.#clock.reset(Math.min(Math.max(Number(minutes.value) || 5, 1), 120));
    this.#show();
    view.focus();
  }

  #end() {
    this.#texts.flush();
    this.#clock.stop();
    if (document.fullscreenElement) document.exitFullscreen();
  }

  /** @param {number} by */
  #go(by) {
    const to = this.#at + by;
    if (to < 0 || to >= this.#gates.length) return;
    this.#texts.flush();
    this.#at = to;
    this.#clock.reset();
    this.#show();
    this.#ui.view.focus();
  }

  /** Show another gate. */
  #show() {
    const { dimension, id, stages } = this.#gate;
    const stage = stages
      .map((one) => this.#names.stage(one))
      .filter(Boolean)
      .join(", ");
    const where = [this.#names.dimension(dimension), stage].filter(Boolean).join(" · ");
    const n = { n: this.#at + 1, total: this.#gates.length };
    write(this.#ui.count, this.#names.t("gate-of", n));
    write(this.#ui.area, where);
    write(this.#ui.name, this.#names.gate(id));
    show(this.#ui.about, this.#aboutGate(id));
    this.#isDeciding = false;
    this.#say();
    this.#paint();
  }

  /**
   * Return what the form says of a gate: its test, and the evidence that is asked for.
   * @param {string} id
   */
  #aboutGate(id) {
    const fieldset = this.#quiz.querySelector(`fieldset[data-gate="${CSS.escape(id)}"]`);
    const told = fieldset?.querySelectorAll(":scope > .sb-test, :scope > .sb-hint") ?? [];
    return [...told].map((element) => {
      const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
      for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
      // What explains them is not in the dialog.
      for (const term of copy.querySelectorAll(".sb-term")) term.replaceWith(...term.childNodes);
      return copy;
    });
  }

  /** Show votes and answer as they are. */
  #paint() {
    const { last, next, note, spread, votes } = this.#ui;
    const { id } = this.#gate;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = focused?.dataset.key;
    this.#votes.draw(votes, this.#gate, (answer, isMore) => this.#vote(answer, isMore));
    this.#votes.paintSpread(spread, this.#gate);
    this.#drawDecision();
    this.#texts.fill(note, this.#form.answers.of(id).note ?? "");
    last.disabled = this.#at === 0;
    next.disabled = this.#at === this.#gates.length - 1;
    if (!key || focused?.isConnected) return;
    const same = [...this.#ui.dialog.querySelectorAll("[data-key]:not(:disabled)")].find(
      ({ dataset }) => dataset.key === key,
    );
    (same ?? this.#ui.view).focus();
  }

  /** Show the answer that counts, and what it follows from where nobody chose it. */
  #drawDecision() {
    const { id } = this.#gate;
    const { answer } = this.#gate.state(this.#store.assessment);
    const buttons = this.#votes.answers(this.#gate).map((one) =>
      button(this.#names.answer(id, one), () => this.#decide(one), {
        ...{ "aria-pressed": String(one === answer), "data-key": `decide ${one}` },
      }),
    );
    const words = this.#follows(answer);
    show(this.#ui.decision, buttons, words && el("span", {}, words));
  }

  /**
   * Return what an answer follows from, ticked criteria or a number; no text where somebody chose it.
   * @param {string | null} counts
   */
  #follows(counts) {
    const { id } = this.#gate;
    const { answer: chosen, ticks = [] } = this.#form.answers.of(id);
    if (chosen || counts === null) return "";
    const { t } = this.#names;
    const gate = get(this.#names.gates, id);
    const answer = this.#names.answer(id, counts);
    if (ticks.length && this.#gate.counts.length)
      return t("ticks-answer", { n: ticks.length, total: gate.criteria.length, answer });
    const measured = this.#form.measures.measured(gate);
    if (!measured) return "";
    const { measure, number } = measured;
    const words = { measure: measure.title, number, unit: measure.unit, answer };
    return t(this.#gate.points ? "measure-scores" : "measure-answers", words);
  }

  /**
   * @param {string} answer
   * @param {boolean} isMore
   */
  #vote(answer, isMore) {
    const { id } = this.#gate;
    if (isMore) this.#votes.add(id, answer);
    else this.#votes.takeBack(id, answer);
    this.#paint();
    this.#sayVotes();
  }

  /**
   * Keep what the room decided as the answer.
   * @param {string} answer
   */
  #decide(answer) {
    const { id } = this.#gate;
    this.#isDeciding = false;
    this.#form.answers.give(get(this.#names.gates, id), answer);
    this.#say(this.#names.t("decided", { answer: this.#names.answer(id, answer) }));
  }

  #sayVotes() {
    this.#say(this.#votes.words(this.#gate) || this.#names.t("no-votes"));
  }

  /** Add the votes to the reason of the decision, unless they stand there. */
  #noteVotes() {
    const { id } = this.#gate;
    const votes = this.#votes.words(this.#gate);
    if (!votes) return this.#say(this.#names.t("no-votes"));
    this.#texts.flush();
    const line = this.#names.t("votes-noted", { votes });
    const { note = "" } = this.#form.answers.of(id);
    if (!note.split("\n").includes(line)) {
      this.#form.answers.change(id, ({ note }) => ({
        note: [note, line].filter(Boolean).join("\n"),
      }));
    }
    this.#say(line);
  }

  /**
   * Say something, and what the next digit does as long as it decides.
   * @param {string} [words]
   */
  #say(words) {
    const next = this.#isDeciding && this.#names.t("decide-key");
    show(this.#ui.said, words, words && next && el("br"), next);
  }

  /** Fill the screen, where the browser lets a page do so, or no longer. */
  #fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.#ui.view.requestFullscreen?.().catch(() => {});
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { altKey, ctrlKey, key, metaKey, repeat, target } = event;
    const { keys, note, view } = this.#ui;
    if (target === note) {
      if (key !== "Escape") return;
      // It leaves the field, and only then the view.
      event.preventDefault();
      this.#texts.flush();
      view.focus();
      return;
    }
    // What is held counts once, Enter on a button too.
    if (repeat && key === "Enter") event.preventDefault();
    if (repeat || altKey || ctrlKey || metaKey || !keys.checked) return;
    if (this.#act(key)) event.preventDefault();
  }

  /**
   * Do what a key is for; return whether it is for anything.
   * @param {string} key
   */
  #act(key) {
    const answer = this.#votes.answers(this.#gate)[Number(key) - 1];
    if (answer !== undefined) {
      if (this.#isDeciding) this.#decide(answer);
      else this.#vote(answer, true);
      return true;
    }
    const letter = key.toLowerCase();
    const by = this.#steps[key];
    if (by) this.#go(by);
    else if (key === "Backspace") this.#takeBack();
    else if (key === "Escape" && this.#isDeciding) this.#wait(false);
    else if (letter === "d") this.#wait(true);
    else if (letter === "t") this.#clock.toggle();
    else if (letter === "r") this.#clock.reset();
    else if (letter === "f") this.#fill();
    else if (letter === "n") this.#ui.note.focus();
    else return false;
    return true;
  }

  get #steps() {
    return getComputedStyle(this.#ui.view).direction === "rtl" ? STEPS_RTL : STEPS;
  }

  #takeBack() {
    this.#votes.takeBack(this.#gate.id);
    this.#paint();
    this.#sayVotes();
  }

  /**
   * Let the next digit decide, or no longer.
   * @param {boolean} isDeciding
   */
  #wait(isDeciding) {
    this.#isDeciding = isDeciding;
    this.#say();
  }
}
