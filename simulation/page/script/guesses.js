import { median, sorted } from "./statistics.js";
import { counted, listed, pounds, rangeWords } from "./numbers.js";

/**
 * The guesses of the story: amounts of one person or of a whole room, and chosen answers, kept as one short text.
 */

/** @typedef {Readonly<Record<number, string>>} Guesses By step, from 0: amounts with commas between them, or votes: answers with how many chose each, grows.2,falls. */

/** Where the games of the second step are kept, after the guesses of all five. */
export const GAMES = 5;

/** The most amounts that are kept for one step. */
export const MOST_GUESSES = 40;

/** Guesses of fewer have no middle half worth naming. */
const FEWEST_FOR_HALF = 4;

/** The largest amount that is a guess, £m a year; the budget of the NHS in England is a fifth of it. */
const LARGEST = 1e6;

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
  const found = [...text.matchAll(/(?:^|;)([1-6]):([a-z0-9_.,-]+)(?=;|$)/g)];
  return Object.fromEntries(found.map(([, step, guess]) => [Number(step) - 1, guess]));
}

/**
 * Return the amounts that people typed, in any spelling: "120 90", "£1,200m; 80".
 *
 * @param {string} text
 * @returns {{amounts: number[], problems: string[]}} £m a year, and a sentence on each word that is no amount.
 */
export function amountsOf(text) {
  const words = text
    .split(/[\s;]+|,(?:\s+|$)/)
    .flatMap(wordsOf)
    .filter(Boolean);
  const amounts = words.filter((word) => !problemOf(word)).map(amountOf);
  const more = amounts.length - MOST_GUESSES;
  const problems = words.map(problemOf).filter(Boolean);
  if (more > 0) problems.push(`The first ${MOST_GUESSES} guesses count; ${more} more are left out.`);
  return { amounts: amounts.slice(0, MOST_GUESSES), problems };
}

/** @param {string} word */
function amountOf(word) {
  return /^£?[-\u2212]?£?\d+(\.\d+)?m?$/i.test(word) ? Number(word.replace(/[£m]/gi, "").replace("\u2212", "-")) : NaN;
}

/**
 * Say why a word is no amount.
 *
 * @param {string} word
 * @returns {string} A sentence; empty if it is one.
 */
function problemOf(word) {
  if (/^[1-9]\d{0,2}([.,]\d{3})+$/.test(word)) {
    const other = word.includes(",") ? word.replaceAll(",", " ") : parseFloat(word);
    return `“${word}” can be read in two ways: write ${word.replace(/[.,]/g, "")} or ${other}.`;
  }
  const amount = amountOf(word);
  if (Number.isNaN(amount)) return `“${word}” is not an amount.`;
  return Math.abs(amount) > LARGEST ? `“${word}” is too large: amounts are in £m a year.` : "";
}

/**
 * Return a word with its thousands joined, or the words between its commas: "£1,200m", "120,90".
 *
 * A word such as 90,100 could be either, so it stays as it is and is no amount; one with a £ or an m is one amount.
 *
 * @param {string} word
 * @returns {string[]}
 */
function wordsOf(word) {
  if (/^[^,]*\d{1,3}(,\d{3})+(\.\d+)?[^,]*$/.test(word)) return [/[£m]/i.test(word) ? word.replaceAll(",", "") : word];
  return word.split(",");
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
 * Return the amounts of a kept guess; what nobody could have typed is left out.
 *
 * @param {string | undefined} kept
 * @returns {number[]}
 */
export function amountsIn(kept) {
  const amounts = (kept ?? "").split(",").filter(Boolean).map(Number);
  return amounts.filter((each) => Math.abs(each) <= LARGEST).slice(0, MOST_GUESSES);
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
  const all = rangeWords(ordered[0], ordered[ordered.length - 1]);
  const middle = `The middle of ${counted(ordered.length, "guess", "guesses")} was ${pounds(median(ordered))}.`;
  if (ordered.length < FEWEST_FOR_HALF) return `${middle} All of them lay within ${all}.`;
  // As a room would count: a quarter of the guesses lie below, and a quarter above.
  const below = Math.floor(ordered.length / 4);
  const half = rangeWords(ordered[below], ordered[ordered.length - 1 - below]);
  return `${middle} At least half of them lay within ${half}, and all within ${all}.`;
}

/**
 * Votes of a room: how many chose each answer.
 *
 * @typedef {Readonly<Record<string, number>>} Votes By the answer's value; none of 0.
 */

/** @typedef {readonly (readonly [string, string])[]} Answers Value and words of each. */

/**
 * Return the votes of a kept guess; what is no answer is left out.
 *
 * @param {string | undefined} kept
 * @param {Answers} answers
 * @returns {Votes}
 */
export function votesIn(kept, answers) {
  const found = (kept ?? "").split(",").map((each) => each.split("."));
  const known = found.filter(([value, , ...rest]) => !rest.length && answers.some(([answer]) => answer === value));
  const counts = known.map(([value, count = "1"]) => /** @type {[string, number]} */ ([value, /^[0-9]{1,2}$/.test(count) ? Math.min(MOST_GUESSES, Number(count)) : 0]));
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/**
 * Return votes as the address keeps them.
 *
 * @param {Votes} votes
 * @returns {string}
 */
export function keptVotes(votes) {
  return Object.entries(votes).map(([value, count]) => (count === 1 ? value : `${value}.${count}`)).join(",");
}

/**
 * Return votes with one more or one less for an answer.
 *
 * @param {Votes} votes
 * @param {string} value Of the answer.
 * @param {1 | -1} change
 * @returns {Votes}
 */
export function withVote(votes, value, change) {
  const total = Object.values(votes).reduce((sum, each) => sum + each, 0);
  if (change > 0 && total >= MOST_GUESSES) return votes;
  const next = { ...votes, [value]: (votes[value] ?? 0) + change };
  return Object.fromEntries(Object.entries(next).filter(([, count]) => count > 0));
}

/**
 * Return the answers with most votes.
 *
 * @param {Votes} votes
 * @returns {string[]} Their values; none if nobody has voted.
 */
export function favourites(votes) {
  const most = Math.max(0, ...Object.values(votes));
  return Object.keys(votes).filter((value) => votes[value] === most);
}

/**
 * Say how many chose which answer, those with most votes first.
 *
 * @param {Votes} votes
 * @param {Answers} answers
 * @returns {string} A sentence; empty if nobody has voted.
 */
export function votesWords(votes, answers) {
  const chosen = answers.filter(([value]) => votes[value]).sort(([one], [other]) => votes[other] - votes[one]);
  const total = chosen.reduce((sum, [value]) => sum + votes[value], 0);
  if (total === 0) return "";
  if (total === 1) return `Your guess was “${chosen[0][1]}”.`;
  return `${counted(total, "guess", "guesses")}: ${listed(chosen.map(([value, words]) => `${votes[value]} for “${words}”`))}.`;
}
