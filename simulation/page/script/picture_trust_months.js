import { meanOf } from "./drawing_trust.js";
import { NOW_LOOK, drawPanel } from "./drawing_panel.js";
import { finish } from "./drawing_picture.js";
import { bandColumns, bandsNote, horizonWords, lastOf, rangesWords, runsWords } from "./drawing_words.js";
import { monthWords, twoDecimals } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */

/**
 * Trust over all relationships, month by month.
 */

/** A smaller change of trust counts as none. */
export const HARDLY = 0.03;

/**
 * Draw the mean trust of all relationships by month.
 *
 * @param {Results} results
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawTrustMonths(results, place, options) {
  const { opening, overall } = results.trust;
  const [first, last] = [meanOf(opening), lastOf(overall.median)];
  const bands = results.replicates > 1 ? overall : null;
  const more = rangesWords(bands, null, twoDecimals);
  const drawn = drawPanel(place, options, {
    axis: "trust",
    series: [{ values: overall.median, look: NOW_LOOK, label: { text: `Mean trust: ${twoDecimals(last)}`, at: last, look: NOW_LOOK, bold: true, more } }],
    bands,
  });
  const columns = bandColumns("By chance", overall);
  const word = Math.abs(last - first) < HARDLY ? "stays much the same" : last > first ? "grows" : "wears down";
  const change = `from ${twoDecimals(first)} at the start to ${twoDecimals(last)} by ${horizonWords(place)}`;
  return finish(
    {
      name: "trust-months",
      ...drawn,
      headline: `Trust ${word}: ${change}`,
      subtitle: `Mean trust over all relationships at the end of each month, 0 to 1. ${place.title}. ${runsWords(results, false, "Medians")}`,
      note: bandsNote(results, false),
      alt: `Line chart of mean trust in ${place.title}: ${change}.`,
      table: {
        heads: ["Month", "Mean trust", ...columns.map(({ head }) => head)],
        rows: [["The start", first, ...columns.map(() => first)], ...place.months.map((month, at) => [monthWords(month), overall.median[at], ...columns.map(({ values }) => values[at])])],
      },
    },
    options,
  );
}
