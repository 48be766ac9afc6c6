/**
 * Whether runs of two variants with the same random events show a difference, or whether chance may explain it.
 */

import { clearSign } from "./statistics.js";

/** Starts a finding on two numbers that chance alone may set apart. */
export const BY_CHANCE = "Chance alone may explain the difference";

/**
 * Return true if pairs of runs show, on average, the direction that two figures have.
 *
 * @param {ArrayLike<number>} ours By run; NaN where a run has no such number.
 * @param {ArrayLike<number>} theirs By run, with the same random events.
 * @param {number} difference Of the two figures, ours less theirs.
 * @returns {boolean} True of one run, whose figures are themselves.
 */
export function isClear(ours, theirs, difference) {
  return ours.length === 1 || clearSign(Array.from(ours, (each, run) => each - theirs[run])) === Math.sign(difference);
}
