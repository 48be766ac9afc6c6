/** @import { Closed } from "./story_levers.js" */

import { moneyScale } from "./drawing_axes.js";
import { finish } from "./drawing_picture.js";
import { drawRows } from "./drawing_rows.js";
import { intervalOf } from "./drawing_statistics.js";
import { horizonWords } from "./drawing_words.js";
import { counted, pounds, rangeWords } from "./numbers.js";
import { mostWords, rampWords } from "./story_levers.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */

/**
 * What each lever closes by itself, besides what is in use: means with bands of 9 in 10 simulated runs.
 */

/**
 * Draw what each lever closes, the one that closes most first.
 *
 * @param {readonly Closed[]} closed One or more.
 * @param {import("./guesses.js").Votes} votes By the name of a lever.
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawLevers(closed, votes, place, options) {
  const levers = closed
    .map((each) => ({ ...each, votes: votes[each.lever.name] ?? 0, interval: intervalOf(each.differences) }))
    .sort((one, other) => other.mean - one.mean);
  const runs = closed[0].differences.length;
  const hasVotes = levers.some((each) => each.votes);
  const rows = levers.map(({ lever, mean, interval, votes: guesses }) => ({
    name: lever.label,
    cells: [pounds(mean), ...(hasVotes ? [guesses ? String(guesses) : "–"] : [])],
    words: `${pounds(mean)}${guesses ? `, ${counted(guesses, "guess", "guesses")}` : ""}`,
    value: mean,
    ...(runs > 1 ? { band: /** @type {[number, number]} */ ([interval.low90, interval.high90]) } : {}),
  }));
  const drawn = drawRows(place.colours, rows, {
    width: options.width,
    head: "Lever",
    columns: ["Closes", ...(hasVotes ? ["Guesses"] : [])],
    axis: "Gap closed besides what is in use, £m a year",
    scale: moneyScale(levers.flatMap(({ mean, interval }) => [mean, interval.low90, interval.high90]), options.width < 640 ? 4 : 5),
    show: pounds,
  });
  const headline = mostWords(closed).replace(/\.$/, "");
  const each = levers.map(({ lever, mean, interval }) => `${lever.label} ${pounds(mean)} (9 in 10 ${rangeWords(interval.low90, interval.high90)})`);
  return finish(
    {
      name: "levers",
      ...drawn,
      headline,
      subtitle: `How much less of the gap is open in ${horizonWords(place)} with one lever more, begun in the first month at full strength${rampWords(closed.map(({ lever }) => lever))}. ${place.title}. Means of ${counted(runs, "simulated run")} each, with the same random events.`,
      note: "Lines: 9 in 10 simulated runs, by chance alone. Assumptions are not varied.",
      alt: `What each lever closes by itself, £m a year: ${each.join("; ")}.`,
      table: {
        heads: ["Lever", "Mean, £m a year", "Low (9 in 10)", "High (9 in 10)", "Guesses"],
        rows: levers.map(({ lever, mean, interval, votes: guesses }) => [lever.label, mean, interval.low90, interval.high90, guesses]),
      },
    },
    options,
  );
}
