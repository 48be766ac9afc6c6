import { fixed, precise, roundEven, withCommas } from "./rounding.js";

/**
 * Numbers, amounts and months in words, written as `simulation/formatting.py` writes them.
 *
 * The tests hold each function to Python's text.
 */

const JOINER = "\u2060";

/** A minus sign that no line break can part from its number. */
export const MINUS = `\u2212${JOINER}`;

/** Stands for a number that is not finite. */
export const NOT_KNOWN = "not known";

/** Decimals of a number before it is rounded: beyond are rounding errors, which would part two sums that end in half. */
const KEPT = 9;

/** From here on a number has no such decimals. */
const WHOLE = 1e15;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * Write an amount of money in £m: £135m, £4.7m, £0.04m.
 *
 * @param {number} amount £m.
 * @param {boolean} [signed] True to put a plus before an amount above zero.
 * @returns {string} The amount, or "not known" if it is not finite.
 */
export function pounds(amount, signed = false) {
  if (!Number.isFinite(amount)) {
    return NOT_KNOWN;
  }
  const [sign, digits] = split(amount, null, signed);
  return `${sign}£${digits}m`;
}

/**
 * Write an amount as `pounds` does, without its unit: for a column whose head says £m.
 *
 * @param {number} amount £m.
 * @param {boolean} [signed] True to put a plus before an amount above zero.
 * @returns {string}
 */
export function millions(amount, signed = false) {
  return Number.isFinite(amount) ? split(amount, null, signed).join("") : NOT_KNOWN;
}

/**
 * Write a share in whole per cent; as 0% or 100% only if it is exactly that.
 *
 * @param {number} share A part of 1, such as 0.37.
 * @returns {string}
 */
export function percent(share) {
  if (!Number.isFinite(share)) {
    return NOT_KNOWN;
  }
  const exact = keep(100 * share);
  const whole = roundEven(exact);
  if ((whole === 0 || whole === 100) && exact !== whole) {
    if (whole === 0) {
      return exact > whole ? "under 1%" : "under 0%";
    }
    return exact > whole ? "over 100%" : "over 99%";
  }
  return `${whole < 0 ? MINUS : ""}${withCommas(fixed(Math.abs(whole), 0))}%`;
}

/**
 * Write a trust, an orientation or a weight, such as 0.43.
 *
 * @param {number} number
 * @returns {string}
 */
export function twoDecimals(number) {
  return Number.isFinite(number) ? split(number, 2, false).join("") : NOT_KNOWN;
}

/**
 * Write a mean of counts, such as 12.3 programmes.
 *
 * @param {number} number
 * @returns {string}
 */
export function oneDecimal(number) {
  return Number.isFinite(number) ? split(number, 1, false).join("") : NOT_KNOWN;
}

/**
 * Write a number with all its digits, as in a scenario, with commas between thousands.
 *
 * @param {number} number
 * @param {number} [figures] The maximum number of significant figures.
 * @returns {string}
 */
export function asWritten(number, figures = 10) {
  if (!Number.isFinite(number)) {
    return NOT_KNOWN;
  }
  const sign = number < 0 || Object.is(number, -0) ? MINUS : "";
  return `${sign}${withCommas(precise(Math.abs(number), figures))}`;
}

/**
 * Write a range: £38m to £54m; only one number if both ends are written alike.
 *
 * @param {number} low
 * @param {number} high
 * @param {(number: number) => string} [show] Writes one number.
 * @returns {string}
 */
export function rangeWords(low, high, show = pounds) {
  return show(low) === show(high) ? show(low) : `${show(low)} to ${show(high)}`;
}

/**
 * Write a number of things with their name.
 *
 * @param {number} number A whole number.
 * @param {string} singular The name of one.
 * @param {string} [plural] The name of several; the singular with an s if left out.
 * @returns {string}
 */
export function counted(number, singular, plural) {
  return `${wholeWords(number)} ${number === 1 ? singular : (plural ?? `${singular}s`)}`;
}

/**
 * Write a whole number with commas between thousands.
 *
 * @param {number} number
 * @returns {string}
 */
export function wholeWords(number) {
  return `${number < 0 ? "-" : ""}${withCommas(fixed(Math.abs(number), 0))}`;
}

/**
 * Say how often something happened, as a natural frequency: 37 of 100 simulated runs.
 *
 * @param {number} count Number of replicates in which it happened, 0 to `of`.
 * @param {number} of Number of all replicates, 1 or more.
 * @returns {string}
 */
export function inHundred(count, of) {
  if (of < 100) {
    return `${count} of ${of} simulated ${of === 1 ? "run" : "runs"}`;
  }
  return `${hundredths(roundEven((100 * count) / of), count, of)} of 100 simulated runs`;
}

/**
 * Write the parts of a whole in hundredths that add up to 100, or as counted if the whole is less than 100.
 *
 * @param {readonly number[]} counts The count of each part, 0 or more.
 * @returns {string[]}
 */
export function partsOfHundred(counts) {
  const of = counts.reduce((sum, count) => sum + count, 0);
  if (of < 100) {
    return counts.map(String);
  }
  const parts = counts.map((count) => Math.floor((100 * count) / of));
  const left = counts.map((count) => (100 * count) % of);
  // Of parts that are equally near to the next hundredth, the largest gets it, so that their order doesn't matter.
  const byRemainder = counts
    .map((_, part) => part)
    .sort((one, other) => left[other] - left[one] || counts[other] - counts[one]);
  const missing = 100 - parts.reduce((sum, part) => sum + part, 0);
  for (const part of byRemainder.slice(0, missing)) {
    parts[part] += 1;
  }
  return parts.map((part, index) => hundredths(part, counts[index], of));
}

/**
 * Write a month YYYY-MM in words: March 2019, or short Mar 2019.
 *
 * @param {string} month
 * @param {boolean} [short]
 * @returns {string}
 */
export function monthWords(month, short = false) {
  const name = MONTHS[Number(month.slice(5)) - 1];
  return `${short ? name.slice(0, 3) : name} ${month.slice(0, 4)}`;
}

/**
 * Begin a text with a capital letter.
 *
 * @param {string} text
 * @returns {string}
 */
export function capital(text) {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("");
}

/**
 * Join one or more names with commas and an "and".
 *
 * @param {readonly string[]} names
 * @returns {string}
 */
export function listed(names) {
  const most = names.slice(0, -1);
  const last = names[names.length - 1];
  return most.length ? `${most.join(", ")} and ${last}` : last;
}

/**
 * Return the sign and the digits of a number; a number that is shown as 0 has no sign.
 *
 * @param {number} number
 * @param {number | null} decimals Null for as many as an amount of money has.
 * @param {boolean} signed
 * @returns {[string, string]}
 */
function split(number, decimals, signed) {
  const size = keep(Math.abs(number));
  const places = decimals ?? (size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2);
  let digits = withCommas(fixed(size, places));
  if (decimals === null && places) {
    digits = digits.replace(/0+$/, "").replace(/\.$/, "");
  }
  if (!/[1-9]/.test(digits)) {
    return ["", digits];
  }
  return [number < 0 ? MINUS : signed ? "+" : "", digits];
}

/**
 * Return a number without the rounding errors of its sum.
 *
 * @param {number} number
 * @returns {number}
 */
function keep(number) {
  return Math.abs(number) < WHOLE ? Number(number.toFixed(KEPT)) : number;
}

/**
 * Write hundredths; never as none or all where that is wrong.
 *
 * @param {number} part
 * @param {number} count
 * @param {number} of
 * @returns {string}
 */
function hundredths(part, count, of) {
  if (count && !part) {
    return "fewer than 1";
  }
  return count < of && part === 100 ? "more than 99" : String(part);
}
