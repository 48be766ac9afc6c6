/**
 * The organisations that gain and those that pay: each one's outturns over the run against those of the kept variant.
 */

import { moneyScale } from "./drawing_axes.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import { drawRows } from "./drawing_rows.js";
import { intervalOf } from "./drawing_statistics.js";
import { comparedWith, namesOf, runsWords } from "./drawing_words.js";
import { capital, counted, inHundred, listed, pounds, rangeWords } from "./numbers.js";
import { clearSign, mean } from "./statistics.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */

/**
 * @typedef {object} Change Of an organisation, or of several together, £m over the run.
 * @property {string} name
 * @property {number} [o] Its index; left out for several together.
 * @property {Float64Array} values `[replicate]`.
 * @property {number} mean Means add up, as the changes of organisations do; medians would not.
 * @property {import("./drawing_statistics.js").Interval} interval
 * @property {number} loses Replicates in which it ends worse off.
 */

/** £m; an amount that would be written £0m. */
const SHOWN = 0.005;

/** £m; a smaller change of one run is one of rounding. */
const NOTHING = 1e-9;

/** The most rows; of more organisations, at most `EACH_WAY` that lose and as many that gain are named. */
const MOST = 25;
const EACH_WAY = 10;

/**
 * Draw each organisation's change, those that lose most first.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant, of the same replicates.
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawGains(results, baseline, place, options) {
  const kept = comparedWith(results, baseline);
  const names = namesOf(options);
  if (!kept) {
    const same = `${names.now} and ${names.kept} are the same`;
    const reason = `Nobody gains or pays yet: ${same}. Change a lever to see who does`;
    return sayNothingToDraw("gains", place.colours, reason, options);
  }
  const changes = changesOf(results, kept, place);
  if (changes.every(({ values }) => values.every((value) => Math.abs(value) <= NOTHING))) {
    const reason = `No organisation is better or worse off with ${names.now} than with ${names.kept}`;
    return sayNothingToDraw("gains", place.colours, reason, options);
  }
  const [shown, isChance] = [shownOf(changes), results.replicates > 1];
  const rows = shown.map((change) => rowOf(change, results.replicates));
  const numbers = shown.filter(({ o }) => o !== undefined).flatMap(({ interval }) => [interval.low90, interval.high90]);
  const drawn = drawRows(place.colours, rows, {
    width: options.width,
    head: "Organisation",
    columns: ["Change", ...(isChance ? [`Loses, of ${Math.min(100, results.replicates)}`] : [])],
    axis: "Change over the whole run, £m",
    scale: moneyScale(numbers, options.width < 640 ? 4 : 5),
    show: pounds,
  });
  return finish(
    {
      name: "gains",
      ...drawn,
      headline: headlineOf(changes, options),
      subtitle:
        `Each organisation’s surplus or deficit over the whole run minus that with ${names.kept}, £m, costs ` +
        `included, ` +
        `nominal, undiscounted. ${place.title}. ${runsWords(results, true, "Means")}`,
      note: noteOf(changes, shown, isChance),
      alt: altOf(changes, options),
      table: tableOf(shown),
    },
    options,
  );
}

/**
 * @param {Results} results
 * @param {Results} kept
 * @param {Place} place
 * @returns {Change[]} In order, those that lose most first.
 */
function changesOf(results, kept, place) {
  const now = sumsOverYears(results, place.organisations.length);
  const before = sumsOverYears(kept, place.organisations.length);
  const changes = place.organisations.map(({ name, short }, o) =>
    changeOf(
      name.trim() || short,
      now[o].map((sum, replicate) => sum - before[o][replicate]),
      o,
    ),
  );
  return changes.sort((one, other) => one.mean - other.mean || Number(one.o) - Number(other.o));
}

/**
 * @param {Results} results
 * @param {number} organisations
 * @returns {Float64Array[]} `[o][replicate]`, £m.
 */
function sumsOverYears({ organisations: { outturns } }, organisations) {
  const sums = Array.from({ length: organisations }, () => new Float64Array(outturns.length));
  outturns.forEach((years, replicate) => {
    for (const year of years) {
      for (let o = 0; o < organisations; o++) {
        sums[o][replicate] += year[o];
      }
    }
  });
  return sums;
}

/**
 * @param {string} name
 * @param {Float64Array} values
 * @param {number} [o]
 * @returns {Change}
 */
function changeOf(name, values, o) {
  const loses = values.filter((value) => value < -NOTHING).length;
  return { name, o, values, mean: mean(values), interval: intervalOf(values), loses };
}

/**
 * @param {readonly Change[]} changes In order.
 * @returns {readonly Change[]} All, or the largest losses and gains with the rest in one row.
 */
function shownOf(changes) {
  if (changes.length <= MOST) {
    return changes;
  }
  const losing = Math.min(EACH_WAY, changes.filter((each) => each.mean < 0).length);
  const gaining = Math.min(EACH_WAY, changes.filter((each) => each.mean > 0).length);
  const rest = changes.slice(losing, changes.length - gaining);
  const values = Float64Array.from(rest[0].values, (_, replicate) =>
    rest.reduce((sum, each) => sum + each.values[replicate], 0),
  );
  const others = changeOf(`The other ${rest.length} together`, values);
  return [...changes.slice(0, losing), others, ...changes.slice(changes.length - gaining)];
}

/**
 * @param {Change} change
 * @param {number} replicates
 * @returns {import("./drawing_rows.js").Row}
 */
function rowOf({ name, o, mean: middle, interval, loses }, replicates) {
  const often = inHundred(loses, replicates)
    .split(" of ")[0]
    .replace("more than ", "over ")
    .replace("fewer than ", "under ");
  const isChance = replicates > 1;
  return {
    name,
    cells: [pounds(middle, true), ...(isChance ? [often] : [])],
    words: `${pounds(middle, true)}${isChance ? `; loses in ${inHundred(loses, replicates)}` : ""}`,
    value: o === undefined ? NaN : middle,
    bold: o === undefined,
    ...(isChance ? { band: [interval.low90, interval.high90], half: [interval.low50, interval.high50] } : {}),
  };
}

/**
 * Say whether an organisation gains or pays, as far as the simulated runs show it.
 *
 * @param {Float64Array} values Its change in each run; one run has no interval, so that its sign counts.
 * @returns {number} 1 if it gains, -1 if it pays, 0 if nothing changes, NaN if the 95% interval of its mean holds 0.
 */
export function effectOf(values) {
  if (values.every((value) => Math.abs(value) <= NOTHING)) {
    return 0;
  }
  return values.length === 1 ? Math.sign(values[0]) : clearSign(Array.from(values)) || NaN;
}

/**
 * @param {readonly Change[]} changes
 * @param {Options} options
 * @returns {string} The finding.
 */
function headlineOf(changes, options) {
  const effects = changes.map(({ values }) => effectOf(values));
  const unclear = effects.filter(Number.isNaN).length;
  const none = unclear ? "none clearly" : "none";
  /** @type {(effect: number, verb: string, of: string) => string} */
  const side = (effect, verb, of) => {
    const some = changes.filter((_, o) => effects[o] === effect);
    const sum = Math.abs(some.reduce((total, each) => total + each.mean, 0));
    const amount = sum > NOTHING && sum < SHOWN ? "under £5,000" : pounds(sum);
    return some.length
      ? `${some.length}${of} ${verb}${some.length === 1 ? "s" : ""} ${amount}`
      : `${none}${of} ${verb}s`;
  };
  const gain = side(1, "gain", ` of ${counted(changes.length, "organisation")}`);
  const names = namesOf(options);
  const rest = unclear ? `; of ${unclear} it is not clear` : "";
  return `With ${names.now} ${gain} and ${side(-1, "pay", "")}${rest}, against ${names.kept}`;
}

/**
 * @param {readonly Change[]} changes
 * @param {readonly Change[]} shown
 * @param {boolean} isChance
 * @returns {string}
 */
function noteOf(changes, shown, isChance) {
  const sides = [sideWords(changes, shown, -1, "lose"), sideWords(changes, shown, 1, "gain")].filter(Boolean);
  const many =
    shown.length < changes.length
      ? `${changes.length} organisations are too many to name. In the picture: ${listed(sides)}, and the sum of the rest in numbers. `
      : "";
  const chance = isChance
    ? "Thin line: 9 in 10 of the runs by chance alone; thick line: half."
    : "One simulated run, so chance is not shown.";
  const unclear = changes.some(({ values }) => Number.isNaN(effectOf(values)))
    ? " Not clear: the 95% interval of the mean holds 0."
    : "";
  return `${many}${chance}${unclear} Assumptions are not varied.`;
}

/**
 * Count those that are named of all that lose, or gain, on average.
 *
 * @param {readonly Change[]} changes
 * @param {readonly Change[]} shown
 * @param {-1 | 1} sign
 * @param {string} verb
 * @returns {string} Empty if there is none.
 */
function sideWords(changes, shown, sign, verb) {
  const of = (/** @type {readonly Change[]} */ some) => some.filter((each) => each.o !== undefined && sign * each.mean > 0).length;
  const [named, all] = [of(shown), of(changes)];
  if (!named) return "";
  return named === 1 ? `the one that ${verb}s` : `the ${named} that ${verb}${named < all ? " most" : ""}`;
}

/**
 * @param {readonly Change[]} changes
 * @param {Options} options
 * @returns {string}
 */
function altOf(changes, options) {
  const ends = changes.length <= 4 ? changes : [...changes.slice(0, 3), changes[changes.length - 1]];
  const named = ends.map(({ name, mean: middle, interval, values }) => {
    if (values.length === 1) {
      return `${name} ${pounds(middle, true)}`;
    }
    const range = rangeWords(interval.low90, interval.high90, (amount) => pounds(amount, true));
    return `${name} ${pounds(middle, true)} (${range} in 9 of 10 runs)`;
  });
  const names = namesOf(options);
  return (
    `${capital(`dot chart of the changes of ${counted(changes.length, "organisation")}`)} with ${names.now} ` +
    `against ${names.kept} over the run, ` +
    `from most lost to most gained: ${listed(named)}.`
  );
}

/**
 * @param {readonly Change[]} shown
 * @returns {Table}
 */
function tableOf(shown) {
  return {
    heads: [
      "Organisation",
      "Change over the run, £m: mean",
      "Low (9 in 10)",
      "High (9 in 10)",
      "Low (half)",
      "High (half)",
      "Runs in which it loses",
      "Runs",
    ],
    rows: shown.map(({ name, mean: middle, interval, loses, values }) => [
      name,
      middle,
      interval.low90,
      interval.high90,
      interval.low50,
      interval.high50,
      loses,
      values.length,
    ]),
  };
}
