/**
 * Trust between organisations at the end of one month and at the start, before the first month: what the matrix, the map and the sums by role draw.
 */

import { monthWords, twoDecimals } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */

/**
 * @typedef {object} Trust
 * @property {number} month Index of the month.
 * @property {string} monthWords
 * @property {number} mean Over relationships, 0–1.
 * @property {number} first Mean at the start.
 * @property {number[][]} now `[trusting][trusted]`; NaN where there are no dealings.
 * @property {number[][]} start The same at the start.
 */

/** The trust at which a relationship stops being low, and at which it starts to be high, in hundredths. */
const LIMITS = [40, 60];

/** The classes of trust in words, lowest first. */
export const CLASSES = ["low, under 0.4", "0.4 to 0.6", "high, 0.6 or more"];

/** The least change of a pair that is marked. */
export const MARKED = 0.05;

/**
 * Return trust in one month and at the start; null if no two organisations have dealings, or the month is not kept.
 *
 * @param {Results} results
 * @param {Place} place
 * @param {number} [month] Index; the last kept one if left out, and the last kept one before it if it is not kept.
 * @returns {Trust | null}
 */
export function trustIn(results, place, month = Infinity) {
  const { months, opening, mean } = results.trust;
  const at = months.reduce((found, each, index) => (each <= month ? index : found), 0);
  if (!place.relationships.length || !months.length) {
    return null;
  }
  /** @type {(row: ArrayLike<number>) => number[][]} */
  const matrix = (row) => {
    const filled = place.organisations.map(() => place.organisations.map(() => NaN));
    place.relationships.forEach(([one, other], r) => {
      filled[one][other] = row[r];
    });
    return filled;
  };
  return {
    month: months[at],
    monthWords: monthWords(place.months[months[at]]),
    mean: meanOf(mean[at]),
    first: meanOf(opening),
    now: matrix(mean[at]),
    start: matrix(opening),
  };
}

/**
 * Return the mean of the numbers that are known.
 *
 * @param {ArrayLike<number>} numbers
 * @returns {number} NaN if none is.
 */
export function meanOf(numbers) {
  const known = Array.from(numbers).filter(Number.isFinite);
  return known.length ? known.reduce((sum, number) => sum + number, 0) / known.length : NaN;
}

/**
 * Return 0 for low trust, 1 for the middle and 2 for high trust, by the hundredths that are written.
 *
 * @param {number} trust 0–1.
 * @returns {0 | 1 | 2}
 */
export function classOf(trust) {
  const written = hundredthsOf(trust);
  return written < LIMITS[0] ? 0 : written < LIMITS[1] ? 1 : 2;
}

/**
 * Return trust in whole hundredths, as it is written.
 *
 * @param {number} trust 0–1.
 * @returns {number}
 */
export function hundredthsOf(trust) {
  return Math.round(100 * Number(twoDecimals(trust)));
}

/**
 * Return the mutual trust of two organisations.
 *
 * @param {readonly number[][]} matrix
 * @param {number} one
 * @param {number} other
 * @returns {number} Mean of both directions; NaN where they have no dealings.
 */
export function mutual(matrix, one, other) {
  return (matrix[one][other] + matrix[other][one]) / 2;
}

/**
 * Write a change of trust: +0.12.
 *
 * @param {number} change
 * @returns {string} "no change" for one that is shown as 0.
 */
export function changeWords(change) {
  const written = twoDecimals(change);
  return /[1-9]/.test(written) ? (change > 0 ? `+${written}` : written) : "no change";
}

/**
 * Count the pairs of each class.
 *
 * @param {readonly number[][]} matrix
 * @returns {number[]} By class.
 */
export function countClasses(matrix) {
  const counts = [0, 0, 0];
  for (let one = 0; one < matrix.length; one++) {
    for (let other = one + 1; other < matrix.length; other++) {
      const trust = mutual(matrix, one, other);
      if (Number.isFinite(trust)) {
        counts[classOf(trust)] += 1;
      }
    }
  }
  return counts;
}
