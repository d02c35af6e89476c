/** Days, as assessments and evidence name them, read as `stagebook/assessment/days.py` does. */

const DAY = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/s;

/**
 * Return the day that text begins with, in milliseconds: of `2026-11-23`, also with a time, `2026-11` or
 * `2026`. A month or a year stands for its first day. Return infinity for all else, and for days that do
 * not exist: browsers find a day even in `Round 2`.
 * @param {string} [text]
 */
export function readDay(text = "") {
  const [, year, month = "01", day = "01"] = DAY.exec(text) ?? [];
  const found = new Date(`${year}-${month}-${day}T00:00Z`);
  // Some browsers take the 31st of June for the 1st of July; there is no year 0.
  return year > "0000" && found.getUTCDate() === Number(day) ? Number(found) : Infinity;
}
