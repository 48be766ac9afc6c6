/**
 * Bands of differences between two variants, simulated run by simulated run.
 */

import { bandsOf, quantile, sorted } from "./statistics.js";

/** @typedef {import("./drawing_types.js").Bands} Bands */

/**
 * @typedef {object} Interval Where a number lies over replicates; NaN if none has it.
 * @property {number} median
 * @property {number} low90
 * @property {number} high90
 * @property {number} low50
 * @property {number} high50
 */

/**
 * Return where a number lies over replicates.
 *
 * @param {Iterable<number>} values `[replicate]`; NaN is left out.
 * @returns {Interval}
 */
export function intervalOf(values) {
  const ordered = sorted(values);
  /** @type {(share: number) => number} */
  const at = (share) => quantile(ordered, share);
  return { median: at(0.5), low90: at(0.05), high90: at(0.95), low50: at(0.25), high50: at(0.75) };
}

/**
 * Return where each column of a table lies over its rows.
 *
 * @param {readonly ArrayLike<number>[]} rows `[replicate][column]`, at least one.
 * @returns {Bands} By column.
 */
export function bandsOver(rows) {
  const columns = rows[0].length;
  const table = new Float64Array(rows.length * columns);
  rows.forEach((row, replicate) => table.set(row, replicate * columns));
  return bandsOf(table, columns);
}
