/** When assessments were made. */

/** @import { Assessment } from "../types.js" */

/**
 * Return the date of an assessment in milliseconds, or infinity where there is none.
 * @param {Assessment} assessment
 */
export const dayOf = ({ date }) => Date.parse(date ?? "") || Infinity;
