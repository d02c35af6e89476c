/** The pages of a quiz, and those of them that the reader is asked: questions, measures, sections. */

/** @import { Preferences } from "../state/preferences.js" */
/** @import { Form } from "./form.js" */
/** @import { Question } from "./question.js" */
/** @import { ShortestWay } from "./shortest.js" */

export class Path {
  /** The pages from the first to the result, of those that are asked. @type {HTMLElement[]} */
  pages = [];
  /** The shortest way to a result, once it is known. @type {ShortestWay | null} */
  shortest = null;
  /** @type {HTMLElement[]} */
  #all;
  /** @type {Map<Element | undefined, Question>} */
  #questions;
  #container;
  #form;
  #preferences;

  /**
   * @param {HTMLElement} container
   * @param {Form} form
   * @param {Preferences} preferences
   */
  constructor(container, form, preferences) {
    this.#container = container;
    this.#form = form;
    this.#preferences = preferences;
    this.#all = [
      .../** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll(".sb-step")),
    ];
    this.#questions = new Map(form.questions.map((question) => [question.page, question]));
  }

  get first() {
    return this.#all[0];
  }

  /**
   * Return the question that a page asks.
   * @param {Element | undefined} page
   */
  question(page) {
    return this.#questions.get(page);
  }

  /** Return the pages that ask a question. */
  get asked() {
    return this.pages.filter((page) => this.question(page));
  }

  /** The shortest way, where the reader takes it and it is known. */
  get way() {
    return this.#preferences.isShortest ? this.shortest : null;
  }

  /** How many questions may still come after those that are asked. */
  get left() {
    return this.way?.left ?? 0;
  }

  /** Show what the reader chose to be asked, and nothing else. */
  limit() {
    const measures = new Set();
    const { way } = this;
    const order = way?.order();
    for (const { page, gate } of this.#form.questions) {
      const isAsked = order ? order.includes(gate.id) : this.#preferences.asks(gate);
      page.hidden = !isAsked || this.#form.isLeftOut(gate);
      const isNumber = gate.measure?.points || !this.#preferences.isBrief;
      if (!page.hidden && isNumber) measures.add(gate.measure?.of);
    }
    for (const { page, measure } of this.#form.measures.pages) {
      if (page) page.hidden = !measures.has(measure);
    }
    this.#limitHeadings();
    this.pages = this.#all.filter((page) => !page.hidden && !page.matches(".sb-aside"));
    if (way) this.pages = way.arrange(this.pages, (page) => this.question(page)?.gate.id);
    this.#container.classList.toggle("sb-one", this.#preferences.oneAtATime);
  }

  /** A heading, and what is said below it, stands for the questions that follow. */
  #limitHeadings() {
    /** @type {HTMLElement[]} */
    let headings = [];
    for (const element of /** @type {HTMLElement[]} */ ([...this.#container.children])) {
      if (element.tagName === "H2") headings = [];
      if (element.matches("h2, .sb-area")) {
        headings.push(element);
        element.hidden = true;
      } else if (this.question(element) && !element.hidden) {
        for (const heading of headings) heading.hidden = false;
      }
    }
  }

  /**
   * Return the page with an id.
   * @param {string} id
   */
  find(id) {
    return this.#all.find((page) => page.id === id);
  }

  /**
   * Return the page that holds an element, and make sure that it is asked.
   * @param {Element} element
   */
  holding(element) {
    const page = this.#all.find((candidate) => candidate.contains(element));
    // A link to a question that is not asked just now asks everything again.
    if (page?.hidden) {
      this.#preferences.choose({ scope: "" });
      this.limit();
    }
    // What does not apply is not asked, wherever a link to it stands.
    return page?.hidden ? this.pages[0] : page;
  }

  /**
   * On the shortest way, leave a question without an answer where it is, and ask another one after it.
   * @param {HTMLElement} page
   */
  pass(page) {
    const question = this.question(page);
    if (this.way && question && !question.isAnswered()) {
      this.way.pass(question.gate.id);
      this.limit();
    }
  }

  /**
   * Return the next page that asks something, or the one before.
   * @param {HTMLElement} page
   * @param {1 | -1} direction
   * @returns {HTMLElement | undefined}
   */
  beside(page, direction) {
    const way = direction > 0 && this.way;
    if (way) this.pass(page);
    let at = this.pages.indexOf(page) + direction;
    // The shortest way goes on where it was left.
    if (way && this.question(this.pages[at])) {
      const last = /** @type {HTMLElement} */ (this.asked.at(-1));
      if (!this.question(page)) at = this.pages.indexOf(last);
    }
    // What a measure has answered need not be asked.
    while (direction > 0 && this.question(this.pages[at])?.isMeasured()) at += 1;
    return this.pages[at];
  }
}
