/** @import { PlaceData, Results, Settings } from "./types.js" */
/** @import { Part, Task } from "./tasks.js" */
/** @import { Table } from "./engine.js" */
/** @import { Pool } from "./work.js" */

import { resultsOf } from "./results.js";

/**
 * What settings come to: work is shared out, and its parts are put together.
 */

/**
 * @typedef {object} Request
 * @property {string} [key] Of the requests of one key the newest wins.
 * @property {number} [replicates] By chance; as many as the place has if left out.
 * @property {number} [points] Points of uncertain assumptions, from the first.
 * @property {boolean} [trust] True if the picture of trust needs every month.
 * @property {number} [priority] A request of a lower number goes first.
 * @property {boolean} [urgent] Drops what is worked out under the same key.
 */

/** Replicates in a task; less where a place has so many relationships that memory would run short. */
const IN_TASK = 64;

/** Relationships in a task of the full size. */
const MANY_RELATIONSHIPS = 2000;

/** How many results are kept for those who come back to the same settings. */
const KEPT = 24;

/** Results by settings; those that were used last are kept. */
export class Simulator {
  /** @type {Map<string, Results>} */
  #kept = new Map();

  /**
   * @param {PlaceData} place
   * @param {Pool} pool
   */
  constructor(place, pool) {
    this.place = place;
    this.pool = pool;
    /** How long one replicate took lately with all threads at work, in milliseconds. */
    this.timeOfRun = 0;
  }

  /**
   * Work out what settings come to.
   *
   * @param {Settings} settings
   * @param {Request} [request]
   * @returns {Promise<Results | null>} Null if a newer request of the same key took its place.
   */
  async simulate(settings, request = {}) {
    const { key = "explore", replicates = this.place.replicates, points = 0, trust = false, priority = 0, urgent = false } = request;
    const name = JSON.stringify([settings, replicates, points, trust]);
    const known = this.#kept.get(name);
    if (known) {
      if (urgent) this.pool.drop(key);
      this.#keep(name, known);
      return known;
    }
    const months = trust ? monthsOfTrust(this.place) : [];
    const chance = tasksOf(this.place, settings, "chance", replicates, months);
    const varied = tasksOf(this.place, settings, "varied", points, []);
    const parts = await this.pool.run(key, [...chance, ...varied], { priority, urgent });
    if (!parts) return null;
    this.timeOfRun = parts.reduce((total, { time }) => total + time, 0) / (replicates + points) / this.pool.threads.length;
    const results = resultsOf(this.place, {
      settings,
      replicates,
      chance: joinTables(parts.slice(0, chance.length)),
      varied: points ? joinTables(parts.slice(chance.length)) : null,
      trust: { months, mean: meanTrust(parts.slice(0, chance.length), months.length, replicates) },
      lever_cost: parts[0].lever_cost,
    });
    this.#keep(name, results);
    return results;
  }

  /**
   * Return results that were worked out lately, or null.
   *
   * @param {Settings} settings
   * @param {{points: number, trust: boolean}} request
   * @returns {Results | null}
   */
  known(settings, { points, trust }) {
    const name = JSON.stringify([settings, this.place.replicates, points, trust]);
    const found = this.#kept.get(name);
    if (found) this.#keep(name, found);
    return found ?? null;
  }

  /**
   * @param {string} name
   * @param {Results} results
   */
  #keep(name, results) {
    this.#kept.delete(name);
    this.#kept.set(name, results);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

/**
 * Return the tasks of some replicates or points.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {"chance" | "varied"} kind
 * @param {number} number
 * @param {readonly number[]} months
 * @returns {Task[]}
 */
export function tasksOf(place, settings, kind, number, months) {
  const size = place.relationships.length > MANY_RELATIONSHIPS ? IN_TASK / 4 : IN_TASK;
  return Array.from({ length: Math.ceil(number / size) }, (_, index) => {
    const first = index * size;
    return { settings, kind, first, count: Math.min(size, number - first), months };
  });
}

/**
 * Put the tables of parts together, in order.
 *
 * @param {readonly Part[]} parts At least one.
 * @returns {Record<string, Table>}
 */
export function joinTables(parts) {
  /** @type {Record<string, Table>} */
  const joined = {};
  for (const [name, first] of Object.entries(parts[0].tables)) {
    const each = parts.map(({ tables }) => tables[name]);
    const values = new /** @type {any} */ (first.values.constructor)(each.reduce((total, table) => total + table.values.length, 0));
    let at = 0;
    for (const table of each) {
      values.set(table.values, at);
      at += table.values.length;
    }
    const replicates = each.reduce((total, table) => total + table.shape[0], 0);
    joined[name] = { values, shape: [replicates, ...first.shape.slice(1)], columns: first.columns };
  }
  return joined;
}

/**
 * Return the months whose trust is kept: all, or in a place of many relationships the first and the end of each year.
 *
 * @param {PlaceData} place
 * @returns {number[]}
 */
function monthsOfTrust(place) {
  if (place.relationships.length <= MANY_RELATIONSHIPS) return place.months.map((_, month) => month);
  return [...new Set([0, ...place.years.map(({ until }) => until - 1)])];
}

/**
 * @param {readonly Part[]} parts
 * @param {number} months
 * @param {number} replicates
 * @returns {Float64Array[]} `[month][r]`.
 */
function meanTrust(parts, months, replicates) {
  const width = months ? parts[0].trust.length / months : 0;
  const sums = new Float64Array(months * width);
  for (const { trust } of parts) trust.forEach((sum, index) => (sums[index] += sum));
  return Array.from({ length: months }, (_, month) => sums.slice(month * width, (month + 1) * width).map((sum) => sum / replicates));
}
