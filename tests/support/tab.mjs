/**
 * A tab of a browser without a browser: happy-dom holds the page, a clock that the test moves holds
 * the time, and the scripts of the quiz run in it, made from the modules on disk.
 */

import { readFileSync } from "node:fs";
import { afterEach } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { ENTRIES, quiz } from "./quiz_scripts.mjs";

const { Window } = await import(pathToFileURL(quiz.resolve("happy-dom")).href);
const { run } = await import(
  process.env.STAGEBOOK_JS_COVERAGE ? "./quiz_modules.mjs" : "./quiz_bundle.mjs"
);

/** What `quiz_page.py` has written: pages and data of the small rubrics, by name. */
const PAGES = JSON.parse(readFileSync(process.env.STAGEBOOK_QUIZ_PAGES, "utf8"));
const KEY = "stagebook-assessment/1";

/** The text of a storage as all tabs of a browser see it; `mood` is "works", "blocked" or "full". */
export class Shelf {
  mood = "works";
  texts = new Map();

  /** Return the storage as the page of a tab gets it. */
  door(window) {
    const { texts } = this;
    const refuse = (name) => {
      throw new window.DOMException("refused", name);
    };
    const methods = {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, text) => {
        if (this.mood === "full") refuse("QuotaExceededError");
        texts.set(key, String(text));
      },
      removeItem: (key) => void texts.delete(key),
    };
    return new Proxy(methods, {
      get: (_, name) => (this.mood === "blocked" ? refuse("SecurityError") : methods[name]),
      ownKeys: () => [...texts.keys()],
      getOwnPropertyDescriptor: (_, value) => ({ value, enumerable: true, configurable: true }),
    });
  }
}

/** Timers, frames and `performance.now`: the test moves them. */
class Clock {
  now = 0;
  #due = new Map();
  #last = 0;

  set = (act, delay = 0) => {
    this.#due.set(++this.#last, { act, at: this.now + delay });
    return this.#last;
  };

  clear = (id) => void this.#due.delete(id);

  /** Let milliseconds pass, and do what falls due in them, in its order. */
  pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const [next] = [...this.#due]
        .filter(([, one]) => one.at <= end)
        .sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [id, { act, at }] = next;
      this.#due.delete(id);
      this.now = Math.max(this.now, at);
      act();
    }
    this.now = end;
  }
}

/** Tabs of the test that runs now. @type {Tab[]} */
const open = [];
afterEach(() => Promise.all(open.splice(0).map((tab) => tab.window.happyDOM.close())));

export class Tab {
  /**
   * Open the quiz of a small rubric.
   * @param {{local?: Shelf, session?: Shelf, rubric?: string, search?: string, hash?: string, one?: boolean, late?: boolean, scoring?: object}} how
   * `one` leaves one question at a time, as a reader gets it first; else all is on the page;
   * `late` leaves all scripts but the first away until `bring`; and `scoring` are other rules than those of the rubric
   */
  static async open({ local = new Shelf(), session = new Shelf(), ...how } = {}) {
    const { rubric = "sample", search = "", hash = "", one = false, late = false } = how;
    const { scoring = {} } = how;
    const tab = new Tab();
    const window = new Window({
      url: `https://stick.example/assess.html${search}${hash}`,
      settings: {
        enableJavaScriptEvaluation: true,
        suppressInsecureJavaScriptEnvironmentWarning: true,
        // No request leaves the machine: a script that is not there fails at once.
        disableJavaScriptFileLoading: true,
        navigation: { disableMainFrameNavigation: true },
      },
    });
    open.push(tab);
    Object.assign(tab, { window, document: window.document, local, session, rubric });
    tab.clock = new Clock();
    tab.#furnish();
    tab.document.write(PAGES[rubric].html);
    vm.runInContext(PAGES[rubric].data, window);
    Object.assign(Object.values(window.stagebookRubrics)[0].scoring, scoring);
    await run(window, late ? ["main.js"] : ENTRIES);
    // What comes with the page, and then what is made when there is time.
    await tab.settle();
    await tab.settle();
    if (!one) tab.click(tab.find("[data-act=all]"));
    return tab;
  }

  /** Let other scripts come, all of them if none is named. */
  async bring(names = ENTRIES.slice(1)) {
    await run(this.window, names);
  }

  /** Give the window what happy-dom lacks, and what the test moves. */
  #furnish() {
    const { clock, window } = this;
    const observers = new Map();
    this.observers = observers;
    const values = {
      ...{ setTimeout: clock.set, clearTimeout: clock.clear },
      requestAnimationFrame: (act) => clock.set(act, 16),
      cancelAnimationFrame: clock.clear,
      performance: { now: () => clock.now },
      structuredClone: (value) => window.JSON.parse(JSON.stringify(value)),
      ...{ CompressionStream, DecompressionStream },
      IntersectionObserver: class {
        constructor(look) {
          this.look = look;
        }

        observe(element) {
          observers.set(element, this.look);
        }

        disconnect() {}
      },
    };
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(window, name, { value, configurable: true, writable: true });
    }
    for (const name of ["local", "session"]) {
      const door = this[name].door(window);
      Object.defineProperty(window, `${name}Storage`, { get: () => door, configurable: true });
    }
    window.Element.prototype.scrollIntoView = () => {};
    // Stryker tells the code that it has changed there which of its changes is on.
    if (process.env.__STRYKER_ACTIVE_MUTANT__) window.process = process;
    this.#hushHistory();
  }

  /** Keep happy-dom from saying `hashchange` where a browser does not: after `pushState` and the like. */
  #hushHistory() {
    const { history, location } = this.window;
    const made = [];
    for (const how of ["pushState", "replaceState"]) {
      const act = history[how].bind(history);
      history[how] = (...entry) => {
        const { hash } = location;
        act(...entry);
        if (location.hash !== hash) made.push(location.href);
      };
    }
    this.window.addEventListener("hashchange", (event) => {
      const at = made.indexOf(event.newURL);
      if (at < 0) return;
      made.splice(at, 1);
      event.stopImmediatePropagation();
    });
  }

  /** Wait for promises, and for what is drawn a moment after a change. */
  async settle() {
    for (let n = 0; n < 5; n++) await new Promise((done) => setImmediate(done));
    this.clock.pass(1000);
  }

  /** Wait until something has come about, such as what a stream makes. */
  async until(check) {
    for (let n = 0; !check(); n++) {
      if (n > 5000) throw new Error(`never: ${check}`);
      await new Promise((done) => setTimeout(done, 1));
      this.clock.pass(1);
    }
    await this.settle();
  }

  /** Let the tab know that others have written, as browsers do. */
  hear(key = this.key()) {
    this.window.dispatchEvent(new this.window.StorageEvent("storage", { key }));
    this.clock.pass(1000);
  }

  /** Leave the page, and open it again in the same browser and tab. */
  async reload(how = {}) {
    this.leave();
    const { local, session, rubric } = this;
    return Tab.open({ local, session, rubric, one: true, ...how });
  }

  /** Return whether the page wants the reader to be asked before it is left. */
  asksBeforeLeaving() {
    const event = new this.window.Event("beforeunload", { cancelable: true });
    this.window.dispatchEvent(event);
    return event.defaultPrevented;
  }

  leave() {
    this.window.dispatchEvent(new this.window.Event("pagehide"));
  }

  /** Return the key under which the first assessment lies. */
  key() {
    return `/${KEY}.${this.rubric}`;
  }

  /** Return the assessment that is stored, the first one if none is named, without the mark of its text. */
  stored(id = "") {
    const text = this.local.texts.get(id ? `${this.key()}.${id}` : this.key());
    if (text === undefined) return null;
    const { mark: _, ...assessment } = JSON.parse(text);
    return assessment;
  }

  /** Return the keys of the assessments that are stored. */
  keys() {
    return [...this.local.texts.keys()].filter((key) => key.startsWith(this.key())).sort();
  }

  find(what) {
    const one = this.document.querySelector(what);
    if (!one) throw new Error(`nothing is ${what}`);
    return one;
  }

  /** Return the text of a place, blanks as one sees them; what is hidden is not read. */
  read(what) {
    const textOf = (node) => {
      if (node.nodeType === 3) return node.data;
      if (node.nodeType !== 1 || node.hidden) return "";
      const text = [...node.childNodes].map(textOf).join("");
      return /^(A|B|SMALL|SPAN|STRONG|EM)$/.test(node.tagName) ? text : ` ${text} `;
    };
    const place = typeof what === "string" ? this.find(what) : what;
    return textOf(place).replace(/\s+/g, " ").trim();
  }

  /** Return the words that say how far one is, and where the answers are. */
  head() {
    return ["progress", "now", "kept"].map((name) => this.read(`[data-el=${name}]`)).join(" | ");
  }

  said() {
    return this.read("[data-el=said]");
  }

  /** Scroll to a section: what is seen is drawn. */
  see(what) {
    const section = this.find(what);
    this.observers.get(section)([{ isIntersecting: true }]);
    this.clock.pass(1000);
    return this.read(section);
  }

  /** Return whether somebody would type here. To compare elements in a test prints all of the page. */
  hasFocus(element) {
    return this.document.activeElement === element;
  }

  /** Click something with the mouse. */
  click(element) {
    const { MouseEvent } = this.window;
    element.dispatchEvent(
      new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1, view: this.window }),
    );
    this.clock.pass(20);
  }

  /** Return a button or a link that can be pressed, by the words on it or for those who hear it. */
  control(words, within = "body") {
    const all = [...this.find(within).querySelectorAll("button, a")];
    const named = all.filter(
      (one) =>
        (one.getAttribute("aria-label") ?? this.read(one)) === words && !one.closest("[hidden]"),
    );
    if (!named.length) throw new Error(`nothing is called ${words}`);
    return named[0];
  }

  press(words, within) {
    this.click(this.control(words, within));
  }

  question(gate) {
    return this.find(`fieldset[data-gate="${gate}"]`);
  }

  choice(gate, answer) {
    return this.find(`fieldset[data-gate="${gate}"] input[value="${answer}"]`);
  }

  /** Answer a question with the mouse. */
  answer(gate, answer) {
    const radio = this.choice(gate, answer);
    radio.focus();
    this.click(radio);
  }

  /**
   * Choose with an arrow key what stands next among the choices of a question: a browser moves the
   * focus there and makes a click without a pointer.
   */
  arrow(gate, way = 1) {
    const radios = [...this.question(gate).querySelectorAll("input[type=radio]")];
    const at = Math.max(radios.indexOf(this.document.activeElement), 0);
    const next = radios[(at + way + radios.length) % radios.length];
    next.focus();
    next.click();
    this.clock.pass(20);
    return next.value;
  }

  /** Return the answer that shows as chosen. */
  answered(gate) {
    const radios = [...this.question(gate).querySelectorAll("input[type=radio]")];
    return radios.find((one) => one.checked)?.value ?? null;
  }

  /** Type into a field and stay in it. */
  type(what, text) {
    const field = typeof what === "string" ? this.find(what) : what;
    field.focus();
    field.value = text;
    field.dispatchEvent(new this.window.Event("input", { bubbles: true }));
    return field;
  }

  /** Type into a field and leave it. */
  fill(what, text) {
    const field = this.type(what, text);
    field.dispatchEvent(new this.window.Event("change", { bubbles: true }));
    field.blur();
    this.clock.pass(1000);
    return field;
  }

  /** Choose a file. */
  async load(name, text) {
    const input = this.find("[data-el=file]");
    const file = new this.window.File([text], name, { type: "application/json" });
    Object.defineProperty(input, "files", { value: [file], configurable: true });
    const said = this.find("[data-el=said]");
    said.textContent = "";
    input.dispatchEvent(new this.window.Event("change", { bubbles: true }));
    await this.until(() => said.textContent);
  }
}
