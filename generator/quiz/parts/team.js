/** Several assessments side by side, in the page: files are read here and kept as long as the tab. */

import { button, el, list, parts, save, show } from "#core/render/dom.js";
import { textOfFile } from "#extras/assessment/file-reader.js";
import { countApplying } from "#extras/report/left-out.js";
import { unreadWords } from "#extras/report/misread-words.js";
import { MAX_TEAM_BYTES, splitTeam, teamText } from "../assessment/team-file.js";
import { ROLES, viewTeam } from "../team/view.js";
import { gateWords, joined } from "../team/words.js";

/**
 * @import { Assessment, GateView, Result, Saved, Team } from "../types.js"
 * @import { Taken } from "../assessment/team-file.js"
 * @import { Child } from "../render/dom.js"
 * @import { Names } from "../render/names.js"
 * @import { Key } from "../render/words.js"
 * @import { Scorer } from "../scoring/scorer.js"
 */
/** @typedef {Partial<Saved & Taken> & {assessment: Assessment}} Member who takes part, and as what */

/** How many gates are shown as the ones to discuss. */
const FIRST = 10;
const MAX_NAME = 100;

export class TeamPanel {
  /** Those that came in files. @type {Member[]} */
  #loaded = [];
  /** The ids of the reader's own that take part. @type {Set<string | undefined>} */
  #ticked = new Set();
  #section;
  #ui;
  #keep;
  #names;
  #saved;
  #scorer;

  /**
   * Bring the team view to life in a section that holds `team_panel` of `team-panel.jinja`.
   *
   * Handlers are properties: where the section is brought to life again, the new ones replace them.
   * @param {HTMLElement} section
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {() => Saved[]} saved the assessments kept in this browser
   * @param {(what: "group" | "hide", text?: string) => string | null} keep returns, or sets, the text
   * that this tab keeps of the files, or of whether names are hidden; null where it keeps none
   */
  constructor(section, scorer, names, saved, keep) {
    this.#section = section;
    this.#ui = parts(section);
    this.#names = names;
    this.#saved = saved;
    this.#scorer = scorer;
    this.#keep = keep;
    this.#ui.hide.checked ||= keep("hide") === "on";
    for (const read of splitTeam(keep("group") ?? "", names.data)) {
      if (!("refused" in read)) this.#loaded.push(read);
    }
    this.#listen();
  }

  #listen() {
    const { add, clear, files, hide, said } = this.#ui;
    clear.onclick = () => this.#clear();
    add.onclick = () => files.click();
    files.onchange = () => this.#load(files.files);
    hide.onchange = () => {
      this.#keep("hide", this.#isHiding ? "on" : "");
      // The names of files may be those of people.
      show(said);
      this.#paintAll();
    };
    this.#section.ondragover = (event) => event.preventDefault();
    this.#section.ondrop = (event) => {
      event.preventDefault();
      if (event.dataTransfer) this.#load(event.dataTransfer.files);
    };
  }

  /** Draw it with what is saved now; return false while somebody ticks in it. */
  draw() {
    if (this.#section.contains(document.activeElement)) return false;
    this.#paintAll();
    return true;
  }

  #paintAll() {
    const labels = this.#saved().map((saved) => this.#tickFor(saved));
    const { mine } = this.#ui;
    mine.hidden = !labels.length;
    mine.replaceChildren(mine.firstElementChild, ...labels);
    this.#paint();
  }

  /**
   * Make what lets one of the reader's own take part.
   * @param {Saved} saved
   */
  #tickFor({ id, assessment: { subject, respondent, date } }) {
    const change = () => {
      if (!this.#ticked.delete(id)) this.#ticked.add(id);
      this.#paint();
    };
    const checked = this.#ticked.has(id);
    const tick = el("input", { type: "checkbox", checked, on: { change } });
    const words = joined([subject, !this.#isHiding && respondent, date]) || this.#names.data.title;
    return el("label", {}, tick, ` ${words.slice(0, MAX_NAME)}`);
  }

  /** Whether the names of respondents are hidden. */
  get #isHiding() {
    return this.#ui.hide.checked;
  }

  /** @returns {Member[]} */
  get #members() {
    return [...this.#saved().filter(({ id }) => this.#ticked.has(id)), ...this.#loaded];
  }

  /** Return the assessments of those who take part. */
  get assessments() {
    return this.#members.map(({ assessment }) => assessment);
  }

  #paint() {
    const members = this.#members;
    const team = viewTeam(this.#scorer, this.assessments);
    const { all, apart, clear, discuss, keep, people, shown } = this.#ui;
    shown.hidden = !members.length;
    clear.hidden = !this.#loaded.length;
    show(people, this.#rows(members, team));
    this.#paintGates(discuss, team.discuss.slice(0, FIRST));
    this.#paintGates(apart, team.apart.slice(0, FIRST));
    this.#paintGates(all, team.gates);
    keep.onclick = () => this.#save(members);
  }

  /**
   * Return what somebody is called who takes part: a number where names are hidden, or without a name.
   * @param {Member[]} members
   * @param {number} index
   */
  #nameOf(members, index) {
    const { respondent } = members[index].assessment;
    const number = this.#names.t("team-number", { n: index + 1 });
    return ((!this.#isHiding && respondent) || number).slice(0, MAX_NAME);
  }

  /**
   * Return, for each, whom they repeat: words that say so, or no text.
   * @param {Member[]} members
   */
  #repeats(members) {
    /** @type {Map<string, number>} */
    const first = new Map();
    return members.map(({ assessment }, index) => {
      const { respondent, date } = assessment;
      const same = JSON.stringify(respondent ? [respondent, date ?? ""] : assessment);
      const earlier = first.get(same);
      if (earlier === undefined) {
        first.set(same, index);
        return "";
      }
      const name = this.#nameOf(members, earlier);
      return this.#names.t(respondent ? "team-repeats" : "team-same", { name });
    });
  }

  /**
   * @param {Member[]} members
   * @param {Team} team
   */
  #rows(members, { respondents }) {
    const repeats = this.#repeats(members);
    return members.map((member, index) => {
      const name = this.#nameOf(members, index);
      const about = joined([this.#about(member.assessment), repeats[index]]);
      return this.#row(member, name, about, respondents[index]);
    });
  }

  /**
   * @param {Member} member
   * @param {string} name
   * @param {string} about
   * @param {Result} result
   */
  #row(member, name, about, result) {
    const { overall } = result;
    const { place, score } = this.#ui;
    const { gates, given } = countApplying(this.#names.data, result, member.assessment);
    const label = this.#names.t("team-remove", { name });
    /** @type {Child[]} */
    const cells = [
      `${given}/${gates}`,
      ...(place ? [this.#names.place(overall)] : []),
      ...(score ? [this.#names.interval(overall)] : []),
      button("×", () => this.#remove(member, name), { "aria-label": label }),
    ];
    const heading = el("th", { scope: "row" }, name, el("small", {}, about));
    return el("tr", {}, heading, ...cells.map((cell) => el("td", {}, cell || "–")));
  }

  /**
   * Return the role of a respondent, the day, and the rubric's version if it is another.
   * @param {Assessment} assessment
   */
  #about({ role = "", date, rubric }) {
    const { data, t } = this.#names;
    const known = ROLES.includes(role) ? t(/** @type {Key} */ (`team-${role}`)) : role;
    const version = rubric?.version || data.version;
    const other = version !== data.version && t("team-version", { version });
    return joined([known, date, other]).slice(0, MAX_NAME);
  }

  /**
   * @param {Member} member
   * @param {string} name
   */
  #remove(member, name) {
    this.#ticked.delete(member.id);
    this.#loaded = this.#loaded.filter((loaded) => loaded !== member);
    this.#keepLoaded();
    this.#paintAll();
    const { said } = this.#ui;
    show(said, this.#names.t("team-removed", { name }));
    said.focus();
  }

  /** Put all files away. */
  #clear() {
    this.#loaded = [];
    this.#keepLoaded();
    this.#paintAll();
    const { said } = this.#ui;
    show(said, this.#names.t("team-cleared"));
    said.focus();
  }

  /** Keep the files as long as the tab; return whether it does. */
  #keepLoaded() {
    const came = this.#loaded.map((member) => member.came ?? member.assessment);
    const text = came.length ? teamText(this.#names.data, came, false) : "";
    return this.#keep("group", text) === text;
  }

  /**
   * Show what was said of gates.
   * @param {Element} element
   * @param {GateView[]} views
   */
  #paintGates(element, views) {
    const items = views.map((view) => {
      const words = el("small", {}, gateWords(view, this.#names, this.#names.t));
      return el("li", {}, this.#names.gateLink(view.gate.id), words);
    });
    show(element, ...items);
  }

  /** @param {Member[]} members */
  #save(members) {
    const { data } = this.#names;
    const came = members.map((member) => member.came ?? member.assessment);
    save(`${data.id}-team.json`, teamText(data, came, this.#isHiding), "application/json");
  }

  /** @param {FileList} chosen */
  async #load(chosen) {
    /** @type {{file: string, words: string}[]} */
    const refused = [];
    /** @type {{file: string, read: Taken}[]} */
    const taken = [];
    const { data, t } = this.#names;
    for (const file of [...chosen]) {
      for (const read of splitTeam(await textOfFile(file.slice(0, MAX_TEAM_BYTES)), data)) {
        if ("refused" in read) refused.push({ file: file.name, words: t(read.refused, read) });
        else taken.push({ file: file.name, read });
      }
    }
    this.#loaded.push(...taken.map(({ read }) => read));
    this.#ui.files.value = "";
    this.#paint();
    const n = taken.length;
    const words = t("team-added", { n, refused: refused.length });
    const lasts = t(this.#keepLoaded() ? "team-lasts-tab" : "team-lasts-page");
    const notes = [
      // The names of files may be those of people.
      ...refused.map(({ file, words }) => (this.#isHiding ? words : `${file}: ${words}`)),
      ...this.#notesOn(taken),
    ];
    show(this.#ui.said, words, list(notes.map((note) => [note])), n > 0 && el("p", {}, lasts));
  }

  /**
   * Return what is said of files that were taken: what is not understood in them, and whom they repeat.
   * @param {{file: string, read: Taken}[]} taken
   */
  #notesOn(taken) {
    const members = this.#members;
    const repeats = this.#repeats(members);
    const places = new Map(members.map((member, index) => [member, index]));
    return taken.flatMap(({ file, read }) => {
      const index = places.get(read) ?? 0;
      const who = this.#isHiding ? this.#nameOf(members, index) : file;
      const unread = unreadWords(read.findings, this.#names.t);
      const again = repeats[index] && ` ${repeats[index]}.`;
      return [unread, again].filter(Boolean).map((words) => `${who}:${words}`);
    });
  }
}
