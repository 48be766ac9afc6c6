/**
 * SHA-256 (FIPS 180-4), for pages on which browsers offer none.
 */

const CONSTANTS = fractions(64, (prime) => Math.cbrt(prime));
const BEGINNING = fractions(8, (prime) => Math.sqrt(prime));
const BLOCK = 64;

/**
 * Return the SHA-256 of bytes.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} 32 bytes.
 */
export function sha256(bytes) {
  const blocks = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setBigUint64(blocks.length - 8, BigInt(bytes.length) * 8n);
  const state = Uint32Array.from(BEGINNING);
  const words = new Uint32Array(64);
  for (let at = 0; at < blocks.length; at += BLOCK) {
    for (let index = 0; index < 16; index++) words[index] = view.getUint32(at + 4 * index);
    mix(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(4 * index, word));
  return new Uint8Array(digest.buffer);
}

/**
 * Mix one block into the state.
 *
 * @param {Uint32Array} state Changed in place.
 * @param {Uint32Array} words The block in the first 16; the others are filled.
 */
function mix(state, words) {
  for (let index = 16; index < 64; index++) {
    const [late, early] = [words[index - 15], words[index - 2]];
    const first = turned(late, 7) ^ turned(late, 18) ^ (late >>> 3);
    const second = turned(early, 17) ^ turned(early, 19) ^ (early >>> 10);
    words[index] = words[index - 16] + first + words[index - 7] + second;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index++) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + CONSTANTS[index] + words[index]) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] += word));
}

/**
 * @param {number} word
 * @param {number} bits
 */
function turned(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

/**
 * Return the first 32 bits of the fractions of a root of the first primes.
 *
 * @param {number} number
 * @param {(prime: number) => number} root
 */
function fractions(number, root) {
  /** @type {number[]} */
  const primes = [];
  for (let next = 2; primes.length < number; next++) {
    if (primes.every((prime) => next % prime)) primes.push(next);
  }
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32));
}
