/** What to look at again, in words: the twin of `stagebook/report/second_look.py`. */

/** @import { Diagnosis } from "../types.js" */
/** @import { Names } from "../render/names.js" */
/** @import { Section } from "./listing.js" */

/**
 * Return met gates that a ticked symptom contradicts, and those that require an unmet one.
 * @param {Names} names
 * @param {Diagnosis} diagnosis
 * @returns {Section[]}
 */
export function secondLook(names, { second_look, second_look_requires }) {
  const { t } = names;
  const looks = names.data.symptoms
    .map(({ id, looks_like, observation, disproof }) => ({
      text: [[looks_like, observation, disproof].filter(Boolean).join(" ")],
      below: second_look.filter(({ symptom }) => symptom === id).map(({ gate }) => [{ gate }]),
    }))
    .filter(({ below }) => below.length);
  const needs = second_look_requires.map(({ gate, requires }) => {
    const words = { gate: names.gate(gate), required: names.gate(requires) };
    return { text: [t("requires-line", words)] };
  });
  return [
    { title: "second-look", leads: looks.length ? [t("second-look-lead")] : [], entries: looks },
    {
      title: looks.length ? "" : "second-look",
      leads: needs.length ? [t("requires-lead")] : [],
      entries: needs,
    },
  ];
}
