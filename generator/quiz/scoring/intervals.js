/**
 * Reducing many scores to one while some answers are missing: the twin of `stagebook/scoring/intervals.py`.
 */

/** @import { Item, Part, Reducer, Score } from "../types.js" */
/** @typedef {[value: number, weight: number]} Pair */
/** @typedef {[value: number, weight: number, optional: boolean]} Entry */

/** Reducers in which weights count: what weighs nothing is no part of them. */
export const WEIGHED = ["mean", "sum"];

/**
 * Return one item for many, exact over every way in which the missing answers may come in.
 *
 * null stands for what does not apply; so does a mean or a sum in which nothing has a weight. `of` and
 * `id` name what the new item is the score of.
 * @param {Reducer} by
 * @param {Iterable<Item | null>} items
 * @param {string} of
 * @param {string} id
 * @param {number} [weight]
 * @returns {Item | null}
 */
export function reduceItems(by, items, of, id, weight = 1) {
  /** @type {Item[]} */
  const left = [];
  const weighed = WEIGHED.includes(by);
  for (const item of items) if (item && (!weighed || item.weight > 0)) left.push(item);
  if (!left.length) return null;
  /** @type {Part[]} */
  const parts = [];
  for (const { of, id, so_far, weight } of left) {
    if (so_far !== null) parts.push({ of, id, value: so_far, weight });
  }
  const known = parts.map(({ value, weight }) => /** @type {Pair} */ ([value, weight]));
  const so_far = known.length ? REDUCERS[by](known) : null;
  const optional = left.every((item) => item.optional);
  const low = lowest(
    by,
    left.map((item) => [item.low, item.weight, item.optional]),
  );
  // 0 minus, not a minus sign: -0 would differ from Python's 0.0 under Object.is.
  const high =
    0 -
    lowest(
      OPPOSITE[by],
      left.map((item) => [-item.high, item.weight, item.optional]),
    );
  const trace = { by, parts, base: null, next: null, times: 1, cap: null };
  return { low, high, so_far, weight, optional, of, id, trace };
}

/**
 * Return the overall score of what counts, with what only limits it.
 *
 * A limit is no score: where nothing that counts has one, or has one so far, there is none.
 * @param {Reducer} by
 * @param {(Item | null)[]} counted
 * @param {(Item | null)[]} limits
 * @returns {Item | null}
 */
export function limited(by, counted, limits) {
  const own = reduceItems(by, counted, "overall", "");
  const held = limits.map((item) =>
    item && own?.so_far === null ? { ...item, so_far: null } : item,
  );
  const all = own && reduceItems(by, [...counted, ...held], "overall", "");
  return all && { ...all, high: Math.min(all.high, own.high) };
}

/**
 * Return an item times a factor above 0.
 * @param {Item | null} item
 * @param {number} times
 * @returns {Item | null}
 */
export function multiply(item, times) {
  if (!item?.trace) return item;
  const { low, high, so_far, trace } = item;
  return {
    ...item,
    low: low * times,
    high: high * times,
    so_far: so_far === null ? null : so_far * times,
    trace: { ...trace, times },
  };
}

/**
 * Return an item of which no number is above its cap; null stands for no cap.
 * @param {Item | null} item
 * @param {Score} caps
 * @returns {Item | null}
 */
export function limit(item, caps) {
  if (!item?.trace) return item;
  const low = Math.min(item.low, caps.low ?? Infinity);
  const high = Math.min(item.high, caps.high ?? Infinity);
  if (item.so_far === null || caps.so_far === null || item.so_far <= caps.so_far) {
    return { ...item, low, high };
  }
  return { ...item, low, high, so_far: caps.so_far, trace: { ...item.trace, cap: caps.so_far } };
}

/**
 * Return the weighted mean; like values give just that value, whatever the weights.
 * @param {Pair[]} pairs
 */
export function mean(pairs) {
  let total = 0;
  let weights = 0;
  for (const [value, weight] of pairs) {
    total += weight * value;
    weights += weight;
  }
  return Math.min(Math.max(total / weights, least(pairs)), most(pairs));
}

/** @param {Pair[]} pairs */
export function weightedSum(pairs) {
  let total = 0;
  for (const [value, weight] of pairs) total += weight * value;
  return total;
}

/** @param {(Pair | Entry)[]} pairs */
const least = (pairs) => pairs.reduce((low, [value]) => Math.min(value, low), Infinity);
/** @param {(Pair | Entry)[]} pairs */
const most = (pairs) => pairs.reduce((high, [value]) => Math.max(value, high), -Infinity);

/** @type {Record<Reducer, (pairs: Pair[]) => number>} */
const REDUCERS = { mean, sum: weightedSum, min: least, max: most };
/** @type {Record<Reducer, Reducer>} */
const OPPOSITE = { mean: "mean", sum: "sum", min: "max", max: "min" };

/**
 * Return the least that values may reduce to when each optional one may be left out.
 *
 * For a mean the optional ones are taken from the lowest up for as long as they pull it down, which
 * is exact.
 * @param {Reducer} by
 * @param {Entry[]} entries at least one
 * @returns {number}
 */
export function lowest(by, entries) {
  /** @type {Pair[]} */
  const fixed = [];
  /** @type {Pair[]} */
  const optional = [];
  for (const [value, weight, isOptional] of entries) {
    (isOptional ? optional : fixed).push([value, weight]);
  }
  if (!optional.length) return REDUCERS[by](fixed);
  optional.sort((a, b) => a[0] - b[0]);
  if (by === "min") return least(entries);
  if (by === "max") return fixed.length ? most(fixed) : optional[0][0];
  if (by === "sum") {
    const kept = [...fixed, ...optional.filter((pair) => pair[0] < 0)];
    if (kept.length) return weightedSum(kept);
    return least(optional.map(([value, weight]) => [value * weight, 1]));
  }
  const kept = fixed.length ? fixed : [/** @type {Pair} */ (optional.shift())];
  let total = weightedSum(kept);
  let weights = weightedSum(kept.map(([, weight]) => [weight, 1]));
  for (const [value, weight] of optional) {
    if (value >= total / weights) break;
    total += weight * value;
    weights += weight;
    kept.push([value, weight]);
  }
  return mean(kept);
}

/**
 * Return what a map certainly holds.
 * @template T
 * @param {Map<string, T>} map
 * @param {string} id
 * @returns {T}
 */
export function get(map, id) {
  return /** @type {T} */ (map.get(id));
}
