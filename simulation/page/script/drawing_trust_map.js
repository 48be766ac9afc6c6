/**
 * Trust as a map: organisations in a ring, and a line for each two that have dealings, by their mutual trust.
 */

import { drawLine, drawMark, writeText } from "./drawing.js";
import { spread } from "./drawing_labels.js";
import { LINE, measure, shorten, wrap } from "./drawing_lettering.js";
import { CLASSES, changeWords, classOf, countClasses, meanOf, mutual } from "./drawing_trust.js";
import { listNames } from "./drawing_trust_matrix.js";
import { counted, twoDecimals } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Colours} Colours */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_trust.js").Trust} Trust */
/** @typedef {import("./drawing.js").Role} Role */

/**
 * The look of a line by class of trust: the more trust, the thicker and the less broken.
 *
 * @type {readonly {role: Role, width: number, dash?: string}[]}
 */
const LOOKS = [
  { role: "quiet", width: 1.5, dash: "2 5" },
  { role: "lead", width: 2, dash: "9 5" },
  { role: "lead", width: 4 },
];

const NAME = 2 * LINE + 8;
const EDGE = 6;
const SAMPLE = 46;

/**
 * Draw the ring with the names on both sides, its key, and the full names.
 *
 * @param {Trust} trust
 * @param {Place} place
 * @param {number} width px.
 * @returns {{body: string, height: number}}
 */
export function drawTrustMap(trust, place, width) {
  const { colours, organisations } = place;
  const words = organisations.map(({ short }, o) => wordsBeside(short, trust, o));
  const side = Math.min(
    0.32 * width,
    Math.max(...words.flatMap(([name, value]) => [measure(name, true), measure(value)])) + 6,
  );
  const perSide = Math.ceil((organisations.length + 1) / 2);
  const radius = Math.max(30, Math.min(160, 24 * organisations.length, width / 2 - side - 36));
  const height = Math.max(2 * radius + 40, perSide * NAME + 10);
  const centre = /** @type {[number, number]} */ ([width / 2, height / 2]);
  const nodes = organisations.map((_, o) => pointOnRing(centre, radius, o, organisations.length));
  let body = drawPairs(colours, trust, nodes);
  for (const node of nodes) {
    body += drawMark(colours, node, "dot", "ink", 7);
  }
  for (const isRight of [false, true]) {
    const members = nodes.map((_, o) => o).filter((o) => nodes[o][0] > centre[0] + 0.5 === isRight);
    body += nameSide(colours, members, nodes, words, { centre, radius, side, isRight, height });
  }
  const key = drawKey(colours, trust, width, height + 8);
  const full = organisations
    .filter(({ name, short }) => name.trim() && name !== short)
    .map(({ name, short }) => `${short}: ${name}`);
  const listed = listNames(colours, full, width, height + 8 + key.height + 8);
  return { body: body + key.body + listed.body, height: height + 16 + key.height + listed.height };
}

/**
 * @param {readonly [number, number]} centre
 * @param {number} radius
 * @param {number} o
 * @param {number} count
 * @returns {[number, number]} Anticlockwise from the top.
 */
function pointOnRing([x, y], radius, o, count) {
  const angle = (2 * Math.PI * (o + 0.5)) / count - Math.PI / 2;
  return [x - radius * Math.cos(angle), y + radius * Math.sin(angle)];
}

/**
 * @param {string} short
 * @param {Trust} trust
 * @param {number} o
 * @returns {[string, string]} The name, and how much the others trust it, with the change.
 */
function wordsBeside(short, trust, o) {
  const now = meanOf(trust.now.map((row) => row[o]));
  if (!Number.isFinite(now)) {
    return [short, "no dealings"];
  }
  const change = changeWords(now - meanOf(trust.start.map((row) => row[o])));
  return [short, change === "no change" ? twoDecimals(now) : `${twoDecimals(now)}, ${change}`];
}

/**
 * @param {Colours} colours
 * @param {Trust} trust
 * @param {readonly [number, number][]} nodes
 * @returns {string}
 */
function drawPairs(colours, trust, nodes) {
  const layers = ["", "", ""];
  for (let one = 0; one < nodes.length; one++) {
    for (let other = one + 1; other < nodes.length; other++) {
      const value = mutual(trust.now, one, other);
      if (Number.isFinite(value)) {
        layers[classOf(value)] += drawLine(colours, [nodes[one], nodes[other]], LOOKS[classOf(value)]);
      }
    }
  }
  return layers.join("");
}

/**
 * Write the names of one side, moved apart, each with a thin line to its dot.
 *
 * @param {Colours} colours
 * @param {readonly number[]} members
 * @param {readonly [number, number][]} nodes
 * @param {readonly [string, string][]} words
 * @param {{centre: readonly [number, number], radius: number, side: number, isRight: boolean, height: number}} room
 * @returns {string}
 */
function nameSide(colours, members, nodes, words, { centre, radius, side, isRight, height }) {
  const sign = isRight ? 1 : -1;
  const edge = centre[0] + sign * (radius + 24);
  const wanted = members.map((o) => nodes[o][1]);
  const middles = spread(
    wanted,
    members.map(() => NAME),
    0,
    height,
  );
  let drawn = "";
  members.forEach((o, index) => {
    const [x, y] = nodes[o];
    const middle = middles[index];
    drawn += drawLine(
      colours,
      [
        [x + sign * 8, y],
        [edge - sign * 5, middle],
      ],
      { role: "quiet", width: 1 },
    );
    const lines = [shorten(words[o][0], side, true), shorten(words[o][1], side)];
    drawn += writeText(colours, edge, middle, lines, { anchor: isRight ? "start" : "end", boldFirst: true });
  });
  return drawn;
}

/**
 * Draw the key, with how many pairs are in each class now and were at the start.
 *
 * @param {Colours} colours
 * @param {Trust} trust
 * @param {number} width
 * @param {number} top
 * @returns {{body: string, height: number}}
 */
function drawKey(colours, trust, width, top) {
  const [now, start] = [countClasses(trust.now), countClasses(trust.start)];
  let [body, y] = ["", top];
  for (const which of [2, 1, 0]) {
    const lines = wrap(`Trust ${CLASSES[which]}: ${counted(now[which], "pair")}, ${start[which]} at the start`, width - SAMPLE - 2 * EDGE);
    body += drawLine(
      colours,
      [
        [EDGE, y + LINE / 2 + 1],
        [EDGE + SAMPLE - 8, y + LINE / 2 + 1],
      ],
      LOOKS[which],
    );
    body += writeText(colours, EDGE + SAMPLE, y + (lines.length * LINE) / 2, lines);
    y += lines.length * LINE + 4;
  }
  return { body, height: y - top };
}
