// Read and write the fields of a packed scenario as the page does.

import { Engine, Field, unpack } from "../../simulation/page/script/engine.js";

/** Return the values of every field by array and name, and true if writing them again changes no byte. */
export function readFields(packed, block, description) {
  const { arrays } = unpack(packed, Buffer.from(block, "base64"), description);
  const found = {};
  for (const [name, array] of Object.entries(arrays)) {
    const described = description.arrays[name];
    const before = Buffer.from(array.bytes);
    found[name] = {};
    for (const field of Object.keys(described.fields ?? { "": 0 })) {
      const reader = new Field(array, described, field || undefined);
      const values = Array.from({ length: reader.length }, (_, index) => reader.get(index));
      if (reader.type !== "uint64") values.forEach((value, index) => reader.set(index, value));
      found[name][field] = values;
    }
    found[name].same = before.equals(Buffer.from(array.bytes));
  }
  return found;
}

/** Return what the page says of arrays that are missing, or of another size. */
export function complaints(packed, block, description) {
  const engine = new Engine({ exports: {} }, new WebAssembly.Memory({ initial: 1 }), description);
  const inputs = unpack(packed, Buffer.from(block, "base64"), description);
  const { "place.income": _, ...values } = packed.values;
  const { "calendar.shares": shares, ...rest } = inputs.arrays;
  const short = { ...shares, bytes: shares.bytes.slice(8) };
  return [rest, { ...rest, "calendar.shares": short }].map((arrays) => {
    try {
      return engine.run({ packed: { ...packed, values }, arrays }, { seed: 1n, replicates: [0] });
    } catch (error) {
      return error.message;
    }
  });
}
