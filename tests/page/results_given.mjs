// Results of real runs of a packed place as it stands, by chance and at points of uncertain assumptions.

import { calendarOf } from "../../simulation/page/script/calendar.js";
import { unpack } from "../../simulation/page/script/engine.js";
import { assumptionsOf } from "../../simulation/page/script/parameters.js";
import { drawPortions, rowsAt } from "../../simulation/page/script/points.js";
import { resultsOf } from "../../simulation/page/script/results.js";
import { NOTHING_SET } from "../../simulation/page/script/settings.js";
import { description, engine } from "./module.mjs";

function copied(tables) {
  return Object.fromEntries(Object.entries(tables).map(([name, each]) => [name, { ...each, values: each.values.slice() }]));
}

function withRows(inputs, place, rows) {
  const arrays = { ...inputs.arrays };
  for (const [name, values] of Object.entries(assumptionsOf(place, rows))) {
    arrays[`assumptions.${name}`] = { bytes: new Uint8Array(values.buffer), shape: [rows.length, values.length / rows.length] };
  }
  return { ...inputs, arrays };
}

function meanTrust({ values, shape: [replicates, months, width] }) {
  return Array.from({ length: months }, (_, month) =>
    Float64Array.from({ length: width }, (_, r) => {
      let sum = 0;
      for (let replicate = 0; replicate < replicates; replicate++) sum += values[(replicate * months + month) * width + r];
      return sum / replicates;
    }),
  );
}

export function given(place, packed, block, replicates, points) {
  const inputs = unpack(packed, new Uint8Array(Buffer.from(block, "base64")), description);
  const seed = BigInt(place.seed);
  const numbers = Array.from({ length: replicates }, (_, each) => each);
  const chance = copied(engine.run(inputs, { seed, replicates: numbers, detail: ["relationships"] }));
  const rows = rowsAt(place, NOTHING_SET, drawPortions(place.points, points, place.parameters.length));
  const options = { seed, replicates: rows.map((_, row) => row * place.points.stride), rows: rows.map((_, row) => row) };
  return resultsOf(place, {
    settings: NOTHING_SET,
    replicates,
    chance,
    varied: copied(engine.run(withRows(inputs, place, rows), options)),
    trust: { months: place.months.map((_, month) => month), mean: meanTrust(chance.relationships) },
    lever_cost: calendarOf(place, NOTHING_SET, engine.rules).months.lever_cost,
  });
}
