/** What an assessment says of records that the rubric does not have. */

import { knownTo } from "#extras/assessment/values.js";

/** @import { Assessment, Data } from "../types.js" */

/**
 * Remove from an assessment what the rubric does not have; other kinds of records may have the same ids.
 * @param {Assessment} assessment
 * @param {Data} data
 */
export function dropUnknown(assessment, data) {
  const { gates, measures, profile, symptoms } = knownTo(data);
  /** @type {[Record<string, unknown> | undefined, {has: (id: string) => boolean}][]} */
  const records = [
    [assessment.answers, gates],
    [assessment.measures, measures],
    [assessment.profile, profile],
  ];
  for (const [of = {}, known] of records) {
    for (const id of Object.keys(of)) if (!known.has(id)) delete of[id];
  }
  assessment.symptoms = assessment.symptoms?.filter((id) => symptoms.has(id));
}
