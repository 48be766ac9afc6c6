/** Bytes as the page holds them: compressed by gzip, and written in base64. */

/**
 * Return the bytes of a text, such as a module or the block of a packed place.
 *
 * @param {string} text Base64 of a gzip file.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function decompressed(text) {
  const compressed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
