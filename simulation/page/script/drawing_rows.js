/**
 * Rows of named marks on one axis: dots with bands or bars in frames, and cells of text beside them.
 *
 * On a wide picture a row is a line of a table: name, marks, cells. On a narrow one the name and the cells stand above
 * the marks.
 */

import { colourOf, drawLine, drawMark, element, tint, writeText } from "./drawing.js";
import { LINE, measure, wrap } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_axes.js").Scale} Scale */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {readonly string[]} cells One for each column; "" for none.
 * @property {string} words The cells in words, where there are no columns.
 * @property {number} value NaN for a row of words alone, such as a sum that is off the axis.
 * @property {readonly [number, number]} [band] 9 in 10, by chance.
 * @property {readonly [number, number]} [half] Half, by chance.
 * @property {number} [second] Of the kept variant: a ring.
 * @property {number} [frame] Draws a bar from 0 to the value in a frame that ends here, and not a dot.
 * @property {boolean} [bold] True for a row that sums others up.
 */

/**
 * @typedef {object} Layout
 * @property {number} width px.
 * @property {string} head Over the names.
 * @property {readonly string[]} columns Heads of the cells.
 * @property {string} axis What the axis shows.
 * @property {Scale} scale
 * @property {(value: number) => string} show Writes a tick.
 */

/** Under this width, px, names stand above their marks. */
const NARROW = 640;

const MARKS = 26;
const EDGE = 8;

/**
 * Draw rows from the top.
 *
 * @param {Colours} colours
 * @param {readonly Row[]} rows
 * @param {Layout} layout
 * @returns {{body: string, height: number}}
 */
export function drawRows(colours, rows, layout) {
  return layout.width < NARROW ? drawNarrow(colours, rows, layout) : drawWide(colours, rows, layout);
}

/**
 * @param {Colours} colours
 * @param {readonly Row[]} rows
 * @param {Layout} layout
 * @returns {{body: string, height: number}}
 */
function drawWide(colours, rows, layout) {
  const columns = columnsOf(rows, layout);
  const { names, right } = columns;
  const panel = { left: names + 16, right: right - 16 };
  const heads = layout.columns.map((head, column) => wrap(head, columns.widths[column] - 8, { bold: true }));
  const axis = wrap(layout.axis, panel.right - panel.left, { bold: true });
  const top = Math.max(...heads.map(({ length }) => length), axis.length + 1) * LINE + 10;
  const x = along(layout.scale, panel);
  const [head] = wrap(layout.head, names, { bold: true, most: 1 });
  let body = writeText(colours, EDGE, top - LINE, [head], { bold: true });
  body += writeText(colours, panel.left, ((axis.length - 1) / 2) * LINE + 12, axis, { bold: true });
  heads.forEach((lines, column) => {
    const middle = top - 8 - (lines.length / 2) * LINE;
    body += writeText(colours, columns.lefts[column], middle, lines, { bold: true });
  });
  let inside = "";
  let y = top;
  for (const row of rows) {
    const drawn = drawWideRow(colours, row, columns, x, y);
    y += drawn.height;
    inside += drawn.body + drawRule(colours, layout.width, y);
  }
  const room = { top, bottom: y, left: EDGE + measure(head, true) + 6, right: right + 4 };
  return { body: body + drawTicks(colours, layout, x, room) + inside, height: y + 6 };
}

/**
 * @typedef {object} Columns Where the columns of a wide picture are, px.
 * @property {number} names Width of the names.
 * @property {number} right Where the marks end.
 * @property {readonly number[]} widths Of the cells.
 * @property {readonly number[]} lefts Where their text begins.
 */

/**
 * @param {readonly Row[]} rows
 * @param {Layout} layout
 * @returns {Columns}
 */
function columnsOf(rows, { columns, width }) {
  const widths = columns.map((head, column) => {
    const widest = Math.max(...rows.map(({ cells, bold }) => measure(cells[column], bold)), 40);
    const longest = Math.max(...head.split(" ").map((word) => measure(word, true)));
    return Math.min(0.21 * width, Math.max(widest, longest)) + 14;
  });
  const right = width - 6 - widths.reduce((sum, each) => sum + each, 0);
  const names = Math.min(0.36 * width, Math.max(120, ...rows.map(({ name, bold }) => measure(name, bold) + 12)));
  const lefts = widths.map((_, column) => widths.slice(0, column).reduce((sum, each) => sum + each, right + 8));
  return { names, right, widths, lefts };
}

/**
 * @param {Colours} colours
 * @param {Row} row
 * @param {Columns} columns
 * @param {(value: number) => number} x
 * @param {number} top
 * @returns {{body: string, height: number}}
 */
function drawWideRow(colours, row, { names, widths, lefts }, x, top) {
  const look = { bold: row.bold };
  const lines = wrap(row.name, names - 4, { ...look, most: 3 });
  const cells = row.cells.map((cell, column) => wrap(cell, widths[column] - 8, { ...look, most: 3 }));
  const height = Math.max(MARKS, Math.max(lines.length, ...cells.map(({ length }) => length)) * LINE + 7);
  const middle = top + height / 2;
  const written = cells.map((cell, column) => writeText(colours, lefts[column], middle, cell, look)).join("");
  return { body: writeText(colours, EDGE, middle, lines, look) + drawRow(colours, row, x, middle) + written, height };
}

/**
 * @param {Colours} colours
 * @param {number} width
 * @param {number} y
 * @returns {string} A thin line under a row.
 */
function drawRule(colours, width, y) {
  /** @type {[number, number][]} */
  const ends = [
    [EDGE, y],
    [width - EDGE, y],
  ];
  return drawLine(colours, ends, { role: "grid", width: 1 });
}

/**
 * @param {Colours} colours
 * @param {readonly Row[]} rows
 * @param {Layout} layout
 * @returns {{body: string, height: number}}
 */
function drawNarrow(colours, rows, layout) {
  const [first, last] = [layout.scale.ticks[0], layout.scale.ticks[layout.scale.ticks.length - 1]];
  const panel = {
    left: EDGE + Math.max(8, measure(layout.show(first)) / 2),
    right: layout.width - Math.max(16, measure(layout.show(last)) / 2 + 4),
  };
  const x = along(layout.scale, panel);
  const axis = wrap(layout.axis, layout.width - 2 * EDGE, { bold: true });
  const top = (axis.length + 1) * LINE + 12;
  const body = writeText(colours, EDGE, (axis.length / 2) * LINE + 2, axis, { bold: true });
  let inside = "";
  let y = top;
  for (const row of rows) {
    const width = layout.width - 2 * EDGE;
    const lines = wrap(row.name, width, { bold: true, most: 2 });
    const values = wrap(row.words, width, { most: 2 });
    y += 4;
    inside += coverLines(colours, layout, y, (lines.length + values.length) * LINE);
    inside += writeText(colours, EDGE, y + (lines.length / 2) * LINE, lines, { bold: true });
    inside += writeText(colours, EDGE, y + (lines.length + values.length / 2) * LINE, values);
    y += (lines.length + values.length) * LINE;
    if (Number.isFinite(row.value)) {
      inside += drawRow(colours, row, x, y + MARKS / 2);
      y += MARKS;
    }
    y += 2;
    inside += drawRule(colours, layout.width, y);
  }
  return {
    body: body + drawTicks(colours, layout, x, { top, bottom: y, left: 0, right: layout.width }) + inside,
    height: y + 6,
  };
}

/**
 * Hide grid lines behind text.
 *
 * @param {Colours} colours
 * @param {Layout} layout
 * @param {number} top
 * @param {number} height
 * @returns {string}
 */
function coverLines(colours, layout, top, height) {
  return element("rect", { x: 0, y: top, width: layout.width, height, class: "fill-ground", fill: colours.ground });
}

/**
 * @param {Scale} scale
 * @param {{left: number, right: number}} panel
 * @returns {(value: number) => number} Distance from the left edge, px.
 */
function along(scale, panel) {
  return (value) => panel.left + ((value - scale.low) / (scale.high - scale.low)) * (panel.right - panel.left);
}

/**
 * Draw ticks with their names above and their lines through the rows, as many as fit.
 *
 * @param {Colours} colours
 * @param {Layout} layout
 * @param {(value: number) => number} x
 * @param {{top: number, bottom: number, left: number, right: number}} room Where rows begin and end, and how far names
 *   of ticks may reach.
 * @returns {string}
 */
function drawTicks(colours, { scale, show }, x, { top, bottom, left, right }) {
  const widest = Math.max(...scale.ticks.map((tick) => measure(show(tick)))) + 12;
  const apart = scale.ticks.length > 1 ? x(scale.ticks[1]) - x(scale.ticks[0]) : widest;
  const every = Math.max(1, Math.ceil(widest / apart));
  const zero = Math.max(0, scale.ticks.indexOf(0));
  let drawn = "";
  scale.ticks.forEach((tick, index) => {
    const at = x(tick);
    const role = tick === 0 ? "quiet" : "grid";
    drawn += drawLine(
      colours,
      [
        [at, top - 4],
        [at, bottom],
      ],
      { role, width: tick === 0 ? 1.5 : 1 },
    );
    const half = measure(show(tick)) / 2;
    if ((index - zero) % every === 0 && at - half >= left && at + half <= right) {
      drawn += writeText(colours, at, top - 4 - LINE / 2, [show(tick)], { anchor: "middle" });
    }
  });
  return drawn;
}

/**
 * Draw the marks of one row.
 *
 * @param {Colours} colours
 * @param {Row} row
 * @param {(value: number) => number} x
 * @param {number} y
 * @returns {string}
 */
function drawRow(colours, row, x, y) {
  let drawn = "";
  if (!Number.isFinite(row.value)) {
    return "";
  }
  if (row.frame !== undefined) {
    drawn += drawBar(colours, x(0), x(row.value), x(row.frame), y);
  }
  if (row.band) {
    drawn += drawLine(
      colours,
      [
        [x(row.band[0]), y],
        [x(row.band[1]), y],
      ],
      { role: "lead", width: 2, halo: true },
    );
  }
  if (row.half) {
    drawn += drawLine(
      colours,
      [
        [x(row.half[0]), y],
        [x(row.half[1]), y],
      ],
      { role: "lead", width: 6 },
    );
  }
  if (row.second !== undefined && Number.isFinite(row.second)) {
    drawn += drawMark(colours, [x(row.second), y], "ring", "third", 6);
  }
  if (row.frame === undefined) {
    drawn += drawMark(colours, [x(row.value), y], "dot", "lead", 6);
  }
  return drawn;
}

/**
 * Draw a bar within a frame.
 *
 * @param {Colours} colours
 * @param {number} from
 * @param {number} to
 * @param {number} frame
 * @param {number} y
 * @returns {string}
 */
function drawBar(colours, from, to, frame, y) {
  const outline = { class: "fill-ground stroke-strong", stroke: colourOf(colours, "quiet"), "stroke-width": 1.25 };
  const ground = tint(colours.quiet, 0.04, colours.ground);
  return (
    element("rect", { x: from, y: y - 9, width: Math.max(0, frame - from), height: 18, fill: ground, ...outline }) +
    element("rect", {
      x: from,
      y: y - 6,
      width: Math.max(0, to - from),
      height: 12,
      class: "fill-strong",
      fill: colourOf(colours, "lead"),
    })
  );
}
