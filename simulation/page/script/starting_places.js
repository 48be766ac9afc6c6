/** @import { PlaceData, Settings } from "./types.js" */
/** @import { Store } from "./store.js" */

import { make, makeButton } from "./dom.js";
import { NOTHING_SET, withLever } from "./settings.js";
import { INSTRUCTION, inFull } from "./story_levers.js";

/**
 * Settings to start from. They set the levers; assumptions and events stay as they are.
 *
 * A lever of a partnership, or the order, acts in full as in the story: from the first month to the last, on all that it
 * can act on, whatever the file's own setting of it is limited to.
 */

/** @type {Record<string, {label: string, isInFull: ((lever: string) => boolean) | null}>} */
const STARTS = {
  file: { label: "As in the file", isInFull: null },
  none: { label: "No levers", isInFull: () => false },
  partnership: { label: "Partnership in full", isInFull: (lever) => lever !== INSTRUCTION },
  instruction: { label: "Instruction alone", isInFull: (lever) => lever === INSTRUCTION },
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
  const { isInFull } = STARTS[start];
  /** @type {Settings} */
  let next = { ...settings, levers: NOTHING_SET.levers };
  if (!isInFull) return next;
  for (const { name } of place.levers.filter((lever) => !isInFull(lever.name))) {
    next = withLever(place, next, name, { strength: 0 });
  }
  return inFull(place, place.levers.filter(({ name, acts_on }) => isInFull(name) && acts_on.length), next);
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
