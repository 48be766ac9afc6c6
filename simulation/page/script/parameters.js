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
    trust: byRow(rows, trust, (row, r) => clipped(row[opening] + (same_sector[r] ? row[premium] : 0))),
    orientation: byRow(rows, orientation, (row) => row[weight]),
    lead_capacity: byRow(rows, lead_capacity, (row) => row[capacity]),
  };
}

/**
 * Return the values that the scenario gives, in each row, and assumed ones where it gives none.
 *
 * @param {readonly (readonly number[])[]} rows
 * @param {readonly (number | null)[]} given
 * @param {(row: readonly number[], index: number) => number} assumed
 * @returns {Float64Array} `[row, index]`.
 */
function byRow(rows, given, assumed) {
  const values = new Float64Array(rows.length * given.length);
  let at = 0;
  for (const row of rows) {
    for (let index = 0; index < given.length; index++) {
      values[at++] = given[index] ?? assumed(row, index);
    }
  }
  return values;
}

/**
 * Return a number held within 0 and 1.
 *
 * @param {number} number
 */
function clipped(number) {
  return Math.min(Math.max(number, 0), 1);
}
