import { clearSign, median, quantile, shareOf, sorted } from "./statistics.js";

/** @import { PairVerdict, Share } from "./types.js" */

/**
 * The verdict on two choices over all cases, counted as `simulation/analysis/verdict.py` and `grades.py` count.
 *
 * On the page a case is one set of assumptions with one replicate, so the interval of a share is exact.
 */

/** Differences of up to this count as none, £m a year of gap. */
export const THRESHOLD = 1;

/** The strengths of a finding on two choices, seen from the first. */
export const GRADES = Object.freeze({
  NO_CLEAR_DIFFERENCE: "no clear difference",
  ROBUSTLY_BETTER: "better nearly everywhere",
  BETTER_OR_NO_DIFFERENT: "better or no different",
  BETTER_IN_MOST: "better in most cases",
  ROBUSTLY_WORSE: "worse nearly everywhere",
  WORSE_OR_NO_DIFFERENT: "worse or no different",
  WORSE_IN_MOST: "worse in most cases",
  NOT_ESTABLISHED: "not established",
});

/** @type {Readonly<Record<string, string>>} */
const MIRROR = Object.freeze({
  [GRADES.ROBUSTLY_BETTER]: GRADES.ROBUSTLY_WORSE,
  [GRADES.BETTER_OR_NO_DIFFERENT]: GRADES.WORSE_OR_NO_DIFFERENT,
  [GRADES.BETTER_IN_MOST]: GRADES.WORSE_IN_MOST,
});

const HOLDS_FROM = 0.6;

/**
 * Count the cases in which the first gap is smaller than the second, no different, and larger.
 *
 * @param {ArrayLike<number>} first Gap of the first choice in each case, £m a year.
 * @param {ArrayLike<number>} second Gap of the second, in the same cases.
 * @param {number} [threshold] Differences of up to this count as none, £m a year.
 * @returns {[number, number, number]} Better, same, worse.
 */
export function countCases(first, second, threshold = THRESHOLD) {
  let [better, worse] = [0, 0];
  for (let each = 0; each < first.length; each++) {
    const gain = second[each] - first[each];
    better += Number(gain > threshold);
    worse += Number(gain < -threshold);
  }
  return [better, first.length - better - worse, worse];
}

/**
 * Judge two choices over uncertain assumptions.
 *
 * @param {string} first Label of the choice that is judged.
 * @param {string} second Label of the one that it is compared with.
 * @param {{first: ArrayLike<number>, second: ArrayLike<number>}} varied Gaps in the last month at each point, one case
 *   at each, £m a year; one or more.
 * @param {{first: ArrayLike<number>, second: ArrayLike<number>}} central The same by replicate at the central
 *   assumptions.
 * @param {number} [threshold] Differences of up to this count as none, £m a year.
 * @returns {PairVerdict}
 */
export function judgePair(first, second, varied, central, threshold = THRESHOLD) {
  const [better, same, worse] = countCases(varied.first, varied.second, threshold);
  const cases = varied.first.length;
  const differences = sorted(differencesOf(varied));
  return {
    first,
    second,
    shares: { better: shareOf(better, cases), same: shareOf(same, cases), worse: shareOf(worse, cases) },
    median: quantile(differences, 0.5),
    low: quantile(differences, 0.05),
    high: quantile(differences, 0.95),
    central: median(sorted(differencesOf(central))),
    centralSide: sideOf(central),
    cases,
    threshold,
  };
}

/**
 * Return the strength of a finding; where an interval crosses a bound, the next weaker word is used.
 *
 * @param {PairVerdict} pair
 * @returns {string} One of `GRADES`.
 */
export function gradeOf(pair) {
  const { better, same, worse } = pair.shares;
  if (same.low >= 0.8) {
    return GRADES.NO_CLEAR_DIFFERENCE;
  }
  const found = gradeBetter(better, worse);
  const mirrored = gradeBetter(worse, better);
  return found ?? (mirrored ? MIRROR[mirrored] : GRADES.NOT_ESTABLISHED);
}

/**
 * True if the first choice is found better, at least in part of the cases and hardly ever worse.
 *
 * @param {PairVerdict} pair
 * @returns {boolean}
 */
export function saysBetter(pair) {
  return gradeOf(pair) in MIRROR;
}

/**
 * True if the first choice is found worse.
 *
 * @param {PairVerdict} pair
 * @returns {boolean}
 */
export function saysWorse(pair) {
  return Object.values(MIRROR).includes(gradeOf(pair));
}

/**
 * Return the verdict on the second choice against the first.
 *
 * @param {PairVerdict} pair
 * @returns {PairVerdict}
 */
export function mirrored(pair) {
  const { better, same, worse } = pair.shares;
  return {
    ...pair,
    first: pair.second,
    second: pair.first,
    shares: { better: worse, same, worse: better },
    median: -pair.median,
    low: -pair.high,
    high: -pair.low,
    central: -pair.central,
    centralSide: -pair.centralSide,
  };
}

/**
 * Return 1 if the first choice is better at the central assumptions, −1 if worse, 0 if no different or not clear.
 *
 * @param {PairVerdict} pair
 * @returns {-1 | 0 | 1}
 */
export function centralSign(pair) {
  const isMaterial = Math.abs(pair.central) > pair.threshold && Math.sign(pair.central) === pair.centralSide;
  if (!isMaterial || pair.centralSide === 0) {
    return 0;
  }
  return pair.centralSide < 0 ? 1 : -1;
}

/**
 * Return 1 if the first gap is larger at the central assumptions, −1 if smaller, 0 if chance may explain it.
 *
 * The 95% interval of the mean paired difference leaves out 0, and the medians are in that order too.
 *
 * @param {{first: ArrayLike<number>, second: ArrayLike<number>}} central
 * @returns {number}
 */
function sideOf(central) {
  const side = clearSign(differencesOf(central));
  const [first, second] = [central.first, central.second].map((each) => median(sorted(Array.from(each))));
  return side === Math.sign(first - second) ? side : 0;
}

/**
 * Return the word for better; null if it is not that.
 *
 * @param {Share} better
 * @param {Share} worse
 * @returns {string | null}
 */
function gradeBetter(better, worse) {
  if (better.low >= 0.9 && worse.high <= 0.05) {
    return GRADES.ROBUSTLY_BETTER;
  }
  if (worse.high <= 0.05) {
    return GRADES.BETTER_OR_NO_DIFFERENT;
  }
  return better.low >= HOLDS_FROM ? GRADES.BETTER_IN_MOST : null;
}

/**
 * Return the first gap less the second in each case.
 *
 * @param {{first: ArrayLike<number>, second: ArrayLike<number>}} gaps
 * @returns {number[]}
 */
function differencesOf({ first, second }) {
  return Array.from(first, (each, index) => each - second[index]);
}
