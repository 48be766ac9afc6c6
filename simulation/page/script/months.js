/** @import { PlaceData } from "./types.js" */

import { monthWords } from "./numbers.js";

/**
 * Return the months of a place to choose from.
 *
 * @param {PlaceData} place
 * @returns {[string, string][]} The index and the words of each.
 */
export function makeMonthChoices(place) {
  return place.months.map((month, index) => [String(index), monthWords(month, true)]);
}
