import { assumptionsOf } from "./parameters.js";
import { limitedParameter, parametersOf } from "./settings.js";
import { bandsOf, mean, median, sorted } from "./statistics.js";

/** @import { Table } from "./engine.js" */
/** @import { Delivery, PlaceData, Results, Settings, YearOfMoney } from "./types.js" */

/** Tables that results by chance are made of. */
export const TABLES = ["system", "outturns", "agreements"];

/** Columns of the table system that results with uncertain assumptions are made of. */
export const VARIED_COLUMNS = ["gap", "cumulative_position", "population_first"];

/**
 * Tables of runs as the one structure that pictures draw and words read, with the numbers of Python's analysis.
 */

/**
 * @typedef {object} Runs
 * @property {Settings} settings
 * @property {number} replicates Runs by chance, 1 or more.
 * @property {Record<string, Table>} chance Tables of the runs by chance: system, outturns, agreements.
 * @property {Record<string, Table> | null} varied The table system with uncertain assumptions; null if they were not
 *   varied.
 * @property {{months: readonly number[], mean: readonly Float64Array[]}} trust Means over runs, `mean[index][r]`.
 * @property {ArrayLike<number>} lever_cost Of the calendar, `[t]`, £m a year.
 */

/**
 * Return what settings come to.
 *
 * @param {PlaceData} place
 * @param {Runs} runs
 * @returns {Results}
 */
export function resultsOf(place, { settings, replicates, chance, varied, trust, lever_cost }) {
  const months = place.months.length;
  const bands = (/** @type {string} */ name) => bandsOf(columnOf(chance.system, name), months);
  const runs = (/** @type {string} */ name) => rowsOf(columnOf(chance.system, name), months);
  const last = (/** @type {string} */ name) => lastMonth(columnOf(chance.system, name), months);
  /** @type {Results} */
  const byChance = {
    settings,
    replicates,
    cases: 0,
    isCertain: heldCount(place, settings) === place.parameters.length,
    gap: { chance: bands("gap"), varied: null, do_nothing: bands("do_nothing").median },
    last: {
      chance: last("gap"),
      varied: null,
      position: { chance: last("cumulative_position"), varied: null },
      delivered: deliveredOf(place, chance.agreements),
    },
    questions: { population_first: bands("population_first"), varied: null, runs: runs("population_first") },
    trust: { ...trust, opening: openingTrust(place, settings), overall: bands("trust"), runs: runs("trust") },
    organisations: { outturns: outturnsOf(chance.outturns) },
    plan: planOf(place, chance.agreements),
    money: {
      years: yearsOf(place, chance, lever_cost),
      position: runs("cumulative_position"),
    },
  };
  return varied ? withCases(byChance, place, varied.system) : byChance;
}

/**
 * Return trust before the first month, whatever happens in that month.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {Float64Array} `[r]`, 0–1.
 */
function openingTrust(place, settings) {
  return assumptionsOf(place, [parametersOf(place, settings)]).trust;
}

/**
 * Return how many assumptions are not drawn from their ranges: what was moved, what the file sets, and what one of them
 * limits.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 */
export function heldCount(place, settings) {
  const limited = limitedParameter(place, settings)?.row.name;
  return place.parameters.filter(({ held, name }) => held || name in settings.parameters || name === limited).length;
}

/**
 * Return results by chance with those of uncertain assumptions.
 *
 * @param {Results} results
 * @param {PlaceData} place
 * @param {Table} system The table system, one run at each point, with `VARIED_COLUMNS` at least.
 * @returns {Results} The first are left as they are.
 */
export function withCases(results, place, system) {
  const months = place.months.length;
  const [gap, position, population_first] = VARIED_COLUMNS.map((name) => columnOf(system, name));
  const { last } = results;
  return {
    ...results,
    cases: system.shape[0],
    gap: { ...results.gap, varied: bandsOf(gap, months) },
    last: {
      ...last,
      varied: lastMonth(gap, months),
      position: { ...last.position, varied: lastMonth(position, months) },
    },
    questions: { ...results.questions, varied: bandsOf(population_first, months) },
  };
}

/**
 * Return a table with some of its columns.
 *
 * @param {Table} table
 * @param {readonly string[]} names
 * @returns {Table}
 */
export function withColumns({ values, shape, columns }, names) {
  const indices = names.map((name) => indexIn(columns, name));
  const kept = new Float64Array((values.length / columns.length) * names.length);
  for (let at = 0; at < kept.length; at++) {
    kept[at] = values[Math.floor(at / names.length) * columns.length + indices[at % names.length]];
  }
  return { values: kept, shape: [...shape.slice(0, -1), names.length], columns: [...names] };
}

/**
 * Return one column of a table, in the order of its other axes.
 *
 * @param {Table} table
 * @param {string} name
 * @returns {Float64Array} A copy.
 */
export function columnOf({ values, columns }, name) {
  return everyNth(values, columns.length, indexIn(columns, name));
}

/**
 * Return every n-th number.
 *
 * @param {ArrayLike<number>} values
 * @param {number} step The distance between two.
 * @param {number} first Index of the first.
 * @returns {Float64Array}
 */
function everyNth(values, step, first) {
  const found = new Float64Array(values.length / step);
  for (let each = 0; each < found.length; each++) {
    found[each] = values[each * step + first];
  }
  return found;
}

/**
 * Return the index of a column.
 *
 * @param {readonly string[]} columns
 * @param {string} name
 */
function indexIn(columns, name) {
  const at = columns.indexOf(name);
  if (at < 0) {
    throw new Error(`the table has no column ${name}`);
  }
  return at;
}

/**
 * Return the last month of each run.
 *
 * @param {Float64Array} column `[run, month]`.
 * @param {number} months
 */
function lastMonth(column, months) {
  return everyNth(column, months, months - 1);
}

/**
 * Cut numbers into rows.
 *
 * @param {Float64Array} numbers
 * @param {number} width Of a row.
 * @returns {Float64Array[]}
 */
function rowsOf(numbers, width) {
  return Array.from({ length: numbers.length / width }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}

/**
 * Return outturns by run, year and organisation.
 *
 * @param {Table} table `[run, year, o]`, £m.
 * @returns {Float64Array[][]}
 */
function outturnsOf({ values, shape }) {
  const [, years, organisations] = shape;
  return rowsOf(Float64Array.from(values), years * organisations).map((run) => rowsOf(run, organisations));
}

/**
 * Return what became of each programme.
 *
 * @param {PlaceData} place
 * @param {Table} agreements `[run, k, column]`.
 * @returns {Delivery[]}
 */
function planOf(place, agreements) {
  return place.opportunities.flatMap(({ kind, value, milestones }, k) => {
    if (kind !== "programme") {
      return [];
    }
    const [agreed, met, worth] = ["agreed", "milestones_met", "worth"].map((name) => ofOpportunity(agreements, name, k));
    return [
      {
        opportunity: k,
        value,
        agreed: mean(agreed.map((month) => Number(!Number.isNaN(month)))),
        month: monthOfHalf(agreed),
        delivered: mean(met.map((each) => each / milestones)) * value,
        realised: mean(worth),
      },
    ];
  });
}

/**
 * Return the value of all programmes delivered in each run, by milestones met, £m a year.
 *
 * @param {PlaceData} place
 * @param {Table} agreements `[run, k, column]`.
 * @returns {Float64Array}
 */
function deliveredOf(place, agreements) {
  const delivered = new Float64Array(agreements.shape[0]);
  place.opportunities.forEach(({ kind, value, milestones }, k) => {
    if (kind !== "programme") return;
    ofOpportunity(agreements, "milestones_met", k).forEach((met, run) => {
      delivered[run] += (met / milestones) * value;
    });
  });
  return delivered;
}

/**
 * Return a column of the agreements for one opportunity, `[run]`.
 *
 * @param {Table} agreements `[run, k, column]`.
 * @param {string} name
 * @param {number} k
 */
function ofOpportunity({ values, shape, columns }, name, k) {
  const width = shape[1] * columns.length;
  return everyNth(values, width, k * columns.length + indexIn(columns, name));
}

/**
 * Return the month by which something has happened in half of the runs; null if it never has in half.
 *
 * @param {Float64Array} months `[run]`; NaN if it never happens.
 * @returns {number | null}
 */
function monthOfHalf(months) {
  const ordered = months.map((month) => (Number.isNaN(month) ? Infinity : month)).sort();
  const middle = ordered[(ordered.length - 1) >> 1];
  return Number.isFinite(middle) ? middle : null;
}

/**
 * Return the money of each financial year.
 *
 * @param {PlaceData} place
 * @param {Record<string, Table>} chance
 * @param {ArrayLike<number>} leverCost `[t]`, £m a year.
 * @returns {YearOfMoney[]}
 */
function yearsOf(place, chance, leverCost) {
  const months = place.months.length;
  const [gaps, positions] = ["gap", "position"].map((name) => rowsOf(columnOf(chance.system, name), months));
  const setUp = setUpCosts(place, chance.agreements);
  const monthly = Array.from(leverCost, (cost) => cost / 12);
  return place.years.map(({ first, until }) => ({
    gap: median(sorted(gaps.map((run) => run[until - 1]))),
    position: median(sorted(positions.map((run) => sumOf(run, first, until)))),
    lever_costs: sumOf(monthly, first, until),
    set_up: median(sorted(setUp.map((run) => sumOf(run, first, until)))),
  }));
}

/**
 * Return what setting programmes up costs the place, `[run][month]`, £m.
 *
 * It is spread evenly over as many months as a programme has milestones, from the month after agreement.
 *
 * @param {PlaceData} place
 * @param {Table} agreements `[run, k, column]`.
 * @returns {Float64Array[]}
 */
function setUpCosts(place, agreements) {
  const spent = Array.from({ length: agreements.shape[0] }, () => new Float64Array(place.months.length));
  place.opportunities.forEach(({ kind, milestones, set_up_cost }, k) => {
    if (kind === "programme" && set_up_cost > 0) {
      ofOpportunity(agreements, "agreed", k).forEach((agreed, run) => {
        // A month that is not a number, where nothing was agreed, is never reached.
        for (let month = agreed + 1; month <= agreed + milestones && month < place.months.length; month++) {
          spent[run][month] += set_up_cost / milestones;
        }
      });
    }
  });
  return spent;
}

/**
 * Add up the numbers of some months.
 *
 * @param {ArrayLike<number>} numbers `[month]`.
 * @param {number} first
 * @param {number} until The month after the last.
 */
function sumOf(numbers, first, until) {
  let sum = 0;
  for (let month = first; month < until; month++) {
    sum += numbers[month];
  }
  return sum;
}
