/** The list of the assessments of a rubric that this browser keeps: what is in it, and changes to it. */

import { emptyAssessment, FORMAT } from "#core/assessment/record.js";
import { newId } from "#core/state/store.js";
import { adopt } from "../assessment/reader.js";

/** @import { Assessment, Saved } from "../types.js" */
/** @import { Store } from "./store.js" */

/** Where an assessment without a date stands among the others: with the newest. */
const UNDATED = "9999";

export class AssessmentList {
  #store;

  /** @param {Store} store keeps them */
  constructor(store) {
    this.#store = store;
  }

  /** Return the assessments kept here, the newest first. */
  saved() {
    const first = this.#store.key(FORMAT);
    const keys = this.#store.storage.keys().filter((key) => this.#store.owns(key));
    const ids = keys.map((key) => key.slice(first.length + 1));
    if (!ids.includes(this.#store.id) && !isBlank(this.#store.assessment)) ids.push(this.#store.id);
    const saved = ids.flatMap((id) => {
      const assessment = this.#peek(id);
      return assessment ? [{ id, assessment }] : [];
    });
    const dateOf = (/** @type {Saved} */ { assessment }) => assessment.date || UNDATED;
    return saved.sort((a, b) => dateOf(b).localeCompare(dateOf(a)) || a.id.localeCompare(b.id));
  }

  /**
   * Return the assessments of this rubric that other places on this host keep, such as other versions
   * of this site, each with the path of its site. A page from a file has no place of its own.
   * @returns {{root: string, assessment: Assessment}[]}
   */
  elsewhere() {
    const { data, prefix, storage, texts } = this.#store;
    return storage.keys().flatMap((key) => {
      const [root, rest] = key.split(`${FORMAT}.${data.id}`);
      if (!root.startsWith("/") || root === prefix || !/^(\.|$)/.test(rest ?? "-")) return [];
      const assessment = texts.read(storage.get(key) ?? "");
      return assessment && !isBlank(assessment) ? [{ root, assessment }] : [];
    });
  }

  /**
   * Store an assessment.
   * @param {string} id
   * @param {Assessment} assessment
   */
  #put(id, assessment) {
    const { storage, texts, unsaved } = this.#store;
    const key = this.#store.keyOf(id);
    storage.set(key, texts.write(assessment));
    unsaved.add(key);
  }

  /**
   * Return an assessment that is kept here; null where there is none, or nothing that can be read.
   * @param {string} id
   */
  #peek(id) {
    const store = this.#store;
    if (id === store.id) return store.assessment;
    return store.texts.read(store.storage.get(store.keyOf(id)) ?? "") ?? null;
  }

  /**
   * Open a new assessment beside the others; an open one without content gives way.
   * @param {Assessment} [assessment]
   */
  add(assessment = emptyAssessment(this.#store.data)) {
    this.#store.flush();
    const id = isBlank(this.#store.assessment) ? this.#store.id : newId();
    if (!isBlank(assessment)) this.#put(id, assessment);
    this.#store.open(id);
  }

  /**
   * Name an assessment, open or not.
   * @param {string} id
   * @param {Partial<Assessment>} values
   */
  rename(id, values) {
    if (id === this.#store.id) {
      return this.#store.change((a) => Object.assign(a, values), { all: true, list: true });
    }
    const assessment = this.#peek(id);
    if (assessment) this.#put(id, { ...assessment, ...values });
    this.#store.relist();
  }

  /**
   * Delete an assessment; the one deleted last can be brought back, after a reload too. One that
   * another tab has deleted before stays the one that can.
   * @param {string} id
   */
  remove(id) {
    this.#store.flush();
    const assessment = this.#peek(id);
    if (assessment) {
      this.#store.storage.set(this.#binKey(), JSON.stringify({ id, assessment }));
    }
    this.#store.storage.remove(this.#store.keyOf(id));
    this.#store.unsaved.delete(this.#store.keyOf(id));
    if (id !== this.#store.id) return this.#store.relist();
    this.#store.assessment = emptyAssessment(this.#store.data);
    this.#store.open(this.saved()[0]?.id ?? "");
  }

  /**
   * Return the assessment deleted last, if it can be brought back.
   * @returns {Saved | null}
   */
  removed() {
    try {
      return JSON.parse(this.#store.storage.get(this.#binKey()) ?? "null");
    } catch {
      return null;
    }
  }

  /**
   * Bring back the assessment deleted last; return its id, or nothing if there is none.
   * @param {boolean} [opens] whether it is opened
   */
  restore(opens) {
    const removed = this.removed();
    if (!removed) return;
    const isFree = this.#store.storage.get(this.#store.keyOf(removed.id)) === null;
    const id = isFree ? removed.id : newId();
    this.#put(id, adopt(Object(removed.assessment), this.#store.data));
    this.#store.storage.remove(this.#binKey());
    this.#store.open(opens ? id : this.#store.id);
    return id;
  }

  #binKey() {
    return this.#store.key("stagebook-deleted/1");
  }
}

/**
 * Return whether nothing was said yet.
 * @param {Assessment} assessment
 */
function isBlank({ answers, measures, profile, roadmap = [], symptoms = [], ...more }) {
  const ids = Object.keys({ ...answers, ...measures, ...profile });
  const { subject, team, respondent, role, believed_stage, target_stage, unread } = more;
  const named = [subject, team, respondent, role, believed_stage, target_stage];
  return ![...ids, ...symptoms, ...roadmap, ...named, unread].some(Boolean);
}
