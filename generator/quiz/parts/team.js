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
   * @param {(text?: string) => string | null} keep returns, or sets, the text that this tab keeps of
   * the files; null where it keeps none
   */
  constructor(section, scorer, names, saved, keep) {
    this.#section = section;
    this.#ui = parts(section);
    this.#names = names;
    this.#saved = saved;
    this.#scorer = scorer;
    this.#keep = keep;
    for (const read of splitTeam(keep() ?? "", names.data)) {
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
   * @param {Member[]} members
   * @param {Team} team
   */
  #rows(members, { respondents }) {
    return members.map((member, index) => {
      const { respondent } = member.assessment;
      const number = this.#names.t("team-number", { n: index + 1 });
      const name = ((!this.#isHiding && respondent) || number).slice(0, MAX_NAME);
      return this.#row(member, name, respondents[index]);
    });
  }

  /**
   * @param {Member} member
   * @param {string} name
   * @param {Result} result
   */
  #row(member, name, result) {
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
    const about = el("small", {}, this.#about(member.assessment));
    const heading = el("th", { scope: "row" }, name, about);
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
    return this.#keep(text) === text;
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
    const refused = [];
    const unread = [];
    let n = 0;
    const { data, t } = this.#names;
    for (const file of [...chosen]) {
      for (const read of splitTeam(await textOfFile(file.slice(0, MAX_TEAM_BYTES)), data)) {
        if ("refused" in read) refused.push([`${file.name}: ${t(read.refused, read)}`]);
        else {
          this.#loaded.push(read);
          n++;
          const words = unreadWords(read.findings, t);
          if (words) unread.push([`${file.name}:${words}`]);
        }
      }
    }
    this.#ui.files.value = "";
    this.#paint();
    const words = t("team-added", { n, refused: refused.length });
    const lasts = t(this.#keepLoaded() ? "team-lasts-tab" : "team-lasts-page");
    show(this.#ui.said, words, list([...refused, ...unread]), n > 0 && el("p", {}, lasts));
  }
}
