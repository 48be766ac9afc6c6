/**
 * A panel of lines over months: axes, bands, lines and their labels.
 */

import { drawLine, drawMark, fillBetween } from "./drawing.js";
import { drawValueAxis, drawYears, monthsAlong, moneyScale, shareScale, widestTick } from "./drawing_axes.js";
import { labelEnds, listLabels, marginFor, roomForLabels } from "./drawing_labels.js";
import { LINE } from "./drawing_lettering.js";
import { percent, pounds, twoDecimals } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Bands} Bands */
/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_labels.js").Label} Label */
/** @typedef {import("./drawing_labels.js").LineLook} LineLook */

/**
 * @typedef {object} Series A line over the months, with its label.
 * @property {readonly number[]} values By month.
 * @property {LineLook} look
 * @property {Label} [label]
 */

/**
 * @typedef {object} Panel Where things are, px.
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {(month: number) => number} x
 * @property {(value: number) => number} y
 */

/** Under this width, px, labels stand under the panel. */
export const NARROW = 600;

/** How an axis writes its numbers; those of trust and of shares lie between 0 and 1. */
const SHOWN = { money: pounds, shares: percent, trust: twoDecimals };

const TOP = 12;
const FOOT = 2 * LINE;

/** Looks of the lines, the same in every picture. */
export const NOW_LOOK = /** @type {LineLook} */ ({ role: "lead", width: 3 });
export const KEPT_LOOK = /** @type {LineLook} */ ({ role: "third", width: 2, dash: "8 4", marker: "triangle" });
export const PLAIN_LOOK = /** @type {LineLook} */ ({ role: "quiet", width: 1.5 });
export const PLAN_LOOK = /** @type {LineLook} */ ({ role: "quiet", width: 1.5, dash: "12 6" });
export const WIDE_LOOK = /** @type {LineLook} */ ({ role: "quiet", width: 1.75, dash: "2 4" });

/**
 * Draw a panel of lines, bands and labels over the months of a place.
 *
 * @param {Place} place
 * @param {Options} options
 * @param {object} content
 * @param {keyof typeof SHOWN} content.axis
 * @param {import("./drawing_axes.js").Scale} [content.scale] If not all of what the axis could show.
 * @param {readonly Series[]} content.series From the back to the front.
 * @param {Bands | null} [content.bands] By chance alone, of the main line.
 * @param {Bands | null} [content.wide] Allowing for uncertain assumptions.
 * @param {readonly Label[]} [content.labels] Further labels.
 * @param {readonly number[]} [content.also] Further numbers that the axis shows.
 * @param {(panel: Panel) => string} [content.over] Draws marks over the lines.
 * @returns {{body: string, height: number}}
 */
export function drawPanel(place, options, content) {
  const { colours, months } = place;
  const labels = [...content.series.flatMap(({ label }) => (label ? [label] : [])), ...(content.labels ?? [])];
  const isNarrow = options.width < NARROW;
  const margin = isNarrow ? 12 : Math.min(0.4 * options.width, marginFor(labels));
  const wanted = options.height ?? Math.min(460, Math.max(270, 0.5 * options.width));
  const room = isNarrow ? 0 : roomForLabels(labels, margin);
  const bottom = TOP + Math.max(wanted - TOP - FOOT, room, 150);
  const show = SHOWN[content.axis];
  const scale =
    content.scale ??
    (content.axis === "money"
      ? moneyScale(numbersOf(content), Math.min(6, (bottom - TOP) / 50))
      : shareScale(bottom - TOP));
  const left = Math.ceil(widestTick(scale, show)) + 14;
  const right = options.width - margin;
  /** @type {Panel} */
  const panel = {
    left,
    right,
    top: TOP,
    bottom,
    x: monthsAlong(months.length, left, right),
    y: (value) => bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - TOP),
  };
  let body = drawValueAxis(colours, scale, panel, show) + drawYears(place, panel);
  body += drawBands(colours, panel, content.bands ?? null, content.wide ?? null);
  body += content.series.map((series) => drawSeries(colours, panel, series)).join("");
  body += content.over?.(panel) ?? "";
  if (!isNarrow) {
    body += labelEnds(colours, labels, {
      ...panel,
      left: right,
      right: options.width - 2,
      bottom: Math.max(bottom, TOP + room),
    });
    return { body, height: bottom + FOOT };
  }
  const listed = listLabels(colours, labels, options.width, bottom + FOOT + 2);
  return { body: body + listed.drawn, height: bottom + FOOT + 2 + listed.height };
}

/**
 * @param {{series: readonly Series[], bands?: Bands | null, wide?: Bands | null, also?: readonly number[]}} content
 * @returns {number[]}
 */
function numbersOf({ series, bands, wide, also }) {
  const limits = [bands, wide].flatMap((each) => (each ? [...each.low90, ...each.high90] : []));
  return [...series.flatMap(({ values }) => [...values]), ...limits, ...(also ?? [])];
}

/**
 * Draw the band of assumptions within dotted lines, and over it those by chance: 9 in 10 pale, half dark.
 *
 * @param {Colours} colours
 * @param {Panel} panel
 * @param {Bands | null} bands
 * @param {Bands | null} wide
 * @returns {string}
 */
function drawBands(colours, panel, bands, wide) {
  /** @type {(values: readonly number[]) => [number, number][]} */
  const points = (values) => pointsOf(panel, values);
  let drawn = "";
  if (wide) {
    drawn += fillBetween(colours, points(wide.high90), points(wide.low90), { role: "quiet", strength: 0.08 });
  }
  if (bands) {
    drawn += fillBetween(colours, points(bands.high90), points(bands.low90), { role: "lead", strength: 0.22 });
    for (const limit of [bands.low90, bands.high90]) {
      drawn += drawLine(colours, points(limit), { role: "lead", width: 1 });
    }
    drawn += fillBetween(colours, points(bands.high50), points(bands.low50), { role: "lead", strength: 0.58 });
  }
  if (wide) {
    for (const limit of [wide.low90, wide.high90]) {
      drawn += drawLine(colours, points(limit), WIDE_LOOK);
    }
  }
  return drawn;
}

/**
 * @param {Colours} colours
 * @param {Panel} panel
 * @param {Series} series
 * @returns {string}
 */
function drawSeries(colours, panel, { values, look }) {
  const points = pointsOf(panel, values);
  let drawn = drawLine(colours, points, { ...look, halo: true });
  const every = Math.max(1, Math.floor(values.length / 6));
  points.forEach((point, month) => {
    const isMarked = look.marker && (month % every === Math.floor(every / 2) || values.length === 1);
    if (look.marker && isMarked && Number.isFinite(point[1])) {
      drawn += drawMark(colours, point, look.marker, look.role);
    }
  });
  return drawn;
}

/**
 * @param {Panel} panel
 * @param {readonly number[]} values By month.
 * @returns {[number, number][]} A single month is as wide as the panel, since a line needs two points.
 */
function pointsOf(panel, values) {
  if (values.length === 1) {
    return [
      [panel.left, panel.y(values[0])],
      [panel.right, panel.y(values[0])],
    ];
  }
  return values.map((value, month) => [panel.x(month), panel.y(value)]);
}
