/** The counts of the report on a portfolio, from rows: what the named queries find in tables. */

/** @typedef {[label: string, values: (number | string)[]]} Line */
/**
 * An assessment: its unit, day, round, tags, stage, believed stage, levels of belief above the
 * result, counts of answers, answers with evidence, stages of the dimensions, a letter for each
 * gate, the plays of the plan with the gates that each opens, and met gates by age of evidence.
 * @typedef {[number, string, number, number[], number, number, number | null, number[], number,
 *   number[], string, [number, number][], number[]]} Row
 */
/**
 * @typedef {object} Data
 * @property {Record<string, any>} words
 * @property {number} first
 * @property {string[]} gaps
 * @property {string[]} stages
 * @property {boolean} overall
 * @property {string[]} dimensions
 * @property {string[]} gates
 * @property {string[]} plays
 * @property {Record<string, number[]>} shades
 * @property {string[]} rounds
 * @property {string[]} tags
 * @property {string[]} units
 * @property {Row[]} rows
 */

/**
 * Return the lines of each section. Rows of one unit follow each other, the newest first.
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Record<string, Line[]>}
 */
export function count(data, rows) {
  const standing = rows.filter(([unit], place) => rows[place - 1]?.[0] !== unit);
  const byRound = newestOfRounds(rows);
  return {
    standing: standingLines(data, standing),
    rounds: roundLines(data, byRound),
    movement: movementLines(data, byRound),
    gates: gateLines(data, standing),
    plays: playLines(data, standing),
    belief: beliefLines(data, standing),
    believers: believerLines(data, standing),
    coverage: coverageLines(data, byRound),
    evidence: evidenceLines(data, standing),
  };
}

/**
 * Return the newest row of each unit's rounds.
 * @param {Row[]} rows
 */
function newestOfRounds(rows) {
  return rows.filter(
    ([unit, , round], place) => !(rows[place - 1]?.[0] === unit && rows[place - 1]?.[2] === round),
  );
}

/**
 * Count places on the ladder; the last number is of what has none.
 * @param {Data} data
 * @param {number[]} places
 */
function byStage({ stages }, places) {
  const counts = [...stages.map(() => 0), 0];
  for (const place of places) counts[place < 0 ? stages.length : place] += 1;
  return counts;
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function standingLines(data, rows) {
  /** @type {[string, (row: Row) => number][]} */
  const parts = data.dimensions.map((title, place) => [title, (row) => row[9][place]]);
  if (data.overall) parts.unshift([data.words["pf-overall"], (row) => row[4]]);
  return parts.map(([title, stage]) => [title, byStage(data, rows.map(stage))]);
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function roundLines(data, rows) {
  return perRound(data, rows).map(([title, own]) => [
    title,
    byStage(
      data,
      own.map((row) => row[4]),
    ),
  ]);
}

/**
 * Return the rounds that have rows, in order, each with them.
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {[string, Row[]][]}
 */
function perRound({ rounds }, rows) {
  const own = rounds.map((title, round) => {
    const found = rows.filter((row) => row[2] === round);
    return /** @type {[string, Row[]]} */ ([title, found]);
  });
  return own.filter(([, found]) => found.length);
}

/**
 * Compare each row with its unit's round before, also with one that the filters leave out.
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function movementLines(data, rows) {
  const dated = rows.filter((row) => row[2] >= 0);
  const every = newestOfRounds(data.rows).filter((row) => row[2] >= 0);
  const key = (/** @type {Row} */ [unit, , round]) => `${unit} ${round}`;
  const before = new Map(every.map((row, place) => [key(row), every[place + 1]]));
  const moved = (/** @type {Row} */ row) => {
    const other = before.get(key(row));
    return other?.[0] !== row[0] || other[4] < 0 || row[4] < 0 ? null : row[4] - other[4];
  };
  return perRound(data, dated).map(([title, own]) => {
    const found = own.map(moved);
    const number = (/** @type {(move: number) => boolean} */ test) =>
      found.filter((move) => move !== null && test(move)).length;
    const known = [
      number((move) => move > 0),
      number((move) => move === 0),
      number((move) => move < 0),
    ];
    return [title, [...known, found.filter((move) => move === null).length]];
  });
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function gateLines({ gates, first }, rows) {
  const lines = gates.map((title, place) => {
    const counts = [..."smu-"].map((sign) => rows.filter((row) => row[10][place] === sign).length);
    return /** @type {[string, number[]]} */ ([title, counts]);
  });
  const shut = lines.filter(([, [count]]) => count);
  return shut.sort(([, [one]], [, [other]]) => other - one).slice(0, first);
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function playLines({ plays, first }, rows) {
  const found = plays.map((title) => ({ title, units: 0, gates: 0 }));
  for (const row of rows) {
    for (const [play, opens] of row[11]) {
      found[play].units += 1;
      found[play].gates += opens;
    }
  }
  const wanted = found.filter(({ units }) => units);
  wanted.sort((one, other) => other.units - one.units || other.gates - one.gates);
  return wanted
    .slice(0, first)
    .map(({ title, units, gates }) => [title, [units, rows.length - units, gates]]);
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function beliefLines({ words, gaps }, rows) {
  const counts = [...gaps.map(() => 0), 0];
  for (const { 6: gap } of rows) {
    const place = gap === null ? 4 : gap > 1 ? 0 : gap === 1 ? 1 : gap === 0 ? 2 : 3;
    counts[place] += 1;
  }
  return [[words["pf-all"], counts]];
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function believerLines({ stages, units, first }, rows) {
  const apart = rows.filter((row) => row[6]);
  apart.sort((one, other) => {
    const [a, b] = [one[6] ?? 0, other[6] ?? 0];
    return Math.abs(b) - Math.abs(a) || b - a;
  });
  return apart.slice(0, first).map(([unit, day, , , stage, believed, gap]) => {
    return [units[unit], [day, stages[believed] ?? "", stages[stage] ?? "", gap ?? 0]];
  });
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function coverageLines(data, rows) {
  const undated = rows.filter((row) => row[2] < 0);
  const all = perRound(data, rows);
  if (undated.length) all.push([data.words["pf-no-round"], undated]);
  return all.map(([title, own]) => {
    const sums = [0, 1, 2, 3].map((kind) => own.reduce((sum, row) => sum + row[7][kind], 0));
    return [title, [...sums, own.length, own.reduce((sum, row) => sum + row[8], 0)]];
  });
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Line[]}
 */
function evidenceLines({ words }, rows) {
  const sums = [0, 1, 2, 3, 4, 5].map((age) => rows.reduce((sum, row) => sum + row[12][age], 0));
  return [[words["pf-all"], sums]];
}
