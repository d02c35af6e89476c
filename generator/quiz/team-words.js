/** A team view in words: the twin of `TeamWords` in `stagebook/team_words.py`. */

import { LEADER, PRACTITIONER, placeOf } from "./team.js";

/** @import { GateView, Respondent, Result, Team } from "./types.js" */
/** @import { Names } from "./names.js" */
/** @import { Scorer } from "./scoring.js" */
/** @import { Words } from "./words.js" */

const MAX_NAME = 100;
/** Where an answer is drawn that a measure scores by points. */
const MIDDLE = 0.5;

/** @param {...(string | false | null | undefined)} words */
export const joined = (...words) => words.filter(Boolean).join(", ");

export class TeamWords {
  /**
   * @param {Scorer} scorer
   * @param {Names} names
   * @param {Words} t
   */
  constructor(scorer, names, t) {
    this.bands = scorer.scoring.bands?.of ?? [];
    this.gates = new Map(scorer.gates.map((gate) => [gate.id, gate]));
    this.names = names;
    this.t = t;
  }

  /**
   * Return the name of a respondent, or a number where there is none to show.
   * @param {Team} team
   * @param {number} index
   */
  name({ respondents }, index) {
    return respondents[index].name.slice(0, MAX_NAME) || this.t("team-number", { n: index + 1 });
  }

  /**
   * Return the role and the date of a respondent, as far as they are known.
   * @param {Team} team
   * @param {Respondent} respondent
   */
  about(team, { role, date, repeats }) {
    const { t } = this;
    const practitioner = role === PRACTITIONER && t("team-practitioner");
    return joined(
      role === LEADER ? t("team-leader") : practitioner || role.slice(0, MAX_NAME),
      date.slice(0, MAX_NAME),
      repeats !== null && t("team-repeats", { name: this.name(team, repeats - 1) }),
    );
  }

  /**
   * Return how many gates a respondent answered, `unknown` and `not-applicable` included.
   * @param {Respondent} respondent
   */
  answered({ coverage: { gates, unanswered } }) {
    return `${gates - unanswered}/${gates}`;
  }

  /**
   * Return the stage or band that an assessment reaches, or the two between which it lies.
   * @param {Result["overall"]} overall
   */
  stage(overall) {
    return this.#range(this.#title(overall, "low"), this.#title(overall, "high"));
  }

  /**
   * Return the overall score so far, with what it may still become.
   * @param {Result["overall"]} overall
   */
  score(overall) {
    const [low, high, now] = [overall.low, overall.high, overall.so_far].map((number) =>
      number === null ? "" : this.names.score(number),
    );
    const range = this.#range(low, high);
    return now && low !== high ? `${now} (${range})` : range;
  }

  /**
   * @param {string} low
   * @param {string} high
   */
  #range(low, high) {
    return low === high ? low : this.t("range", { low, high });
  }

  /**
   * @param {Result["overall"]} overall
   * @param {"low" | "high"} which
   */
  #title({ stage, bands }, which) {
    const band = this.bands.find((one) => one.id === bands[which]);
    return this.names.stage(stage[which]) || (band?.label ?? "");
  }

  /**
   * Return how often each answer was given.
   * @param {GateView} view
   */
  distribution({ gate, counts }) {
    return joined(
      ...counts.map(([answer, count]) => `${count} × ${this.names.answer(gate, answer)}`),
    );
  }

  /**
   * Return each answer's step of five, from the lowest of its scale to the highest.
   * @param {GateView} view
   */
  steps({ gate, counts }) {
    const scored = this.gates.get(gate);
    return counts.flatMap(([answer, count]) => {
      const state = scored?.states.get(answer);
      const place = scored && state ? placeOf(scored, state) : MIDDLE;
      return Array(count).fill(place === null ? null : 1 + Math.floor(place * 4));
    });
  }

  /**
   * Return how many answered a gate, the median and the spread.
   * @param {GateView} view
   */
  facts({ gate, counts, answers, n, lowest, median, highest }) {
    const answered = counts.reduce((sum, [, count]) => sum + count, 0);
    const facts = [this.t("answered", { answered, total: answers.length })];
    if (lowest !== null && median !== null && highest !== null) {
      facts.push(this.t("team-median", { n, median: this.place(gate, median) }));
      const words = { low: this.place(gate, lowest), high: this.place(gate, highest) };
      if (lowest < highest) facts.push(this.t("team-spread", words));
    }
    return joined(...facts);
  }

  /**
   * Return the medians of leaders and practitioners, or nothing where one is missing.
   * @param {GateView} view
   */
  roles({ gate, roles }) {
    const [leader, practitioner] = [LEADER, PRACTITIONER].map((role) => {
      const median = roles.find((one) => one.role === role)?.median ?? null;
      return median === null ? "" : this.place(gate, median);
    });
    return leader && practitioner && this.t("team-roles", { leader, practitioner });
  }

  /**
   * Return a place on a gate's scale in the words of its answers.
   * @param {string} id
   * @param {number} place
   */
  place(id, place) {
    const gate = this.gates.get(id);
    if (!gate?.scores.size) return `${Math.round(place * 100)}%`;
    const places = [...gate.scores].map(([answer, score]) => ({
      word: this.names.answer(id, answer),
      at: placeOf(gate, { answer, score }) ?? 0,
    }));
    places.sort((a, b) => a.at - b.at);
    const above = places.findIndex((one) => one.at >= place);
    const high = places[above];
    if (high.at === place) return high.word;
    return this.t("stage-between", { low: places[above - 1].word, high: high.word });
  }
}
