/**
 * Whether runs of two variants with the same random events show a difference, or what there is to doubt.
 */

import { clearSign } from "./statistics.js";

/**
 * Return what a finding on two figures begins with if pairs of runs don't show, on average, the direction that they have.
 *
 * @param {ArrayLike<number>} ours By run; NaN where a run has no such number.
 * @param {ArrayLike<number>} theirs By run, with the same random events.
 * @param {number} difference Of the two figures, ours less theirs.
 * @returns {string} Nothing if they show it, or there is one run, whose figures are themselves.
 */
export function doubtOf(ours, theirs, difference) {
  if (ours.length === 1) {
    return "";
  }
  switch (clearSign(Array.from(ours, (each, run) => each - theirs[run])) * Math.sign(difference)) {
    case 1:
      return "";
    case 0:
      return "Chance alone may explain the difference";
    default:
      return "The mean over all runs is the other way round";
  }
}
