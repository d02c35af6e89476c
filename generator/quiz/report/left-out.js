/** What the profile leaves out, in words: the gates by the answer that says they do not apply. */

import { leftOutBy, NOT_APPLICABLE } from "#core/scoring/gates.js";
import { get } from "#core/scoring/intervals.js";

/** @import { Assessment, Data, Result } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Section } from "./listing.js" */
/**
 * An answer to a question of the profile, in words, and the gates that it leaves out.
 * @typedef {{text: string, question: string, gates: string[]}} LeftOut
 */

/**
 * Return the answers that leave gates out, in the order of the profile.
 * @param {Assessment} assessment
 * @param {Names} names
 * @returns {LeftOut[]}
 */
export const leftOutByProfile = ({ profile }, names) =>
  names.data.profile
    .map(({ id, question }) => ({
      ...{ question, text: profileWords(id, profile?.[id], names) },
      gates: names.data.gates.filter((gate) => leftOutBy(gate, profile) === id),
    }))
    .filter(({ gates }) => gates.length)
    .map((one) => ({ ...one, gates: one.gates.map(({ id }) => id) }));

/**
 * Return why the profile leaves a gate out; no text where it does not.
 * @param {string} gate
 * @param {Assessment} assessment
 * @param {Names} names
 */
export function profileReason(gate, { profile }, names) {
  const record = names.gates.get(gate);
  const question = record && leftOutBy(record, profile);
  return question ? profileWords(question, profile?.[question], names) : "";
}

/**
 * Return a question of the profile with its answer.
 * @param {string} id
 * @param {string | undefined} answer
 * @param {Names} names
 */
function profileWords(id, answer, names) {
  const asked = names.data.profile.find((one) => one.id === id);
  return `${asked?.question} ${answerWords(id, answer, names)}`;
}

/**
 * Return the answer to a question of the profile in its words; no text where there is none.
 * @param {string} id
 * @param {string | undefined} answer
 * @param {Names} names
 */
export function answerWords(id, answer, names) {
  const asked = names.data.profile.find((one) => one.id === id);
  return asked?.choices.find((choice) => choice.id === answer)?.label ?? "";
}

/**
 * Return the gates that do not apply: by the answer of the profile, the others with their reasons.
 * @param {Assessment} assessment
 * @param {Result} result
 * @param {Names} names
 * @returns {Section}
 */
export function leftOutSection({ answers = {}, profile }, { states }, names) {
  const byProfile = leftOutByProfile({ profile }, names).map(({ text, gates }) => ({
    text: [`${text}: `, ...gates.flatMap((gate, at) => [at > 0 ? "; " : "", { gate }])],
  }));
  const others = [...states]
    .filter(([, { answer }]) => answer === NOT_APPLICABLE)
    .filter(([id]) => !leftOutBy(get(names.gates, id), profile))
    .map(([gate]) => ({
      text: [{ gate }, `: ${answers[gate]?.reason || names.t("no-reason")}`],
    }));
  return { title: "left-out", isAside: true, entries: [...byProfile, ...others] };
}

/**
 * Count the gates that apply, and how they were answered; `n` gates are left out by the profile.
 * @param {Data} data
 * @param {Result} result
 * @param {Assessment} assessment
 */
export function countApplying(data, { coverage }, { profile }) {
  const n = data.gates.filter((gate) => leftOutBy(gate, profile)).length;
  const gates = coverage.gates - n;
  const not_applicable = coverage.not_applicable - n;
  return { ...coverage, n, gates, not_applicable, given: gates - coverage.unanswered };
}
