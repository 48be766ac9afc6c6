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
  namesOf,
  rangesWords,
  runsWords,
  wideName,
} from "./drawing_words.js";
import { capital, monthWords, percent, wholeWords } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Bands} Bands */
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
  const series = seriesOf(results, kept, place, options);
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
      note: `The rest ask “my organisation”. ${metNote(results, kept, place)}${bandsNote(results, isVaried)}`,
      alt: altOf(results, kept, place, options),
      table: tableOf(series, results, place),
    },
    options,
  );
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {(Series & {name: string})[]}
 */
function seriesOf(results, kept, place, options) {
  const ours = results.questions.population_first.median;
  const names = namesOf(options);
  const last = place.months.length - 1;
  /** @type {(name: string, values: readonly number[], look: Series["look"], of: Results, ranges: string[]) => NamedSeries} */
  const series = (name, values, look, of, ranges) => {
    const isMet = Number.isFinite(values[last]);
    const met = isMet ? fewWords(of, last, "in ") : `nobody meets in ${monthWords(place.months[last])}`;
    const text = isMet ? `${name}: ${percent(values[last])}` : name;
    const more = met ? [met, ...ranges] : ranges;
    return { name, values, look, label: { text, at: lastKnown(values), look, more, bold: look === NOW_LOOK } };
  };
  const now = rangesAt(results, last);
  if (!kept) {
    const mine = ours.map((share) => 1 - share);
    return [
      series("“My organisation”", mine, MINE_LOOK, results, []),
      series("“Our population”", ours, NOW_LOOK, results, now),
    ];
  }
  const alone = { ...kept, questions: { ...kept.questions, varied: null } };
  return [
    series(capital(names.kept), kept.questions.population_first.median, KEPT_LOOK, kept, rangesAt(alone, last)),
    series(capital(names.now), ours, NOW_LOOK, results, now),
  ];
}

/**
 * @param {Results} results
 * @param {number} month Index.
 * @returns {string[]} The ranges of “our population” in a month; none where nobody meets.
 */
function rangesAt(results, month) {
  const { population_first: ours, varied } = results.questions;
  /** @type {(bands: Bands | null) => Bands | null} */
  const at = (bands) => {
    const [low, high] = [bands?.low90[month] ?? NaN, bands?.high90[month] ?? NaN];
    return bands && Number.isFinite(low) ? { ...bands, low90: [low], high90: [high] } : null;
  };
  return rangesWords(results.replicates > 1 ? at(ours) : null, at(varied), percent, results.isCertain);
}

/**
 * @param {Results} results
 * @param {number} month Index.
 * @returns {number} Runs in which anybody meets in it.
 */
function metIn({ questions }, month) {
  return questions.runs.filter((run) => Number.isFinite(run[month])).length;
}

/**
 * @param {Results} results
 * @param {number} month Index.
 * @param {string} [before] What comes before.
 * @returns {string} In how many runs anybody meets in a month, if not in all: 5 of 256 runs.
 */
function fewWords(results, month, before = "") {
  const [met, all] = [metIn(results, month), results.questions.runs.length];
  return met < all ? `${before}${wholeWords(met)} of ${wholeWords(all)} runs` : "";
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @returns {string} A sentence that says of how many runs a month is, where nobody meets in some.
 */
function metNote(results, kept, place) {
  const ends = [0, place.months.length - 1];
  const all = [results, ...(kept ? [kept] : [])];
  if (all.every((each) => place.months.every((_, month) => metIn(each, month) === each.questions.runs.length))) {
    return "";
  }
  const met = ends.map((month) => {
    const counts = all.map((each) => wholeWords(metIn(each, month))).join(" and ");
    return `${counts} in ${monthWords(place.months[month])}`;
  });
  const cases = results.questions.varied ? ", and of such cases" : "";
  return `Each month is of the runs in which organisations meet (${met.join(", ")})${cases}. `;
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
  const end = place.months.length - 1;
  if (!kept) {
    const month = lastMonthKnown(median);
    const [early, late] = [/** @type {number} */ (median.find(Number.isFinite)), median[month]];
    const few = fewWords(results, month);
    const by =
      ` by ${monthWords(place.months[month])}${few ? ` (${few})` : ""}` +
      (month < end ? ", the last month in which anybody meets" : "");
    const fromTo = `from ${percent(early)} to ${percent(late)} of decisions`;
    if (Math.abs(late - early) < HARDLY) {
      return `The question hardly changes: ${fromTo} ask for “our population”${few || month < end ? by : ""}`;
    }
    return `${late > early ? "More" : "Fewer"} ask for “our population”: ${fromTo}${by}`;
  }
  const names = namesOf(options);
  const others = kept.questions.population_first.median;
  const month = lastMonthKnown(median.map((share, index) => share - others[index]));
  if (month < 0) {
    return `The questions cannot be compared: in no month does anybody meet both with ${names.now} and with ${names.kept}`;
  }
  const [late, other] = [median[month], others[month]];
  const few = fewWords(results, month) || fewWords(kept, month);
  const counts = [results, kept].map((each) => wholeWords(metIn(each, month)));
  const both =
    `${percent(late)} of decisions in ${monthWords(place.months[month])} with ${names.now}, ${percent(other)} ` +
    `with ${names.kept}${few ? ` (${counts.join(" and ")} of ${wholeWords(results.questions.runs.length)} runs)` : ""}` +
    (month < end ? ", the last month in which anybody meets with both" : "");
  if (Math.abs(late - other) < HARDLY) {
    return `The question hardly differs: “our population” in ${both}`;
  }
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
  const { population_first: ours } = results.questions;
  const names = namesOf(options);
  const [first, last] = [ours.median.findIndex(Number.isFinite), lastMonthKnown(ours.median)];
  const ranges = rangesAt(results, last).join(", ");
  const now = `${percent(ours.median[last])}${ranges ? ` (9 in 10 ${ranges})` : ""}`;
  /** @type {(of: Results, month: number) => string} */
  const when = (of, month) => `${monthWords(place.months[month])}${fewWords(of, month, ", of ")}`;
  return (
    `Line chart of the share of decisions in which organisations ask “our population” in ${place.title}: ` +
    `${percent(ours.median[first])} in ${when(results, first)} and ${now} in ${when(results, last)}` +
    `${last < place.months.length - 1 ? ", the last month in which anybody meets" : ""}; the rest ask ` +
    `“my organisation”.${kept ? otherWords(kept, last, names.kept, when) : ""}`
  );
}

/**
 * @param {Results} kept
 * @param {number} last Index of the month of what is set.
 * @param {string} name
 * @param {(of: Results, month: number) => string} when Names a month.
 * @returns {string} The share of the kept variant, with its month where that is another or not of all runs.
 */
function otherWords(kept, last, name, when) {
  const { median } = kept.questions.population_first;
  const month = lastMonthKnown(median);
  if (month < 0) {
    return ` With ${name} nobody meets.`;
  }
  const isSame = month === last && !fewWords(kept, month);
  return ` With ${name} it is ${percent(median[month])}${isSame ? "" : ` in ${when(kept, month)}`}.`;
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
