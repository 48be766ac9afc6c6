import { findParameter } from "./settings.js";

/** @import { Assumptions, PlaceData } from "./types.js" */

/**
 * Sets of parameters as the kernel takes them, with the opening state of the place under each.
 *
 * It gives the same bits as `simulation/model/openings.py`.
 */

/**
 * Return assumptions for a run: one row that all replicates share, or a row for each replicate.
 *
 * @param {PlaceData} place
 * @param {readonly (readonly number[])[]} rows `[row][parameter]`, one or more.
 * @returns {Assumptions}
 */
export function assumptionsOf(place, rows) {
  const { trust, same_sector, orientation, lead_capacity } = place.overrides;
  const at = (/** @type {string} */ name) => place.parameters.indexOf(findParameter(place, name));
  const [opening, premium] = [at("opening_trust"), at("same_sector_premium")];
  const [weight, capacity] = [at("opening_orientation"), at("lead_capacity")];
  return {
    parameters: Float64Array.from(rows.flat()),
    trust: Float64Array.from(
      rows.flatMap((row) => trust.map((given, r) => given ?? clipped(row[opening] + (same_sector[r] ? row[premium] : 0)))),
    ),
    orientation: Float64Array.from(rows.flatMap((row) => orientation.map((given) => given ?? row[weight]))),
    lead_capacity: Float64Array.from(rows.flatMap((row) => lead_capacity.map((given) => given ?? row[capacity]))),
  };
}

/**
 * Return a number held within 0 and 1.
 *
 * @param {number} number
 */
function clipped(number) {
  return Math.min(Math.max(number, 0), 1);
}
