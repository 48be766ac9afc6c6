/**
 * Axes: round ticks of amounts and shares, and months with the financial years that they lie in.
 */

import { drawLine, writeText } from "./drawing.js";
import { LINE, measure } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Place} Place */

/**
 * @typedef {object} Scale A straight mapping of values to px.
 * @property {number} low Value at one end.
 * @property {number} high Value at the other end.
 * @property {readonly number[]} ticks Round values within.
 */

/** Distances between ticks, times a power of ten. There is no 2.5, since £12.5m would be written £12m. */
const STEPS = [1, 2, 5, 10];

/** £m; the least that an axis spans, since `pounds` writes two decimals at most. */
const LEAST_SPAN = 0.04;

/**
 * Return round numbers between two limits.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} most The most of them, 2 or more.
 * @returns {number[]} From the lowest; 0 is among them where it lies within.
 */
export function roundTicks(low, high, most) {
  const least = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * /** @type {number} */ (STEPS.find((each) => each * power >= least * (1 - 1e-9)));
  /** @type {number[]} */
  const ticks = [];
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + 1e-9 * step; count++) {
    ticks.push(Number((count * step).toPrecision(12)) + 0);
  }
  return ticks;
}

/**
 * Return a scale of money that shows zero and every number.
 *
 * @param {Iterable<number>} numbers What is drawn, £m; those that are not finite are left out.
 * @param {number} most The most ticks; a few more where there would be one alone.
 * @returns {Scale}
 */
export function moneyScale(numbers, most) {
  let [low, high] = [0, 0];
  for (const number of numbers) {
    if (Number.isFinite(number)) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
  }
  const room = 0.06 * (high - low);
  [low, high] = [low < 0 ? low - room : 0, high > 0 ? high + room : 0];
  if (high - low < LEAST_SPAN) {
    high = low + LEAST_SPAN;
  }
  let ticks = roundTicks(low, high, most);
  for (let more = most + 1; ticks.length < 2; more++) {
    ticks = roundTicks(low, high, more); // a single one would give no scale
  }
  return { low, high, ticks };
}

/**
 * Return a scale of shares, 0 to 1.
 *
 * @param {number} height px along the axis.
 * @returns {Scale}
 */
export function shareScale(height) {
  return { low: 0, high: 1, ticks: height < 4 * 2 * LINE ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1] };
}

/**
 * Return the month's distance from the left edge of a panel.
 *
 * @param {number} months The number of months.
 * @param {number} left px.
 * @param {number} right px.
 * @returns {(month: number) => number} Of a month's index, also of one and a half.
 */
export function monthsAlong(months, left, right) {
  return (month) => (months === 1 ? (left + right) / 2 : left + (month / (months - 1)) * (right - left));
}

/**
 * Draw horizontal grid lines with their labels on the left.
 *
 * @param {Colours} colours
 * @param {Scale} scale
 * @param {{left: number, right: number, y: (value: number) => number}} panel px.
 * @param {(value: number) => string} show
 * @returns {string}
 */
export function drawValueAxis(colours, scale, panel, show) {
  let drawn = "";
  for (const tick of scale.ticks) {
    const y = panel.y(tick);
    const isZero = tick === 0;
    drawn += drawLine(
      colours,
      [
        [panel.left, y],
        [panel.right, y],
      ],
      { role: isZero ? "quiet" : "grid", width: 1 },
    );
    drawn += writeText(colours, panel.left - 8, y, [show(tick)], { anchor: "end" });
  }
  return drawn;
}

/**
 * Return the width of the widest label of a scale.
 *
 * @param {Scale} scale
 * @param {(value: number) => string} show
 * @returns {number} px.
 */
export function widestTick(scale, show) {
  return Math.max(0, ...scale.ticks.map((tick) => measure(show(tick))));
}

/**
 * Draw financial years under a panel: a mark where each begins, and its name in the middle, as many as fit.
 *
 * @param {Place} place
 * @param {{left: number, right: number, bottom: number, x: (month: number) => number}} panel px.
 * @returns {string}
 */
export function drawYears(place, panel) {
  const { colours, years, months } = place;
  let drawn = "";
  for (const { first } of years) {
    if (first > 0) {
      const x = panel.x(first - 0.5);
      drawn += drawLine(
        colours,
        [
          [x, panel.bottom],
          [x, panel.bottom + 7],
        ],
        { role: "quiet", width: 1 },
      );
    }
  }
  const spans = years.map(({ label, first, until }) => ({
    name: label.replace(/ \(part\)$/, ""),
    left: first === 0 ? panel.left : panel.x(first - 0.5),
    right: until >= months.length ? panel.right : panel.x(until - 0.5),
  }));
  for (const { name, left, right } of namesThatFit(spans)) {
    drawn += writeText(colours, (left + right) / 2, panel.bottom + LINE, [name], { anchor: "middle" });
  }
  return drawn;
}

/**
 * Choose the years to name: all with room for it, else every second, third and so on, over what follows.
 *
 * @param {{name: string, left: number, right: number}[]} spans
 * @returns {{name: string, left: number, right: number}[]}
 */
function namesThatFit(spans) {
  const fits = spans.filter(({ name, left, right }) => measure(name) + 6 <= right - left);
  if (fits.length) {
    return fits;
  }
  for (let step = 2; step < spans.length; step++) {
    const joined = [];
    for (let first = 0; first + step <= spans.length; first += step) {
      joined.push({ name: spans[first].name, left: spans[first].left, right: spans[first + step - 1].right });
    }
    if (joined.every(({ name, left, right }) => measure(name) + 6 <= right - left)) {
      return joined;
    }
  }
  const last = spans.length - 1;
  return last < 0
    ? []
    : [
        {
          name: last ? `${spans[0].name} to ${spans[last].name}` : spans[0].name,
          left: spans[0].left,
          right: spans[last].right,
        },
      ];
}
