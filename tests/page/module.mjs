// The compiled module, from the folder that the test names, started once for all calls.

import { readFileSync } from "node:fs";

import { Engine } from "../../simulation/page/script/engine.js";

const folder = process.env.PORTABLE_MODULE;

export const description = JSON.parse(readFileSync(`${folder}/description.json`, "utf8"));
export const engine = await Engine.start(await WebAssembly.compile(readFileSync(`${folder}/module.wasm`)), description);
