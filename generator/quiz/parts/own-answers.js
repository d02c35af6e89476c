/**
 * The reader's own answers on a page of the model: each gate is marked with what the open assessment says of it.
 *
 * What is met is for scoring to say. There are no marks before the first answer, and none where the
 * reader has put them away.
 */

import { el, parts, show, write } from "#core/render/dom.js";
import { wordsFor } from "#core/render/words.js";
import { leftOutBy, NOT_APPLICABLE, ScoredGate, UNKNOWN } from "#core/scoring/gates.js";

/** @import { Assessment, Data, State } from "../types.js" */
/** @import { Key } from "../render/words.js" */
/** @import { Store } from "../state/store.js" */

/** How each kind is shown, in the order of the legend. @type {Map<Key, string>} */
const SIGNS = new Map([
  ["reason-met", "✓"],
  ["gate-unmet", "✗"],
  ["unknown", "?"],
  ["not-applicable", "–"],
  ["unanswered", "○"],
]);

/**
 * Mark the gates around an element.
 * @param {HTMLElement} element
 * @param {Data} data
 * @param {Store} store
 */
export function showOwn(element, data, store) {
  if (store.damaged && !document.querySelector("stagebook-quiz")) putBack(store);
  else new OwnAnswers(element, data, store).start();
}

/**
 * Leave what cannot be read where the next quiz finds it, says so, and offers it as a file.
 * @param {Store} store
 */
function putBack(store) {
  const { damaged, id, storage } = store;
  storage.set(store.keyOf(id), storage.get(damaged) ?? "");
  storage.remove(damaged);
}

class OwnAnswers {
  #data;
  #element;
  #gates;
  #key;
  #store;
  #t;
  #ui;

  /**
   * @param {HTMLElement} element
   * @param {Data} data
   * @param {Store} store
   */
  constructor(element, data, store) {
    this.#data = data;
    this.#element = element;
    this.#gates = new Map(data.gates.map((gate) => [gate.id, new ScoredGate(gate, data)]));
    this.#key = store.key("stagebook-own/1");
    this.#store = store;
    this.#t = wordsFor(data);
    this.#ui = parts(element);
  }

  /** Mark the gates now, and after each change, until the page is left. */
  start() {
    const ended = new AbortController();
    const paint = () => (this.#element.isConnected ? this.#paint() : ended.abort());
    this.#store.listen(paint, ended.signal);
    this.#ui.toggle.addEventListener("click", () => this.#toggle());
    if (this.#store.isUnread) this.#store.refresh();
    this.#paint();
  }

  /** Whether the reader has put the marks away. */
  get #isAway() {
    return this.#store.storage.get(this.#key) !== null;
  }

  #toggle() {
    if (this.#isAway) this.#store.storage.remove(this.#key);
    else this.#store.storage.set(this.#key, "away");
    this.#paint();
  }

  #paint() {
    const t = this.#t;
    const { assessment } = this.#store;
    const { legend, named, shown, toggle } = this.#ui;
    const isAway = this.#isAway;
    this.#element.hidden = !this.#isBegun;
    /** @type {Map<string, Key>} */
    const kinds = new Map();
    for (const [id, place] of this.#places()) {
      place.querySelector(":scope > .sb-mark")?.remove();
      if (this.#element.hidden || isAway) continue;
      const kind = kindOf(/** @type {ScoredGate} */ (this.#gates.get(id)).state(assessment));
      kinds.set(id, kind);
      place.prepend(this.#mark(kind));
    }
    shown.hidden = legend.hidden = isAway;
    write(named, nameOf(assessment, t("unnamed")));
    write(toggle, t(isAway ? "own-show" : "own-hide"));
    show(legend, ...this.#counts([...kinds.values()]));
  }

  /** Whether a gate that applies has an answer. */
  get #isBegun() {
    const { assessment } = this.#store;
    return [...this.#gates.values()].some(
      (gate) => gate.state(assessment).answer !== null && !leftOutBy(gate, assessment.profile),
    );
  }

  /**
   * Return the gates that are to be marked, each with its place: those of the map around the element, or of the page.
   * @returns {[string, HTMLElement][]}
   */
  #places() {
    const around = this.#element.closest(".sb-matrix") ?? document;
    /** @type {NodeListOf<HTMLElement>} */
    const places = around.querySelectorAll(".sb-gate-title, :is(li, td)[data-gate]");
    return [...places].flatMap((place) => {
      const id = place.dataset.gate ?? place.id;
      return this.#gates.has(id) ? [[id, place]] : [];
    });
  }

  /**
   * Return a mark: a sign to see, and a word for those who hear the page.
   * @param {Key} kind
   */
  #mark(kind) {
    const word = this.#t(kind);
    const { language, text } = this.#data;
    return el(
      "span",
      { class: `sb-mark sb-${kind}`, title: word, lang: text && language },
      el("span", { "aria-hidden": "true" }, SIGNS.get(kind)),
      el("span", { class: "sb-hidden" }, `${word}: `),
    );
  }

  /**
   * Return what the signs mean, and how many gates of the page have each.
   * @param {Key[]} kinds
   */
  #counts(kinds) {
    return [...SIGNS].flatMap(([kind, sign]) => {
      const n = kinds.filter((one) => one === kind).length;
      const mark = el("span", { class: `sb-mark sb-${kind}`, "aria-hidden": "true" }, sign);
      return n ? [el("li", {}, mark, `${this.#t(kind)}: ${n}`)] : [];
    });
  }
}

/**
 * Return which sign a gate gets.
 * @param {State} state
 * @returns {Key}
 */
function kindOf({ answer, is_open }) {
  if (answer === null) return "unanswered";
  if (answer === NOT_APPLICABLE || answer === UNKNOWN) return answer;
  return is_open ? "reason-met" : "gate-unmet";
}

/**
 * Return what tells an assessment from others.
 * @param {Assessment} assessment
 * @param {string} unnamed
 */
const nameOf = ({ subject, team, respondent, date }, unnamed) =>
  [subject || unnamed, team, respondent, date].filter(Boolean).join(" · ");
