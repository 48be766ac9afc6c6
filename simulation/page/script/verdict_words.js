import { asWritten, capital, partsOfHundred, pounds, rangeWords, wholeWords } from "./numbers.js";
import { roundEven } from "./rounding.js";
import { GRADES, centralSign, gradeOf, mirrored, saysBetter, saysWorse } from "./verdict.js";

/** @import { PairVerdict } from "./types.js" */

/**
 * The verdict in words, as `simulation/analysis/verdict_words.py` writes them; a test compares thousands of texts.
 */

export const CENTRAL = "at our central assumptions";

/** Where results are by chance alone, if an assumption was moved. */
export const AT_SET = "at the assumptions that are set";
const BETTER = "leaves less than";

/** More than what a count loses as a share, and less than a case. */
const TINY = 1e-9;

/**
 * Return the headline of a place in which nothing is set, without a full stop.
 *
 * @param {number} median Median gap in the last month, £m a year.
 * @returns {string}
 */
export function standingHeadline(median) {
  return `As it stands ${pounds(median)} is left`;
}

/**
 * Return the finding on two choices in a sentence without a full stop.
 *
 * @param {PairVerdict} pair
 * @param {string} [where] At which assumptions results are by chance alone.
 * @returns {string}
 */
export function pairHeadline(pair, where = CENTRAL) {
  return saysWorse(pair) ? pairHeadline(mirrored(pair), where) : `${finding(pair)}${butAtTheCentre(pair, where)}`;
}

/**
 * Return what the first of two choices leaves at the central assumptions, and its standing over uncertain ones.
 *
 * @param {PairVerdict} pair
 * @param {[number, number]} [central] Median gap of both at the central assumptions, £m a year.
 * @param {string} [over] What differs between the cases.
 * @param {string} [where] At which assumptions the median gaps are.
 * @returns {string}
 */
export function pairSentence(pair, central, over = "Allowing for uncertain assumptions", where = CENTRAL) {
  const isKnown = central !== undefined && !Number.isNaN(central[0]);
  const [better, , worse] = partsOfHundred(countsOf(pair));
  const of = Math.min(100, pair.cases);
  const often =
    `${isKnown ? "it" : pair.first} ${BETTER} ${pair.second} in ${better} of ${of} cases` +
    `${intervalWords(pair)}, more in ${worse}; the rest are within ${pounds(pair.threshold)}`;
  const said = `${over}, ${often}: ${gradeOf(pair)}.`;
  if (!isKnown) {
    return said;
  }
  const held = where === CENTRAL ? "if our central assumptions hold" : where;
  const amounts = `${pounds(central[0])} ${held}, ${pair.second} ${pounds(central[1])}`;
  return `${capital(pair.first)} leaves ${amounts}. ${said}`;
}

/**
 * Return what two choices leave at the central assumptions, and in how many simulated runs the first leaves less.
 *
 * @param {string} first Label of the choice that is judged.
 * @param {string} second Label of the one that it is compared with.
 * @param {[number, number]} medians Median gap of each in the last month, £m a year.
 * @param {[number, number, number]} counts Replicates in which the first leaves less, no different, and more.
 * @param {number} threshold Differences of up to this count as none, £m a year.
 * @param {string} [where] At which assumptions the runs are.
 * @returns {string}
 */
export function centralSentence(first, second, medians, counts, threshold, where = CENTRAL) {
  const of = counts[0] + counts[1] + counts[2];
  const within = `within ${pounds(threshold)}`;
  const leave = `${capital(first)} leaves ${pounds(medians[0])} ${where}, ${second} ${pounds(medians[1])}`;
  if (counts[1] === of) {
    return `${leave}: ${within} in ${of === 1 ? "the only simulated run" : `all ${wholeWords(of)} simulated runs`}.`;
  }
  const [less, , more] = partsOfHundred(counts);
  const rest = counts[1] ? `; the rest are ${within}` : "";
  return `${leave}: less in ${less} of ${Math.min(100, of)} simulated runs, more in ${more}${rest}.`;
}

/**
 * Say how many points the shares rest on, and how far they can be off.
 *
 * @param {PairVerdict} pair
 * @returns {string}
 */
export function sureWords(pair) {
  const shares = Object.values(pair.shares);
  const widest = Math.max(...shares.map(({ share, low, high }) => Math.max(high - share, share - low)));
  const rounded = pair.cases < 100 ? Math.ceil(pair.cases * widest - TINY) : roundEven(100 * widest);
  const off = `±${Math.max(1, rounded)} in ${Math.min(100, pair.cases)} at most (95% intervals)`;
  return `Shares of cases rest on ${wholeWords(pair.cases)} sets of assumptions, and are within ${off}`;
}

/**
 * Return the finding on a pair in which the first is not worse.
 *
 * @param {PairVerdict} pair
 */
function finding(pair) {
  const { first, second } = pair;
  const of = `${Math.min(100, pair.cases)} ${pair.cases === 1 ? "case" : "cases"}`;
  const [better, same, worse] = partsOfHundred(countsOf(pair)).map((part) => `${part} of ${of}`);
  switch (gradeOf(pair)) {
    case GRADES.NO_CLEAR_DIFFERENCE:
      return `No clear difference between ${first} and ${second}: within ${pounds(pair.threshold)} in ${same}`;
    case GRADES.ROBUSTLY_BETTER:
      return `${capital(first)} ${BETTER} ${second} nearly everywhere (${better})`;
    case GRADES.BETTER_OR_NO_DIFFERENT:
      return `${capital(first)} ${BETTER} ${second} in ${better}, and hardly ever more`;
    case GRADES.BETTER_IN_MOST:
      return `${capital(first)} ${BETTER} ${second} in most cases (${better.replace(/ cases$/, "")})`;
    default:
      return (
        `Whether ${first} ${BETTER} ${second} is not established: ` +
        `less in ${better}, more in ${worse.split(" of ")[0]}`
      );
  }
}

/**
 * Say what holds at the central assumptions, where that is not what is found over their ranges.
 *
 * @param {PairVerdict} pair
 * @param {string} where
 */
function butAtTheCentre(pair, where) {
  const sign = centralSign(pair);
  if (sign === 0 || (sign > 0 && saysBetter(pair))) {
    return "";
  }
  const subject = gradeOf(pair) === GRADES.NO_CLEAR_DIFFERENCE ? pair.first : "it";
  return `, although ${where} ${subject} ${sign > 0 ? "leaves less" : "leaves more"}`;
}

/**
 * Return the cases better, no different and worse.
 *
 * @param {PairVerdict} pair
 * @returns {[number, number, number]}
 */
function countsOf({ shares, cases }) {
  const [better, worse] = [roundEven(shares.better.share * cases), roundEven(shares.worse.share * cases)];
  return [better, cases - better - worse, worse];
}

/**
 * Write the interval of the cases in which the first is better, in brackets; nothing if it has no width.
 *
 * It is counted as the cases are: in hundredths, or of as many as there are if they are fewer.
 *
 * @param {PairVerdict} pair
 */
function intervalWords({ shares: { better }, cases }) {
  const [low, high] =
    cases < 100
      ? [Math.floor(cases * better.low + TINY), Math.ceil(cases * better.high - TINY)]
      : [roundEven(100 * better.low), roundEven(100 * better.high)];
  return low < high ? ` (${rangeWords(low, high, asWritten)})` : "";
}
