// What was compressed, read as in a browser that has no DecompressionStream.

delete globalThis.DecompressionStream;

export { decompressed } from "../../simulation/page/script/compressed.js";
