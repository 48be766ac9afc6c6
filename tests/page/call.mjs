// For each line of stdin, call exported functions of a module with the cases in it, and write what they return as JSON.
// Numbers that JSON cannot hold are written as {"$number": "NaN"}, and arrays of doubles as {"$doubles": base64}.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

function revive(key, value) {
  if (value !== null && typeof value === "object") {
    if ("$number" in value) return Number(value.$number);
    if ("$doubles" in value) {
      const bytes = Buffer.from(value.$doubles, "base64");
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    }
  }
  return value;
}

function replace(key, value) {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (value instanceof Float64Array) {
    return { $doubles: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  }
  if (ArrayBuffer.isView(value)) return [...value];
  return value === undefined ? null : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { path, calls } = JSON.parse(line, revive);
  const module = await import(pathToFileURL(path).href);
  const returned = await Promise.all(calls.map(([name, ...given]) => module[name](...given)));
  process.stdout.write(JSON.stringify(returned, replace) + "\n");
}
