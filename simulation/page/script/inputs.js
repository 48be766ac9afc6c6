/** @import { Calendar, Assumptions } from "./types.js" */
/** @import { Inputs, ModuleDescription, PackedArray } from "./engine.js" */

import { Field } from "./engine.js";

/**
 * What the page works out, written where the model reads it: the calendar of settings, and rows of assumptions.
 */

/**
 * Return a packed scenario with another calendar; the first is left as it is.
 *
 * @param {Inputs} inputs
 * @param {Calendar} calendar
 * @param {ModuleDescription} description Of the module.
 * @returns {Inputs}
 */
export function withCalendar(inputs, calendar, description) {
  const arrays = { ...inputs.arrays };
  /** @type {(name: string, shape: number[]) => void} */
  const copy = (name, shape) => {
    const size = shape.reduce((total, each) => total * each, description.arrays[name].item_size);
    const bytes = new Uint8Array(size);
    if (size === arrays[name].bytes.length) bytes.set(arrays[name].bytes);
    arrays[name] = { bytes, shape };
  };
  const breaches = Object.values(calendar.breaches)[0]?.length ?? 0;
  for (const part of /** @type {const} */ (["months", "organisations", "opportunities", "breaches"])) {
    const name = `calendar.${part}`;
    copy(name, part === "breaches" ? [breaches] : arrays[name].shape);
    for (const [field, values] of Object.entries(calendar[part])) fill(arrays[name], description, name, field, values);
  }
  arrays["calendar.shares"] = packed(calendar.shares, arrays["calendar.shares"].shape);
  return { ...inputs, arrays };
}

/**
 * Return a packed scenario with other assumptions.
 *
 * @param {Inputs} inputs
 * @param {Assumptions} assumptions
 * @param {number} rows
 * @returns {Inputs}
 */
export function withAssumptions(inputs, assumptions, rows) {
  const arrays = { ...inputs.arrays };
  for (const [name, values] of Object.entries(assumptions)) {
    arrays[`assumptions.${name}`] = packed(values, [rows, rows ? values.length / rows : 0]);
  }
  return { ...inputs, arrays };
}

/**
 * @param {PackedArray} array
 * @param {ModuleDescription} description
 * @param {string} name Of the array.
 * @param {string} field
 * @param {Float64Array} values
 */
function fill(array, description, name, field, values) {
  const target = new Field(array, description.arrays[name], field);
  for (let index = 0; index < values.length; index++) target.set(index, values[index]);
}

/**
 * @param {Float64Array} values
 * @param {number[]} shape
 * @returns {PackedArray}
 */
function packed(values, shape) {
  return { bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength), shape };
}
