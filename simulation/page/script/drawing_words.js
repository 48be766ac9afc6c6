/**
 * Words that several pictures share: names of variants, ranges of bands, and what the marks mean.
 */

import { NAMES } from "./drawing_types.js";
import { counted, monthWords, pounds, rangeWords } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Bands} Bands */
/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */

/** The end of a note where there is a single replicate. */
export const NO_CHANCE = "One simulated run, so chance is not shown.";

/**
 * Return the names of the two variants, for the middle of a sentence.
 *
 * @param {Options} options
 * @returns {{now: string, kept: string}}
 */
export function namesOf(options) {
  return options.names ?? NAMES;
}

/**
 * Return the variant to compare with; null if it is the one that is shown.
 *
 * @param {Results} results
 * @param {Results | null} baseline
 * @returns {Results | null}
 */
export function comparedWith(results, baseline) {
  return baseline === results ? null : baseline;
}

/**
 * Return the last month in words.
 *
 * @param {Place} place
 * @returns {string}
 */
export function horizonWords(place) {
  return monthWords(place.months[place.months.length - 1]);
}

/**
 * Return the last of some numbers.
 *
 * @param {readonly number[]} numbers At least one.
 * @returns {number}
 */
export function lastOf(numbers) {
  return numbers[numbers.length - 1];
}

/**
 * Say where the last month lies in 9 of 10 runs: by chance, and allowing for uncertain assumptions.
 *
 * @param {Bands | null} bands Null if chance is not shown.
 * @param {Bands | null} wide Null if assumptions are not varied.
 * @param {(number: number) => string} [show]
 * @param {boolean} [isCertain] True if all assumptions are held, so that these are of more runs by chance.
 * @returns {string[]} A text for each.
 */
export function rangesWords(bands, wide, show = pounds, isCertain = false) {
  /** @type {(each: Bands) => string} */
  const range = (each) => rangeWords(lastOf(each.low90), lastOf(each.high90), show);
  const over = isCertain ? "over more runs" : "and assumptions";
  return [...(bands ? [`by chance: ${range(bands)}`] : []), ...(wide ? [`${over}: ${range(wide)}`] : [])];
}

/**
 * Say what the bands of a panel are.
 *
 * @param {Results} results
 * @param {boolean} isVaried True if the dotted lines are drawn.
 * @returns {string} Sentences.
 */
export function bandsNote(results, isVaried) {
  const chance =
    results.replicates === 1
      ? NO_CHANCE
      : "By chance alone, half of the simulated runs are in the inner band and 9 in 10 in the outer one.";
  if (!isVaried) {
    return `${chance} Assumptions are not varied.`;
  }
  if (results.isCertain) {
    const more = results.cases ? counted(results.cases, "more run") : "more runs";
    return `${chance} Within the dotted lines: 9 in 10 of ${more} with the same assumptions, which are all held.`;
  }
  const cases = results.cases ? counted(results.cases, "case") : "the cases";
  return `${chance} Within the dotted lines: 9 in 10 of ${cases}, allowing for uncertain assumptions.`;
}

/**
 * Say how many runs stand behind the lines.
 *
 * @param {Results} results
 * @param {boolean} isCompared True if two variants are shown.
 * @param {string} statistic Such as "Medians".
 * @returns {string} A sentence.
 */
export function runsWords(results, isCompared, statistic) {
  const runs =
    results.replicates === 1 ? "One simulated run" : `${statistic} of ${counted(results.replicates, "simulated run")}`;
  return isCompared ? `${runs} each, with the same random events.` : `${runs}.`;
}

/**
 * Name the dotted lines in a table.
 *
 * @param {Results} results
 * @returns {string}
 */
export function wideName({ isCertain }) {
  return isCertain ? "By chance, over more runs" : "With assumptions";
}

/**
 * Return the limits of bands as columns of a table.
 *
 * @param {string} name Such as "By chance".
 * @param {Bands} bands
 * @returns {{head: string, values: readonly number[]}[]} Those of 9 in 10, then those of half.
 */
export function bandColumns(name, bands) {
  return [
    { head: `${name}, low (9 in 10)`, values: bands.low90 },
    { head: `${name}, high (9 in 10)`, values: bands.high90 },
    { head: `${name}, low (half)`, values: bands.low50 },
    { head: `${name}, high (half)`, values: bands.high50 },
  ];
}
