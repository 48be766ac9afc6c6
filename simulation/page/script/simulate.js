/** @import { PlaceData, Results, Settings } from "./types.js" */
/** @import { Part, Task } from "./tasks.js" */
/** @import { Table } from "./engine.js" */
/** @import { Pool } from "./work.js" */

import { TABLES, resultsOf, withCases } from "./results.js";
import { NOTHING_SET } from "./settings.js";

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
 * @property {(done: number, of: number) => void} [progress] Called with the runs that were worked out.
 */

/** Replicates in a task; less where a place has so many relationships that memory would run short. */
const IN_TASK = 64;

/** Relationships in a task of the full size. */
const MANY_RELATIONSHIPS = 2000;

/** How many results are kept for those who come back to the same settings, and of how many settings the cases. */
const [KEPT, KEPT_CASES] = [32, 4];

/** Results by settings; those that were used last are kept. */
export class Simulator {
  /** @type {Map<string, Results>} */
  #kept = new Map();
  /** @type {Map<string, Table>} By settings the runs with uncertain assumptions, from the first point on. */
  #cases = new Map();

  /**
   * @param {PlaceData} place
   * @param {Pool} pool
   * @param {readonly Part[]} baseline All replicates of the place as it stands.
   */
  constructor(place, pool, baseline) {
    this.place = place;
    this.pool = pool;
    /** How long one replicate took lately with all threads at work, in milliseconds. */
    this.timeOfRun = this.#timeOf(baseline);
    this.#byChance(NOTHING_SET, place.replicates, [], baseline);
  }

  /**
   * Work out what settings come to.
   *
   * @param {Settings} settings
   * @param {Request} [request]
   * @returns {Promise<Results | null>} Null if a newer request of the same key took its place.
   */
  async simulate(settings, request = {}) {
    const { key = "explore", replicates = this.place.replicates, points = 0, trust = false, urgent = false } = request;
    const name = nameOf(settings, replicates, points, trust);
    const known = this.#used(name);
    if (known) {
      if (urgent) this.pool.drop(key);
      return known;
    }
    const byChance = this.#used(nameOf(settings, replicates, 0, trust));
    const cases = this.#cases.get(JSON.stringify(settings));
    const months = trust ? monthsOfTrust(this.place) : [];
    const chance = byChance ? [] : tasksOf(this.place, settings, "chance", { count: replicates, months });
    const first = Math.min(points, cases?.shape[0] ?? 0);
    const varied = tasksOf(this.place, settings, "varied", { first, count: points - first });
    const tasks = [...chance, ...varied];
    const parts = tasks.length ? await this.pool.run(key, tasks, request) : [];
    if (!parts) return null;
    if (tasks.length) this.timeOfRun = this.#timeOf(parts);
    const found = byChance ?? this.#byChance(settings, replicates, months, parts.slice(0, chance.length));
    if (!points) return found;
    const table = this.#casesOf(settings, points, cases, parts.slice(chance.length));
    const results = withCases(found, this.place, table);
    this.#keep(name, results);
    return results;
  }

  /**
   * Keep and return results by chance.
   *
   * @param {Settings} settings
   * @param {number} replicates
   * @param {readonly number[]} months Whose trust is kept.
   * @param {readonly Part[]} parts
   */
  #byChance(settings, replicates, months, parts) {
    const trust = { months, mean: meanTrust(parts, months.length, replicates) };
    const chance = joinTables(parts, TABLES);
    const results = resultsOf(this.place, { settings, replicates, chance, varied: null, trust, lever_cost: parts[0].lever_cost });
    this.#keep(nameOf(settings, replicates, 0, months.length > 0), results);
    return results;
  }

  /**
   * Keep the runs with uncertain assumptions, and return those of the first points.
   *
   * @param {Settings} settings
   * @param {number} points
   * @param {Table | undefined} known The first of them.
   * @param {readonly Part[]} parts Those that follow.
   * @returns {Table}
   */
  #casesOf(settings, points, known, parts) {
    const tables = [...(known ? [{ tables: { system: known } }] : []), ...parts];
    const { system } = joinTables(tables, ["system"]);
    const [number, ...axes] = system.shape;
    const name = JSON.stringify(settings);
    if (number >= (this.#cases.get(name)?.shape[0] ?? 0)) keepLast(this.#cases, name, system, KEPT_CASES);
    return { ...system, values: system.values.subarray(0, axes.reduce((size, each) => size * each, points)), shape: [points, ...axes] };
  }

  /** @param {readonly Part[]} parts */
  #timeOf(parts) {
    const runs = parts.reduce((total, { tables }) => total + tables.system.shape[0], 0);
    return parts.reduce((total, { time }) => total + time, 0) / runs / this.pool.threads.length;
  }

  /**
   * Return results that were worked out lately, or null.
   *
   * @param {Settings} settings
   * @param {{points: number, trust: boolean}} request
   * @returns {Results | null}
   */
  known(settings, { points, trust }) {
    return this.#used(nameOf(settings, this.place.replicates, points, trust));
  }

  /**
   * @param {string} name
   * @returns {Results | null}
   */
  #used(name) {
    const found = this.#kept.get(name);
    if (found) this.#keep(name, found);
    return found ?? null;
  }

  /**
   * @param {string} name
   * @param {Results} results
   */
  #keep(name, results) {
    keepLast(this.#kept, name, results, KEPT);
  }
}

/**
 * Return the name of results.
 *
 * @param {Settings} settings
 * @param {number} replicates
 * @param {number} points
 * @param {boolean} trust
 */
function nameOf(settings, replicates, points, trust) {
  return JSON.stringify([settings, replicates, points, trust]);
}

/**
 * Keep a value as the one that was used last, and drop those that were not used for longest.
 *
 * @template Value
 * @param {Map<string, Value>} kept
 * @param {string} name
 * @param {Value} value
 * @param {number} most How many are kept.
 */
function keepLast(kept, name, value, most) {
  kept.delete(name);
  kept.set(name, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}

/**
 * Return the tasks of some replicates or points.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {"chance" | "varied"} kind
 * @param {{first?: number, count: number, months?: readonly number[], tables?: readonly string[]}} what The first, how
 *   many, and what is kept of them.
 * @returns {Task[]}
 */
export function tasksOf(place, settings, kind, { first = 0, count, months = [], tables }) {
  const size = place.relationships.length > MANY_RELATIONSHIPS ? IN_TASK / 4 : IN_TASK;
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => {
    const begin = index * size;
    return { settings, kind, first: first + begin, count: Math.min(size, count - begin), months, tables };
  });
}

/**
 * Put the tables of parts together, in order.
 *
 * @param {readonly {tables: Record<string, Table>}[]} parts At least one.
 * @param {readonly string[]} names
 * @returns {Record<string, Table>}
 */
export function joinTables(parts, names) {
  /** @type {Record<string, Table>} */
  const joined = {};
  for (const name of names) {
    const first = parts[0].tables[name];
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
