/** Several assessments side by side, in the page: files are read here and kept in memory alone. */

import { button, el, list, save, show } from "./dom.js";
import { viewTeam } from "./team.js";
import { MAX_TEAM_BYTES, splitTeam, teamText } from "./team-file.js";
import { joined, TeamWords } from "./team-words.js";

/**
 * @import { Assessment, GateView, Team } from "./types.js"
 * @import { Child } from "./dom.js"
 * @import { Names } from "./names.js"
 * @import { Scorer } from "./scoring.js"
 * @import { Refused, Taken } from "./team-file.js"
 * @import { Words } from "./words.js"
 */

/** How many gates are shown as the ones to discuss, and how many ids of a file. */
const FIRST = 10;

export class TeamPanel {
  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Words} t
   * @param {() => {id: string, assessment: Assessment}[]} own the assessments kept in this browser
   */
  constructor(scorer, names, t, own) {
    this.scorer = scorer;
    this.data = scorer.data;
    this.names = names;
    this.t = t;
    this.own = own;
    this.words = new TeamWords(scorer, names, t);
    /** @type {Taken[]} */
    this.loaded = [];
    /** All that take part. @type {(Taken & {id?: string})[]} */
    this.taken = [];
    this.team = viewTeam(scorer, []);
    /** The own ones that take part. @type {Set<string>} */
    this.ticked = new Set();
    const accept = ".json,application/json";
    const load = () => this.#load(this.files.files);
    const on = { change: load };
    this.files = el("input", { type: "file", multiple: true, accept, hidden: true, on });
    this.mine = el("div");
    this.said = el("div", { role: "status", tabindex: -1 });
    const conceal = () => {
      // The names of files may be those of people.
      show(this.said);
      this.draw();
    };
    this.hide = el("input", { type: "checkbox", on: { change: conceal } });
    this.people = el("div");
    this.spread = el("div");
    this.table = el("div");
    this.rest = el("details", { class: "sb-about" }, el("summary", {}, t("team-all")), this.table);
    this.rest.addEventListener("toggle", () => this.#drawAll());
    const hide = el("label", {}, this.hide, ` ${t("team-hide")}`);
    const keep = button(t("team-save"), () => this.#save());
    this.shown = el("div", {}, this.people, hide, keep, this.spread, this.rest);
    this.element = el(
      "section",
      { class: "sb-team", on: this.#dropping() },
      el("p", {}, t("team-lead")),
      button(t("team-add"), () => this.files.click()),
      this.files,
      this.mine,
      this.said,
      this.shown,
    );
    this.draw();
  }

  #dropping() {
    return {
      dragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
      drop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        this.#load(event.dataTransfer?.files);
      },
    };
  }

  /** Draw everything anew: the reader's own assessments may be others now. */
  draw() {
    const own = this.own().map(({ id, assessment }) => {
      const { subject, respondent, date } = assessment;
      const change = () => {
        if (!this.ticked.delete(id)) this.ticked.add(id);
        this.#paint();
      };
      const checked = this.ticked.has(id);
      const tick = el("input", { type: "checkbox", checked, on: { change } });
      const words = joined(subject, !this.hide.checked && respondent, date) || this.data.title;
      return el("label", {}, tick, ` ${words.slice(0, 200)}`);
    });
    const legend = el("legend", {}, this.t("team-own"));
    show(this.mine, own.length > 0 && el("fieldset", {}, legend, ...own));
    this.#paint();
  }

  #paint() {
    const mine = this.own().filter(({ id }) => this.ticked.has(id));
    const own = mine.map((one) => ({ ...one, came: one.assessment, unknown: [] }));
    this.taken = [...own, ...this.loaded];
    const said = this.taken.map((one) => one.assessment);
    this.team = viewTeam(this.scorer, said, this.hide.checked);
    this.shown.hidden = !said.length;
    show(this.people, this.#people(this.team));
    show(this.spread, ...this.#spread(this.team));
    this.#drawAll();
  }

  /** @param {FileList | null} [chosen] */
  async #load(chosen) {
    if (!chosen?.length) return;
    const { loaded, t } = this;
    const lines = [];
    let n = 0;
    for (const file of [...chosen]) {
      // A folder can be dropped too: it has no text.
      const text = file.size > MAX_TEAM_BYTES ? null : await file.text().catch(() => "");
      for (const read of splitTeam(text, this.data)) {
        lines.push([`${file.name}: ${this.#outcome(read)}`]);
        if ("refused" in read) continue;
        loaded.push(read);
        n++;
      }
    }
    this.files.value = "";
    this.#paint();
    const refused = lines.length - n;
    const folded = { class: "sb-about", open: refused > 0 };
    const files = el("details", folded, el("summary", {}, t("team-files")), list(lines));
    show(this.said, t("team-added", { n, refused }), files);
  }

  /** @param {Taken | Refused} read */
  #outcome(read) {
    if ("refused" in read) return this.t(read.refused, { found: read.found });
    const { unknown } = read;
    const ids = joined(...unknown.slice(0, FIRST), unknown.length > FIRST && "…");
    return this.t(ids ? "team-kept" : "team-loaded", { n: unknown.length, ids });
  }

  #save() {
    const came = this.taken.map((one) => one.came);
    const text = teamText(this.data, came, this.hide.checked);
    save(`${this.data.id}-team.json`, text, "application/json");
  }

  /** @param {number} index */
  #remove(index) {
    const one = this.taken[index];
    const name = this.words.name(this.team, index);
    this.ticked.delete(one.id ?? "");
    if (!one.id) this.loaded.splice(this.loaded.indexOf(one), 1);
    this.draw();
    show(this.said, this.t("team-removed", { name }));
    this.said.focus();
  }

  /** @param {Team} team */
  #people(team) {
    const { t, words } = this;
    const rows = team.respondents.map((one, index) => {
      const name = words.name(team, index);
      const version = String(this.taken[index].assessment.rubric?.version).slice(0, 20);
      const other = version !== this.data.version && t("team-version", { version });
      const about = joined(words.about(team, one), other);
      const remove = { "aria-label": t("team-remove", { name }) };
      return [
        [name, about && el("small", {}, about)],
        words.answered(one),
        words.stage(one.overall),
        words.score(one.overall),
        button("×", () => this.#remove(index), remove),
      ];
    });
    const keys = /** @type {const} */ (["respondent", "team-answered", "stage", "score"]);
    return table(t("team-people"), [...keys.map((key) => t(key)), ""], rows);
  }

  /**
   * @param {Team} team
   * @returns {Child[]}
   */
  #spread({ discuss, apart, respondents, gates }) {
    const { names, t, words } = this;
    const views = new Map(gates.map((view) => [view.gate, view]));
    const few = respondents.length < 2;
    const bar = (/** @type {GateView} */ view) => {
      const steps = words.steps(view).map((step) => el("i", { "data-step": step }));
      return el("span", { class: "sb-split", "aria-hidden": true }, ...steps);
    };
    const first = (/** @type {string[]} */ ids, /** @type {"ol" | "ul"} */ tag) => {
      const shown = ids.slice(0, FIRST).map((id) => /** @type {GateView} */ (views.get(id)));
      return list(
        shown.map((view) => [names.gateLink(view.gate), bar(view), ...this.#facts(view)]),
        tag,
      );
    };
    return [
      el("h3", {}, t("team-discuss")),
      el("p", {}, t(few ? "team-few" : discuss.length ? "team-note" : "team-agree")),
      first(discuss, "ol"),
      apart.length > 0 && el("h3", {}, t("team-apart")),
      first(apart, "ul"),
    ];
  }

  /**
   * @param {GateView} view
   * @returns {Child[]}
   */
  #facts(view) {
    const { words } = this;
    const small = [words.facts(view), words.roles(view)].filter(Boolean);
    return [words.distribution(view), ...small.map((text) => el("small", {}, text))];
  }

  #drawAll() {
    const gates = this.rest.open ? this.team.gates : [];
    const rows = gates.map((view) => [this.names.gateLink(view.gate), this.#facts(view)]);
    const { t } = this;
    show(this.table, table(t("team-all"), [t("team-gate"), t("team-answers")], rows));
  }
}

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {(Child | Child[])[][]} rows the first cell of each is its head
 */
function table(caption, heads, rows) {
  const cells = rows.map(([head, ...rest]) => [
    el("th", { scope: "row" }, ...[head].flat()),
    ...rest.map((one) => el("td", {}, ...[one || "–"].flat())),
  ]);
  const row = (/** @type {Child[]} */ made) => el("tr", {}, ...made);
  return el(
    "table",
    { class: "sb-answers" },
    el("caption", {}, caption),
    el("thead", {}, row(heads.map((text) => el(text ? "th" : "td", {}, text)))),
    el("tbody", {}, ...cells.map(row)),
  );
}
