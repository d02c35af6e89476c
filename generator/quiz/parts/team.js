/** Several assessments side by side, in the page: files are read here and kept in memory alone. */

import { MAX_TEAM_BYTES, splitTeam, teamText } from "../assessment/team-file.js";
import { button, el, list, parts, save, show } from "../render/dom.js";
import { unreadWords } from "../report/misread-words.js";
import { ROLES, viewTeam } from "../team/view.js";
import { gateWords, joined } from "../team/words.js";

/**
 * @import { Assessment, GateView, Saved } from "../types.js"
 * @import { Names } from "../render/names.js"
 * @import { Scorer } from "../scoring/scorer.js"
 * @import { Taken } from "../assessment/team-file.js"
 * @import { Key, Words } from "../render/words.js"
 */
/** @typedef {Partial<Saved & Taken> & {assessment: Assessment}} Part who takes part, and as what */

/** How many gates are shown as the ones to discuss. */
const FIRST = 10;
const MAX_NAME = 100;

/**
 * Bring the team view to life in a section that holds `team_panel` of `team-panel.jinja`.
 *
 * Handlers are properties: where the section is brought to life again, the new ones replace them.
 * @param {HTMLElement} section
 * @param {Scorer} scorer
 * @param {Names} names
 * @param {Words} t
 * @param {() => Saved[]} own the assessments kept in this browser
 */
export function createTeam(section, scorer, names, t, own) {
  const { data } = scorer;
  const { add, all, apart, discuss, files, hide, keep, mine, people, said, shown } = parts(section);
  /** @type {Part[]} */
  let loaded = [];
  /** The own ones that take part. @type {Set<string | undefined>} */
  const ticked = new Set();

  /** Draw everything anew: the reader's own assessments may be others now. */
  function draw() {
    const labels = own().map(({ id, assessment: { subject, respondent, date } }) => {
      const change = () => {
        if (!ticked.delete(id)) ticked.add(id);
        paint();
      };
      const tick = el("input", { type: "checkbox", checked: ticked.has(id), on: { change } });
      const words = joined([subject, !hide.checked && respondent, date]) || data.title;
      return el("label", {}, tick, ` ${words.slice(0, MAX_NAME)}`);
    });
    mine.hidden = !labels.length;
    mine.replaceChildren(mine.firstElementChild, ...labels);
    paint();
  }

  function paint() {
    /** @type {Part[]} */
    const taken = [...own().filter(({ id }) => ticked.has(id)), ...loaded];
    const team = viewTeam(
      scorer,
      taken.map((one) => one.assessment),
    );
    const rows = taken.map((one, index) => {
      const { respondent, role = "", date, rubric } = one.assessment;
      const { overall, coverage } = team.respondents[index];
      const { gates, unanswered } = coverage;
      const number = t("team-number", { n: index + 1 });
      const name = ((!hide.checked && respondent) || number).slice(0, MAX_NAME);
      const known = ROLES.includes(role) ? t(/** @type {Key} */ (`team-${role}`)) : role;
      const remove = () => {
        ticked.delete(one.id);
        loaded = loaded.filter((other) => other !== one);
        draw();
        show(said, t("team-removed", { name }));
        said.focus();
      };
      const cells = [
        `${gates - unanswered}/${gates}`,
        names.place(overall),
        names.interval(overall),
        button("×", remove, { "aria-label": t("team-remove", { name }) }),
      ];
      const version = rubric?.version ?? data.version;
      const other = version !== data.version && t("team-version", { version });
      const about = el("small", {}, joined([known, date, other]).slice(0, MAX_NAME));
      const head = el("th", { scope: "row" }, name, about);
      return el("tr", {}, head, ...cells.map((cell) => el("td", {}, cell || "–")));
    });
    shown.hidden = !taken.length;
    show(people, ...rows);
    tell(discuss, team.discuss.slice(0, FIRST));
    tell(apart, team.apart.slice(0, FIRST));
    tell(all, team.gates);
    keep.onclick = () => {
      const came = taken.map((one) => one.came ?? one.assessment);
      save(`${data.id}-team.json`, teamText(data, came, hide.checked), "application/json");
    };
  }

  /**
   * @param {Element} place
   * @param {GateView[]} views
   */
  function tell(place, views) {
    const items = views.map((view) => {
      const words = el("small", {}, gateWords(view, names, t));
      return el("li", {}, names.gateLink(view.gate.id), words);
    });
    show(place, ...items);
  }

  /** @param {FileList} chosen */
  async function load(chosen) {
    const refused = [];
    const unread = [];
    let n = 0;
    for (const file of [...chosen]) {
      // What is too long is no JSON without its end; a folder can be dropped too: it has no text.
      const text = await file
        .slice(0, MAX_TEAM_BYTES)
        .text()
        .catch(() => "");
      for (const read of splitTeam(text, data)) {
        if ("refused" in read) refused.push([`${file.name}: ${t(read.refused, read)}`]);
        else {
          loaded.push(read);
          n++;
          const words = unreadWords(read.findings, t);
          if (words) unread.push([`${file.name}:${words}`]);
        }
      }
    }
    files.value = "";
    paint();
    show(said, t("team-added", { n, refused: refused.length }), list([...refused, ...unread]));
  }

  add.onclick = () => files.click();
  files.onchange = () => load(files.files);
  hide.onchange = () => {
    // The names of files may be those of people.
    show(said);
    draw();
  };
  section.ondragover = (event) => event.preventDefault();
  section.ondrop = (event) => {
    event.preventDefault();
    if (event.dataTransfer) load(event.dataTransfer.files);
  };
  return { draw };
}
