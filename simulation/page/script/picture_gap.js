/**
 * The gap by month: what is set here with both bands, the kept variant, the plan and the gap before any savings.
 */

import { doubtOf } from "./clear_difference.js";
import { drawMark } from "./drawing.js";
import { KEPT_LOOK, NOW_LOOK, PLAIN_LOOK, PLAN_LOOK, drawPanel } from "./drawing_panel.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import {
  bandColumns,
  bandsNote,
  comparedWith,
  horizonWords,
  lastOf,
  namesOf,
  rangesWords,
  runsWords,
  wideName,
} from "./drawing_words.js";
import { capital, counted, monthWords, pounds } from "./numbers.js";
import { THRESHOLD } from "./verdict.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */
/** @typedef {import("./drawing_labels.js").Label} Label */
/** @typedef {import("./drawing_panel.js").Series} Series */

/** @typedef {Series & {name: string}} NamedSeries */

/** £m; less than this is an error of rounding. */
const ROUNDING = 1e-9;

/** Part of the gap before any savings; a headline says of a difference up to it, and up to £1m, that the gap hardly differs. */
const HARDLY = 0.02;

/** Closed part of the gap before any savings, up or down, under which a headline calls it hardly changed. */
const LITTLE = 0.1;

/** £m, less than which is written £0m, and the part of the gap before any savings, less than which is none. */
const SHOWN = 0.005;

const CROSS = 6;

/**
 * Draw the gap by month.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant; null, or the same object, if there is nothing to compare.
 * @param {Place} place
 * @param {Options} options `guesses` are drawn as crosses in the last month.
 * @returns {Picture}
 */
export function drawGap(results, baseline, place, options) {
  if (!place.months.length) {
    return sayNothingToDraw("gap", place.colours, "There is no month to show", options);
  }
  const kept = comparedWith(results, baseline);
  const guesses = (options.guesses ?? []).filter(Number.isFinite);
  const series = seriesOf(results, kept, place, options);
  const bounded = boundedGuesses(guesses, series);
  const drawn = drawPanel(place, options, {
    axis: "money",
    series,
    bands: results.replicates > 1 ? results.gap.chance : null,
    wide: results.gap.varied,
    labels: [...targetLabels(place), ...guessLabels(guesses, bounded)],
    also: [place.paths.target, ...bounded],
    over: (panel) => {
      const end = /** @type {[number, number]} */ ([panel.x(place.months.length - 1), panel.y(place.paths.target)]);
      return drawMark(place.colours, end, "diamond", "ink") + drawGuesses(place, panel, bounded);
    },
  });
  const isVaried = results.gap.varied !== null;
  return finish(
    {
      name: "gap",
      ...drawn,
      headline: headlineOf(results, kept, place, options),
      subtitle:
        `Gap between spending and income, £m a year. ${place.title}. ` +
        `${runsWords(results, kept !== null, "Medians")}`,
      note: bandsNote(results, isVaried),
      alt: altOf(results, kept, place, options, guesses),
      table: tableOf(series, results, place, guesses),
    },
    options,
  );
}

/**
 * Return the finding.
 *
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {string}
 */
function headlineOf(results, kept, place, options) {
  const gap = lastOf(results.gap.chance.median);
  const before = lastOf(results.gap.do_nothing);
  const horizon = horizonWords(place);
  if (!kept) {
    return aloneHeadline(gap, before, place.paths.target, horizon);
  }
  const names = namesOf(options);
  const other = lastOf(kept.gap.chance.median);
  const both = `${names.now} leaves ${pounds(gap)} in ${horizon}, ${names.kept} ${pounds(other)}`;
  if (Math.abs(gap - other) <= Math.min(THRESHOLD, HARDLY * Math.abs(before))) {
    return `The gap hardly differs: ${both}`;
  }
  const doubt = doubtOf(results.last.chance, kept.last.chance, gap - other);
  if (doubt) {
    return `${doubt}: ${both}`;
  }
  const word = gap < other ? "less" : "more";
  return (
    `${capital(names.now)} leaves ${pounds(gap)} in ${horizon}: ${pounds(Math.abs(gap - other))} ${word} ` +
    `than ${names.kept}`
  );
}

/**
 * Say if the target is met, and how much of the gap itself is closed, as `charts/text/gap_words.py` does.
 *
 * @param {number} gap
 * @param {number} before
 * @param {number} target
 * @param {string} horizon
 * @returns {string}
 */
function aloneHeadline(gap, before, target, horizon) {
  const isMet = gap <= target + ROUNDING;
  if (before <= ROUNDING && gap <= ROUNDING) {
    return (
      `There is no gap to close before any savings: it is ${pounds(gap)} in ${horizon}, ` +
      `and the target ${pounds(target)}`
    );
  }
  if (gap <= ROUNDING || (isMet && gap < SHOWN * Math.min(1, before))) {
    const against = `${pounds(gap)} against a target of ${pounds(target)} in ${horizon}`;
    return isMet ? `The gap closes: ${against}` : `The gap closes, but the target is not met: ${against}`;
  }
  if (isMet) return metHeadline(gap, before, target, horizon);
  const closed = before > 0 ? (before - gap) / before : NaN;
  if (!(closed >= -LITTLE)) {
    return `The gap grows beyond that before any savings: ${leftWords(gap)} against ${pounds(before)} in ${horizon}`;
  }
  if (closed < 0) {
    return `The gap hardly changes: ${leftWords(gap)} remains in ${horizon}, ${pounds(before)} before any savings`;
  }
  if (closed < LITTLE) {
    return `The gap hardly changes: ${leftWords(gap)} of ${pounds(before)} remains in ${horizon}`;
  }
  return `${pounds(before - gap)} of the ${pounds(before)} gap is closed; ${leftWords(gap)} remains in ${horizon}`;
}

/**
 * Return the finding where the target is met: a gap above zero is not closed by that.
 *
 * @param {number} gap
 * @param {number} before
 * @param {number} target
 * @param {string} horizon
 * @returns {string}
 */
function metHeadline(gap, before, target, horizon) {
  if (before < gap) {
    return `The target of ${pounds(target)} is met, but the gap grows: ${pounds(gap)} remains in ${horizon}`;
  }
  return `The target of ${pounds(target)} is met: ${leftWords(gap)} of ${pounds(before)} remains in ${horizon}`;
}

/**
 * Write a gap that is left, which is never nothing.
 *
 * @param {number} gap
 * @returns {string}
 */
function leftWords(gap) {
  return ROUNDING < gap && gap < SHOWN ? "under £5,000" : pounds(gap);
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {(Series & {name: string})[]}
 */
function seriesOf(results, kept, place, options) {
  const names = namesOf(options);
  const before = results.gap.do_nothing;
  /** @type {(name: string, values: readonly number[], look: Label["look"], more?: object) => NamedSeries} */
  const series = (name, values, look, more = {}) => ({
    name,
    values,
    look,
    label: { text: `${name}: ${pounds(lastOf(values))}`, at: lastOf(values), look, ...more },
  });
  const { chance, varied } = results.gap;
  const ranges = (/** @type {Results} */ { replicates, gap, isCertain }, /** @type {typeof varied} */ wide) =>
    options.brief ? [] : rangesWords(replicates > 1 ? gap.chance : null, wide, pounds, isCertain);
  const now = { bold: true, more: ranges(results, varied) };
  const other = kept && { more: ranges(kept, null) };
  const { plan, target } = place.paths;
  const isTarget = Math.abs(lastOf(plan) - target) < 1e-9;
  return [
    series("Before any savings", before, PLAIN_LOOK),
    { ...series(isTarget ? "Plan (dashed) and target" : "Plan (dashed)", plan, PLAN_LOOK), name: "Plan" },
    ...(kept && other ? [series(capital(names.kept), kept.gap.chance.median, KEPT_LOOK, other)] : []),
    series(kept ? capital(names.now) : "Simulated", chance.median, NOW_LOOK, now),
  ];
}

/**
 * @param {Place} place
 * @returns {Label[]} The target, where it is not where the plan ends.
 */
function targetLabels(place) {
  const { plan, target } = place.paths;
  if (Math.abs(lastOf(plan) - target) < 1e-9) {
    return [];
  }
  return [{ text: `Target: ${pounds(target)}`, at: target, look: { role: "ink", width: 0, marker: "diamond" } }];
}

/**
 * @param {readonly number[]} guesses
 * @param {readonly number[]} drawn Where they are drawn.
 * @returns {Label[]}
 */
function guessLabels(guesses, drawn) {
  if (!guesses.length) {
    return [];
  }
  const middle = medianOf(guesses);
  const text =
    guesses.length === 1
      ? `Guess: ${pounds(middle)}`
      : `${counted(guesses.length, "guess", "guesses")}, the middle one ${pounds(middle)}`;
  return [{ text, at: medianOf(drawn), look: { role: "fourth", width: 0, marker: "cross" } }];
}

/**
 * Bring wild guesses to the edge of the picture, so that they do not press the lines together.
 *
 * @param {readonly number[]} guesses
 * @param {readonly Series[]} series
 * @returns {number[]}
 */
function boundedGuesses(guesses, series) {
  const drawn = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = [Math.min(0, ...drawn), Math.max(0, ...drawn)];
  const room = 0.4 * (high - low) || 1;
  return guesses.map((guess) => Math.min(high + room, Math.max(low - room, guess)));
}

/**
 * Draw guesses as crosses, those that would cover each other side by side.
 *
 * @param {Place} place
 * @param {import("./drawing_panel.js").Panel} panel
 * @param {readonly number[]} guesses
 * @returns {string}
 */
function drawGuesses(place, panel, guesses) {
  const edge = panel.x(place.months.length - 1);
  let drawn = "";
  /** @type {number[]} The lowest cross in each column, from the right. */
  const lowest = [];
  for (const guess of [...guesses].sort((one, other) => other - one)) {
    const y = panel.y(guess);
    const free = lowest.findIndex((each) => y - each >= 2 * CROSS + 2);
    const column = free < 0 ? lowest.length : free;
    lowest[column] = y;
    drawn += drawMark(place.colours, [Math.max(panel.left, edge - column * (2 * CROSS + 3)), y], "cross", "fourth", CROSS);
  }
  return drawn;
}

/**
 * @param {readonly number[]} numbers At least one.
 * @returns {number}
 */
function medianOf(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @param {readonly number[]} guesses
 * @returns {string}
 */
function altOf(results, kept, place, options, guesses) {
  const names = namesOf(options);
  const { chance, varied } = results.gap;
  const ranges = rangesWords(results.replicates > 1 ? chance : null, varied, pounds, results.isCertain).join(", ");
  const now = `${pounds(lastOf(chance.median))}${ranges ? ` (9 in 10 ${ranges})` : ""}`;
  const other = kept ? `; with ${names.kept} it ends at ${pounds(lastOf(kept.gap.chance.median))}` : "";
  const before = lastOf(results.gap.do_nothing);
  const guessed = guesses.length ? ` ${guessLabels(guesses, guesses)[0].text}.` : "";
  return (
    `Line chart of the gap in ${place.title}: from ${pounds(chance.median[0])} a year in ` +
    `${monthWords(place.months[0])} to ${now}${other}. ` +
    `Before any savings it is ${pounds(before)}, planned are ${pounds(lastOf(place.paths.plan))}, the target ` +
    `is ${pounds(place.paths.target)}.${guessed}`
  );
}

/**
 * @param {readonly (Series & {name: string})[]} series
 * @param {Results} results
 * @param {Place} place
 * @param {readonly number[]} guesses
 * @returns {Table}
 */
function tableOf(series, results, place, guesses) {
  const { chance, varied } = results.gap;
  const columns = [
    ...[...series].reverse().map(({ name, values }) => ({ head: `${name}, £m a year`, values })),
    ...(results.replicates > 1 ? bandColumns("By chance", chance) : []),
    ...(varied ? bandColumns(wideName(results), varied).slice(0, 2) : []),
  ];
  const rows = place.months.map((month, index) => [monthWords(month), ...columns.map(({ values }) => values[index])]);
  const none = columns.slice(1).map(() => null);
  const more = [["Target", place.paths.target, ...none], ...guesses.map((guess) => ["Guess", guess, ...none])];
  return { heads: ["Month", ...columns.map(({ head }) => head)], rows: [...rows, ...more] };
}
