/** @import { LeverSetting, PlaceData, Settings } from "./types.js" */

import { asWritten, monthWords } from "./numbers.js";
import { monthName } from "./scenario_text.js";
import { findLever, isUsed, leverUses } from "./settings.js";

/**
 * Settings of levers in words: strength, first month, and the end of those that end within the run.
 */

/**
 * Say how a lever is set, such as: 0.95, from December 2015; or 0.95, from December 2015 to the end of June 2016.
 *
 * @param {PlaceData} place
 * @param {LeverSetting} setting
 * @returns {string}
 */
export function settingWords(place, setting) {
  if (!isUsed(setting)) return "not in use";
  return `${asWritten(setting.strength, 3)}, from ${monthWords(monthName(place, setting.from ?? 0))}${endWords(place, setting)}`;
}

/**
 * Say when a setting ends.
 *
 * @param {PlaceData} place
 * @param {LeverSetting} setting
 * @returns {string} Such as: to the end of June 2016, after a space; empty if it acts to the end of the run.
 */
export function endWords(place, { until }) {
  return endsEarly(place, until) ? ` to the end of ${monthWords(monthName(place, until - 1))}` : "";
}

/**
 * True if a setting ends before the run does.
 *
 * @param {PlaceData} place
 * @param {number | null | undefined} until The month in which it no longer acts; null or undefined for never.
 * @returns {until is number}
 */
export function endsEarly(place, until) {
  return typeof until === "number" && until < place.months.length;
}

/**
 * Say how a lever is used: as it was set, else by all of the file's settings.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @returns {string}
 */
export function usesWords(place, settings, name) {
  const uses = leverUses(place, settings, name).filter(({ strength }) => strength > 0);
  return uses.length ? uses.map((each) => settingWords(place, each)).join("; ") : "not in use";
}

/**
 * Say what a row with one strength and one start cannot show of a lever: that it ends, or has several settings.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @returns {string} A sentence; empty if the row shows all.
 */
export function beyondRowWords(place, settings, name) {
  const uses = leverUses(place, settings, name).filter(({ strength }) => strength > 0);
  if (uses.length < 2 && !uses.some(({ until }) => endsEarly(place, until))) return "";
  const several = uses.length > 1 ? `${uses.length} settings in the file: ` : "";
  return `${several}${usesWords(place, settings, name)}.`;
}

/**
 * Say when a lever of the file ends.
 *
 * @param {PlaceData} place
 * @param {string} name
 * @returns {string} As `endWords`, by the last of its settings.
 */
export function lastEndWords(place, name) {
  const used = findLever(place, name).uses.filter(({ strength, from }) => strength > 0 && (from ?? 0) < place.months.length);
  const ends = used.map(({ until }) => until ?? Infinity);
  return endWords(place, { strength: 1, from: null, until: Math.max(0, ...ends) });
}
