/** The data of a rubric's quiz: what was left out because it is a default of the format. */

/** @import { Data } from "./types.js" */

const MODEL = {
  stages: { aliases: [] },
  dimensions: { core: false, group: null, weight: 1 },
  gates: {
    code: null,
    stage: null,
    scale: null,
    blocking: false,
    weight: 1,
    requires: [],
    rev: 1,
    aliases: [],
    measure: null,
  },
  measures: { how: null, min: null, max: null, aliases: [] },
  symptoms: { looks_like: null, disproof: null, claims: null, aliases: [] },
  remediations: { owner: null, size: null, weeks: null },
};

const SCORING = {
  pass: 1,
  not_applicable: "exclude",
  cell: "mean",
  dimension: "ladder",
  share: 0.66,
  group: "mean",
  times: 1,
  decimals: 2,
  bands: null,
};

const OVERALL = { of: "dimensions", by: "min", only: "core" };

/**
 * Fill in the defaults of the format.
 * @param {any} raw
 * @returns {Data}
 */
export function withDefaults(raw) {
  /** @type {any} */
  const data = { ...raw };
  for (const [collection, defaults] of Object.entries(MODEL)) {
    data[collection] = raw[collection].map((/** @type {object} */ one) => ({
      ...defaults,
      ...one,
    }));
  }
  data.scoring = { ...SCORING, ...raw.scoring, overall: { ...OVERALL, ...raw.scoring.overall } };
  return data;
}
