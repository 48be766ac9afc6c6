/**
 * Text measured before it is drawn: how wide it is, where it breaks, and what of it can be drawn.
 */

import { LETTER_WIDTHS } from "./drawing_widths.js";

/** Size of all text in a picture, px. */
export const TEXT_SIZE = 15;

/** Height of a line of text, px. */
export const LINE = 19;

/** The most that rounding in a browser adds to the width of a line, as a factor. */
const MARGIN = 1.03;

/** Width of a letter that the typeface lacks, in units of its size: another font draws it. */
const UNKNOWN = 1;

const ELLIPSIS = "…";

/** Letters without width. */
const JOINERS = /\p{M}|\p{Cf}/u;

/**
 * What XML does not allow, and what would turn the direction of the text around it: control characters, halves of
 * pairs, noncharacters, and marks of direction.
 */
const UNDRAWABLE =
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\p{Cs}]/gu;

const ADVANCES = { regular: advancesOf("regular"), bold: advancesOf("bold") };

/**
 * Return a text as it can be drawn: on one line, without control characters.
 *
 * @param {string} text
 * @returns {string}
 */
export function drawable(text) {
  return text.replace(UNDRAWABLE, (letter) => (/\s/.test(letter) ? " " : ""));
}

/**
 * Return the width of a text.
 *
 * @param {string} text
 * @param {boolean} [bold]
 * @param {number} [size] px.
 * @returns {number} px; a little more than it takes.
 */
export function measure(text, bold = false, size = TEXT_SIZE) {
  const advances = bold ? ADVANCES.bold : ADVANCES.regular;
  let width = 0;
  for (const letter of text) {
    width += advances.get(letter) ?? widthOfOther(letter);
  }
  return width * size * MARGIN;
}

/**
 * Return the width of a text as the typeface draws it.
 *
 * @param {string} text
 * @param {boolean} bold
 * @param {number} size px.
 * @returns {number | null} px; null if the typeface lacks one of its letters.
 */
export function exactWidth(text, bold, size) {
  const advances = bold ? ADVANCES.bold : ADVANCES.regular;
  const isKnown = [...text].every((letter) => advances.has(letter) || JOINERS.test(letter));
  return isKnown ? measure(text, bold, size) / MARGIN : null;
}

/**
 * Break a text into lines that fit.
 *
 * @param {string} text
 * @param {number} width px; a wider word is broken, at worst after every letter.
 * @param {{bold?: boolean, size?: number, most?: number}} [look] `most` is the most lines; the last one then ends in
 *   an ellipsis.
 * @returns {string[]} At least one.
 */
export function wrap(text, width, look = {}) {
  const { bold = false, size = TEXT_SIZE, most = Infinity } = look;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of drawable(text).split(/ +/)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer, bold, size) <= width) {
      line = longer;
      continue;
    }
    if (line) {
      lines.push(line);
    }
    const pieces = breakWord(word, width, bold, size);
    line = /** @type {string} */ (pieces.pop());
    lines.push(...pieces);
  }
  lines.push(line);
  if (lines.length <= most) {
    return lines;
  }
  return [...lines.slice(0, most - 1), shorten(lines.slice(most - 1).join(" "), width, bold, size)];
}

/**
 * Cut a text to a width.
 *
 * @param {string} text
 * @param {number} width px.
 * @param {boolean} [bold]
 * @param {number} [size] px.
 * @returns {string} The text, with an ellipsis at its end if it was cut.
 */
export function shorten(text, width, bold = false, size = TEXT_SIZE) {
  if (measure(text, bold, size) <= width) {
    return text;
  }
  let kept = "";
  for (const letter of text) {
    if (measure(kept + letter + ELLIPSIS, bold, size) > width) {
      break;
    }
    kept += letter;
  }
  return kept.trimEnd() + ELLIPSIS;
}

/**
 * @param {string} word
 * @param {number} width
 * @param {boolean} bold
 * @param {number} size
 * @returns {string[]} At least one.
 */
function breakWord(word, width, bold, size) {
  const pieces = [""];
  for (const letter of word) {
    const last = pieces[pieces.length - 1];
    if (last && measure(last + letter, bold, size) > width) {
      pieces.push(letter);
    } else {
      pieces[pieces.length - 1] = last + letter;
    }
  }
  return pieces;
}

/**
 * @param {"regular" | "bold"} weight
 * @returns {Map<string, number>} The width of each letter, in units of its size.
 */
function advancesOf(weight) {
  const advances = new Map();
  for (const [first, widths] of LETTER_WIDTHS[weight]) {
    for (let index = 0; 2 * index < widths.length; index++) {
      const width = parseInt(widths.slice(2 * index, 2 * index + 2), 36) / 100;
      advances.set(String.fromCodePoint(first + index), width);
    }
  }
  return advances;
}

/**
 * @param {string} letter
 * @returns {number} In units of its size.
 */
function widthOfOther(letter) {
  const code = /** @type {number} */ (letter.codePointAt(0));
  if (JOINERS.test(letter)) {
    return 0;
  }
  return code > 0xffff ? 1.4 * UNKNOWN : UNKNOWN;
}
