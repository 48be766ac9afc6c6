// Run the page's engine on the files of a folder, as the JSON on stdin asks, and write every table into the folder.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [script, folder] = process.argv.slice(2);
const { compileModule, unpack, Engine } = await import(pathToFileURL(script).href);
const asked = JSON.parse(readFileSync(0, "utf8"));
const bytes = (name) => new Uint8Array(readFileSync(join(folder, name)));
const { module: description, packed } = asked;

const engine = await Engine.start(await compileModule(bytes("plain.wasm"), bytes(asked.withSimd)), description);
const inputs = unpack(packed, bytes("block.bin"), description);
const options = { ...asked.options, seed: BigInt(asked.options.seed), replicates: asked.options.replicates.map(BigInt) };
const times = [];
let tables = {};
for (let time = 0; time < asked.times; time++) {
  const begun = performance.now();
  tables = engine.run(inputs, options);
  times.push(performance.now() - begun);
}
for (const [name, { values }] of Object.entries(tables)) {
  writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
const rules = asked.rules.map(([name, given]) => engine.rules[name](...given));
const doubles = new Float64Array(rules);
writeFileSync(join(folder, "rules"), new Uint8Array(doubles.buffer));
const shapes = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.shape]));
process.stdout.write(JSON.stringify({ times, shapes, pages: engine.memory.buffer.byteLength / 65536 }));
