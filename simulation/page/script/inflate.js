/**
 * Unpacking of gzip (RFC 1951 and 1952) for browsers that have no DecompressionStream.
 */

/** For each code of a length from 257 on: the shortest length, and how many bits are added to it. */
const LENGTHS = spans([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5], 3);
LENGTHS.push({ least: 258, bits: 0 });

/** The same for each code of a distance. */
const DISTANCES = spans([0, 0, 0, 0, ...Array.from({ length: 26 }, (_, code) => (code >> 1) + 1)], 1);

/** In which order the lengths of the codes of lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Bytes of a gzip file before its contents, where it has no name, and after them. */
const [HEAD, TAIL] = [10, 8];

/**
 * @typedef {object} Codes Codes of a table by Huffman.
 * @property {Uint16Array} counts How many codes there are of each length in bits.
 * @property {Uint16Array} symbols In the order of their codes.
 */

/**
 * Return the contents of a gzip file without a name in it.
 *
 * @param {Uint8Array} file
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function inflate(file) {
  const size = new DataView(file.buffer, file.byteOffset).getUint32(file.length - TAIL / 2, true);
  const reader = new Reader(file, HEAD);
  const writer = { bytes: new Uint8Array(size), at: 0 };
  let isLast = false;
  while (!isLast) {
    isLast = reader.bits(1) === 1;
    const kind = reader.bits(2);
    if (kind === 0) copyStored(reader, writer);
    else if (kind === 1) expand(reader, writer, fixedCodes());
    else expand(reader, writer, readCodes(reader));
  }
  return writer.bytes;
}

/** Reads bits, the lowest of each byte first. */
class Reader {
  #bit = 0;

  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** @param {number} count */
  bits(count) {
    let value = 0;
    for (let each = 0; each < count; each++) {
      value |= ((this.bytes[this.at] >> this.#bit) & 1) << each;
      this.#bit = (this.#bit + 1) & 7;
      if (this.#bit === 0) this.at += 1;
    }
    return value;
  }

  /** Go on to the beginning of a byte. */
  align() {
    if (this.#bit) this.at += 1;
    this.#bit = 0;
  }

  /** @param {Codes} codes */
  symbol({ counts, symbols }) {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < counts.length; length++) {
      code |= this.bits(1);
      if (code - first < counts[length]) return symbols[index + code - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw new Error("what was compressed is damaged");
  }
}

/**
 * @param {readonly number[]} bits Bits that are added to each code.
 * @param {number} first The shortest of the first code.
 */
function spans(bits, first) {
  let next = first;
  return bits.map((each) => {
    const least = next;
    next += 1 << each;
    return { least, bits: each };
  });
}

/**
 * @param {readonly number[]} lengths Of the code of each symbol, in bits; 0 if it has none.
 * @returns {Codes}
 */
function codesOf(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) if (length) counts[length] += 1;
  const symbols = lengths.map((length, symbol) => ({ length, symbol })).filter(({ length }) => length);
  symbols.sort((one, other) => one.length - other.length || one.symbol - other.symbol);
  return { counts, symbols: Uint16Array.from(symbols, ({ symbol }) => symbol) };
}

/** @returns {[Codes, Codes]} Those that hold where a block brings none. */
function fixedCodes() {
  const lengths = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
  return [codesOf(lengths), codesOf(Array.from({ length: 30 }, () => 5))];
}

/**
 * @param {Reader} reader
 * @returns {[Codes, Codes]} Of bytes and lengths, and of distances.
 */
function readCodes(reader) {
  const [literals, distances, given] = [reader.bits(5) + 257, reader.bits(5) + 1, reader.bits(4) + 4];
  const own = Array.from({ length: ORDER.length }, () => 0);
  for (let each = 0; each < given; each++) own[ORDER[each]] = reader.bits(3);
  const codes = codesOf(own);
  /** @type {number[]} */
  const lengths = [];
  const repeat = (/** @type {number} */ times, /** @type {number} */ length) => {
    for (let each = 0; each < times; each++) lengths.push(length);
  };
  while (lengths.length < literals + distances) {
    const symbol = reader.symbol(codes);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) repeat(3 + reader.bits(2), lengths[lengths.length - 1]);
    else if (symbol === 17) repeat(3 + reader.bits(3), 0);
    else repeat(11 + reader.bits(7), 0);
  }
  return [codesOf(lengths.slice(0, literals)), codesOf(lengths.slice(literals))];
}

/**
 * @param {Reader} reader
 * @param {{bytes: Uint8Array, at: number}} writer
 */
function copyStored(reader, writer) {
  reader.align();
  const length = reader.bits(16);
  reader.bits(16);
  writer.bytes.set(reader.bytes.subarray(reader.at, reader.at + length), writer.at);
  reader.at += length;
  writer.at += length;
}

/**
 * @param {Reader} reader
 * @param {{bytes: Uint8Array, at: number}} writer
 * @param {[Codes, Codes]} codes
 */
function expand(reader, writer, [literals, distances]) {
  const { bytes } = writer;
  for (let symbol = reader.symbol(literals); symbol !== 256; symbol = reader.symbol(literals)) {
    if (symbol < 256) {
      bytes[writer.at++] = symbol;
      continue;
    }
    const span = LENGTHS[symbol - 257];
    const length = span.least + reader.bits(span.bits);
    const far = DISTANCES[reader.symbol(distances)];
    const distance = far.least + reader.bits(far.bits);
    for (let each = 0; each < length; each++, writer.at++) bytes[writer.at] = bytes[writer.at - distance];
  }
}
