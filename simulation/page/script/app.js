/** @import { PlaceData, Results, Rules, Settings } from "./types.js" */
/** @import { Simulator } from "./simulate.js" */
/** @import { Store } from "./store.js" */
/** @import { View } from "./view.js" */

/**
 * What the page offers to its parts, such as the story.
 */

/**
 * @typedef {object} App
 * @property {PlaceData} place
 * @property {Rules & Record<string, (...given: number[]) => number>} rules Of the model, by name; 1 is true, 0 false.
 * @property {Store} store
 * @property {(settings: Settings, request?: AppRequest) => Promise<Results | null>} simulate Null if a newer request of
 *   the same key took its place.
 * @property {(guesses: readonly number[]) => void} drawGuesses Draws guesses of the gap in the last month into the
 *   picture of the gap, £m a year; an empty list removes them.
 * @property {true} checked The engine gave the same tables as Python, to the bit.
 *
 * @typedef {object} AppRequest
 * @property {string} [key] Of the requests of one key the newest wins; "story" if left out.
 * @property {number} [replicates] By chance; as many as the place has if left out.
 * @property {number} [points] Points of uncertain assumptions; none if left out.
 * @property {boolean} [trust] True if the picture of trust needs every month.
 * @property {boolean} [half] True for half of the replicates and points, while a control is dragged.
 */

/**
 * Return what the page offers.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Simulator} simulator
 * @param {View} view
 * @param {App["rules"]} rules
 * @returns {App}
 */
export function makeApp(place, store, simulator, view, rules) {
  return {
    place,
    rules,
    store,
    simulate: (settings, { key = "story", replicates = place.replicates, points = 0, trust = false, half = false } = {}) => {
      const part = (/** @type {number} */ number) => (half ? Math.ceil(number / 2) : number);
      return simulator.simulate(settings, { key, replicates: part(replicates), points: part(points), trust });
    },
    drawGuesses: (guesses) => view.drawGuesses(guesses),
    checked: true,
  };
}
