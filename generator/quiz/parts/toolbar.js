/** What stands above the questions: which assessment, what is asked and how, and how far it is. */

import { fileName } from "../assessment/file-name.js";
import { MAX_BYTES, readFile, today, withToday } from "../assessment/reader.js";
import { act, save, show, write } from "../render/dom.js";
import { firstOf, unreadWords } from "../report/misread-words.js";

/** @import { Assessment, Quiz } from "../types.js" */
/** @import { Child } from "../render/dom.js" */
/** @import { Form } from "./form.js" */
/** @import { Journey } from "./navigation.js" */
/** @typedef {ReturnType<typeof makeHead>} Head */

/** Words for how long answers last that the browser does not keep for good. */
const LASTS = /** @type {const} */ ({
  tab: "lasts-tab",
  page: "lasts-page",
  memory: "lasts-memory",
});

/**
 * @param {Quiz} quiz
 * @param {Form} form
 * @param {Journey} journey
 */
export function makeHead(quiz, form, journey) {
  const { container, data, signal, store, t, ui, view } = quiz;
  const places = /** @type {NodeListOf<HTMLAnchorElement>} */ (
    container.querySelectorAll(".sb-places a")
  );
  /** The way back from what was said last. @type {(() => void) | null | undefined} */
  let way;

  const head = {
    ...{ ask, download, take },
    go: journey.go,

    /**
     * Say something, with a way back from it if there is one.
     * @param {string} words
     * @param {(() => void) | null} [undo]
     */
    say(words, undo) {
      way = undo;
      write(ui.said, words);
      ui.undo.hidden = !undo;
      if (undo) ui.undo.focus();
    },

    /**
     * Open a copy of an assessment, dated today.
     * @param {Assessment} assessment
     */
    copy: (assessment) => store.add({ ...structuredClone(assessment), date: today() }),

    /**
     * Show how far the questions asked are answered, and where the answers are.
     * @param {string} now the result so far, in words
     */
    paint(now) {
      const asked = new Set(
        form.questions.flatMap((one) => (one.element.hidden ? [] : one.gate.id)),
      );
      const total = asked.size;
      const answered = [...asked].filter((id) => quiz.result.states.get(id)?.answer ?? null).length;
      const words = { answered, total, n: view.minutes(total - answered) };
      const left = total > answered && `, ${t("minutes-left", words)}`;
      write(ui.progress, t("answered", words) + (left || ""));
      write(ui.now, now);
      const { subject, team, respondent, date } = store.assessment;
      const about = [subject || t("unnamed"), team, respondent, date].filter(Boolean);
      if (ui.named) write(ui.named, about.join(" · "));
      if (ui.scope) ui.scope.value = view.scope;
      paintKept(answered);
    },

    /** Mark the place where the reader is. */
    mark() {
      for (const link of places) {
        const here = view.one && link.hash === `#${journey.current.id}`;
        link.setAttribute("aria-current", here ? "step" : "false");
      }
    },
  };
  act(
    container,
    {
      download: () => download(store.assessment),
      load: () => ui.file.click(),
      undo() {
        const back = way;
        head.say(t("undone"));
        back?.();
        ui.said.focus();
      },
      rescue: () => save(`${data.id}.txt`, store.storage.get(store.damaged) ?? "", "text/plain"),
      keep: () => store.keep(),
    },
    signal,
  );
  ui.file.addEventListener("change", async () => {
    const [file] = ui.file.files ?? [];
    if (!file) return;
    const { name, size } = file;
    // A larger file is refused unread.
    const text = size > MAX_BYTES ? " ".repeat(MAX_BYTES + 1) : await file.text();
    ui.file.value = "";
    take(readFile(text, data), name);
  });
  ui.scope?.addEventListener("change", () => journey.ask(ui.scope.value));
  return head;

  /** @param {number} answered */
  function paintKept(answered) {
    const { damaged, state, storage, unsaved } = store;
    const { userAgent } = navigator;
    const { lasting } = storage;
    const stored = lasting === "browser";
    const apart = location.protocol === "file:" && /firefox/i.test(userAgent);
    const safari = /safari/i.test(userAgent) && !/chrom|android/i.test(userAgent);
    const words = [
      state === "gone" ? t("lost") : state === "restored" && t("purged"),
      stored ? t(unsaved || answered ? "saved" : "nothing-saved") : t(storage.refused ?? "full"),
      !stored && t(LASTS[lasting]),
      stored && apart && t("saved-firefox"),
      stored && safari && t("saved-safari"),
      damaged && t("damaged"),
    ];
    write(ui.kept, words.filter(Boolean).join(" "));
    const isWarning = !stored || state === "gone" || state === "restored" || Boolean(damaged);
    ui.kept.classList.toggle("sb-warning", isWarning);
    ui.rescue.hidden = !damaged;
    ui.keep.hidden = state !== "gone";
  }

  /**
   * Offer an assessment as a file.
   * @param {Assessment} assessment
   */
  function download(assessment) {
    const file = withToday(assessment, data);
    save(fileName(data, file, "json"), `${JSON.stringify(file, null, 2)}\n`, "application/json");
    if (assessment === store.assessment) store.unsaved = false;
  }

  /**
   * Open an assessment that came from elsewhere, beside those that are here.
   * @param {ReturnType<typeof readFile>} read
   * @param {string} file what it came from
   */
  function take(read, file) {
    if ("refused" in read) return head.say(t(read.refused, read));
    const { assessment, unknown, findings } = read;
    const { id } = store;
    const text = JSON.stringify(assessment);
    const same = store.saved().find((one) => JSON.stringify(one.assessment) === text);
    if (same) {
      store.open(same.id);
      return head.say(t("was-here", { file }));
    }
    store.add(assessment);
    const added = store.id;
    const words = t(unknown.length ? "was-loaded-unknown" : "was-loaded", {
      ...{ file, ids: firstOf(unknown), n: unknown.length },
    });
    head.say(words + unreadWords(findings, t), () => {
      store.remove(added);
      store.open(id);
    });
  }

  /**
   * Show a notice that asks for a decision; without content it goes.
   * @param {"link" | "rubric"} subject
   * @param {...Child} content
   */
  function ask(subject, ...content) {
    ui[subject].hidden = !content.length;
    show(ui[subject], ...content);
  }
}
