/**
 * Trust as a matrix: the organisation in the row trusts the one in the column.
 */

import { colourOf, drawLine, drawMark, element, tint, writeText } from "./drawing.js";
import { LINE, measure, wrap } from "./drawing_lettering.js";
import { MARKED, classOf, hundredthsOf } from "./drawing_trust.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_trust.js").Trust} Trust */

/** px; narrower cells would run together. */
const LEAST_CELL = 12;

const MOST_CELL = 46;
const NUMBERS = 32;
const EDGE = 6;

/** Strength of a cell's colour by class of trust. */
const TINTS = [0, 0.25, 1];

/**
 * @typedef {object} Grid
 * @property {number} left Where cells begin, px.
 * @property {number} top
 * @property {number} cell Width of a cell, px.
 * @property {number} row Height of the lowest row, px.
 * @property {boolean} isWritten True if cells hold numbers; else shapes stand for the classes.
 * @property {boolean} isBeside True if the mark of a change stands beside the number, and not above it.
 */

/**
 * Return true if a matrix of so many organisations can be read at a width.
 *
 * @param {number} count
 * @param {number} width px.
 * @returns {boolean}
 */
export function fitsMatrix(count, width) {
  return (width - NUMBERS - EDGE) / count >= LEAST_CELL;
}

/**
 * Draw the matrix; where names do not fit beside it, rows have numbers and the names stand below.
 *
 * @param {Trust} trust
 * @param {Place} place
 * @param {number} width px.
 * @returns {{body: string, height: number, isWritten: boolean}} `isWritten` is false where cells are too narrow for
 *   numbers, so that squares stand for the classes of trust.
 */
export function drawTrustMatrix(trust, place, width) {
  const { colours, organisations } = place;
  const count = organisations.length;
  const names = organisations.map(({ name, short }, o) => `${o + 1}  ${name.trim() || short}`);
  const widest = Math.max(...trust.now.flat().map((value) => measure(cellWords(value)))) + 3;
  const wanted = Math.min(0.4 * width, Math.max(...names.map((name) => measure(name))) + 14);
  const isNamed = (width - wanted - EDGE) / count >= Math.max(widest, measure(String(count), true));
  const left = isNamed ? wanted : NUMBERS;
  const cell = Math.min(MOST_CELL, (width - left - EDGE) / count);
  const isBeside = cell >= widest + 14;
  /** @type {Grid} */
  const grid = { left, top: LINE + 8, cell, row: isBeside ? 28 : 36, isWritten: cell >= widest, isBeside };
  let body = drawHeads(colours, count, grid);
  let y = grid.top;
  names.forEach((name, row) => {
    const lines = isNamed ? wrap(name, wanted - 10, { most: 2 }) : [String(row + 1)];
    const height = Math.max(grid.isWritten ? grid.row : 22, lines.length * LINE + 4);
    body += writeText(colours, EDGE, y + height / 2, lines);
    for (let column = 0; column < count; column++) {
      body += drawCell(colours, trust, row, column, grid, y, height);
    }
    y += height;
    body += drawLine(
      colours,
      [
        [left, y],
        [left + count * cell, y],
      ],
      { role: row < count - 1 ? "ground" : "quiet", width: 1 },
    );
  });
  body += drawFrame(colours, count, grid, y);
  if (isNamed) {
    return { body, height: y + 8, isWritten: grid.isWritten };
  }
  const listed = listNames(colours, names, width, y + 12);
  return { body: body + listed.body, height: y + 12 + listed.height, isWritten: grid.isWritten };
}

/**
 * Write names one under the other, in two columns where they fit.
 *
 * @param {Colours} colours
 * @param {readonly string[]} names
 * @param {number} width px.
 * @param {number} top px.
 * @returns {{body: string, height: number}}
 */
export function listNames(colours, names, width, top) {
  const columns = width >= 560 && names.length > 1 ? 2 : 1;
  const each = width / columns - 2 * EDGE;
  const perColumn = Math.ceil(names.length / columns);
  let [body, height] = ["", 0];
  for (let column = 0; column < columns; column++) {
    let y = top;
    for (const name of names.slice(column * perColumn, (column + 1) * perColumn)) {
      const lines = wrap(name, each, { most: 3 });
      body += writeText(colours, EDGE + (column * width) / columns, y + (lines.length * LINE) / 2, lines);
      y += lines.length * LINE + 3;
    }
    height = Math.max(height, y - top);
  }
  return { body, height };
}

/**
 * @param {number} trust 0–1, or NaN.
 * @returns {string} Hundredths.
 */
function cellWords(trust) {
  return Number.isFinite(trust) ? String(hundredthsOf(trust)) : "–";
}

/**
 * @param {Colours} colours
 * @param {number} count
 * @param {Grid} grid
 * @returns {string} The numbers of the columns, as many as fit.
 */
function drawHeads(colours, count, { left, top, cell }) {
  const every = Math.ceil((measure(String(count), true) + 2) / cell);
  let drawn = "";
  for (let column = 0; column < count; column += every) {
    drawn += writeText(colours, left + (column + 0.5) * cell, top - LINE / 2 - 2, [String(column + 1)], {
      anchor: "middle",
      bold: true,
    });
  }
  return drawn;
}

/**
 * @param {Colours} colours
 * @param {Trust} trust
 * @param {number} row
 * @param {number} column
 * @param {Grid} grid
 * @param {number} y
 * @param {number} height
 * @returns {string}
 */
function drawCell(colours, trust, row, column, grid, y, height) {
  const value = trust.now[row][column];
  const [x, middle] = [grid.left + (column + 0.5) * grid.cell, y + height / 2];
  if (!Number.isFinite(value)) {
    return row === column || !grid.isWritten
      ? ""
      : writeText(colours, x, middle, ["–"], { anchor: "middle", role: "quiet" });
  }
  const which = classOf(value);
  const change = value - trust.start[row][column];
  const shape = Math.abs(change) < MARKED ? null : change > 0 ? "up" : "down";
  const fill = fillOf(colours, which);
  if (!grid.isWritten) {
    const size = [0.35, 0.6, 0.95][which] * Math.min(grid.cell, height);
    return element("rect", {
      x: x - size / 2,
      y: middle - size / 2,
      width: size,
      height: size,
      ...fill,
      class: `${fill.class} stroke-strong`,
      stroke: colours.categorical[0],
      "stroke-width": 1,
    });
  }
  const isDark = which === 2;
  const at = grid.isBeside ? { x: x - 7, y: middle } : { x, y: middle + 6 };
  const mark = /** @type {[number, number]} */ (grid.isBeside ? [x + 12, middle] : [x, middle - 10]);
  return (
    element("rect", { x: x - grid.cell / 2, y, width: grid.cell, height, ...fill }) +
    writeText(colours, at.x, at.y, [cellWords(value)], { anchor: "middle", on: isDark ? "strong" : undefined }) +
    (shape ? drawMark(colours, mark, /** @type {"up" | "down"} */ (shape), isDark ? "ground" : "ink", 4) : "")
  );
}

/**
 * @param {Colours} colours
 * @param {0 | 1 | 2} which Class of trust.
 * @returns {{class: string, fill: string}}
 */
function fillOf(colours, which) {
  const name = ["fill-ground", "fill-pale", "fill-strong"][which];
  return { class: name, fill: tint(colourOf(colours, "lead"), TINTS[which], colours.ground) };
}

/**
 * @param {Colours} colours
 * @param {number} count
 * @param {Grid} grid
 * @param {number} bottom
 * @returns {string} Lines between the cells.
 */
function drawFrame(colours, count, { left, top, cell }, bottom) {
  let drawn = "";
  for (let column = 0; column <= count; column++) {
    const x = left + column * cell;
    drawn += drawLine(
      colours,
      [
        [x, top],
        [x, bottom],
      ],
      { role: column % count ? "ground" : "quiet", width: 1 },
    );
  }
  return drawn;
}
