/** @import { Lever, PlaceData, Results, Settings } from "./types.js" */

import { counted, listed, pounds } from "./numbers.js";
import { NOTHING_SET, withLever } from "./settings.js";
import { mean } from "./statistics.js";

/**
 * Which levers the story can add to those of the file, what they close, run by run, and what can be said of it.
 */

export const INSTRUCTION = "top_down_instruction";

/** £m a year; a smaller difference is no clear one. */
const CLEAR = 1;

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
 * Return the levers that the file uses within the run.
 *
 * @param {PlaceData} place
 */
export function usedLevers(place) {
  return place.levers.filter(({ uses }) => uses.some(({ strength, from }) => strength > 0 && (from ?? 0) < place.months.length));
}

/**
 * Return the levers that can act on something and do not act in full already.
 *
 * @param {PlaceData} place
 */
export function leversToAdd(place) {
  return place.levers.filter((lever) => lever.acts_on.length && !isInFull(lever, place.months.length));
}

/**
 * Return the levers of partnership that can be added: all but instruction.
 *
 * @param {PlaceData} place
 */
export function partnership(place) {
  return leversToAdd(place).filter(({ name }) => name !== INSTRUCTION);
}

/**
 * Return settings with levers at full strength, begun in the first month, wherever they can act, besides what the file uses.
 *
 * They are at least as strong as in the file in every month: the shortest of the file's ramps counts.
 *
 * @param {PlaceData} place
 * @param {readonly Lever[]} levers
 * @param {Settings} [before] What else is set.
 * @returns {Settings}
 */
export function inFull(place, levers, before = NOTHING_SET) {
  let settings = before;
  for (const lever of levers) {
    settings = withLever(place, settings, lever.name, { strength: 1, from: null, until: null, only: null, ramp: rampOf(lever) });
  }
  return settings;
}

/**
 * Return in how many months a lever gets to full strength here.
 *
 * @param {Lever} lever
 */
function rampOf({ uses, typical }) {
  return uses.length ? Math.min(...uses.map((use) => use.ramp)) : typical.ramp;
}

/**
 * Say in how many months levers get to full strength; nothing if they have it from the start.
 *
 * @param {readonly Lever[]} levers One or more.
 * @returns {string} The end of a clause: built up over 3 to 6 months.
 */
export function rampWords(levers) {
  const ramps = levers.map(rampOf);
  const [least, most] = [Math.min(...ramps), Math.max(...ramps)];
  if (most === 1) return "";
  return `, built up over ${least === most ? counted(most, "month") : `${least} to ${counted(most, "month")}`}`;
}

/**
 * True if a lever acts in full already, from the first month to the last and wherever it can act.
 *
 * @param {Lever} lever
 * @param {number} months
 */
function isInFull({ uses, ids }, months) {
  const shortest = Math.min(...uses.map(({ ramp }) => ramp));
  return uses.some(
    ({ strength, from, until, only, ramp }) =>
      strength === 1 && !from && (until === null || until >= months) && ramp === shortest && (only === null || ids.every((id) => only.includes(id))),
  );
}

/**
 * Return what the levers of partnership close one by one, added up.
 *
 * @param {PlaceData} place
 * @param {readonly Closed[]} closed
 * @returns {number} £m a year.
 */
export function addedUp(place, closed) {
  const names = partnership(place).map(({ name }) => name);
  return closed.filter(({ lever }) => names.includes(lever.name)).reduce((total, each) => total + each.mean, 0);
}

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
 * True if a lever makes a difference of £1m or more on average.
 *
 * @param {Closed} closed
 */
export function isClear({ mean: amount }) {
  return Math.abs(amount) >= CLEAR;
}

/**
 * Say what a lever closes by itself.
 *
 * @param {Closed} closed
 * @returns {string} A sentence.
 */
export function closesWords(closed) {
  const { lever, mean: amount } = closed;
  if (!isClear(closed)) return `${lever.label} makes no clear difference, under ${pounds(CLEAR)} a year on average.`;
  return amount < 0 ? `${lever.label} leaves ${pounds(-amount)} a year more open on average.` : `${lever.label} closes ${pounds(amount)} a year on average.`;
}

/**
 * Say which lever closes most, and which are not clearly behind it.
 *
 * @param {readonly Closed[]} closed One or more.
 * @returns {string} A sentence.
 */
export function mostWords(closed) {
  const [best, ...rest] = [...closed].sort((one, other) => other.mean - one.mean);
  if (!rest.length) return closesWords(best);
  if (best.mean < CLEAR) return `No lever by itself closes ${pounds(CLEAR)} a year or more on average.`;
  const equals = rest.filter((each) => !isClearlyMore(best, each)).map(({ lever }) => lever.label);
  const closes = `${best.lever.label} closes most, ${pounds(best.mean)} a year on average`;
  if (!equals.length) return `${closes}.`;
  return `${closes}, but not clearly ${pounds(CLEAR)} more than ${equals.length > NAMED ? counted(equals.length, "other") : listed(equals)}.`;
}

/**
 * True if levers make no clear difference, neither together nor by the sum of what they close one by one.
 *
 * @param {number} together £m a year.
 * @param {number} sum £m a year.
 */
export function isNothing(together, sum) {
  return Math.max(Math.abs(together), Math.abs(sum)) < CLEAR;
}

/**
 * Say how what levers close together compares with what they close one by one.
 *
 * @param {number} together £m a year.
 * @param {number} sum £m a year.
 * @returns {string} A sentence.
 */
export function togetherWords(together, sum) {
  if (isNothing(together, sum)) return `Together, and one by one added up, they make a difference of under ${pounds(CLEAR)} a year on average.`;
  const apart = Math.abs(together - sum);
  if (apart <= ABOUT * Math.abs(sum)) return "That is about what they add up to: each does its own part.";
  if (apart <= CLEAR) return `That is within ${pounds(CLEAR)} a year of what they add up to.`;
  if (together < sum) return "That is less than they add up to: what one of them has done, another cannot do again.";
  return "That is more than they add up to: they need each other.";
}
