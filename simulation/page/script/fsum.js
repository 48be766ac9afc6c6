/**
 * Exact summation: the sum of numbers, rounded only once (Shewchuk 1997), with the same bits as Python's `math.fsum`.
 */

/**
 * Return the sum of numbers, as if it had been added up exactly and then rounded.
 *
 * @param {Iterable<number>} numbers Finite numbers.
 * @returns {number} The sum; 0 if there are none.
 */
export function fsum(numbers) {
  /** @type {number[]} */
  const partials = [];
  for (const number of numbers) {
    addExactly(partials, number);
  }
  return roundOnce(partials);
}

/**
 * Add a number to partial sums that do not overlap, smallest first.
 *
 * @param {number[]} partials Changed in place.
 * @param {number} number Finite.
 */
function addExactly(partials, number) {
  let kept = 0;
  let sum = number;
  for (const partial of partials) {
    const [high, low] = addTwo(sum, partial);
    if (low !== 0) {
      partials[kept++] = low;
    }
    sum = high;
  }
  partials.length = kept;
  if (sum !== 0) {
    partials.push(sum);
  }
}

/**
 * Return the rounded sum of two numbers and its error.
 *
 * @param {number} one
 * @param {number} other
 * @returns {[number, number]}
 */
function addTwo(one, other) {
  const [larger, smaller] = Math.abs(one) < Math.abs(other) ? [other, one] : [one, other];
  const sum = larger + smaller;
  return [sum, smaller - (sum - larger)];
}

/**
 * Return the sum of partial sums that do not overlap, rounded half to even.
 *
 * @param {readonly number[]} partials Smallest first.
 * @returns {number}
 */
function roundOnce(partials) {
  let next = partials.length - 1;
  if (next < 0) {
    return 0;
  }
  let sum = partials[next--];
  let error = 0;
  while (next >= 0 && error === 0) {
    [sum, error] = addTwo(sum, partials[next--]);
  }
  // Half a unit in the last place may be a tie only by what is still left out; then that decides.
  if (next >= 0 && error !== 0 && error > 0 === partials[next] > 0) {
    const further = sum + 2 * error;
    if (further - sum === 2 * error) {
      return further;
    }
  }
  return sum;
}
