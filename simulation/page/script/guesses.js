import { median, quantile, sorted } from "./statistics.js";
import { counted, pounds, rangeWords } from "./numbers.js";

/**
 * The guesses of the story: amounts of one person or of a whole room, and chosen answers, kept as one short text.
 */

/** @typedef {Readonly<Record<number, string>>} Guesses By step, from 0: amounts with commas between them, or an answer. */

/** The most amounts that are kept for one step. */
export const MOST_GUESSES = 40;

/**
 * Return guesses as the address keeps them.
 *
 * @param {Guesses} guesses
 * @returns {string}
 */
export function guessesText(guesses) {
  return Object.entries(guesses)
    .filter(([, guess]) => guess !== "")
    .map(([step, guess]) => `${Number(step) + 1}:${guess}`)
    .join(";");
}

/**
 * Return guesses from a text; what cannot be used is left out.
 *
 * @param {string} text
 * @returns {Guesses}
 */
export function guessesFrom(text) {
  const found = [...text.matchAll(/(?:^|;)([1-5]):([a-z0-9_.,-]+)(?=;|$)/g)];
  return Object.fromEntries(found.map(([, step, guess]) => [Number(step) - 1, guess]));
}

/**
 * Return the amounts that people typed, in any spelling: "120 90", "£1,200m; 80".
 *
 * @param {string} text
 * @returns {{amounts: number[], wrong: string[]}} £m a year, and the words that are no amounts.
 */
export function amountsOf(text) {
  const words = text
    .replace(/(\d),(?=\d{3}(\D|$))/g, "$1")
    .split(/[\s;,]+/)
    .filter(Boolean);
  const amounts = words.map((word) => (/^£?[-\u2212]?£?\d+(\.\d+)?m?$/i.test(word) ? Number(word.replace(/[£m]/gi, "").replace("\u2212", "-")) : NaN));
  return {
    amounts: amounts.filter(Number.isFinite).slice(0, MOST_GUESSES),
    wrong: words.filter((_, index) => !Number.isFinite(amounts[index])),
  };
}

/**
 * Return amounts as the address keeps them: with a single comma between, never grouped.
 *
 * @param {readonly number[]} amounts
 * @returns {string}
 */
export function keptAmounts(amounts) {
  return amounts.join(",");
}

/**
 * Return the amounts of a kept guess.
 *
 * @param {string | undefined} kept
 * @returns {number[]}
 */
export function amountsIn(kept) {
  return (kept ?? "").split(",").filter(Boolean).map(Number).filter(Number.isFinite);
}

/**
 * Return guesses in words: one amount, or the middle of the room's and the range of its middle half.
 *
 * @param {readonly number[]} amounts £m a year.
 * @returns {string}
 */
export function guessWords(amounts) {
  const ordered = sorted(amounts);
  if (!ordered.length) return "Nobody guessed.";
  if (ordered.length === 1) return `Your guess was ${pounds(ordered[0])}.`;
  const half = rangeWords(quantile(ordered, 0.25), quantile(ordered, 0.75));
  const all = rangeWords(ordered[0], ordered[ordered.length - 1]);
  return `The middle of ${counted(ordered.length, "guess", "guesses")} was ${pounds(median(ordered))}. Half of them lay within ${half}, and all within ${all}.`;
}
