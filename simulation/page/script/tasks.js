/** @import { PlaceData, Settings } from "./types.js" */
/** @import { Inputs, ModuleDescription, PackedDescription, Table } from "./engine.js" */

import { calendarOf } from "./calendar.js";
import { Engine, unpack } from "./engine.js";
import { withAssumptions, withCalendar } from "./inputs.js";
import { assumptionsOf } from "./parameters.js";
import { drawPortions, rowsAt } from "./points.js";
import { TABLES, VARIED_COLUMNS, withColumns } from "./results.js";
import { parametersOf } from "./settings.js";

/**
 * A piece of work for a worker: some replicates of some settings, and what is kept of them.
 *
 * The pieces are the same however many workers there are, so that sums over them have the same bits.
 */

/**
 * @typedef {object} Task
 * @property {Settings} settings
 * @property {"chance" | "varied"} kind By chance: a replicate each, at the settings' own assumptions. Varied: a point each,
 *   with random events of its own.
 * @property {number} first First replicate or point.
 * @property {number} count
 * @property {readonly number[]} months Months for which trust is summed by relationship.
 * @property {readonly string[]} [tables] What is kept of runs by chance; what results need if left out.
 *
 * @typedef {object} Part What a task came to.
 * @property {Record<string, Table>} tables By chance those of the task, and where assumptions are varied some columns
 *   of system; the first axis is the task's replicates.
 * @property {Float64Array} trust Sums over replicates, `[month, r]`.
 * @property {Float64Array} lever_cost `[t]`, £m a year.
 * @property {number} time How long it took, in milliseconds.
 *
 * @typedef {object} Material All that tasks are worked out from.
 * @property {PlaceData} place
 * @property {WebAssembly.Module} module
 * @property {ModuleDescription} description
 * @property {Uint8Array} block Bytes of the packed place.
 */

/** Works out tasks; one for each thread. */
export class TaskRunner {
  /** @type {{key: string, inputs: Inputs, leverCost: Float64Array} | null} The settings that were used last. */
  #last = null;
  /** @type {Float64Array | null} Where each point lies in the range of each assumption. */
  #portions = null;

  /**
   * @param {Material} material
   * @param {Engine} engine
   */
  constructor(material, engine) {
    this.material = material;
    this.engine = engine;
    this.packed = /** @type {PackedDescription} */ (material.place.packed.description);
    this.plain = unpack(this.packed, material.block, material.description);
  }

  /**
   * @param {Material} material
   * @returns {Promise<TaskRunner>}
   */
  static async start(material) {
    return new TaskRunner(material, await Engine.start(material.module, material.description));
  }

  /**
   * Work out a task.
   *
   * @param {Task} task
   * @returns {Part}
   */
  run(task) {
    const begun = performance.now();
    const { place } = this.material;
    const { inputs, leverCost } = this.#inputsOf(task);
    const isVaried = task.kind === "varied";
    const stride = isVaried ? place.points.stride : 1;
    const numbers = Array.from({ length: task.count }, (_, index) => (task.first + index) * stride);
    const rows = isVaried ? numbers.map((_, index) => index) : undefined;
    const months = [...task.months];
    const detail = months.length ? ["relationships"] : [];
    const tables = this.engine.run(inputs, { seed: BigInt(place.seed), replicates: numbers, rows, detail, months: months.length ? months : [0] });
    /** @type {Record<string, Table>} */
    const kept = {};
    if (isVaried) kept.system = withColumns(tables.system, VARIED_COLUMNS);
    else for (const name of task.tables ?? TABLES) kept[name] = { ...tables[name], values: tables[name].values.slice() };
    const trust = sumOverReplicates(tables.relationships, task.count);
    return { tables: kept, trust, lever_cost: leverCost.slice(), time: performance.now() - begun };
  }

  /**
   * @param {Task} task
   * @returns {{inputs: Inputs, leverCost: Float64Array}}
   */
  #inputsOf(task) {
    const { place, description } = this.material;
    const key = JSON.stringify(task.settings);
    if (this.#last?.key !== key) {
      const calendar = calendarOf(place, task.settings, this.engine.rules);
      const dated = withCalendar(this.plain, calendar, description);
      const assumed = assumptionsOf(place, [parametersOf(place, task.settings)]);
      this.#last = { key, inputs: withAssumptions(dated, assumed, 1), leverCost: calendar.months.lever_cost };
    }
    if (task.kind === "chance") return this.#last;
    const { inputs, leverCost } = this.#last;
    const width = place.parameters.length;
    this.#portions ??= drawPortions(place.points, place.points.number, width);
    const portions = this.#portions.subarray(task.first * width, (task.first + task.count) * width);
    const varied = assumptionsOf(place, rowsAt(place, task.settings, portions));
    return { inputs: withAssumptions(inputs, varied, task.count), leverCost };
  }
}

/**
 * Return the buffers of a part, which can be handed over without being copied.
 *
 * @param {Part} part
 * @returns {ArrayBuffer[]}
 */
export function buffersOf(part) {
  const arrays = [...Object.values(part.tables).map(({ values }) => values), part.trust, part.lever_cost];
  return arrays.map((each) => /** @type {ArrayBuffer} */ (each.buffer));
}

/**
 * @param {Table} table `[replicate, month, r]`.
 * @param {number} replicates
 * @returns {Float64Array} `[month, r]`.
 */
function sumOverReplicates({ values }, replicates) {
  const size = replicates ? values.length / replicates : 0;
  const sums = new Float64Array(size);
  for (let replicate = 0, at = 0; replicate < replicates; replicate++) {
    for (let index = 0; index < size; index++, at++) sums[index] += values[at];
  }
  return sums;
}
