/** @import { Lever, Results } from "./types.js" */

import { counted, listed, pounds } from "./numbers.js";
import { mean } from "./statistics.js";

/**
 * What levers close besides those that the file already uses, run by run, and what can be said of it.
 */

/** £m a year; a smaller difference is no clear one. */
export const CLEAR = 1;

/** Half the width of a 95% interval of a mean, in standard errors. */
const NORMAL = 1.96;

/** The most levers that are named as not clearly behind another. */
const NAMED = 3;

/** How far what levers close together may be from what they add up to, as a part of it, and still be about the same. */
const ABOUT = 0.1;

/**
 * @typedef {object} Closed What a lever closes besides what is in use, £m a year.
 * @property {Lever} lever
 * @property {Float64Array} differences `[run]`.
 * @property {number} mean
 */

/**
 * Return what a lever closes besides what is in use.
 *
 * @param {Lever} lever
 * @param {Results} alone As it stands.
 * @param {Results} used With the lever, by the same random events.
 * @returns {Closed}
 */
export function closedBy(lever, alone, used) {
  const differences = differencesOf(alone, used);
  return { lever, differences, mean: mean(differences) };
}

/**
 * Return by how much less is left in the last month of each run, £m a year.
 *
 * @param {Results} alone
 * @param {Results} used
 * @returns {Float64Array}
 */
export function differencesOf(alone, used) {
  return Float64Array.from(alone.last.chance, (gap, run) => gap - used.last.chance[run]);
}

/**
 * True if one lever closes clearly more than another: by £1m or more, beyond what chance explains.
 *
 * @param {Closed} one
 * @param {Closed} other
 */
export function isClearlyMore(one, other) {
  const more = one.differences.map((each, run) => each - other.differences[run]);
  const middle = mean(more);
  const spread = Math.sqrt(mean(more.map((each) => (each - middle) ** 2)) / Math.max(1, more.length - 1));
  return middle >= CLEAR && middle - NORMAL * spread > 0;
}

/**
 * Say which lever closes most, and which are not clearly behind it.
 *
 * @param {readonly Closed[]} closed One or more.
 * @returns {string} A sentence.
 */
export function mostWords(closed) {
  const [best, ...rest] = [...closed].sort((one, other) => other.mean - one.mean);
  if (best.mean < CLEAR) return "No lever by itself makes a clear difference.";
  const equals = rest.filter((each) => !isClearlyMore(best, each)).map(({ lever }) => lever.label);
  const closes = `${best.lever.label} closes most, ${pounds(best.mean)} a year on average`;
  if (!equals.length) return `${closes}.`;
  return `${closes}, with no clear difference to ${equals.length > NAMED ? counted(equals.length, "other") : listed(equals)}.`;
}

/**
 * Say how what levers close together compares with what they close one by one.
 *
 * @param {number} together £m a year.
 * @param {number} sum £m a year.
 * @returns {string} A sentence.
 */
export function togetherWords(together, sum) {
  if (Math.max(Math.abs(together), Math.abs(sum)) < CLEAR) return "One by one they make no clear difference either.";
  const about = Math.max(ABOUT * Math.abs(sum), CLEAR);
  if (together < sum - about) return "That is less than they add up to: what one of them has done, another cannot do again.";
  if (together > sum + about) return "That is more than they add up to: they need each other.";
  return "That is about what they add up to: each does its own part.";
}
