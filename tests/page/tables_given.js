import { calendarOf } from "./calendar.js";
import { decompressed } from "./compressed.js";
import { Engine, compileModule, unpack } from "./engine.js";
import { withAssumptions, withCalendar } from "./inputs.js";
import { assumptionsOf } from "./parameters.js";
import { drawPortions, rowsAt } from "./points.js";
import { scenarioText } from "./scenario_text.js";
import { parametersOf } from "./settings.js";
import { sha256 } from "./sha256.js";

/**
 * The page's engine in a browser without the page: all tables of some settings, each as the SHA-256 of its bytes.
 */

/** Run settings, each replicate at the settings' own assumptions or at one point of uncertain ones. */
async function tablesOf({ place, modules, settings, seed, first, replicates, varied, build }) {
  const { plain, simd, description } = modules;
  const module = await compileModule(await decompressed(plain), await decompressed(build === "simd" ? simd : plain));
  const engine = await Engine.start(module, description);
  const inputs = unpack(place.packed.description, await decompressed(place.packed.block), description);
  const width = place.parameters.length;
  const rows = varied ? rowsAt(place, settings, drawPortions(place.points, replicates, width)) : [parametersOf(place, settings)];
  const dated = withCalendar(inputs, calendarOf(place, settings, engine.rules), description);
  const numbers = Array.from({ length: replicates }, (_, index) => BigInt(first) + BigInt(index));
  const tables = engine.run(withAssumptions(dated, assumptionsOf(place, rows), rows.length), {
    seed: BigInt(seed),
    replicates: numbers,
    rows: numbers.map((_, index) => (varied ? index : 0)),
    detail: Object.keys(place.packed.description.tables).filter((name) => place.packed.description.tables[name].detail),
  });
  const digests = Object.entries(tables).map(([name, { values, shape }]) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return [name, { digest: Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, "0")).join(""), shape }];
  });
  return { tables: Object.fromEntries(digests), text: scenarioText(place, settings) };
}

globalThis.tablesOf = tablesOf;
