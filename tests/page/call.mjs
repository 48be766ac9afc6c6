// Call exported functions of a module of the page with the cases from stdin, and write what they return as JSON.
// Numbers that JSON cannot hold are written as {"$number": "NaN"}, and arrays of doubles as {"$doubles": base64}.

import { readFileSync } from "node:fs";
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

const [path] = process.argv.slice(2);
const module = await import(pathToFileURL(path).href);
const calls = JSON.parse(readFileSync(0, "utf8"), revive);
const returned = await Promise.all(calls.map(([name, ...given]) => module[name](...given)));
process.stdout.write(JSON.stringify(returned, replace));
