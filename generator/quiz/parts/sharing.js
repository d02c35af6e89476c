/** Taking a result elsewhere: link, table, text, badge. */

import { act, el, parts, save, show } from "#core/render/dom.js";
import { fileName } from "#extras/assessment/file-name.js";
import { countApplying } from "#extras/report/left-out.js";
import { addressWith } from "#extras/state/link.js";
import { toBadge } from "../report/badge.js";
import { md, ResultMarkdown } from "../report/markdown.js";
import { toCsv } from "../report/table.js";
import { copy } from "./clipboard.js";

/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */

export class ShareBar {
  #ui;
  /** The text that the browser did not copy. @type {HTMLTextAreaElement | undefined} */
  #byHand;
  #markdown;
  #names;
  #scorer;
  #store;
  #what;

  /**
   * Make the buttons below a result take it elsewhere.
   * @param {Element} bar holds the buttons
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {string} what what the page asks: the full assessment, or less of it
   * @param {AbortSignal} signal
   */
  constructor(bar, scorer, names, store, what, signal) {
    this.#ui = parts(bar);
    this.#markdown = new ResultMarkdown(scorer, names);
    this.#names = names;
    this.#scorer = scorer;
    this.#store = store;
    this.#what = what;
    const actions = {
      "copy-link": () => this.#copyLink(),
      "copy-markdown": () => this.#copyMarkdown(),
      "copy-plan": () => this.#pass(this.#markdown.plan(store.assessment, this.#result)),
      csv: () => this.#offer("csv", "text/csv", toCsv(names, store.assessment, this.#result)),
      badge: () => this.#offerBadge(),
    };
    act(bar, actions, signal);
  }

  get #result() {
    return this.#scorer.score(this.#store.assessment);
  }

  async #copyLink() {
    const { address, private: notes } = this.#ui;
    const { assessment } = this.#store;
    const { data, t } = this.#names;
    // What was said of the last link is not said of this one before it is copied.
    this.#say("");
    address.value = await addressWith(assessment, data, notes.checked);
    address.hidden = false;
    if (await copy(address.value)) {
      this.#say(t(location.protocol === "file:" ? "link-copied-file" : "link-copied"));
    } else this.#offerByHand(address);
  }

  #copyMarkdown() {
    const { assessment } = this.#store;
    const { subject, date } = assessment;
    const about = [this.#names.data.title, subject, date].filter(Boolean).join(", ");
    const result = this.#markdown.whole(assessment, this.#result, this.#what);
    this.#pass(`## ${md(about)}\n\n${result}\n`);
  }

  #offerBadge() {
    const result = this.#result;
    const { overall } = result;
    const { gates: total, given } = countApplying(this.#names.data, result, this.#store.assessment);
    const value =
      this.#names.place(overall) ||
      (overall.so_far === null
        ? this.#names.t("answered", { answered: given, total })
        : this.#names.scored(overall.so_far));
    const badge = toBadge(`${this.#names.data.title}: ${value}`);
    this.#offer("svg", "image/svg+xml", badge);
  }

  /**
   * Offer text as a file.
   * @param {string} ending
   * @param {string} type
   * @param {string} text
   */
  #offer(ending, type, text) {
    save(fileName(this.#names.data, this.#store.assessment, ending), text, type);
  }

  /** @param {string} text */
  async #pass(text) {
    this.#byHand?.remove();
    if (await copy(text)) return this.#say(this.#names.t("copied"));
    this.#byHand = el("textarea", { readonly: true, rows: 6, class: "sb-by-hand" }, text);
    this.#byHand.ariaLabel = this.#names.t("by-hand");
    this.#ui.told.after(this.#byHand);
    this.#offerByHand(this.#byHand);
  }

  /**
   * Select what the browser did not copy, so that the reader can.
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   */
  #offerByHand(field) {
    this.#say(this.#names.t("not-copied"));
    field.focus();
    field.select();
  }

  /**
   * Say something where the press was; the same words are said anew each time.
   * @param {string} words
   */
  #say(words) {
    show(this.#ui.told, words);
  }
}
