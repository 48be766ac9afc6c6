/** @import { Rules } from "./types.js" */

/**
 * The model: the compiled kernel as a WebAssembly module, called by the description that comes with it.
 *
 * No layout is written here. The description says in which slot each number of an argument goes, and where each field
 * of a record begins; a packed scenario says where each array lies in its block of bytes.
 */

/**
 * @typedef {"float64" | "int64" | "uint64" | "uint32" | "uint16" | "bool"} TypeName
 *
 * @typedef {object} ArrayDescription An array that the kernel takes.
 * @property {number} pointer Slot of its address.
 * @property {number} items Slot of its number of items.
 * @property {number} item_size_at Slot of the size of an item.
 * @property {number[]} shape Slots of the lengths of its axes.
 * @property {number[]} strides Slots of the distances between neighbours along its axes, in bytes.
 * @property {number} item_size Bytes.
 * @property {TypeName} [type] Of an item; records have fields instead.
 * @property {Record<string, {type: TypeName, offset: number}>} [fields] Of a record, with where each begins in it.
 *
 * @typedef {object} ModuleDescription
 * @property {number} first_free Address from which memory is the caller's.
 * @property {number} slots How many slots the kernel reads.
 * @property {number} slot_size Bytes.
 * @property {number} lanes How many replicates the kernel simulates side by side.
 * @property {Record<string, ArrayDescription>} arrays
 * @property {Record<string, {slot: number, type: TypeName}>} values
 * @property {Record<string, string[]>} rules The arguments of each rule.
 *
 * @typedef {object} PackedDescription A packed scenario.
 * @property {Record<string, {offset: number, shape: number[]}>} arrays Where each array lies in the block.
 * @property {Record<string, number>} values Numbers that are no arrays.
 * @property {Record<string, number[]>} blank Shapes of the arrays that begin as zeros.
 * @property {Record<string, {detail: boolean, shape: number[], columns?: string[]}>} tables The shape of each table
 *   for one replicate; of monthly detail, for one month that it keeps.
 * @property {number} months
 *
 * @typedef {object} PackedArray
 * @property {Uint8Array} bytes
 * @property {number[]} shape
 *
 * @typedef {object} Inputs What the kernel takes for a scenario; arrays can be replaced or changed in place.
 * @property {Record<string, PackedArray>} arrays
 * @property {PackedDescription} packed
 *
 * @typedef {object} RunOptions
 * @property {bigint} seed 0 to 2⁶⁴ − 1.
 * @property {ArrayLike<number | bigint>} replicates The number of each replicate.
 * @property {ArrayLike<number>} [rows] The set of parameters that each assumes; by default the first.
 * @property {string[]} [detail] The tables of monthly detail to keep.
 * @property {number[]} [months] The months that they keep, counted from 0; by default all.
 *
 * @typedef {object} Table A table of results; its values are a view of memory that holds until the next run.
 * @property {Float64Array | Uint16Array} values In the order of its axes, the last one fastest.
 * @property {number[]} shape
 * @property {string[]} columns Of its last axis; none if that has no names.
 */

const PAGE = 65536;
const ALIGNMENT = 64;

/**
 * Compile the faster module that this browser can run.
 *
 * @param {Uint8Array<ArrayBuffer>} plain
 * @param {Uint8Array<ArrayBuffer>} withSimd The same with vector instructions.
 * @returns {Promise<WebAssembly.Module>} It can be posted to a worker.
 */
export function compileModule(plain, withSimd) {
  return WebAssembly.compile(WebAssembly.validate(withSimd) ? withSimd : plain);
}

/**
 * Take a packed scenario apart; its arrays are copies that can be changed.
 *
 * @param {PackedDescription} packed
 * @param {Uint8Array} block
 * @param {ModuleDescription} description Of the module.
 * @returns {Inputs}
 */
export function unpack(packed, block, description) {
  /** @type {Record<string, PackedArray>} */
  const arrays = {};
  for (const [name, { offset, shape }] of Object.entries(packed.arrays)) {
    const size = product(shape) * description.arrays[name].item_size;
    arrays[name] = { bytes: block.slice(offset, offset + size), shape };
  }
  return { arrays, packed };
}

/** One field of all records of an array, or all items of an array without fields. */
export class Field {
  /**
   * @param {PackedArray} array
   * @param {ArrayDescription} described
   * @param {string} [name] Of the field; left out where items are no records.
   */
  constructor(array, described, name) {
    const field = name === undefined ? { type: described.type, offset: 0 } : described.fields?.[name];
    if (field?.type === undefined) throw new Error(`no field ${name}`);
    this.type = field.type;
    this.offset = field.offset;
    this.stride = described.item_size;
    this.length = product(array.shape);
    this.view = new DataView(array.bytes.buffer, array.bytes.byteOffset, array.bytes.byteLength);
  }

  /**
   * Return the value of a record.
   *
   * @param {number} index Of the record, counted along all axes, the last one fastest.
   * @returns {number} Words of 64 bits lose their last bits beyond 2⁵³.
   */
  get(index) {
    const at = index * this.stride + this.offset;
    switch (this.type) {
      case "float64":
        return this.view.getFloat64(at, true);
      case "int64":
        return Number(this.view.getBigInt64(at, true));
      case "uint64":
        return Number(this.view.getBigUint64(at, true));
      case "uint32":
        return this.view.getUint32(at, true);
      case "uint16":
        return this.view.getUint16(at, true);
      case "bool":
        return this.view.getUint8(at);
    }
  }

  /**
   * Set the value of a record.
   *
   * @param {number} index Of the record, counted along all axes, the last one fastest.
   * @param {number} value
   */
  set(index, value) {
    const at = index * this.stride + this.offset;
    switch (this.type) {
      case "float64":
        return this.view.setFloat64(at, value, true);
      case "int64":
        return this.view.setBigInt64(at, BigInt(value), true);
      case "uint64":
        return this.view.setBigUint64(at, BigInt(value), true);
      case "uint32":
        return this.view.setUint32(at, value, true);
      case "uint16":
        return this.view.setUint16(at, value, true);
      case "bool":
        return this.view.setUint8(at, value);
    }
  }
}

/** An instance of the module, with a memory of its own. */
export class Engine {
  /**
   * @param {WebAssembly.Instance} instance
   * @param {WebAssembly.Memory} memory
   * @param {ModuleDescription} description
   */
  constructor(instance, memory, description) {
    this.memory = memory;
    this.description = description;
    this.simulate = /** @type {(slots: number) => number} */ (instance.exports.simulate);
    const names = Object.keys(description.rules);
    const rules = Object.fromEntries(names.map((name) => [name, instance.exports[name]]));
    /** The model's rules, in which 1 is true and 0 is false. */
    this.rules = /** @type {Rules & Record<string, (...given: number[]) => number>} */ (/** @type {unknown} */ (rules));
  }

  /**
   * Start the module.
   *
   * @param {WebAssembly.Module} module
   * @param {ModuleDescription} description
   * @returns {Promise<Engine>}
   */
  static async start(module, description) {
    const memory = new WebAssembly.Memory({ initial: description.first_free / PAGE });
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    return new Engine(instance, memory, description);
  }

  /**
   * Run replicates of a scenario.
   *
   * @param {Inputs} inputs
   * @param {RunOptions} options
   * @returns {Record<string, Table>} Every table by name; those of detail that is not kept have no months.
   */
  run(inputs, options) {
    const { packed } = inputs;
    const tables = shapesOfTables(packed, options);
    const blank = { ...packed.blank, ...tables };
    const given = { ...inputs.arrays, ...arraysOf(options, packed.months) };
    const { places, end } = this.#place(given, blank);
    this.#grow(end);
    const memory = new Uint8Array(this.memory.buffer);
    for (const [name, at] of Object.entries(places)) {
      if (name in given) memory.set(given[name].bytes, at);
      else memory.fill(0, at, at + this.#bytesIn(name, blank[name]));
    }
    this.#writeSlots(places, given, blank, packed.values, options.seed);
    const status = this.simulate(this.description.first_free);
    if (status !== 0) throw new Error(`the model stopped with status ${status}`);
    return this.#read(places, tables, packed);
  }

  /**
   * Find an address for every array.
   *
   * @param {Record<string, PackedArray>} given
   * @param {Record<string, number[]>} blank
   * @returns {{places: Record<string, number>, end: number}}
   */
  #place(given, blank) {
    const { first_free, slots, slot_size, arrays } = this.description;
    /** @type {Record<string, number>} */
    const places = {};
    let end = first_free + slots * slot_size;
    for (const name of Object.keys(arrays)) {
      const shape = given[name]?.shape ?? blank[name];
      const size = shape && this.#bytesIn(name, shape);
      if (size === undefined) throw new Error(`the model needs ${name}`);
      if (name in given && given[name].bytes.byteLength !== size) throw new Error(`${name} should have ${size} bytes`);
      const at = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      places[name] = at;
      end = at + size;
    }
    return { places, end };
  }

  /** @param {number} end The address after the last byte that is needed. */
  #grow(end) {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
  }

  /**
   * @param {Record<string, number>} places
   * @param {Record<string, PackedArray>} given
   * @param {Record<string, number[]>} blank
   * @param {Record<string, number>} values
   * @param {bigint} seed
   */
  #writeSlots(places, given, blank, values, seed) {
    const { first_free, slots, slot_size, arrays } = this.description;
    const view = new DataView(this.memory.buffer, first_free, slots * slot_size);
    /** @type {(slot: number, value: number) => void} */
    const write = (slot, value) => view.setBigUint64(slot * slot_size, BigInt(value), true);
    for (const [name, array] of Object.entries(arrays)) {
      const shape = given[name]?.shape ?? blank[name];
      write(array.pointer, places[name]);
      write(array.items, product(shape));
      write(array.item_size_at, array.item_size);
      shape.forEach((length, axis) => {
        write(array.shape[axis], length);
        write(array.strides[axis], array.item_size * product(shape.slice(axis + 1)));
      });
    }
    for (const [name, { slot, type }] of Object.entries(this.description.values)) {
      if (name === "seed") view.setBigUint64(slot * slot_size, seed, true);
      else if (type === "float64") view.setFloat64(slot * slot_size, values[name], true);
      else write(slot, values[name]);
    }
  }

  /**
   * @param {Record<string, number>} places
   * @param {Record<string, number[]>} shapes
   * @param {PackedDescription} packed
   * @returns {Record<string, Table>}
   */
  #read(places, shapes, packed) {
    /** @type {Record<string, Table>} */
    const tables = {};
    for (const [name, described] of Object.entries(packed.tables)) {
      const full = `tables.${name}`;
      const shape = shapes[full];
      const { type } = this.description.arrays[full];
      const View = type === "uint16" ? Uint16Array : Float64Array;
      const values = new View(this.memory.buffer, places[full], product(shape));
      tables[name] = { values, shape, columns: described.columns ?? [] };
    }
    return tables;
  }

  /**
   * @param {string} name
   * @param {number[]} shape
   */
  #bytesIn(name, shape) {
    return product(shape) * this.description.arrays[name].item_size;
  }
}

/**
 * Return the shape of every table of a run.
 *
 * @param {PackedDescription} packed
 * @param {RunOptions} options
 * @returns {Record<string, number[]>}
 */
function shapesOfTables(packed, options) {
  const { replicates, detail = [], months } = options;
  /** @type {Record<string, number[]>} */
  const shapes = {};
  for (const [name, table] of Object.entries(packed.tables)) {
    const kept = detail.includes(name) ? (months?.length ?? packed.months) : 0;
    shapes[`tables.${name}`] = [replicates.length, ...(table.detail ? [kept] : []), ...table.shape];
  }
  return shapes;
}

/**
 * Return the arrays that say what to run.
 *
 * @param {RunOptions} options
 * @param {number} horizon Months.
 * @returns {Record<string, PackedArray>}
 */
function arraysOf(options, horizon) {
  const { replicates, rows, months = Array.from({ length: horizon }, (_, month) => month) } = options;
  const kept = new BigInt64Array(horizon).fill(-1n);
  months.forEach((month, index) => {
    kept[month] = BigInt(index);
  });
  const numbers = BigUint64Array.from(Array.from(replicates), BigInt);
  const assumed = BigInt64Array.from(Array.from(replicates, (_, index) => BigInt(rows?.[index] ?? 0)));
  /** @type {(words: BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>) => PackedArray} */
  const packed = (words) => ({ bytes: new Uint8Array(words.buffer), shape: [words.length] });
  return { "tables.kept": packed(kept), replicates: packed(numbers), rows: packed(assumed) };
}

/**
 * @param {number[]} numbers
 * @returns {number} Their product; 1 if there are none.
 */
function product(numbers) {
  return numbers.reduce((total, number) => total * number, 1);
}
