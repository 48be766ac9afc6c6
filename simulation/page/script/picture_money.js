/**
 * The money: the position so far against the kept variant, with the month in which it has paid back, and by financial
 * year the gap, the position and what levers and programmes cost.
 */

import { doubtOf } from "./clear_difference.js";
import { drawLine, drawMark } from "./drawing.js";
import { NOW_LOOK, drawPanel } from "./drawing_panel.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import { bandsOver } from "./drawing_statistics.js";
import {
  bandColumns,
  comparedWith,
  horizonWords,
  lastOf,
  namesOf,
  NO_CHANCE,
  rangesWords,
  runsWords,
} from "./drawing_words.js";
import { drawYearBars } from "./drawing_years.js";
import { capital, inHundred, monthWords, pounds } from "./numbers.js";
import { clearSign, mean } from "./statistics.js";

/** @typedef {import("./drawing_types.js").Bands} Bands */
/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */

/**
 * @typedef {object} PayBack
 * @property {number} month Index of the month by which half of the runs that differ have paid back; infinity if they
 *   have not.
 * @property {number} paid Runs that have paid back by the end.
 * @property {number} of Runs that differ in any month.
 * @property {number} same Runs that never differ, in which there is nothing to pay back.
 */

/** £m; a smaller difference is one of rounding. */
const NOTHING = 1e-9;

/** £m; a headline calls a smaller difference none. */
const HARDLY = 0.005;

/**
 * Draw the position so far, and the money of each financial year.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant, of the same replicates; null, or the same object, if there is
 *   nothing to compare.
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawMoney(results, baseline, place, options) {
  const kept = comparedWith(results, baseline);
  if (!results.money.position.length || !place.months.length) {
    return sayNothingToDraw("money", place.colours, "There is no month to add up", options);
  }
  const lines = kept
    ? results.money.position.map((months, replicate) => differenceOf(months, kept.money.position[replicate]))
    : results.money.position;
  const bands = bandsOver(lines);
  const payBack = kept && payBackOf(lines);
  const panel = drawSoFar(bands, payBack, results, place, options);
  const years = drawYearBars(place, results.money.years, options.width, panel.height + 10);
  const names = namesOf(options);
  const against = kept ? `, less that with ${names.kept}` : "";
  const chance = results.replicates > 1 ? "Bands: 9 in 10 of the runs by chance alone, the inner one half." : NO_CHANCE;
  return finish(
    {
      name: "money",
      body: panel.body + years.body,
      height: panel.height + 10 + years.height,
      headline: headlineOf(bands, payBack, place, options, lines.map((line) => line[line.length - 1])),
      subtitle:
        `Position of all organisations together since the start, costs included${against}, £m; and ` +
        `with ${names.now} by financial year. ${place.title}. ${runsWords(results, kept !== null, "Medians")}`,
      note:
        `${chance} Assumptions are not varied. ` +
        `${kept ? "Paid back: from then on never again below 0. " : ""}Money is nominal, undiscounted.` +
        `${place.years.some(({ label }) => label.endsWith(" (part)")) ? " Part: the run has only some months of that year." : ""}` +
        `${options.remark ? ` ${options.remark}` : ""}`,
      alt: altOf(bands, payBack, results, place, options),
      table: tableOf(bands, results, place, kept !== null),
    },
    options,
  );
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 * @returns {Float64Array}
 */
function differenceOf(one, other) {
  return Float64Array.from(one, (value, month) => value - other[month]);
}

/**
 * Find the first month from which a difference stays at or above 0, over the replicates in which there is one.
 *
 * @param {readonly ArrayLike<number>[]} lines `[replicate][month]`.
 * @returns {PayBack}
 */
function payBackOf(lines) {
  const differing = lines.filter((line) => Array.from(line).some((value) => Math.abs(value) > NOTHING));
  const months = differing.map((line) => {
    for (let month = line.length - 1; month >= 0; month--) {
      if (line[month] < -NOTHING) {
        return month + 1 < line.length ? month + 1 : Infinity;
      }
    }
    return 0;
  });
  months.sort((one, other) => one - other);
  const half = Math.ceil(months.length / 2) - 1;
  const paid = months.filter(Number.isFinite).length;
  return { month: months[half] ?? Infinity, paid, of: months.length, same: lines.length - months.length };
}

/**
 * @param {Bands} bands
 * @param {PayBack | null} payBack
 * @param {Results} results
 * @param {Place} place
 * @param {Options} options
 * @returns {{body: string, height: number}}
 */
function drawSoFar(bands, payBack, results, place, options) {
  const names = namesOf(options);
  const isChance = results.replicates > 1;
  const last = lastOf(bands.median);
  // Where the middle run is the same to the end there is nothing to pay back.
  const marked = payBack && Number.isFinite(payBack.month) && Math.abs(last) >= HARDLY ? payBack.month : null;
  const text = `${payBack ? `${capital(names.now)}, so far` : "Position so far"}: ${pounds(last, payBack !== null)}`;
  /** @type {(amount: number) => string} */
  const show = (amount) => pounds(amount, payBack !== null);
  const label = { text, at: last, look: NOW_LOOK, bold: true, more: rangesWords(isChance ? bands : null, null, show) };
  return drawPanel(
    place,
    { ...options, height: (options.height ?? 0.46 * options.width) * 0.62 },
    {
      axis: "money",
      series: [{ values: bands.median, look: NOW_LOOK, label }],
      bands: isChance ? bands : null,
      labels: payBack ? payBackLabels(marked, names.kept, place) : [],
      over: ({ x, y, top, bottom }) => {
        if (marked === null) {
          return "";
        }
        const at = x(marked);
        const line = drawLine(
          place.colours,
          [
            [at, top],
            [at, bottom],
          ],
          { role: "third", width: 1.5, dash: "4 3" },
        );
        return line + drawMark(place.colours, [at, y(0)], "diamond", "third", 6);
      },
    },
  );
}

/**
 * @param {number | null} month Index of the month in which it has paid back; null if it hasn't.
 * @param {string} kept Name of the kept variant.
 * @param {Place} place
 * @returns {import("./drawing_labels.js").Label[]} Of the kept variant at 0, and of the month, if there is one.
 */
function payBackLabels(month, kept, place) {
  /** @type {import("./drawing_labels.js").Label} */
  const zero = { text: `${capital(kept)}: £0m`, at: 0, look: { role: "quiet", width: 1.5 } };
  if (month === null) {
    return [zero];
  }
  const text = `Paid back by ${monthWords(place.months[month])}`;
  return [zero, { text, at: 0, look: { role: "third", width: 0, marker: "diamond" } }];
}

/**
 * @param {Bands} bands
 * @param {PayBack | null} payBack
 * @param {Place} place
 * @param {Options} options
 * @param {readonly number[]} ends What is drawn, in the last month of each run, £m.
 * @returns {string} The finding.
 */
function headlineOf(bands, payBack, place, options, ends) {
  const horizon = horizonWords(place);
  const last = lastOf(bands.median);
  const names = namesOf(options);
  if (!payBack) {
    return (
      `All organisations together are ${pounds(Math.abs(last))} ` +
      `${last < 0 ? "in deficit" : "in surplus"} by ${horizon}, all months added up`
    );
  }
  if (isSame(payBack)) {
    return `${capital(names.now)} costs and saves the same as ${names.kept}${oftenSame(payBack)}`;
  }
  if (Math.abs(last) < HARDLY) {
    return wellOff(ends, horizon, names);
  }
  const off = `${pounds(Math.abs(last))} ${last < 0 ? "worse" : "better"} off than with ${names.kept}`;
  const doubt = doubtOf(ends, ends.map(() => 0), last);
  const chance = doubt ? `. ${doubt}` : "";
  const often = `${inHundred(payBack.paid, payBack.of)}${thatDiffer(payBack)}`;
  if (!Number.isFinite(payBack.month)) {
    const only = payBack.paid ? `in ${often} only` : `in none of the simulated runs${thatDiffer(payBack)}`;
    return `${capital(names.now)} has paid back by ${horizon} ${only}: ${off}${chance}`;
  }
  const month = monthWords(place.months[payBack.month]);
  const which = payBack.same ? " in the middle simulated run of those that differ" : "";
  return `${capital(names.now)} pays back by ${month}${which}: by ${horizon} the place is ${off}${chance}`;
}

/**
 * Say how the place does where the middle run shows no difference: by the mean, if that is clear.
 *
 * @param {readonly number[]} ends Differences in the last month, £m.
 * @param {string} horizon The last month.
 * @param {{now: string, kept: string}} names
 */
function wellOff(ends, horizon, names) {
  const average = mean(ends);
  if (Math.abs(average) < HARDLY || !clearSign(ends)) {
    return `By ${horizon} the middle simulated run is as well off with ${names.now} as with ${names.kept}`;
  }
  return (
    `By ${horizon} the place is ${pounds(Math.abs(average))} ${average < 0 ? "worse" : "better"} off with ${names.now} ` +
    `than with ${names.kept} on average, and as well off in the middle simulated run`
  );
}

/**
 * @param {PayBack} payBack
 * @returns {boolean} True if the two never differ in half of the replicates or more, as the chart's rule has it.
 */
function isSame({ same, of }) {
  return same >= of;
}

/**
 * @param {PayBack} payBack
 * @returns {string} In how many replicates the two never differ; nothing if in all.
 */
function oftenSame({ same, of }) {
  return of ? ` in ${inHundred(same, same + of)}` : "";
}

/**
 * @param {PayBack} payBack
 * @returns {string} Words after a count, which say that it is of the replicates that differ; nothing if all do.
 */
function thatDiffer({ same }) {
  return same ? " that differ" : "";
}

/**
 * @param {Bands} bands
 * @param {PayBack | null} payBack
 * @param {Results} results
 * @param {Place} place
 * @param {Options} options
 * @returns {string}
 */
function altOf(bands, payBack, results, place, options) {
  const names = namesOf(options);
  const last = lastOf(bands.median);
  const isChance = results.replicates > 1;
  const range = isChance ? ` (${rangesWords(bands, null).join("")}, 9 in 10)` : "";
  const often = payBack
    ? isSame(payBack)
      ? ` Both cost and save the same${oftenSame(payBack)}.`
      : ` It has paid back within the run in ${inHundred(payBack.paid, payBack.of)}${thatDiffer(payBack)}.`
    : "";
  const years = results.money.years.map((each, year) => {
    const costs = `levers ${pounds(each.lever_costs)}, set-up ${pounds(each.set_up)}`;
    return `${place.years[year].label}: gap ${pounds(each.gap)} a year, position ${pounds(each.position)}, ${costs}`;
  });
  return (
    `Line chart of the position so far${payBack ? ` with ${names.now} against ${names.kept}` : ""}: ` +
    `${pounds(last, payBack !== null)} ` +
    `by ${horizonWords(place)}${range}.${often} By financial year: ${years.join("; ")}.`
  );
}

/**
 * @param {Bands} bands
 * @param {Results} results
 * @param {Place} place
 * @param {boolean} isCompared
 * @returns {Table} Months, then financial years.
 */
function tableOf(bands, results, place, isCompared) {
  const chance = results.replicates > 1 ? bandColumns("By chance", bands) : [];
  const soFar = `Position so far${isCompared ? ", change" : ""}, £m`;
  const none = chance.map(() => null);
  const months = place.months.map((month, index) => [
    monthWords(month),
    bands.median[index],
    ...chance.map(({ values }) => values[index]),
    ...[null, null, null, null],
  ]);
  const years = results.money.years.map(({ gap, position, lever_costs: levers, set_up: setUp }, year) => [
    place.years[year].label,
    null,
    ...none,
    gap,
    position,
    levers,
    setUp,
  ]);
  const items = ["Gap at the end, £m a year", "Position in the year, £m", "Cost of levers, £m", "Set-up costs, £m"];
  return { heads: ["Month or year", soFar, ...chance.map(({ head }) => head), ...items], rows: [...months, ...years] };
}
