// What settings come to when more points are asked for by and by, and when all are asked for at once.

import { NOTHING_SET } from "../../simulation/page/script/settings.js";
import { Simulator, tasksOf } from "../../simulation/page/script/simulate.js";
import { TaskRunner } from "../../simulation/page/script/tasks.js";
import { description, engine } from "./module.mjs";

export async function given(place, packed, block, settings, steps) {
  const bytes = new Uint8Array(Buffer.from(block, "base64"));
  const runner = new TaskRunner({ place: { ...place, packed: { description: packed } }, description, block: bytes }, engine);
  let runs = 0;
  const run = async (key, tasks) => tasks.map((task) => ((runs += task.count), runner.run(task)));
  const baseline = tasksOf(place, NOTHING_SET, "chance", { count: place.replicates }).map((task) => runner.run(task));
  const begin = () => new Simulator(place, { threads: [null], run, drop: () => {} }, baseline);
  const oneByOne = begin();
  const found = [];
  for (const points of steps) found.push(await oneByOne.simulate(settings, { points }));
  const taken = runs;
  const direct = [];
  for (const points of steps) direct.push(await begin().simulate(settings, { points }));
  return { taken, found, direct };
}
