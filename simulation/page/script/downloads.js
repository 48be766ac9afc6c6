/** @import { PlaceData } from "./types.js" */
/** @import { Picture, Table } from "./drawing_types.js" */

import { standaloneSvg } from "./drawing_standalone.js";
import { make } from "./dom.js";

/**
 * Files to take away, made in the page; nothing leaves it.
 */

/** How much larger than on the page a PNG is, for slides. */
const SCALE = 2;

/**
 * Save a text as a file.
 *
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function saveText(name, type, text) {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/**
 * Save a picture as a PNG.
 *
 * @param {string} name
 * @param {string} svg A whole SVG file.
 * @returns {Promise<void>}
 */
export async function savePng(name, svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = make("canvas", { width: image.naturalWidth * SCALE, height: image.naturalHeight * SCALE });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob) saveBlob(name, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Return a picture as an SVG file that says where it comes from.
 *
 * @param {PlaceData} place
 * @param {Picture} picture
 * @returns {string}
 */
export function standalone(place, picture) {
  const source = `This is not a forecast. Trust between trusts ${place.version}, ${place.date}, random seed ${place.seed}.`;
  return standaloneSvg(picture, place.colours, { source, fontStyle: fontStyle() });
}

/** Return the rules of the page's typeface, which a file outside the page needs for the same letters. */
function fontStyle() {
  const style = document.querySelector("style")?.textContent ?? "";
  return (style.match(/@font-face\s*\{[^}]*\}/g) ?? []).join("");
}

/**
 * Write a table as CSV, with the mark by which Excel knows that it is UTF-8.
 *
 * @param {Table} table
 * @returns {string} With a line end after each row; a cell whose number is not known is empty.
 */
export function csvOf({ heads, rows }) {
  return `\uFEFF${[heads, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}

/**
 * Write a cell; an apostrophe stands before a text that a spreadsheet would run as a formula.
 *
 * @param {string | number | null} value
 */
function cellText(value) {
  const written = value === null || (typeof value === "number" && !Number.isFinite(value)) ? "" : String(value);
  const text = typeof value === "string" && /^ *[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${written}` : written;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
function saveBlob(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
