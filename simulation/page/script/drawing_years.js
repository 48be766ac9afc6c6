/**
 * Bars of money by financial year, one row of them for each item, all on one scale.
 */

import { colourOf, drawLine, element, writeText } from "./drawing.js";
import { LINE, measure, wrap } from "./drawing_lettering.js";
import { pounds } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").YearOfMoney} YearOfMoney */

/** px of the longest bar. */
const LONGEST = 48;

const EDGE = 8;

/** px; a bar of any amount can be seen. */
const LEAST = 1.5;

/** @type {readonly {item: keyof YearOfMoney, title: string, role: import("./drawing.js").Role}[]} */
const ITEMS = [
  { item: "gap", title: "Gap at the end of the year, £m a year", role: "lead" },
  { item: "position", title: "Position in the year, £m", role: "third" },
  { item: "lever_costs", title: "Cost of levers, £m", role: "quiet" },
  { item: "set_up", title: "Set-up costs of programmes, £m", role: "quiet" },
];

/**
 * Draw the bars.
 *
 * @param {Place} place
 * @param {readonly YearOfMoney[]} years
 * @param {number} width px.
 * @param {number} top px.
 * @returns {{body: string, height: number}}
 */
export function drawYearBars(place, years, width, top) {
  const { colours } = place;
  const scale =
    LONGEST / Math.max(0.04, ...years.flatMap((year) => ITEMS.map(({ item }) => Math.abs(year[item]) || 0)));
  // A year of which the run has only some months is marked so in a second line.
  const labels = place.years.map(({ label }) => label.split(/ (?=\(part\)$)/));
  const widest = Math.max(...labels.flat().map((line) => measure(line, true)), measure("−£1,000m")) + 10;
  const each = Math.max(1, Math.min(years.length, Math.floor((width - 2 * EDGE) / widest)));
  let body = "";
  let y = top;
  for (let first = 0; first < years.length; first += each) {
    const part = years.slice(first, first + each);
    const columns = part.map((_, index) => EDGE + ((index + 0.5) * (width - 2 * EDGE)) / Math.min(each, years.length));
    const lines = Math.max(...part.map((_, index) => labels[first + index].length));
    columns.forEach((x, index) => {
      const label = labels[first + index];
      body += writeText(colours, x, y + (label.length * LINE) / 2, label, { anchor: "middle", boldFirst: true });
    });
    y += lines * LINE + 6;
    for (const { item, title, role } of ITEMS) {
      const values = part.map((year) => year[item]);
      const drawn = drawItem(colours, { title, values, columns, scale, role, width }, y);
      body += drawn.body;
      y += drawn.height;
    }
    y += 8;
  }
  return { body, height: y - top };
}

/**
 * @param {Colours} colours
 * @param {{title: string, values: readonly number[], columns: readonly number[], scale: number,
 *   role: import("./drawing.js").Role, width: number}} row
 * @param {number} top
 * @returns {{body: string, height: number}}
 */
function drawItem(colours, { title, values, columns, scale, role, width }, top) {
  const known = values.filter(Number.isFinite);
  const above = Math.max(0, ...known) * scale;
  const below = Math.max(0, ...known.map((value) => -value)) * scale;
  const lines = wrap(title, width - 2 * EDGE);
  const zero = top + lines.length * LINE + 4 + (known.some((value) => value >= 0) || !known.length ? above + LINE : 0);
  let body = writeText(colours, EDGE, top + (lines.length * LINE) / 2, lines, { role: "quiet" });
  body += drawLine(
    colours,
    [
      [EDGE, zero],
      [width - EDGE, zero],
    ],
    { role: "quiet", width: 1 },
  );
  values.forEach((value, index) => {
    const x = columns[index];
    const long = Number.isFinite(value) ? Math.max(value ? LEAST : 0, Math.abs(value) * scale) : 0;
    body += element("rect", {
      x: x - 14,
      y: value < 0 ? zero : zero - long,
      width: 28,
      height: long,
      class: "fill-strong",
      fill: colourOf(colours, role),
    });
    const beside = value < 0 ? zero + long + LINE / 2 + 1 : zero - long - LINE / 2 - 1;
    body += writeText(colours, x, beside, [pounds(value)], { anchor: "middle" });
  });
  const foot = below > 0 ? below + LINE + 4 : 4;
  return { body, height: zero - top + foot + 8 };
}
