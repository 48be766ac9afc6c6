/**
 * Trust between organisations in one month, with its change since the start: a map of few organisations, a matrix of
 * more, and sums by role where they are too many to name.
 */

import { doubtOf } from "./clear_difference.js";
import { shareScale } from "./drawing_axes.js";
import { finish, sayNothingToDraw } from "./drawing_picture.js";
import { drawRows } from "./drawing_rows.js";
import { changeWords, countClasses, meanOf, trustIn } from "./drawing_trust.js";
import { drawTrustMap } from "./drawing_trust_map.js";
import { drawTrustMatrix, fitsMatrix } from "./drawing_trust_matrix.js";
import { comparedWith, namesOf, runsWords } from "./drawing_words.js";
import { capital, counted, twoDecimals } from "./numbers.js";

/** @typedef {import("./drawing_types.js").Options} Options */
/** @typedef {import("./drawing_types.js").Picture} Picture */
/** @typedef {import("./drawing_types.js").Place} Place */
/** @typedef {import("./drawing_types.js").Results} Results */
/** @typedef {import("./drawing_types.js").Table} Table */
/** @typedef {import("./drawing_trust.js").Trust} Trust */

/** From so many organisations on, a matrix and not a map. */
const MATRIX_FROM = 12;

/** The most organisations that are named. */
const MOST = 40;

/** The least difference of mean trust that a headline calls a change. */
const HARDLY = 0.03;

/**
 * Draw trust in one month.
 *
 * @param {Results} results What is set.
 * @param {Results | null} baseline The kept variant, which the headline names; null, or the same object, for none.
 * @param {Place} place
 * @param {Options} options `month` is the month; the last if left out.
 * @returns {Picture}
 */
export function drawTrust(results, baseline, place, options) {
  const trust = trustIn(results, place, options.month);
  if (!trust || !Number.isFinite(trust.mean)) {
    return sayNothingToDraw("trust", place.colours, "No two organisations have dealings with each other", options);
  }
  const kept = comparedWith(results, baseline);
  const other = kept && trustIn(kept, place, options.month);
  const count = place.organisations.length;
  const isNamed = count <= MOST && (count < MATRIX_FROM || fitsMatrix(count, options.width));
  const groups = isNamed ? [] : groupsOf(trust, place);
  const matrix = isNamed && count >= MATRIX_FROM ? drawTrustMatrix(trust, place, options.width) : null;
  const kind = !isNamed ? "roles" : !matrix ? "map" : matrix.isWritten ? "matrix" : "squares";
  const { body, height } =
    matrix ?? (isNamed ? drawTrustMap(trust, place, options.width) : drawGroups(groups, trust, place, options));
  return finish(
    {
      name: "trust",
      body,
      height,
      headline: headlineOf(trust, other, kept && other ? doubtIn(results, kept, trust, other) : "", options),
      subtitle:
        `${MEASURES[kind]} ${place.title}, end of ${trust.monthWords}. ` +
        `${runsWords(results, kept !== null, "Means")}`,
      note: noteOf(kind, count),
      alt: altOf(trust, place),
      table: kind === "roles" ? tableOfGroups(groups) : tableOf(trust, place),
    },
    options,
  );
}

const MEASURES = {
  map: "Mutual trust of organisations that have dealings, 0 to 1.",
  matrix: "Trust of the organisation in the row in that of the column, in hundredths.",
  squares: "Trust of the organisation in the row in that of the column, 0 to 1.",
  roles: "Mean trust between organisations that have dealings, by their roles, 0 to 1.",
};

/**
 * @param {Trust} trust
 * @param {Trust | null} other
 * @param {string} doubt What pairs of runs leave to doubt of the difference; nothing if they show it.
 * @param {Options} options
 * @returns {string} The finding.
 */
function headlineOf(trust, other, doubt, options) {
  const names = namesOf(options);
  if (other) {
    const both = `${twoDecimals(trust.mean)} with ${names.now}, ${twoDecimals(other.mean)} with ${names.kept}`;
    if (Math.abs(trust.mean - other.mean) < HARDLY) {
      return `Trust is much the same in ${trust.monthWords}: ${both}`;
    }
    if (doubt) {
      return `${doubt}: mean trust in ${trust.monthWords} is ${both}`;
    }
    return `There is ${trust.mean > other.mean ? "more" : "less"} trust in ${trust.monthWords}: ${both}`;
  }
  const fromTo = `from ${twoDecimals(trust.first)} to ${twoDecimals(trust.mean)} by ${trust.monthWords}`;
  if (Math.abs(trust.mean - trust.first) < HARDLY) {
    return `Trust hardly moves: ${fromTo}`;
  }
  return `Trust ${trust.mean > trust.first ? "grows" : "wears down"}: ${fromTo}`;
}

/**
 * @param {Results} results
 * @param {Results} kept
 * @param {Trust} trust
 * @param {Trust} other
 * @returns {string}
 */
function doubtIn(results, kept, trust, other) {
  const [ours, theirs] = [results, kept].map((each) => each.trust.runs.map((run) => run[trust.month]));
  return doubtOf(ours, theirs, trust.mean - other.mean);
}

/**
 * @param {keyof typeof MEASURES} kind
 * @param {number} count
 * @returns {string}
 */
function noteOf(kind, count) {
  if (kind === "roles") {
    const many = count > MOST ? "too many to name" : "too many to name at this width";
    return (
      `${counted(count, "organisation")} are ${many}: means by role are shown. Rings: at the start. ` +
      "Assumptions are not varied."
    );
  }
  if (kind === "map") {
    return (
      "Beside each name: how much the others trust it, and the change since the start. Assumptions are not varied."
    );
  }
  if (kind === "squares") {
    return (
      "Large filled squares: 0.6 or more; smaller pale ones: 0.4 to 0.6; small empty ones: under 0.4; none: no " +
      "dealings. There is no room for numbers: the table has them, with the change since the start. " +
      "Assumptions are not varied."
    );
  }
  return (
    "Filled: 60 or more; pale: 40 to 59; empty: under 40; a dash: no dealings. A triangle marks a change of 5 or " +
    "more since the start, up or down. Assumptions are not varied."
  );
}

/**
 * @param {Trust} trust
 * @param {Place} place
 * @returns {string}
 */
function altOf(trust, place) {
  const [low, middle, high] = countClasses(trust.now);
  const pairs = `${high} of ${low + middle + high} pairs have high mutual trust and ${low} low`;
  const start = countClasses(trust.start);
  const before = `at the start mean trust was ${twoDecimals(trust.first)}, ${start[2]} high and ${start[0]} low`;
  return (
    `Trust between ${place.organisations.length} organisations in ${place.title}. In ${trust.monthWords} ` +
    `mean trust is ${twoDecimals(trust.mean)}: ${pairs}; ${before}.`
  );
}

/**
 * @typedef {object} Group Relationships from one role to another.
 * @property {string} name
 * @property {number} count
 * @property {number} now Mean trust, 0–1.
 * @property {number} start
 */

/**
 * @param {Trust} trust
 * @param {Place} place
 * @returns {Group[]} The largest first.
 */
function groupsOf(trust, place) {
  /** @type {Map<string, {now: number[], start: number[]}>} */
  const found = new Map();
  for (const [one, other] of place.relationships) {
    const [from, to] = [place.organisations[one].role, place.organisations[other].role];
    const name = `${capital(from)}s in ${from === to ? "each other" : `${to}s`}`;
    const group = found.get(name) ?? { now: [], start: [] };
    group.now.push(trust.now[one][other]);
    group.start.push(trust.start[one][other]);
    found.set(name, group);
  }
  const groups = [...found].map(([name, { now, start }]) => ({
    name,
    count: now.length,
    now: meanOf(now),
    start: meanOf(start),
  }));
  const whole = { name: "All", count: place.relationships.length, now: trust.mean, start: trust.first };
  return [...groups.sort((one, other) => other.count - one.count), whole];
}

/**
 * @param {readonly Group[]} groups
 * @param {Trust} trust
 * @param {Place} place
 * @param {Options} options
 * @returns {{body: string, height: number}}
 */
function drawGroups(groups, trust, place, options) {
  const rows = groups.map(({ name, count, now, start }, index) => ({
    name: `${name} (${counted(count, "relationship")})`,
    cells: [wordsOf(now, start)],
    words: wordsOf(now, start),
    value: now,
    second: start,
    bold: index === groups.length - 1,
  }));
  return drawRows(place.colours, rows, {
    width: options.width,
    head: "Trust of",
    columns: ["Trust, change"],
    axis: `Mean trust, end of ${trust.monthWords}`,
    scale: shareScale(200),
    show: twoDecimals,
  });
}

/**
 * @param {number} now
 * @param {number} start
 * @returns {string}
 */
function wordsOf(now, start) {
  return `${twoDecimals(now)}, ${changeWords(now - start)}`;
}

/**
 * @param {readonly Group[]} groups
 * @returns {Table}
 */
function tableOfGroups(groups) {
  const heads = ["Trust of", "Relationships", "Trust", "Trust at the start", "Change"];
  return { heads, rows: groups.map(({ name, count, now, start }) => [name, count, now, start, now - start]) };
}

/**
 * @param {Trust} trust
 * @param {Place} place
 * @returns {Table} A row for each relationship.
 */
function tableOf(trust, place) {
  return {
    heads: ["Trusting", "Trusted", `Trust in ${trust.monthWords}`, "Trust at the start", "Change"],
    rows: place.relationships.map(([one, other]) => {
      const [now, start] = [trust.now[one][other], trust.start[one][other]];
      return [place.organisations[one].name, place.organisations[other].name, now, start, now - start];
    }),
  };
}
