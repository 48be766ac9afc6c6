/**
 * The plan against its delivery: for the place and each programme, what is on paper, how often it is agreed, and what
 * of it is delivered. No organisation is named as the one that held a programme up.
 */

import { doubtOf } from "./clear_difference.js";
import { moneyScale } from "./drawing_axes.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import { drawRows } from "./drawing_rows.js";
import { comparedWith, horizonWords, namesOf, runsWords } from "./drawing_words.js";
import { capital, monthWords, percent, pounds } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Delivery} Delivery */
/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */

/**
 * @typedef {object} Line A row of the picture.
 * @property {string} name
 * @property {number} value On paper, £m a year.
 * @property {number} agreed Share of runs that agree it; of several, the share of their value.
 * @property {string} by The month by which half of the runs agree it, in words; "" for several.
 * @property {number} delivered
 * @property {number} realised
 * @property {number} [before] Delivered in the kept variant.
 * @property {boolean} isSum
 */

/** Share of the plan; a headline calls a smaller difference no change. */
const HARDLY = 0.02;

/** The most programmes in rows of their own; of more, the largest `NAMED` are named. */
const MOST = 20;
const NAMED = 15;

/**
 * Draw what became of each programme, those with the most on paper first.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant; null, or the same object, if there is nothing to compare.
 * @param {Place} place
 * @param {Options} options
 * @returns {Picture}
 */
export function drawPlan(results, baseline, place, options) {
  const kept = comparedWith(results, baseline);
  const total = results.plan.reduce((sum, { value }) => sum + value, 0);
  if (!results.plan.length || total <= 0) {
    return sayNothingToDraw("plan", place.colours, "There is no plan to deliver: the place has no programmes", options);
  }
  const lines = linesOf(results, kept, place);
  const [whole] = lines;
  const rows = lines.slice(1);
  const names = namesOf(options);
  const { body, height } = drawRows(place.colours, rows.map(rowOf), {
    width: options.width,
    head: "Programme",
    columns: ["Delivered", "Agreed"],
    axis: "Value, £m a year",
    scale: moneyScale(
      rows.filter(({ isSum }) => !isSum).flatMap(({ value, delivered }) => [value, delivered]),
      4,
    ),
    show: pounds,
  });
  return finish(
    {
      name: "plan",
      body,
      height,
      headline: headlineOf(whole, results, kept, place, options),
      subtitle:
        `Value of programmes delivered by ${horizonWords(place)}, by milestones met, £m a year. ` +
        `${place.title}. ${runsWords(results, kept !== null, "Means")}`,
      note: noteOf(results.plan.length, kept && names.kept),
      alt: altOf(whole, rows, kept !== null, options),
      table: tableOf(lines, kept !== null, names),
    },
    options,
  );
}

/**
 * @param {number} programmes
 * @param {string | null} kept Name of the kept variant; null if there is none.
 * @returns {string}
 */
function noteOf(programmes, kept) {
  const many =
    programmes > MOST
      ? `${programmes} programmes are too many to name: the ${NAMED} largest are shown, and the sum of the rest in numbers. `
      : "";
  return (
    `${many}Bar: delivered; frame: on paper${kept ? `; ring: delivered with ${kept}` : ""}. ` +
    "Agreed: in which share of the simulated runs, and the month by which half of them have" +
    `${programmes > MOST ? "; of the rest, which share of their value is on average" : ""}. Assumptions are not varied.`
  );
}

/**
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @returns {Line[]} The whole plan, then its programmes.
 */
function linesOf(results, kept, place) {
  const before = new Map(kept?.plan.map((each) => [each.opportunity, each.delivered]) ?? []);
  const order = [...results.plan].sort((one, other) => other.value - one.value || one.opportunity - other.opportunity);
  const named = order.length > MOST ? order.slice(0, NAMED) : order;
  const lines = named.map((each) => ({
    ...each,
    name: place.opportunities[each.opportunity].title,
    by: each.month === null ? "" : monthWords(place.months[each.month], true),
    before: before.get(each.opportunity),
    isSum: false,
  }));
  const rest = order.slice(named.length);
  const others = rest.length ? [sumOf(`The other ${rest.length} together`, rest, before)] : [];
  return [sumOf("All programmes", order, before), ...lines, ...others];
}

/**
 * @param {string} name
 * @param {readonly Delivery[]} parts
 * @param {ReadonlyMap<number, number>} before
 * @returns {Line}
 */
function sumOf(name, parts, before) {
  /** @type {(part: (each: Delivery) => number) => number} */
  const sum = (part) => parts.reduce((total, each) => total + part(each), 0);
  const value = sum((each) => each.value);
  return {
    name,
    value,
    agreed: value > 0 ? sum((each) => each.agreed * each.value) / value : NaN,
    by: "",
    delivered: sum((each) => each.delivered),
    realised: sum((each) => each.realised),
    before: before.size ? sum((each) => before.get(each.opportunity) ?? 0) : undefined,
    isSum: true,
  };
}

/**
 * @param {Line} line
 * @returns {import("./drawing_rows.js").Row}
 */
function rowOf(line) {
  const [often, agreed] = agreedWords(line);
  const amount = `${pounds(line.delivered)} of ${pounds(line.value)}`;
  return {
    name: line.name,
    cells: [amount, often],
    words: `${amount} delivered; ${agreed}`,
    value: line.isSum ? NaN : line.delivered,
    frame: line.value,
    second: line.before,
    bold: line.isSum,
  };
}

/**
 * @param {Line} line
 * @returns {[string, string]} How often it is agreed, for a cell and within a sentence.
 */
function agreedWords({ agreed, by, isSum }) {
  if (agreed === 0) {
    return ["never", "never agreed"];
  }
  if (isSum) {
    return [`${percent(agreed)} of value`, `${percent(agreed)} of their value agreed on average`];
  }
  const often = `${percent(agreed)}${by ? `, by ${by}` : ""}`;
  return [often, `agreed in ${often}`];
}

/**
 * @param {Line} whole
 * @param {Results} results
 * @param {Results | null} kept
 * @param {Place} place
 * @param {Options} options
 * @returns {string} The finding.
 */
function headlineOf(whole, results, kept, place, options) {
  const names = namesOf(options);
  const now = whole.delivered / whole.value;
  const of = `of the ${pounds(whole.value)} plan`;
  if (!kept || whole.before === undefined) {
    if (whole.agreed === 0) {
      return `Nothing ${of} is agreed by ${horizonWords(place)}`;
    }
    return `${percent(now)} ${of} is delivered by ${horizonWords(place)}, ${percent(whole.agreed)} agreed`;
  }
  const before = whole.before / whole.value;
  const both = `${percent(now)} ${of} with ${names.now}, ${percent(before)} with ${names.kept}`;
  if (Math.abs(now - before) < HARDLY) {
    return `Delivery hardly differs: ${both}`;
  }
  const doubt = doubtOf(results.last.delivered, kept.last.delivered, now - before);
  if (doubt) {
    return `${doubt}: ${both}`;
  }
  return `${now > before ? "More" : "Less"} is delivered: ${both}`;
}

/**
 * @param {Line} whole
 * @param {readonly Line[]} lines
 * @param {boolean} isCompared
 * @param {Options} options
 * @returns {string}
 */
function altOf(whole, lines, isCompared, options) {
  const names = namesOf(options);
  const before =
    isCompared && whole.before !== undefined ? ` With ${names.kept} ${pounds(whole.before)} is delivered.` : "";
  const largest = lines
    .slice(0, 3)
    .map(({ name, delivered, value }) => `${name} ${pounds(delivered)} of ${pounds(value)}`);
  return (
    `Bars of the plan: of ${pounds(whole.value)} a year on paper ${percent(whole.agreed)} is agreed, ` +
    `${pounds(whole.delivered)} delivered, ` +
    `which saves ${pounds(whole.realised)}.${before} The largest: ${largest.join("; ")}.`
  );
}

/**
 * @param {readonly Line[]} lines
 * @param {boolean} isCompared
 * @param {{now: string, kept: string}} names
 * @returns {Table}
 */
function tableOf(lines, isCompared, names) {
  const heads = [
    "Programme",
    "On paper, £m a year",
    "Agreed, share of runs; of several, of their value",
    "Agreed by",
    "Delivered, £m a year",
    "Saved, £m a year",
  ];
  return {
    heads: [...heads, ...(isCompared ? [`${capital(names.kept)}: delivered, £m a year`] : [])],
    rows: lines.map(({ name, value, agreed, by, delivered, realised, before }) => [
      name,
      value,
      agreed,
      by,
      delivered,
      realised,
      ...(isCompared ? [before ?? null] : []),
    ]),
  };
}
