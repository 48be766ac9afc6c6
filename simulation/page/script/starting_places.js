/** @import { PlaceData, Settings } from "./types.js" */
/** @import { Store } from "./store.js" */

import { make, makeButton } from "./dom.js";
import { NOTHING_SET, withLever } from "./settings.js";

/**
 * Settings to start from. They set the levers; assumptions and events stay as they are.
 */

/** The lever that is no part of a partnership: an order from above. */
const INSTRUCTION = "top_down_instruction";

/** @type {Record<string, {label: string, strength: (lever: string) => number | null}>} */
const STARTS = {
  file: { label: "As in the file", strength: () => null },
  none: { label: "No levers", strength: () => 0 },
  partnership: { label: "Partnership in full", strength: (lever) => (lever === INSTRUCTION ? 0 : 1) },
  instruction: { label: "Instruction alone", strength: (lever) => (lever === INSTRUCTION ? 1 : 0) },
};

/**
 * Return settings with all levers as at a starting place.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} start file, none, partnership or instruction.
 * @returns {Settings}
 */
export function startingFrom(place, settings, start) {
  let next = { ...settings, levers: NOTHING_SET.levers };
  for (const { name } of place.levers) {
    const strength = STARTS[start].strength(name);
    if (strength !== null) next = /** @type {typeof next} */ (withLever(place, next, name, { strength }));
  }
  return next;
}

/**
 * Return a button for each starting place.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {HTMLElement}
 */
export function makeStartingPlaces(place, store) {
  const buttons = Object.entries(STARTS).map(([start, { label }]) =>
    makeButton(label, () => store.set({ settings: startingFrom(place, store.state.settings, start) })),
  );
  return make("div", { class: "starts", role: "group", "aria-label": "All levers at once" }, buttons);
}
