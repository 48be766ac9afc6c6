/**
 * A picture as a file of its own: with its headline, subtitle, note and source as text around it, on a white ground.
 */

import { FONTS, element, escapeText, rounded } from "./drawing.js";
import { TEXT_SIZE, exactWidth, wrap } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Picture} Picture */

const EDGE = 16;
const HEADLINE_SIZE = 21;

/**
 * Return a whole SVG file of a picture. Each text has the width that it was measured with, whatever font draws it.
 *
 * @param {Picture} picture
 * @param {Colours} colours
 * @param {{source?: string, fontStyle?: string}} [more] The source line; and rules of style that define the typeface,
 *   for a file that is drawn without the page's style, such as one that becomes a PNG.
 * @returns {string}
 */
export function standaloneSvg(picture, colours, { source = "", fontStyle = "" } = {}) {
  const width = picture.width + 2 * EDGE;
  const room = picture.width;
  let y = EDGE;
  let body = "";
  /** @type {(text: string, size: number, bold: boolean, fill: string) => void} */
  const write = (text, size, bold, fill) => {
    for (const line of text ? wrap(text, room, { bold, size }) : []) {
      y += size * 1.25;
      const weight = bold ? "700" : undefined;
      const look = { x: EDGE, y: y - size * 0.28, fill, "font-size": size, "font-weight": weight };
      body += element("text", look, escapeText(line));
    }
  };
  write(picture.headline, HEADLINE_SIZE, true, colours.ink);
  y += 4;
  write(picture.subtitle, TEXT_SIZE, false, colours.quiet);
  y += 10;
  body += element("g", { transform: `translate(${EDGE} ${Math.round(y)})` }, picture.body);
  y = Math.round(y) + picture.height + 8;
  write(picture.note, TEXT_SIZE, false, colours.quiet);
  write(source, TEXT_SIZE, false, colours.quiet);
  const height = Math.ceil(y + EDGE);
  const head =
    element("title", {}, escapeText(picture.headline)) +
    element("desc", {}, escapeText(picture.alt)) +
    (fontStyle ? element("style", {}, fontStyle.replaceAll("<", "")) : "") +
    element("rect", { width, height, fill: colours.ground });
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    role: "img",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    "font-family": FONTS,
    "font-size": TEXT_SIZE,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("svg", attributes, head + fixWidths(body))}\n`;
}

/**
 * Give each text its width, since a program that opens the file may draw it in another font.
 *
 * @param {string} body
 * @returns {string}
 */
function fixWidths(body) {
  return body.replace(/<text ([^>]*)>([^<]*)<\/text>/g, (whole, attributes, content) => {
    const size = Number(/font-size="([^"]+)"/.exec(attributes)?.[1] ?? TEXT_SIZE);
    const width = exactWidth(plain(content), attributes.includes('font-weight="700"'), size);
    return width
      ? `<text ${attributes} textLength="${rounded(width)}" lengthAdjust="spacingAndGlyphs">${content}</text>`
      : whole;
  });
}

/**
 * @param {string} content Escaped.
 * @returns {string} The text.
 */
function plain(content) {
  return content
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
