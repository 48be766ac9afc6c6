/** @import { Bands, Share } from "./types.js" */

/**
 * Quantiles, means and shares over simulated runs, with the bits that numpy gives.
 */

/** £m; a smaller mean is an error of rounding. */
const NOTHING = 1e-9;

/**
 * Return the numbers in order, without those that are not known.
 *
 * @param {Iterable<number>} numbers NaN where a run has no such number.
 * @returns {Float64Array}
 */
export function sorted(numbers) {
  return Float64Array.from(numbers)
    .filter((each) => !Number.isNaN(each))
    .sort();
}

/**
 * Return a quantile, linear between two neighbours, as `numpy.quantile` does.
 *
 * @param {Float64Array} ordered Numbers in order.
 * @param {number} part 0–1.
 * @returns {number} NaN if there are no numbers.
 */
export function quantile(ordered, part) {
  if (!ordered.length) {
    return NaN;
  }
  const at = (ordered.length - 1) * part;
  const before = Math.floor(at);
  const [low, high] = [ordered[before], ordered[Math.min(before + 1, ordered.length - 1)]];
  const along = at - before;
  return along < 0.5 ? low + (high - low) * along : high - (high - low) * (1 - along);
}

/**
 * Return the median, as `numpy.median` does: the mean of the two in the middle where there are two.
 *
 * @param {Float64Array} ordered Numbers in order.
 * @returns {number} NaN if there are no numbers.
 */
export function median(ordered) {
  if (!ordered.length) {
    return NaN;
  }
  const upper = ordered.length >> 1;
  return ordered.length % 2 ? ordered[upper] : (ordered[upper - 1] + ordered[upper]) / 2;
}

/**
 * Return the mean, added up one after the other.
 *
 * @param {Iterable<number>} numbers
 * @returns {number} NaN if there are no numbers.
 */
export function mean(numbers) {
  let [sum, count] = [0, 0];
  for (const number of numbers) {
    sum += number;
    count += 1;
  }
  return sum / count;
}

/**
 * Return median and bands of each column of a table.
 *
 * @param {ArrayLike<number>} table `[run, column]`; NaN where a run has no such number.
 * @param {number} columns
 * @returns {Bands}
 */
export function bandsOf(table, columns) {
  /** @type {Bands} */
  const bands = { median: [], low50: [], high50: [], low90: [], high90: [] };
  const column = new Float64Array(table.length / columns);
  for (let each = 0; each < columns; each++) {
    let known = 0;
    for (let at = each; at < table.length; at += columns) {
      if (!Number.isNaN(table[at])) {
        column[known++] = table[at];
      }
    }
    const ordered = column.subarray(0, known).sort();
    bands.median.push(quantile(ordered, 0.5));
    bands.low50.push(quantile(ordered, 0.25));
    bands.high50.push(quantile(ordered, 0.75));
    bands.low90.push(quantile(ordered, 0.05));
    bands.high90.push(quantile(ordered, 0.95));
  }
  return bands;
}

/**
 * Return the share of cases in which something holds, with its exact binomial 95% interval, for cases that are points.
 *
 * A bootstrap over points of one case each is a binomial distribution, so no case is drawn again. No interval ends
 * nearer to 0 or 1 than the largest share that, with a probability of 5% or more, none of these cases shows.
 *
 * @param {number} count Cases in which it holds.
 * @param {number} of All cases, 1 or more.
 * @returns {Share}
 */
export function shareOf(count, of) {
  const [low, high] = binomialQuantiles(of, count / of, [0.025, 0.975]);
  const unseen = Math.round(1e6 * (1 - 0.05 ** (1 / of))) / 1e6;
  return { share: count / of, low: Math.min(low / of, 1 - unseen), high: Math.max(high / of, unseen) };
}

/**
 * Return quantiles of a binomial distribution: the least counts whose probability to be reached is large enough.
 *
 * @param {number} trials 1 or more.
 * @param {number} chance 0–1.
 * @param {readonly number[]} parts Rising, above 0 and below 1.
 * @returns {number[]}
 */
export function binomialQuantiles(trials, chance, parts) {
  if (chance <= 0 || chance >= 1) {
    return parts.map(() => (chance <= 0 ? 0 : trials));
  }
  const odds = Math.log(chance / (1 - chance));
  const logs = [trials * Math.log1p(-chance)];
  for (let count = 1; count <= trials; count++) {
    logs.push(logs[count - 1] + Math.log((trials - count + 1) / count) + odds);
  }
  let below = 0;
  let count = -1;
  return parts.map((part) => {
    while (below < part && count < trials) {
      count += 1;
      below += Math.exp(logs[count]);
    }
    return Math.max(count, 0);
  });
}

/**
 * Return the sign of the mean of some numbers: 0 if its 95% interval, by Student's t, holds 0 or there is only one.
 *
 * @param {readonly number[]} numbers NaN where a run has no such number.
 * @returns {number}
 */
export function clearSign(numbers) {
  const known = numbers.filter((each) => !Number.isNaN(each));
  const count = known.length;
  if (count < 2) {
    return 0;
  }
  const middle = mean(known);
  const squares = known.reduce((sum, each) => sum + (each - middle) ** 2, 0);
  const wide = studentLimit(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return Math.abs(middle) > Math.max(wide, NOTHING) ? Math.sign(middle) : 0;
}

/**
 * Return the limit within which Student's t lies in 95 of 100 cases, by halving the angle whose tangent it is.
 *
 * @param {number} freedom Degrees of freedom, 1 or more.
 * @returns {number}
 */
export function studentLimit(freedom) {
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 60; step++) {
    const angle = (low + high) / 2;
    [low, high] = studentWithin(freedom, angle) < 0.95 ? [angle, high] : [low, angle];
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/**
 * Return the probability that Student's t lies within ±√freedom × the tangent of an angle (Abramowitz and Stegun 26.7).
 *
 * @param {number} freedom
 * @param {number} angle 0 to π/2.
 * @returns {number}
 */
function studentWithin(freedom, angle) {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
