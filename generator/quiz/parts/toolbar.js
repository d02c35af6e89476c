/** What stands above the questions: which assessment, what is asked and how, and how far it is. */

import { act, write } from "../render/dom.js";
import { download, plainName } from "./downloads.js";

/** @import { Result } from "../types.js" */
/** @import { Words } from "../render/words.js" */
/** @import { Pace } from "../state/pace.js" */
/** @import { Lasting } from "../state/places.js" */
/** @import { Preferences } from "../state/preferences.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Extras, ExtrasScript } from "../extras.js" */
/** @import { ExtraParts } from "./extra-parts.js" */
/** @import { Messages } from "./messages.js" */
/** @import { Question } from "./question.js" */

/** How long a download waits for its name, in milliseconds. */
const PATIENCE = 2_000;

export class Toolbar {
  #ui;
  #preferences;
  #store;
  #t;

  /**
   * @param {Record<string, HTMLInputElement>} ui
   * @param {Preferences} preferences
   * @param {Store} store
   * @param {Words} t
   */
  constructor(ui, preferences, store, t) {
    this.#ui = ui;
    this.#preferences = preferences;
    this.#store = store;
    this.#t = t;
  }

  /**
   * Do what its buttons say, until the signal ends it.
   * @param {HTMLElement} container
   * @param {ExtraParts<ExtrasScript, Extras>} extras name files and read them
   * @param {Messages} messages
   * @param {(scope: string) => void} ask is told which part of the questions to ask
   * @param {AbortSignal} signal
   */
  listen(container, extras, messages, ask, signal) {
    const { file, scope } = this.#ui;
    const actions = {
      download: () => this.#download(extras),
      load: () => file.click(),
      undo: () => messages.undo(),
      keep: () => this.#store.keep(),
    };
    act(container, actions, signal);
    const load = () =>
      extras.after((parts) => {
        if (parts) parts.files.load(file);
        else messages.say(extras.missing);
      });
    file.addEventListener("change", load, { signal });
    scope?.addEventListener("change", () => ask(scope.value), { signal });
  }

  /**
   * Offer the answers as a file, under a plain name where nobody comes in time to give it a better one.
   * @param {ExtraParts<ExtrasScript, Extras>} extras
   */
  #download(extras) {
    let isDone = false;
    const run = (/** @type {Extras | null} */ parts) => {
      if (isDone) return;
      isDone = true;
      download(this.#store, this.#store, parts?.nameFile ?? plainName);
    };
    extras.after(run);
    setTimeout(() => run(null), PATIENCE);
  }

  /**
   * Show how far the questions asked are answered, and where the answers are.
   * @param {Question[]} questions
   * @param {Result} result
   * @param {string} now the result so far, in words
   * @param {Pace} pace
   * @param {number} n how many questions the profile leaves out
   * @param {number} more how many may still come
   */
  paint(questions, result, now, pace, n, more) {
    const shown = questions.filter(({ page }) => !page.hidden);
    const asked = new Set(shown.map(({ gate }) => gate.id));
    const total = asked.size + more;
    const answered = [...asked].filter((id) => result.states.get(id)?.answer ?? null).length;
    const words = { answered, total, n: pace.minutes(total - answered) };
    const time = total > answered && this.#t("minutes-left", words);
    write(this.#ui.progress, [this.#t("answered", words), time].filter(Boolean).join(", "));
    write(this.#ui.now, now);
    const { left, named, scope } = this.#ui;
    if (left) {
      /** @type {HTMLElement} */ (left.parentElement).hidden = !n;
      write(left, this.#t("profile-left", { n }));
    }
    if (named) write(named, this.#about());
    if (scope) scope.value = this.#preferences.scope;
    this.#paintKept(answered > 0);
  }

  /** Return what names the open assessment. */
  #about() {
    const { subject, team, respondent, date } = this.#store.assessment;
    const about = [subject || this.#t("unnamed"), team, respondent, date];
    return about.filter(Boolean).join(" · ");
  }

  /**
   * Say where the answers are kept, and for how long.
   * @param {boolean} isBegun
   */
  #paintKept(isBegun) {
    const { damaged, state, storage } = this.#store;
    const isKept = storage.lasting === "browser";
    const isGone = state === "gone";
    const isRestored = state === "restored";
    const words = [
      isGone ? this.#t("lost") : isRestored && this.#t("purged"),
      ...(isKept ? this.#storedWords(isBegun) : this.#lastsWords()),
      damaged && this.#t("damaged"),
    ];
    const { kept, keep } = this.#ui;
    write(kept, words.filter(Boolean).join(" "));
    const isWarning = !isKept || isGone || isRestored || Boolean(damaged);
    kept.classList.toggle("sb-warning", isWarning);
    keep.hidden = !isGone;
  }

  /**
   * Say that answers are kept for good, and what some browsers make of that.
   * @param {boolean} isBegun
   */
  #storedWords(isBegun) {
    const { userAgent } = navigator;
    const isApart = location.protocol === "file:" && /firefox/i.test(userAgent);
    const isSafari = /safari/i.test(userAgent) && !/chrom|android/i.test(userAgent);
    return [
      this.#t(this.#store.unsaved.size || isBegun ? "saved" : "nothing-saved"),
      isApart && this.#t("saved-firefox"),
      isSafari && this.#t("saved-safari"),
    ];
  }

  /** Say why answers are not kept for good, and how long they last. */
  #lastsWords() {
    const { lasting, refused } = this.#store.storage;
    const place = /** @type {Exclude<Lasting, "browser">} */ (lasting);
    return [this.#t(refused ?? "full"), this.#t(`lasts-${place}`)];
  }

  /**
   * Mark the place where the reader is.
   * @param {NodeListOf<HTMLAnchorElement>} links
   * @param {HTMLElement} page
   */
  mark(links, page) {
    for (const link of links) {
      const isHere = this.#preferences.oneAtATime && link.hash === `#${page.id}`;
      link.setAttribute("aria-current", isHere ? "step" : "false");
    }
  }
}
