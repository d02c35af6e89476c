/** Taking a roadmap elsewhere: as tasks, as a picture, on paper. */

import { act, save } from "#core/render/dom.js";
import { fileName } from "#extras/assessment/file-name.js";
import { printQuiz } from "#extras/parts/printing.js";
import { roadmapScene } from "../report/roadmap-picture.js";
import { RoadmapWords } from "../report/roadmap-words.js";
import { tasksOf, toCalendar, toGitHubCsv, toGitHubScript, toJiraCsv } from "../report/tasks.js";
import { savePicture } from "./picture-files.js";

/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { Store } from "../state/store.js" */
/** @import { Task } from "../report/tasks.js" */

export class RoadmapFiles {
  #names;
  #scorer;
  #store;
  #words;

  /**
   * Make the buttons of a roadmap take it elsewhere.
   * @param {Element | null} section holds the buttons, if the rubric has plays
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Store} store
   * @param {AbortSignal} signal
   */
  constructor(section, scorer, names, store, signal) {
    this.#names = names;
    this.#scorer = scorer;
    this.#store = store;
    this.#words = new RoadmapWords(scorer, names);
    const actions = {
      "github-script": () => this.#offer("sh", "text/x-shellscript", toGitHubScript),
      "github-csv": () => this.#offer("github.csv", "text/csv", toGitHubCsv),
      "jira-csv": () => this.#offer("jira.csv", "text/csv", toJiraCsv),
      calendar: () => {
        const calendar = (/** @type {Task[]} */ tasks) =>
          toCalendar(tasks, names, store.assessment, new Date());
        this.#offer("ics", "text/calendar", calendar);
      },
      "roadmap-svg": () => this.#offerPicture("svg"),
      "roadmap-png": () => this.#offerPicture("png"),
      "print-roadmap": () => printQuiz("roadmap"),
    };
    if (section) act(section, actions, signal);
  }

  get #result() {
    return this.#scorer.score(this.#store.assessment);
  }

  /**
   * Offer the tasks of the roadmap as a file.
   * @param {string} ending
   * @param {string} type
   * @param {(tasks: Task[], names: Names) => string} write
   */
  #offer(ending, type, write) {
    const { roadmap = [] } = this.#store.assessment;
    const tasks = tasksOf(roadmap, this.#result, this.#names);
    save(this.#fileName(ending), write(tasks, this.#names), type);
  }

  /** @param {"svg" | "png"} kind */
  #offerPicture(kind) {
    return savePicture(this.scene(), kind, this.#fileName(kind));
  }

  /** @param {string} ending */
  #fileName(ending) {
    return fileName(this.#names.data, this.#store.assessment, `roadmap.${ending}`);
  }

  /** Return the roadmap as a picture. */
  scene() {
    const { assessment } = this.#store;
    const phases = this.#words.phases(assessment, this.#result);
    return roadmapScene(this.#words.title(assessment), phases);
  }
}
