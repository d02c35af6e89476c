/** The votes of a room on gates, beside the answers that came in files. */

import { button, el, show, write } from "#core/render/dom.js";
import { NOT_APPLICABLE, UNKNOWN } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";
import { viewGate } from "#several/team/view.js";
import { gateWords } from "#several/team/words.js";

/** @import { Assessment, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Scorer } from "../scoring/scorer.js" */
/** @import { ScoredGate } from "../scoring/gates.js" */

export class Votes {
  /** The answers that were given in the room, in their order, by gate. @type {Map<string, string[]>} */
  #given = new Map();
  /** The id of the assessment on which they are. @type {string | undefined} */
  #about;
  /** @type {Assessment[]} */
  #assessments = [];
  /** @type {Result[]} */
  #results = [];
  #keep;
  #names;
  #scorer;

  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {(text?: string) => string | null} keep returns, or sets, the text that this tab keeps of
   * the votes; null where it keeps none
   */
  constructor(scorer, names, keep) {
    this.#scorer = scorer;
    this.#names = names;
    this.#keep = keep;
  }

  /**
   * Go on with the votes on an assessment, after a reload with those that the tab keeps; forget those
   * on another one.
   * @param {string} about its id
   */
  begin(about) {
    if (about === this.#about) return;
    const kept = this.#about === undefined ? readVotes(this.#keep(), about) : {};
    const gates = this.#scorer.gates.filter(({ id }) => Array.isArray(kept[id]));
    this.#given = new Map(
      gates.map(({ id, states }) => [id, kept[id].filter((answer) => states.has(answer))]),
    );
    this.#about = about;
    this.#keepGiven();
  }

  /** Keep the votes as long as the tab. */
  #keepGiven() {
    this.#keep(JSON.stringify({ about: this.#about, votes: Object.fromEntries(this.#given) }));
  }

  /**
   * Take the answers of those who sent files.
   * @param {Assessment[]} assessments
   */
  read(assessments) {
    this.#assessments = assessments;
    this.#results = assessments.map((assessment) => this.#scorer.score(assessment));
  }

  /**
   * Return the answers that a gate takes, in the order of their keys.
   * @param {ScoredGate} gate
   */
  answers({ scores }) {
    return [...scores.keys(), UNKNOWN, NOT_APPLICABLE];
  }

  /**
   * Return the votes on a gate.
   * @param {string} gate
   */
  of(gate) {
    return this.#given.get(gate) ?? [];
  }

  /**
   * Count a vote.
   * @param {string} gate
   * @param {string} answer
   */
  add(gate, answer) {
    this.#given.set(gate, [...this.of(gate), answer]);
    this.#keepGiven();
  }

  /**
   * Take back the last vote on a gate, or the last one for an answer; return for which it was.
   * @param {string} gate
   * @param {string} [answer]
   */
  takeBack(gate, answer) {
    const votes = [...this.of(gate)];
    const at = answer === undefined ? votes.length - 1 : votes.lastIndexOf(answer);
    const [taken] = at < 0 ? [] : votes.splice(at, 1);
    this.#given.set(gate, votes);
    this.#keepGiven();
    return taken;
  }

  /**
   * Return how the answers to a gate spread, those of the room and of the files.
   * @param {ScoredGate} gate
   */
  view(gate) {
    const votes = this.of(gate.id);
    const states = [
      ...this.#results.map((result) => get(result.states, gate.id)),
      ...votes.map((answer) => get(gate.states, answer)),
    ];
    const people = [...this.#assessments, ...votes.map(() => ({}))];
    return viewGate(gate, states, people, this.#scorer.scoring.team);
  }

  /**
   * Return the votes of the room and of the files in words, the most frequent answer first.
   * @param {ScoredGate} gate
   */
  words(gate) {
    const counts = this.view(gate).counts.sort(([, a], [, b]) => b - a);
    return counts.map(([answer, n]) => `${this.#names.answer(gate.id, answer)} ${n}`).join(", ");
  }

  /**
   * Draw a row for each answer: a button that counts a vote, how many there are, and one that takes back.
   * @param {Element} list
   * @param {ScoredGate} gate
   * @param {(answer: string, isMore: boolean) => void} vote
   */
  draw(list, gate, vote) {
    const { t } = this.#names;
    const files = new Map(
      this.answers(gate).map((answer) => [
        answer,
        this.#results.filter((result) => get(result.states, gate.id).answer === answer).length,
      ]),
    );
    const rows = this.answers(gate).map((answer, index) => {
      const name = this.#names.answer(gate.id, answer);
      const room = this.of(gate.id).filter((one) => one === answer).length;
      const sent = files.get(answer) ?? 0;
      const less = { "aria-label": t("vote-less", { answer: name }), disabled: !room };
      const label = t("vote-for", { key: index + 1, answer: name });
      return el(
        "li",
        { "data-answer": answer },
        button(label, () => vote(answer, true), { "data-key": `more ${answer}` }),
        el("b", {}, String(room + sent)),
        sent > 0 && el("small", {}, t("votes-sent", { n: sent })),
        button("−", () => vote(answer, false), { ...less, "data-key": `less ${answer}` }),
      );
    });
    show(list, rows);
  }

  /**
   * Say how far the answers agree.
   * @param {Element} element
   * @param {ScoredGate} gate
   */
  paintSpread(element, gate) {
    const { t } = this.#names;
    const view = this.view(gate);
    const given = view.counts.reduce((sum, [, n]) => sum + n, 0);
    const share = String(Math.round(100 * view.disagreement));
    const agreement = view.disagreement
      ? t("votes-differ", { share: t("percent", { share }) })
      : t("votes-agree");
    write(element, given > 1 ? `${agreement}\n${gateWords(view, this.#names, t)}` : "");
  }
}

/**
 * Return the votes, by gate, that a tab keeps on an assessment.
 * @param {string | null} text
 * @param {string} assessment its id
 * @returns {Record<string, string[]>}
 */
function readVotes(text, assessment) {
  try {
    const { about, votes } = JSON.parse(text ?? "");
    return about === assessment ? Object(votes) : {};
  } catch {
    return {};
  }
}
