/** @import { Game, Table } from "./game.js" */
/** @import { Colours, Picture } from "./drawing_types.js" */

import { ROUNDS, trustNow } from "./game.js";
import { drawLine, drawMark, writeText } from "./drawing.js";
import { drawValueAxis, shareScale, widestTick } from "./drawing_axes.js";
import { labelEnds, listLabels, marginFor, roomForLabels } from "./drawing_labels.js";
import { LINE } from "./drawing_lettering.js";
import { NARROW } from "./drawing_panel.js";
import { finish } from "./drawing_picture.js";
import { twoDecimals } from "./numbers.js";

/**
 * Trust of two organisations in each other over the rounds of a game.
 */

const [TOP, FOOT, HEIGHT] = [12, 2 * LINE, 200];

/** @type {import("./drawing_labels.js").LineLook[]} */
const LOOKS = [
  { role: "lead", width: 3 },
  { role: "third", width: 2, dash: "8 4", marker: "triangle" },
];

/**
 * Draw how trust has moved.
 *
 * @param {Table} table
 * @param {Game} game
 * @param {Colours} colours
 * @param {number} width px.
 * @returns {Picture}
 */
export function drawGame({ meeting }, game, colours, width) {
  const lines = [0, 1].map((side) => [game.opening[side], ...game.rounds.map(({ trust }) => trust[side])]);
  const labels = meeting.sides.map(({ name }, side) => {
    const at = trustNow(game)[side];
    return { text: `${name}: ${twoDecimals(at)}`, at, look: LOOKS[side], bold: side === 0 };
  });
  const isNarrow = width < NARROW;
  const margin = isNarrow ? 12 : Math.min(0.4 * width, marginFor(labels));
  const bottom = TOP + Math.max(HEIGHT - TOP - FOOT, isNarrow ? 0 : roomForLabels(labels, margin));
  const scale = shareScale(bottom - TOP);
  const left = Math.ceil(widestTick(scale, twoDecimals)) + 14;
  const right = width - margin;
  const x = (/** @type {number} */ round) => left + ((right - left) * round) / ROUNDS;
  const y = (/** @type {number} */ trust) => bottom - trust * (bottom - TOP);
  const panel = { left, right, top: TOP, bottom, x, y };
  let body = drawValueAxis(colours, scale, panel, twoDecimals);
  for (let round = 0; round <= ROUNDS; round++) {
    body += writeText(colours, x(round), bottom + LINE, [round ? String(round) : "Before"], { anchor: round ? "middle" : "start" });
  }
  lines.forEach((values, side) => {
    const points = values.map((trust, round) => /** @type {[number, number]} */ ([x(round), y(trust)]));
    if (points.length > 1) body += drawLine(colours, points, { ...LOOKS[side], halo: true });
    body += points.map((point) => drawMark(colours, point, side ? "triangle" : "dot", LOOKS[side].role)).join("");
  });
  const listed = isNarrow ? listLabels(colours, labels, width, bottom + FOOT) : null;
  body += listed?.drawn ?? labelEnds(colours, labels, { ...panel, left: right, right: width - 2 });
  const [one, other] = meeting.sides;
  const words = `Trust of ${one.name} in ${other.name}: ${lines[0].map(twoDecimals).join(", ")}; of ${other.name} in ${one.name}: ${lines[1].map(twoDecimals).join(", ")}.`;
  return finish(
    {
      name: "game",
      body,
      height: bottom + FOOT + (listed?.height ?? 0),
      headline: "Trust in the other, by round",
      subtitle: "0 is none, 1 is full trust",
      note: "",
      alt: words,
      table: { heads: ["Round", one.name, other.name], rows: lines[0].map((trust, round) => [round, trust, lines[1][round]]) },
    },
    { width, id: "game" },
  );
}
