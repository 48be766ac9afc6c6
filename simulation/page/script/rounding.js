/**
 * Decimal digits of numbers as Python rounds them: exactly, and ties to even. JavaScript takes ties up.
 */

/**
 * Round to a whole number, ties to even.
 *
 * @param {number} number
 * @returns {number}
 */
export function roundEven(number) {
  const down = Math.floor(number);
  const part = number - down;
  if (part !== 0.5) {
    return part < 0.5 ? down : down + 1;
  }
  return down % 2 === 0 ? down : down + 1;
}

/**
 * Write a number with some decimals, rounded exactly and ties to even.
 *
 * @param {number} number 0 or more.
 * @param {number} decimals 0 or more.
 * @returns {string}
 */
export function fixed(number, decimals) {
  if (number >= 1e21) {
    return `${BigInt(number)}${decimals ? `.${"0".repeat(decimals)}` : ""}`;
  }
  const written = number.toFixed(decimals);
  return isTie(number, decimals) ? evenLastDigit(written) : written;
}

/**
 * Write a number with at most some significant figures, without an exponent or zeros at its end, ties to even.
 *
 * @param {number} number 0 or more.
 * @param {number} figures 1 to 20.
 * @returns {string}
 */
export function precise(number, figures) {
  if (number === 0) {
    return "0";
  }
  // With a hundred decimals the exponent is that of the number itself, and not that of a number rounded up.
  const exponent = Number(number.toExponential(100).split("e")[1]);
  const decimals = figures - 1 - exponent;
  const [digits, power] = number.toExponential(figures - 1).split("e");
  // What was rounded up to the next power of ten, such as 99.5 to 100, is even already.
  const written = isTie(number, decimals) && Number(power) === exponent ? evenLastDigit(digits) : digits;
  return positional(written.replace(".", ""), Number(power));
}

/**
 * Put commas between thousands.
 *
 * @param {string} digits
 * @returns {string}
 */
export function withCommas(digits) {
  const [whole, ...rest] = digits.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

/**
 * Write significant digits without an exponent.
 *
 * @param {string} digits The first is not 0.
 * @param {number} exponent Of the first digit.
 * @returns {string}
 */
function positional(digits, exponent) {
  const needed = digits.replace(/0+$/, "");
  if (exponent < 0) {
    return `0.${"0".repeat(-exponent - 1)}${needed}`;
  }
  const whole = needed.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = needed.slice(exponent + 1);
  return rest ? `${whole}.${rest}` : whole;
}

/**
 * True if a number lies exactly between two numbers of so many decimals.
 *
 * A number is a whole multiple of a power of 2, so it can only be a tie where it is an odd multiple of the power that
 * belongs to the decimals; for tens and hundreds the remainder says it.
 *
 * @param {number} number 0 or more.
 * @param {number} decimals Below 0 for tens, hundreds and so on.
 * @returns {boolean}
 */
function isTie(number, decimals) {
  if (decimals >= 0) {
    return Math.abs((number * 2 ** (decimals + 1)) % 2) === 1;
  }
  if (!Number.isInteger(number)) {
    return false;
  }
  const unit = 10n ** BigInt(-decimals);
  return 2n * (BigInt(number) % unit) === unit;
}

/**
 * Make the last digit of a tie even that was rounded up.
 *
 * @param {string} written
 * @returns {string}
 */
function evenLastDigit(written) {
  const last = Number(written[written.length - 1]);
  return last % 2 === 1 ? written.slice(0, -1) + String(last - 1) : written;
}
