/** Where the reader is, and where the buttons below a page lead. */

import { show } from "../render/dom.js";

/** @import { Gate } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Preferences } from "../state/preferences.js" */
/** @import { Path } from "./path.js" */

export class Signpost {
  #ui;
  #names;
  #path;
  #preferences;
  #title = document.title;

  /**
   * @param {Record<string, HTMLElement>} ui `where` it says where, `nav` are the buttons
   * @param {Names} names
   * @param {Path} path
   * @param {Preferences} preferences
   */
  constructor(ui, names, path, preferences) {
    this.#ui = ui;
    this.#names = names;
    this.#path = path;
    this.#preferences = preferences;
  }

  /**
   * Put it on a page.
   * @param {HTMLElement} page
   * @param {boolean} isReturning whether the reader goes back to the list of answers
   */
  put(page, isReturning) {
    const { oneAtATime } = this.#preferences;
    const { back, check, going, nav, next, where } = this.#ui;
    const gate = this.#path.question(page)?.gate;
    const count = gate && this.#count(page);
    const { way } = this.#path;
    const more = gate && way ? [way.certain] : this.#about(gate);
    show(where, [count, ...more].filter(Boolean).join(" · "));
    page.prepend(where);
    // Directly behind the answers: what else one may say of a question stands below.
    const answers =
      page.querySelector(".sb-reason") ?? page.querySelector("[data-gate] .sb-choices");
    if (answers) answers.after(nav);
    else page.append(nav);
    where.hidden = !oneAtATime;
    nav.hidden = !oneAtATime && !isReturning;
    check.hidden = !isReturning;
    const { pages } = this.#path;
    const at = pages.indexOf(page);
    next.hidden = isReturning || at < 0 || at === pages.length - 1;
    back.hidden = isReturning || at < 1;
    going.hidden = !oneAtATime || !gate;
    document.title = oneAtATime && count ? `${count} – ${this.#title}` : this.#title;
  }

  /** @param {HTMLElement} page */
  #count(page) {
    const { asked, left: n, way } = this.#path;
    const words = { number: asked.indexOf(page) + 1, total: asked.length, n };
    this.#ui.where.style.setProperty("--done", String(words.number / (words.total + n)));
    return this.#names.t(way ? "question-left" : "question-of", words);
  }

  /**
   * Return the dimension of a gate, and the stage that it leads to.
   * @param {Gate | undefined} gate
   */
  #about(gate) {
    if (!gate) return [];
    const { dimension, stage } = gate;
    const leads = stage && this.#names.t("leads-to", { stage: this.#names.stage(stage) });
    return [this.#names.dimension(dimension), leads];
  }

  /**
   * Take it off the pages, and give the document its title back.
   * @param {Element} top where it stands before it is put on a page
   */
  takeOff(top) {
    document.title = this.#title;
    top.append(this.#ui.where, this.#ui.nav);
  }
}
