/**
 * Whole pictures: a picture put together from its parts, and words where there is nothing to draw.
 */

import { FONTS, element, escapeText, rounded, writeText } from "./drawing.js";
import { LINE, TEXT_SIZE, wrap } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Table} Table */

/**
 * Put a picture together.
 *
 * @param {{name: string, body: string, height: number, headline: string, subtitle: string, note: string, alt: string,
 *   table: Table}} parts
 * @param {Options} options
 * @returns {Picture}
 */
export function finish(parts, options) {
  const id = (options.id ?? parts.name).replace(/[^\w-]/g, "-");
  const { width } = options;
  const height = Math.ceil(parts.height);
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "picture",
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      viewBox: `0 0 ${rounded(width)} ${height}`,
      width,
      height,
      "font-family": FONTS,
      "font-size": TEXT_SIZE,
    },
    element("title", { id: `${id}-title` }, escapeText(parts.headline)) +
      element("desc", { id: `${id}-desc` }, escapeText(parts.alt)) +
      parts.body,
  );
  return { ...parts, svg, width, height };
}

/**
 * Say why there is nothing to draw, where the picture would be.
 *
 * @param {string} name Name of the picture.
 * @param {Colours} colours
 * @param {string} reason A sentence without a full stop.
 * @param {Options} options
 * @returns {Picture}
 */
export function sayNothingToDraw(name, colours, reason, options) {
  const lines = wrap(`${reason}.`, Math.min(options.width - 24, 600));
  const height = lines.length * LINE + 32;
  const body = writeText(colours, 12, height / 2, lines);
  const empty = { subtitle: "", note: "", alt: `${reason}.`, table: { heads: [], rows: [] } };
  return finish({ name, body, height, headline: reason, ...empty }, options);
}
