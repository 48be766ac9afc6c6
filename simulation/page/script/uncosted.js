/** @import { PlaceData, Settings } from "./types.js" */

import { listed } from "./numbers.js";
import { isUsed, leverSetting } from "./settings.js";

/**
 * Levers that act without a cost though their row names one: figures of gains and of money leave that cost out.
 */

/**
 * Say which levers are set without a cost.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {string} A sentence; empty if there are none.
 */
export function uncostedWords(place, settings) {
  const labels = place.levers
    .filter(({ name, typical_cost: cost }) => name in settings.levers && cost.includes("£"))
    .filter(({ name }) => isUncosted(leverSetting(place, settings, name)))
    .map(({ label }, index) => (index ? label[0].toLowerCase() + label.slice(1) : label));
  if (!labels.length) return "";
  return `${listed(labels)} ${labels.length === 1 ? "is" : "are"} set without a cost; add one under More.`;
}

/** @param {import("./types.js").LeverSetting} setting */
function isUncosted(setting) {
  return isUsed(setting) && setting.cost === 0;
}
