/**
 * SVG as text: elements, and marks in the colours of the palette.
 *
 * Text is fast to redraw and needs no browser. Colours are attributes; each mark also has a class that says what it is
 * for, so that `pictures.css` can give it the reader's own colours where these are forced.
 */

import { LINE, TEXT_SIZE, drawable } from "./drawing_lettering.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {"lead" | "second" | "third" | "fourth" | "ink" | "quiet" | "grid" | "ground"} Role */
/** @typedef {Record<string, string | number | undefined>} Attributes */
/** @typedef {readonly [number, number]} Point px from the left and from the top. */

/** Fonts of all text; the first is the page's own. */
export const FONTS = "'Trustsim Sans', 'Source Sans 3', 'Source Sans Pro', Arial, sans-serif";

/** Corners of marks around their middle, in units of half their width. */
const CORNERS = {
  diamond: [0, -1, 1, 0, 0, 1, -1, 0],
  triangle: [0, -0.9, 1, 0.8, -1, 0.8],
  up: [0, -0.9, 1, 0.8, -1, 0.8],
  down: [-1, -0.8, 1, -0.8, 0, 0.9],
};

/**
 * Escape a text for XML, without what XML does not allow.
 *
 * @param {string} text
 * @returns {string}
 */
export function escapeText(text) {
  return drawable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * Return an element.
 *
 * @param {string} name
 * @param {Attributes} attributes Those that are undefined are left out; lengths are rounded to hundredths.
 * @param {string} [content] Markup, already escaped.
 * @returns {string}
 */
export function element(name, attributes, content = "") {
  let written = "";
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      written += ` ${key}="${typeof value === "number" ? rounded(value) : escapeText(value)}"`;
    }
  }
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
}

/**
 * Write a length with two decimals at most.
 *
 * @param {number} number Finite.
 * @returns {string}
 */
export function rounded(number) {
  return String(Math.round(number * 100) / 100);
}

/**
 * Return the colour of a role.
 *
 * @param {Colours} colours
 * @param {Role} role
 * @returns {string} #RRGGBB.
 */
export function colourOf(colours, role) {
  const index = ["lead", "second", "third", "fourth"].indexOf(role);
  return index >= 0 ? colours.categorical[index] : colours[/** @type {"ink"} */ (role)];
}

/**
 * Mix a colour into the ground. Unlike a transparent colour, it hides what lies under it.
 *
 * @param {string} colour #RRGGBB.
 * @param {number} strength 0 (the ground) to 1 (the colour).
 * @param {string} ground #RRGGBB.
 * @returns {string} #RRGGBB.
 */
export function tint(colour, strength, ground) {
  let mixed = "#";
  for (const start of [1, 3, 5]) {
    const over = parseInt(colour.slice(start, start + 2), 16);
    const under = parseInt(ground.slice(start, start + 2), 16);
    mixed += Math.round(under + (over - under) * strength)
      .toString(16)
      .padStart(2, "0");
  }
  return mixed.toUpperCase();
}

/**
 * Draw lines of text, one under the other, around a middle.
 *
 * @param {Colours} colours
 * @param {number} x px.
 * @param {number} middle Middle of the block, px from the top.
 * @param {readonly string[]} lines
 * @param {{anchor?: "start" | "middle" | "end", bold?: boolean, boldFirst?: boolean, role?: Role, halo?: boolean,
 *   on?: "strong"}} [look] `on` is for text on a dark mark.
 * @returns {string}
 */
export function writeText(colours, x, middle, lines, look = {}) {
  let written = "";
  const top = middle - ((lines.length - 1) / 2) * LINE;
  lines.forEach((line, index) => {
    const bold = look.bold || (look.boldFirst && index === 0);
    const attributes = {
      x,
      y: top + index * LINE + TEXT_SIZE * 0.34,
      class: look.on ? "text-on-strong" : look.halo ? "text halo" : "text",
      fill: look.on ? colours.ground : colourOf(colours, look.role ?? "ink"),
      "text-anchor": look.anchor === "start" ? undefined : look.anchor,
      "font-weight": bold ? "700" : undefined,
      ...(look.halo
        ? { stroke: colours.ground, "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" }
        : {}),
    };
    written += line ? element("text", attributes, escapeText(line)) : "";
  });
  return written;
}

/**
 * Draw a line through points; where one is not known, the line is broken.
 *
 * @param {Colours} colours
 * @param {readonly Point[]} points
 * @param {{role: Role, width?: number, dash?: string, halo?: boolean}} look Width in px.
 * @returns {string}
 */
export function drawLine(colours, points, look) {
  const d = pathThrough(points);
  if (!d) {
    return "";
  }
  const { role, width = 1.5, dash, halo } = look;
  const line = { d, fill: "none", "stroke-linejoin": "round" };
  const rim = { ...line, class: "stroke-ground", stroke: colours.ground, "stroke-width": width + 2 };
  const mark = {
    ...line,
    class: role === "grid" || role === "ground" ? `stroke-${role}` : "stroke-strong",
    stroke: colourOf(colours, role),
    "stroke-width": width,
    "stroke-dasharray": dash,
  };
  return (halo ? element("path", rim) : "") + element("path", mark);
}

/**
 * Fill the area between two series of points.
 *
 * @param {Colours} colours
 * @param {readonly Point[]} upper
 * @param {readonly Point[]} lower As many.
 * @param {{role: Role, strength: number}} look Strength of the tint, 0–1.
 * @returns {string}
 */
export function fillBetween(colours, upper, lower, look) {
  let drawn = "";
  for (const [first, until] of knownRuns(upper.map((point, index) => point[1] + lower[index][1]))) {
    const around = [...upper.slice(first, until), ...lower.slice(first, until).reverse()];
    drawn += element("path", {
      d: `${pathThrough(around)}Z`,
      class: look.strength > 0.4 ? "fill-medium" : "fill-pale",
      fill: tint(colourOf(colours, look.role), look.strength, colours.ground),
    });
  }
  return drawn;
}

/**
 * Draw a mark around a point.
 *
 * @param {Colours} colours
 * @param {Point} at
 * @param {"dot" | "ring" | "square" | "diamond" | "triangle" | "up" | "down" | "cross"} shape
 * @param {Role} role
 * @param {number} [size] Half its width, px.
 * @returns {string}
 */
export function drawMark(colours, [x, y], shape, role, size = 5) {
  const colour = colourOf(colours, role);
  const filled = {
    class: role === "ground" ? "fill-ground" : "fill-strong rim",
    fill: colour,
    stroke: colours.ground,
    "stroke-width": 1.5,
  };
  const open = { class: "fill-ground stroke-strong", fill: colours.ground, stroke: colour, "stroke-width": 2 };
  switch (shape) {
    case "dot":
      return element("circle", { cx: x, cy: y, r: size, ...filled });
    case "ring":
      return element("circle", { cx: x, cy: y, r: size, ...open });
    case "square":
      return element("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, ...filled });
    case "cross": {
      const d =
        `M${rounded(x - size)} ${rounded(y - size)}l${2 * size} ${2 * size}m0 ` +
        `${-2 * size}l${-2 * size} ${2 * size}`;
      const line = { d, fill: "none", class: "stroke-strong", stroke: colour, "stroke-width": 3 };
      return (
        element("path", { ...line, class: "stroke-ground", stroke: colours.ground, "stroke-width": 6 }) +
        element("path", line)
      );
    }
    default: {
      const corners = CORNERS[shape];
      const points = corners.map((part, index) => rounded((index % 2 ? y : x) + part * size * 1.25));
      return element("polygon", { points: points.join(" "), ...filled });
    }
  }
}

/**
 * @param {readonly Point[]} points
 * @returns {string} A path; empty if no point is known.
 */
function pathThrough(points) {
  let d = "";
  let isBroken = true;
  for (const [x, y] of points) {
    const isKnown = Number.isFinite(x) && Number.isFinite(y);
    d += isKnown ? `${isBroken ? "M" : "L"}${rounded(x)} ${rounded(y)}` : "";
    isBroken = !isKnown;
  }
  return d;
}

/**
 * @param {readonly number[]} numbers
 * @returns {[number, number][]} First index and the one after the last of each run of finite numbers.
 */
function knownRuns(numbers) {
  /** @type {[number, number][]} */
  const runs = [];
  let first = -1;
  for (let index = 0; index <= numbers.length; index++) {
    const isKnown = index < numbers.length && Number.isFinite(numbers[index]);
    if (isKnown && first < 0) {
      first = index;
    } else if (!isKnown && first >= 0) {
      runs.push([first, index]);
      first = -1;
    }
  }
  return runs;
}
