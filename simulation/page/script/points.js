import { roundEven } from "./rounding.js";
import { limitUnowned, parametersOf } from "./settings.js";

/** @import { Parameter, PlaceData, Settings } from "./types.js" */

/**
 * Sets of uncertain assumptions: the Latin hypercube that Python draws from the same seed, to the bit.
 *
 * The generator is PCG64 (O'Neill 2014) from the state that Python wrote, and numbers are drawn in the order of scipy's
 * `qmc.LatinHypercube`: first where in its slice each value lies, then the order of the slices of each parameter.
 */

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
const LOW_HALF = 0xffffffffn;

/** PCG64 as numpy has it, with the half of a number that is kept where 32 bits are asked for. */
class Generator {
  /**
   * @param {string} state In decimal.
   * @param {string} increment In decimal.
   */
  constructor(state, increment) {
    this.state = BigInt(state);
    this.increment = BigInt(increment);
    this.half = /** @type {number | null} */ (null);
  }

  /** Return 64 random bits. */
  next64() {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
    const mixed = (this.state >> 64n) ^ (this.state & MASK_64);
    const turned = this.state >> 122n;
    return ((mixed >> turned) | (mixed << (64n - turned))) & MASK_64;
  }

  /** Return 32 random bits as a number; of 64 bits, the lower half comes first. */
  next32() {
    if (this.half !== null) {
      const kept = this.half;
      this.half = null;
      return kept;
    }
    const both = this.next64();
    this.half = Number(both >> 32n);
    return Number(both & LOW_HALF);
  }

  /** Return a number from 0 up to, not including, 1. */
  uniform() {
    return Number(this.next64() >> 11n) / 2 ** 53;
  }

  /**
   * Return a whole number from 0 to `most`: as many bits as it needs, until they are not above it.
   *
   * @param {number} most 1 to 2³¹ − 1.
   */
  upTo(most) {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const drawn = this.next32() & mask;
      if (drawn <= most) {
        return drawn;
      }
    }
  }
}

/**
 * Draw a Latin hypercube on the unit cube.
 *
 * @param {{state: string, increment: string}} generator State of PCG64, in decimal.
 * @param {number} number Number of points, 1 or more.
 * @param {number} dimensions
 * @returns {Float64Array} `[point, dimension]`, 0–1.
 */
export function drawPortions(generator, number, dimensions) {
  const random = new Generator(generator.state, generator.increment);
  const portions = Float64Array.from({ length: number * dimensions }, () => random.uniform());
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const slices = shuffled(random, number);
    for (let point = 0; point < number; point++) {
      const at = point * dimensions + dimension;
      portions[at] = (slices[point] - portions[at]) / number;
    }
  }
  return portions;
}

/**
 * Return sets of assumptions: what was moved is held where it was put and what the file sets where it has it, and all
 * else is drawn from its range.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Float64Array} portions `[point, parameter]`, from `drawPortions`.
 * @returns {number[][]} `[point][parameter]`.
 */
export function rowsAt(place, settings, portions) {
  const table = place.parameters;
  const used = parametersOf(place, settings);
  const held = table.map(({ name, value, held }, index) => held || name in settings.parameters || used[index] !== value);
  const rows = [];
  for (let first = 0; first < portions.length; first += table.length) {
    const row = table.map((each, index) =>
      held[index] ? used[index] : valueAt(each, portions[first + index]),
    );
    rows.push(limitDrawn(table, row, held));
  }
  return rows;
}

/**
 * Return a row with `unowned_realisation` at most `owned_realisation`, which gives way if the first is held.
 *
 * @param {readonly Parameter[]} table
 * @param {number[]} row Values in the table's order; changed in place.
 * @param {readonly boolean[]} held
 * @returns {number[]}
 */
function limitDrawn(table, row, held) {
  const [unowned, owned] = ["unowned_realisation", "owned_realisation"].map((name) => table.findIndex((each) => each.name === name));
  if (!held[unowned]) return limitUnowned(table, row);
  row[owned] = Math.max(row[owned], row[unowned]);
  return row;
}

/**
 * Return the value of a parameter at a portion of its range.
 *
 * @param {Parameter} parameter
 * @param {number} portion 0–1.
 * @returns {number}
 */
function valueAt({ low, high, whole, choices }, portion) {
  if (choices) {
    return Math.min(Math.trunc(portion * choices.length), choices.length - 1);
  }
  if (!whole) {
    return low + portion * (high - low);
  }
  const [least, most] = [Math.ceil(low), Math.floor(high)];
  const drawn = roundEven(least - 0.5 + portion * (most + 0.5 - (least - 0.5)));
  return Math.min(Math.max(drawn, least), most);
}

/**
 * Return the numbers from 1 in a random order.
 *
 * @param {Generator} random
 * @param {number} number How many.
 * @returns {number[]}
 */
function shuffled(random, number) {
  const slices = Array.from({ length: number }, (_, index) => index + 1);
  for (let index = number - 1; index > 0; index--) {
    const other = random.upTo(index);
    [slices[index], slices[other]] = [slices[other], slices[index]];
  }
  return slices;
}
