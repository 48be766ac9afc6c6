/**
 * Bands of differences between two variants, simulated run by simulated run.
 */

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
 * Return where a number lies over replicates, with numpy's linear quantiles.
 *
 * @param {ArrayLike<number>} values `[replicate]`; those that are not finite are left out.
 * @returns {Interval}
 */
export function intervalOf(values) {
  const sorted = sortedKnown(values);
  /** @type {(share: number) => number} */
  const at = (share) => quantile(sorted, share);
  return { median: at(0.5), low90: at(0.05), high90: at(0.95), low50: at(0.25), high50: at(0.75) };
}

/**
 * Return where each column of a table lies over its rows.
 *
 * @param {readonly ArrayLike<number>[]} rows `[replicate][column]`, at least one.
 * @returns {Bands} By column.
 */
export function bandsOver(rows) {
  const columns = Array.from(rows[0], (_, column) => intervalOf(rows.map((row) => row[column])));
  return {
    median: columns.map(({ median }) => median),
    low90: columns.map(({ low90 }) => low90),
    high90: columns.map(({ high90 }) => high90),
    low50: columns.map(({ low50 }) => low50),
    high50: columns.map(({ high50 }) => high50),
  };
}

/**
 * @param {ArrayLike<number>} values
 * @returns {Float64Array} Those that are finite, sorted.
 */
function sortedKnown(values) {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) {
      known[count++] = values[index];
    }
  }
  return known.subarray(0, count).sort();
}

/**
 * @param {Float64Array} sorted
 * @param {number} share
 * @returns {number}
 */
function quantile(sorted, share) {
  if (!sorted.length) {
    return NaN;
  }
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  const part = position - below;
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}
