/**
 * Labels beside the ends of lines, moved apart until none overlaps another; on narrow pictures a list under the panel.
 */

import { drawLine, drawMark, writeText } from "./drawing.js";
import { LINE, measure, wrap } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing.js").Role} Role */

/**
 * @typedef {object} LineLook
 * @property {Role} role
 * @property {number} [width] px.
 * @property {string} [dash]
 * @property {"square" | "triangle" | "diamond" | "cross"} [marker]
 */

/**
 * @typedef {object} Label
 * @property {string} text The name of the line and its value.
 * @property {number} at Where the line ends, in units of the axis.
 * @property {LineLook} look How the line is drawn; one of width 0 has marks alone.
 * @property {readonly string[]} [more] Further lines of text.
 * @property {boolean} [bold] True for the line that the picture is about.
 */

const GAP = 6;
const LEADER = 26;
const SAMPLE = 40;

/**
 * Move intervals apart as little as possible, and keep their order.
 *
 * @param {readonly number[]} wanted The best middle of each.
 * @param {readonly number[]} sizes The length of each.
 * @param {number} low Where the first may begin.
 * @param {number} high Where the last must end; they reach beyond it if there is too little room.
 * @returns {number[]} The middles, in the order given.
 */
export function spread(wanted, sizes, low, high) {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other] || one - other);
  /** @type {{members: number[], start: number, size: number}[]} */
  const blocks = [];
  /** @type {(start: number, size: number) => number} */
  const within = (start, size) => Math.max(low, Math.min(start, high - size));
  for (const index of order) {
    let block = { members: [index], start: within(wanted[index] - sizes[index] / 2, sizes[index]), size: sizes[index] };
    for (let before = blocks.at(-1); before && before.start + before.size > block.start; before = blocks.at(-1)) {
      blocks.pop();
      const [first, second] = [before.members.length, block.members.length];
      const size = before.size + block.size;
      const start = (before.start * first + (block.start - before.size) * second) / (first + second);
      block = { members: [...before.members, ...block.members], start: within(start, size), size };
    }
    blocks.push(block);
  }
  const middles = wanted.map(() => 0);
  for (const { members, start } of blocks) {
    let foot = start;
    for (const index of members) {
      middles[index] = foot + sizes[index] / 2;
      foot += sizes[index];
    }
  }
  return middles;
}

/**
 * Return the width of a margin in which no label breaks.
 *
 * @param {readonly Label[]} labels
 * @returns {number} px.
 */
export function marginFor(labels) {
  const widths = labels.flatMap(({ text, bold, more }) => [
    measure(text, bold),
    ...(more ?? []).map((each) => measure(each)),
  ]);
  return Math.max(80, ...widths) + LEADER + 4;
}

/**
 * Return the height that labels need, one under the other.
 *
 * @param {readonly Label[]} labels
 * @param {number} width Width of the margin that they stand in, px.
 * @returns {number} px.
 */
export function roomForLabels(labels, width) {
  return labels.reduce((sum, label) => sum + heightOf(label, width - LEADER), 0);
}

/**
 * Write labels in the right margin, each with a thin line to the end of its own line.
 *
 * @param {Colours} colours
 * @param {readonly Label[]} labels
 * @param {{left: number, right: number, top: number, bottom: number, y: (value: number) => number}} margin `left` is
 *   where the lines end, px; `y` places a value of the axis.
 * @returns {string}
 */
export function labelEnds(colours, labels, margin) {
  const width = margin.right - margin.left - LEADER;
  const ends = labels.map((label) => margin.y(label.at));
  const heights = labels.map((label) => heightOf(label, width));
  const middles = spread(ends, heights, margin.top, margin.bottom);
  let drawn = "";
  labels.forEach((label, index) => {
    const { left } = margin;
    const middle = middles[index];
    const lines = linesOf(label, width);
    drawn += drawLeader(colours, label.look, left, ends[index], middle);
    drawn += writeLabel(colours, left + LEADER, middle, lines, label.bold);
  });
  return drawn;
}

/**
 * Write labels one under the other, the main one first, each beside a sample of its line.
 *
 * @param {Colours} colours
 * @param {readonly Label[]} labels
 * @param {number} width Width of the picture, px.
 * @param {number} top px.
 * @returns {{drawn: string, height: number}} Height in px.
 */
export function listLabels(colours, labels, width, top) {
  let drawn = "";
  let at = top;
  for (const label of [...labels].sort((one, other) => Number(Boolean(other.bold)) - Number(Boolean(one.bold)))) {
    const lines = linesOf(label, width - SAMPLE - 10);
    const height = lines.length * LINE + GAP;
    drawn += drawSample(colours, label.look, 4, at + LINE / 2 + GAP / 2);
    drawn += writeLabel(colours, SAMPLE + 8, at + height / 2, lines, label.bold);
    at += height;
  }
  return { drawn, height: at - top };
}

/**
 * Draw a piece of line as it looks in the picture.
 *
 * @param {Colours} colours
 * @param {LineLook} look
 * @param {number} x px.
 * @param {number} y px.
 * @returns {string}
 */
export function drawSample(colours, look, x, y) {
  const line =
    look.width === 0
      ? ""
      : drawLine(
          colours,
          [
            [x, y],
            [x + SAMPLE - 8, y],
          ],
          look,
        );
  return line + (look.marker ? drawMark(colours, [x + SAMPLE / 2 - 4, y], look.marker, look.role) : "");
}

/**
 * Lead from a label to the end of its line; a label of marks alone has such a mark beside it.
 *
 * @param {Colours} colours
 * @param {LineLook} look
 * @param {number} left Where the line ends.
 * @param {number} end
 * @param {number} middle Of the label.
 * @returns {string}
 */
function drawLeader(colours, look, left, end, middle) {
  if (look.width === 0 && look.marker) {
    return drawMark(colours, [left + LEADER / 2 + 3, middle], look.marker, look.role);
  }
  /** @type {[number, number][]} */
  const leader = [
    [left + 6, end],
    [left + 14, middle],
    [left + LEADER - 4, middle],
  ];
  return drawLine(colours, leader, { role: look.role, width: 1.25 });
}

/**
 * @param {Label} label
 * @param {number} width
 * @returns {{text: string, bold: boolean}[]} What is added stands in normal weight.
 */
function linesOf(label, width) {
  const first = wrap(label.text, width, { bold: label.bold, most: 3 });
  const more = (label.more ?? []).flatMap((text) => wrap(text, width));
  return [
    ...first.map((text) => ({ text, bold: Boolean(label.bold) })),
    ...more.map((text) => ({ text, bold: false })),
  ];
}

/**
 * @param {Label} label
 * @param {number} width
 * @returns {number} px.
 */
function heightOf(label, width) {
  return linesOf(label, width).length * LINE + GAP;
}

/**
 * @param {Colours} colours
 * @param {number} x
 * @param {number} middle
 * @param {readonly {text: string, bold: boolean}[]} lines
 * @param {boolean} [isMain]
 * @returns {string}
 */
function writeLabel(colours, x, middle, lines, isMain) {
  const top = middle - ((lines.length - 1) / 2) * LINE;
  return lines
    .map(({ text, bold }, index) =>
      writeText(colours, x, top + index * LINE, [text], { bold, role: isMain ? "ink" : "quiet" }),
    )
    .join("");
}
