/**
 * The questions by month: the share of stances in which organisations ask “our population”, and not “my organisation”.
 */

import { doubtOf } from "./clear_difference.js";
import { KEPT_LOOK, NOW_LOOK, drawPanel } from "./drawing_panel.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import {
  bandColumns,
  bandsNote,
  comparedWith,
  horizonWords,
  namesOf,
  rangesWords,
  runsWords,
  wideName,
} from "./drawing_words.js";
import { capital, monthWords, percent } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */
/** @typedef {import("./drawing_panel.js").Series} Series */

/** @typedef {Series & {name: string}} NamedSeries */

/** Share of stances; a headline calls a smaller difference no change. */
const HARDLY = 0.03;

/** The line of “my organisation”, which is the rest. */
const MINE_LOOK = /** @type {import("./drawing_labels.js").LineLook} */ ({ role: "third", width: 2, marker: "square" });

/**
 * Draw the questions by month: both where one variant is shown, “our population” alone where two are compared.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant; null, or the same object, if there is nothing to compare.
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawQuestions(results, baseline, place, options) {
  const kept = comparedWith(results, baseline);
  const ours = results.questions.population_first;
  if (!ours.median.some(Number.isFinite)) {
    const reason = "No questions are asked: no two organisations have anything to decide together";
    return sayNothingToDraw("questions", place.colours, reason, options);
  }
  const series = seriesOf(results, kept, options);
  const isVaried = results.questions.varied !== null;
  const drawn = drawPanel(place, options, {
    axis: "shares",
    series,
    bands: results.replicates > 1 ? ours : null,
    wide: results.questions.varied,
  });
  return finish(
    {
      name: "questions",
      ...drawn,
      headline: headlineOf(results, kept, place, options),
      subtitle:
        `Share of all decisions in which organisations ask “our population”. ${place.title}. ` +
        `${runsWords(results, kept !== null, "Medians")}`,
      note: `The rest ask “my organisation”. ${bandsNote(results, isVaried)}`,
      alt: altOf(results, kept, place, options),
      table: tableOf(series, results, place),
    },
    options,
  );
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Options} options
 * @returns {(Series & {name: string})[]}
 */
function seriesOf(results, kept, options) {
  const { population_first: ours, varied } = results.questions;
  const names = namesOf(options);
  /** @type {(name: string, values: readonly number[], look: Series["look"], more?: object) => NamedSeries} */
  const series = (name, values, look, more = {}) => ({
    name,
    values,
    look,
    label: { text: `${name}: ${percent(lastKnown(values))}`, at: lastKnown(values), look, ...more },
  });
  const now = { bold: true, more: rangesWords(results.replicates > 1 ? ours : null, varied, percent, results.isCertain) };
  if (!kept) {
    const mine = ours.median.map((share) => 1 - share);
    return [series("“My organisation”", mine, MINE_LOOK), series("“Our population”", ours.median, NOW_LOOK, now)];
  }
  const other = kept.questions.population_first;
  const more = { more: rangesWords(kept.replicates > 1 ? other : null, null, percent) };
  return [
    series(capital(names.kept), other.median, KEPT_LOOK, more),
    series(capital(names.now), ours.median, NOW_LOOK, now),
  ];
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {string} The finding.
 */
function headlineOf(results, kept, place, options) {
  const { median } = results.questions.population_first;
  const late = lastKnown(median);
  if (!kept) {
    const early = /** @type {number} */ (median.find(Number.isFinite));
    const fromTo = `from ${percent(early)} to ${percent(late)} of decisions`;
    if (Math.abs(late - early) < HARDLY) {
      return `The question hardly changes: ${fromTo} ask for “our population”`;
    }
    return `${late > early ? "More" : "Fewer"} ask for “our population”: ${fromTo} by ${horizonWords(place)}`;
  }
  const names = namesOf(options);
  const other = lastKnown(kept.questions.population_first.median);
  const both =
    `${percent(late)} of decisions in ${horizonWords(place)} with ${names.now}, ${percent(other)} ` +
    `with ${names.kept}`;
  if (!Number.isFinite(other) || Math.abs(late - other) < HARDLY) {
    return `The question hardly differs: “our population” in ${both}`;
  }
  const month = lastMonthKnown(median);
  const [here, there] = [results, kept].map(({ questions }) => questions.runs.map((run) => run[month]));
  const doubt = doubtOf(here, there, late - other);
  if (doubt) {
    return `${doubt}: “our population” in ${both}`;
  }
  return `${late > other ? "More" : "Fewer"} ask for “our population”: ${both}`;
}

/**
 * @param {readonly number[]} values
 * @returns {number} The last that is known; NaN if none is.
 */
function lastKnown(values) {
  return values[lastMonthKnown(values)] ?? NaN;
}

/**
 * @param {readonly number[]} values
 * @returns {number} Index of the last that is known; −1 if none is.
 */
function lastMonthKnown(values) {
  return values.reduce((found, value, month) => (Number.isFinite(value) ? month : found), -1);
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {string}
 */
function altOf(results, kept, place, options) {
  const { population_first: ours, varied } = results.questions;
  const names = namesOf(options);
  const ranges = rangesWords(results.replicates > 1 ? ours : null, varied, percent, results.isCertain).join(", ");
  const now = `${percent(lastKnown(ours.median))}${ranges ? ` (9 in 10 ${ranges})` : ""}`;
  const other = kept ? ` With ${names.kept} it is ${percent(lastKnown(kept.questions.population_first.median))}.` : "";
  return (
    `Line chart of the share of decisions in which organisations ask “our population” in ${place.title}: ` +
    `${percent(ours.median[0])} in ${monthWords(place.months[0])} and ${now} in ${horizonWords(place)}; the ` +
    `rest ask “my organisation”.${other}`
  );
}

/**
 * @param {readonly (Series & {name: string})[]} series
 * @param {Results} results
 * @param {Place} place
 * @returns {Table}
 */
function tableOf(series, results, place) {
  const { population_first: ours, varied } = results.questions;
  const columns = [
    ...[...series].reverse().map(({ name, values }) => ({ head: name, values })),
    ...(results.replicates > 1 ? bandColumns("By chance", ours) : []),
    ...(varied ? bandColumns(wideName(results), varied).slice(0, 2) : []),
  ];
  return {
    heads: ["Month", ...columns.map(({ head }) => `${head}, share`)],
    rows: place.months.map((month, index) => [monthWords(month), ...columns.map(({ values }) => values[index])]),
  };
}
