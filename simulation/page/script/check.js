/** @import { PlaceData } from "./types.js" */
/** @import { Part } from "./tasks.js" */
/** @import { Pool } from "./work.js" */

import { NOTHING_SET } from "./settings.js";
import { sha256 } from "./sha256.js";
import { joinTables, tasksOf } from "./simulate.js";

/**
 * The page checks itself: its engine must give the tables that Python gave, to the last bit.
 */

/**
 * Run the place as it stands, and return its replicates if they come to the same tables here as in Python.
 *
 * @param {PlaceData} place
 * @param {Pool} pool
 * @returns {Promise<readonly Part[] | null>}
 */
export async function runBaseline(place, pool) {
  const tasks = tasksOf(place, NOTHING_SET, "chance", { count: place.replicates, tables: place.digest_of });
  const parts = await pool.run("check", tasks);
  if (!parts) return null;
  const tables = joinTables(parts, place.digest_of);
  const bytes = place.digest_of.map((name) => {
    const { values } = tables[name];
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  });
  return (await digestOf(bytes)) === place.digest ? parts : null;
}

/**
 * Return whether a text has the digest that was written with it.
 *
 * @param {string} text
 * @param {string | undefined} digest In hexadecimal digits.
 * @returns {Promise<boolean>}
 */
export async function isAsWritten(text, digest) {
  return (await digestOf([new TextEncoder().encode(text)])) === digest;
}

/**
 * Return the SHA-256 of some bytes, one after the other.
 *
 * @param {readonly Uint8Array[]} parts
 * @returns {Promise<string>} In hexadecimal digits.
 */
async function digestOf(parts) {
  const all = new Uint8Array(parts.reduce((total, each) => total + each.length, 0));
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  // Browsers have no crypto.subtle on a page that came by plain http.
  const digest = globalThis.crypto?.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", all)) : sha256(all);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
