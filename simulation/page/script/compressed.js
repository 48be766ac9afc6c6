import { inflate } from "./inflate.js";

/** Bytes and data as the page holds them: compressed by gzip, and written in base64. */

/**
 * Return the bytes of a text, such as a module or the block of a packed place.
 *
 * @param {string} text Base64 of a gzip file.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function decompressed(text) {
  const compressed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (typeof DecompressionStream === "undefined") return inflate(compressed);
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Return the data of a text, such as the place.
 *
 * @param {string} text Base64 of a gzip file of JSON.
 * @returns {Promise<any>}
 */
export async function decompressedData(text) {
  return JSON.parse(new TextDecoder().decode(await decompressed(text)));
}
