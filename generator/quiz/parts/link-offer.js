/** An assessment in the address of the page: offered, and taken only when the reader says so. */

import { button, el } from "#core/render/dom.js";
import { settleRoute } from "#core/state/route.js";
import { countApplying } from "../report/left-out.js";
import { decodeLink } from "../state/link.js";

/** @import { Read } from "../assessment/file-reader.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Files } from "./files.js" */
/** @import { Messages } from "./messages.js" */

export class LinkOffer {
  #files;
  #messages;
  #names;
  #scorer;
  #showResult;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Files} files
   * @param {Messages} messages
   * @param {() => void} showResult goes to the result
   */
  constructor(scorer, names, files, messages, showResult) {
    this.#files = files;
    this.#messages = messages;
    this.#names = names;
    this.#scorer = scorer;
    this.#showResult = showResult;
  }

  /**
   * Offer the assessment in a link; one that cannot be taken is said to be so at once.
   * @param {string} link
   */
  async offer(link) {
    const read = await decodeLink(link, this.#names.data);
    if ("refused" in read) this.#take(read);
    else this.#ask(read);
  }

  /** @param {Exclude<Read, {refused: unknown}>} read */
  #ask(read) {
    const { data, t } = this.#names;
    const { assessment } = read;
    const { subject, team, date } = assessment;
    const { given: n } = countApplying(data, this.#scorer.score(assessment), assessment);
    const about = [subject || t("unnamed"), team, date].filter(Boolean).join(", ");
    const take = button(t("link-take"), () => this.#take(read));
    const leave = button(t("link-leave"), () => this.#close());
    this.#messages.ask(
      "link",
      el("p", {}, t("link-holds", { about, n })),
      el("div", { class: "sb-menu" }, take, leave),
    );
  }

  /** @param {Read} read */
  #take(read) {
    this.#close();
    this.#files.take(read, this.#names.t("link"));
    if (!("refused" in read)) this.#showResult();
  }

  #close() {
    settleRoute();
    this.#messages.ask("link");
  }
}
