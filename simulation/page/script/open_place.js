/** @import { PlaceData } from "./types.js" */

/**
 * Data of a place, read from the page or from a file that people open.
 */

/** The version of the data's shape that this page reads. */
const FORMAT = 1;

/** Parts that a place must have. */
const NEEDED = ["months", "organisations", "opportunities", "levers", "parameters", "packed", "digest", "digest_of", "points", "paths"];

/**
 * Take the digest from the end of a file.
 *
 * @param {string} text
 * @returns {{before: string, digest: string | undefined}} All before it, and the digest if there is one.
 */
export function splitSeal(text) {
  const found = /,"sha256":"([0-9a-f]{64})"}\s*$/.exec(text);
  return { before: found ? text.slice(0, found.index) : text, digest: found?.[1] };
}

/**
 * Read a place.
 *
 * @param {string} text
 * @param {string} name Of the file.
 * @param {string} model Version of the model in this page.
 * @returns {{place: PlaceData} | {problem: string}} The problem is a sentence.
 */
export function readPlace(text, name, model) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return { problem: `${name} is not JSON: write it by trustsim page --data.` };
  }
  if (typeof found !== "object" || found === null || !("format" in found) || !("packed" in found)) {
    return { problem: `${name} is not the data of a place: write it by trustsim page --data.` };
  }
  if (found.format !== FORMAT) {
    return { problem: `${name} has the format ${found.format} and this page reads ${FORMAT}: write both with the same version of trustsim.` };
  }
  if (found.model !== model) {
    return { problem: `${name} was written for another version of the model (${found.model}; this page has ${model}): write both with the same version of trustsim.` };
  }
  const missing = NEEDED.find((each) => !(each in found));
  return missing ? { problem: `${name} lacks “${missing}”: write it again by trustsim page --data.` } : { place: found };
}
