/** The roadmap of the open assessment: its phases, and changes to them. */

/** @import { Assessment, Phase } from "../types.js" */
/** A text of a phase. @typedef {"title" | "owner" | "date" | "target_stage"} PhaseText */

export const MAX_PHASES = 4;

/**
 * Return whether anything was said of a phase.
 * @param {Phase} phase
 */
const hasContent = ({ remediations = [], ...rest }) =>
  remediations.length > 0 || Object.values(rest).some(Boolean);

/**
 * Return all phases there may be, so that each can be changed.
 * @param {Assessment} assessment
 * @returns {Phase[]}
 */
export const allPhases = ({ roadmap = [] }) =>
  Array.from({ length: MAX_PHASES }, (_, index) => ({ ...roadmap[index] }));

/**
 * Keep phases as the roadmap, without the empty ones at its end.
 * @param {Assessment} assessment
 * @param {Phase[]} phases
 */
function keep(assessment, phases) {
  const length = phases.map(hasContent).lastIndexOf(true) + 1;
  if (length) assessment.roadmap = phases.slice(0, length);
  else delete assessment.roadmap;
}

/**
 * Set a text of a phase; an empty one is left out.
 * @param {Assessment} assessment
 * @param {number} index
 * @param {PhaseText} key
 * @param {string} value
 */
export function setPhase(assessment, index, key, value) {
  const phases = allPhases(assessment);
  const { [key]: _, ...rest } = phases[index];
  phases[index] = value ? { ...rest, [key]: value } : rest;
  keep(assessment, phases);
}

/**
 * Set who does a play; without a text nobody in particular does.
 * @param {Assessment} assessment
 * @param {string} play
 * @param {string} owner
 */
export function setOwner(assessment, play, owner) {
  const phases = allPhases(assessment).map((phase) => {
    if (!phase.remediations) return phase;
    const remediations = phase.remediations.map((entry) => {
      if (entry.id !== play) return entry;
      const { owner: _, ...rest } = entry;
      return owner ? { ...rest, owner } : rest;
    });
    return { ...phase, remediations };
  });
  keep(assessment, phases);
}

/**
 * Move a play into a phase, before the one that stands at a position there; what was said of it goes
 * with it. Without a phase, it leaves the roadmap.
 * @param {Assessment} assessment
 * @param {string} play
 * @param {number | null} to the index of the phase
 * @param {number} [position] the end, if it is not named
 */
export function movePlay(assessment, play, to, position = Infinity) {
  const phases = allPhases(assessment);
  const all = phases.flatMap(({ remediations = [] }) => remediations);
  const entry = all.find(({ id }) => id === play) ?? { id: play };
  for (const phase of phases) {
    const others = phase.remediations?.filter(({ id }) => id !== play);
    if (others?.length) phase.remediations = others;
    else delete phase.remediations;
  }
  if (to !== null) {
    const plays = [...(phases[to].remediations ?? [])];
    plays.splice(position, 0, entry);
    phases[to].remediations = plays;
  }
  keep(assessment, phases);
}

/**
 * Put plays into the first phases of a roadmap, as evenly as it goes and in their order.
 * @param {Assessment} assessment
 * @param {string[]} plays
 * @param {number} count how many phases
 */
export function spreadPlays(assessment, plays, count) {
  const size = Math.ceil(plays.length / count);
  for (const [at, play] of plays.entries()) movePlay(assessment, play, Math.floor(at / size));
}
