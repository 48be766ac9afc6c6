/** @import { PlaceData } from "./types.js" */
/** @import { App } from "./app.js" */
/** @import { ModuleDescription } from "./engine.js" */

import { followAddress, hasAddress, stateFromAddress } from "./address.js";
import { isAsWritten, runBaseline } from "./check.js";
import { decompressed, decompressedData } from "./compressed.js";
import { region, setText } from "./dom.js";
import { Engine, compileModule } from "./engine.js";
import { describeMaking, describePlace, layOut, sayProblems } from "./layout.js";
import { readPlace, splitSeal } from "./open_place.js";
import { Simulator } from "./simulate.js";
import { Store } from "./store.js";
import { mountStory } from "./story.js";
import { startPool } from "./work.js";
import { serveTasks } from "./worker.js";

/**
 * The start of the page, and of its workers: the same script runs in both.
 */

/** @typedef {{module: WebAssembly.Module, description: ModuleDescription, script: string}} Model */

const STAYS = "The pictures and tables show the place as its file has it; they were drawn when the file was made.";

/**
 * Start the page.
 *
 * @returns {Promise<void>}
 */
async function start() {
  try {
    const changed = await changedPart();
    if (changed) {
      for (const id of ["answer", "main", "parts"]) region(id).hidden = true;
      region("check").className = "notice";
      say(`This file is not as it was made: ${changed} changed. So none of its numbers are shown. Ask for the file again, or make it again by trustsim page.`);
      return;
    }
    const place = /** @type {PlaceData} */ (await decompressedData(region("place").textContent ?? ""));
    if (typeof WebAssembly !== "object") {
      say(`WebAssembly is switched off in this browser, so nothing can be moved here. ${STAYS}`);
      return;
    }
    const model = await loadModel();
    const simulator = await checkedSimulator(place, model);
    if (!simulator) {
      say(`The model gives other numbers in this browser than where the file was made, so none of them are shown and nothing can be moved. ${STAYS}`);
      return;
    }
    describeMaking(place);
    const { rules } = await Engine.start(model.module, model.description);
    explore(place, { ...model, rules }, simulator, place.model);
  } catch (error) {
    say(`The model could not be started here (${error instanceof Error ? error.message : error}). ${STAYS}`);
    throw error;
  }
}

/**
 * Return which of the parts that this file holds was changed after it was made.
 *
 * @returns {Promise<string>} As the beginning of a sentence; empty if none was.
 */
async function changedPart() {
  const parts = { place: "the data of the place were", modules: "the model was" };
  for (const [id, words] of Object.entries(parts)) {
    const { textContent, dataset } = region(id);
    if (!(await isAsWritten(textContent ?? "", dataset.sha256))) return words;
  }
  return "";
}

/** @returns {Promise<Model>} */
async function loadModel() {
  const { plain, simd, description } = await decompressedData(region("modules").textContent ?? "");
  const [one, other] = await Promise.all([decompressed(plain), decompressed(simd)]);
  return { module: await compileModule(one, other), description, script: region("script").textContent ?? "" };
}

/**
 * Return what simulates a place, if it comes to the same numbers here as in Python.
 *
 * @param {PlaceData} place
 * @param {Model} model
 * @returns {Promise<Simulator | null>}
 */
async function checkedSimulator(place, { module, description, script }) {
  const block = await decompressed(place.packed.block);
  const lean = { ...place, packed: { ...place.packed, block: "" } };
  const pool = await startPool({ place: lean, module, description, block }, script);
  const baseline = await runBaseline(place, pool);
  if (baseline) return new Simulator(place, pool, baseline);
  pool.end();
  return null;
}

/**
 * Show a place, and let people change it.
 *
 * @param {PlaceData} place
 * @param {Model & {rules: App["rules"]}} model
 * @param {Simulator} simulator
 * @param {string} version Of the model in this page.
 */
function explore(place, model, simulator, version) {
  const { state, problems } = stateFromAddress(place, location.hash);
  const store = new Store(state);
  const endAddress = followAddress(place, store, sayProblems);
  let chosen = 0;
  const open = async (/** @type {File} */ file) => {
    const turn = ++chosen;
    const text = await file.text();
    const read = readPlace(text, file.name, version);
    if ("problem" in read) return read.problem;
    const { before, digest } = splitSeal(text);
    if (!(await isAsWritten(before, digest))) return `${file.name} is not as it was written, so it is not shown: write it again by trustsim page --data.`;
    const next = await checkedSimulator(read.place, model).catch(() => null);
    if (turn !== chosen) {
      next?.pool.end();
      return ""; // another file was chosen meanwhile: two places at once would show each other's numbers
    }
    if (!next) return `${file.name} does not come to the numbers that it says Python gave, so it is not shown: write it again by trustsim page --data.`;
    endAddress();
    endStory();
    end();
    simulator.pool.end();
    if (hasAddress()) history.pushState(null, "", location.href.replace(/#.*/s, ""));
    describePlace(read.place);
    explore(read.place, model, next, version);
    return null;
  };
  const { app, end } = layOut(place, store, simulator, model.rules, open);
  const endStory = mountStory(region("story"), app);
  sayProblems(problems);
  document.documentElement.dataset.script = "on";
  say("Checked to the bit: the model gives the same numbers here as where this file was made.");
}

/** @param {string} words */
function say(words) {
  document.documentElement.dataset.script ??= "off";
  setText(region("check"), words);
}

if (typeof document !== "undefined") void start();
else if ("WorkerGlobalScope" in globalThis) serveTasks(globalThis);
