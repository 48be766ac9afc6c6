/** @import { Game, Table } from "./game.js" */
/** @import { Picture, Place } from "./drawing_types.js" */

import { ROUNDS } from "./game.js";
import { roundTicks } from "./drawing_axes.js";
import { KEPT_LOOK, NOW_LOOK, drawPanel } from "./drawing_panel.js";
import { finish } from "./drawing_picture.js";
import { lastOf } from "./drawing_words.js";
import { twoDecimals } from "./numbers.js";

/**
 * Trust of two organisations in each other over the rounds of a game.
 */

/** The least part of trust that the axis shows, so that a small change looks small. */
const LEAST_SPAN = 0.2;

const HEIGHT = 200;

/**
 * Draw how trust has moved.
 *
 * @param {Table} table
 * @param {Game} game
 * @param {Place} place
 * @param {number} width px.
 * @returns {Picture}
 */
export function drawGame({ meeting }, game, place, width) {
  const lines = [0, 1].map((side) => [game.opening[side], ...game.rounds.map(({ trust }) => trust[side])]);
  const months = Array.from({ length: ROUNDS + 1 }, (_, round) => String(round));
  // Rounds stand where other pictures have financial years, so that the axis names them.
  const rounds = { ...place, months, years: months.map((label, first) => ({ label, first, until: first + 1 })) };
  const looks = [NOW_LOOK, KEPT_LOOK];
  const series = lines.map((values, side) => ({
    values: months.map((_, round) => values[round] ?? NaN),
    look: looks[side],
    label: { text: `${meeting.sides[side].name}: ${twoDecimals(lastOf(values))}`, at: lastOf(values), look: looks[side] },
  }));
  const drawn = drawPanel(rounds, { width, height: HEIGHT }, { axis: "trust", scale: scaleAround(lines.flat()), series });
  const names = meeting.sides.map(({ name }) => name);
  return finish(
    {
      name: "game",
      ...drawn,
      headline: "Trust in the other, by round",
      subtitle: "",
      note: "",
      alt: names.map((name, side) => `Trust of ${name} in the other: ${lines[side].map(twoDecimals).join(", ")}.`).join(" "),
      table: { heads: ["Round", ...names], rows: lines[0].map((trust, round) => [round, trust, lines[1][round]]) },
    },
    { width, id: "game" },
  );
}

/**
 * Return a scale of trust around what is drawn.
 *
 * @param {readonly number[]} values 0–1.
 * @returns {import("./drawing_axes.js").Scale}
 */
function scaleAround(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.min(1, Math.max(LEAST_SPAN, 1.3 * (most - least)));
  const low = Math.max(0, Math.min((least + most - span) / 2, 1 - span));
  return { low, high: low + span, ticks: roundTicks(low, low + span, 4) };
}
