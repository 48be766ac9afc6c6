/**
 * Shapes of the data that the pictures draw and of the pictures themselves. Types alone, but for the labels' defaults.
 *
 * Arrays are indexed by replicate, month, year (financial), r (relationship) or o (organisation), in the order of the
 * place's data. Money is in £m, or £m a year where it is a rate. A number that is not known is NaN.
 */

/**
 * @typedef {object} Bands Where a number lies over replicates, by month.
 * @property {readonly number[]} median
 * @property {readonly number[]} low90 One replicate in twenty lies below.
 * @property {readonly number[]} high90 One replicate in twenty lies above.
 * @property {readonly number[]} low50 A quarter of the replicates lie below.
 * @property {readonly number[]} high50 A quarter of the replicates lie above.
 */

/**
 * @typedef {object} Delivery What became of one programme by the last month.
 * @property {number} opportunity Its index among the place's opportunities.
 * @property {number} value On paper, £m a year.
 * @property {number} agreed Share of the replicates that have agreed it, 0–1.
 * @property {number | null} month Index of the month by which half of all replicates have agreed it; null if never.
 * @property {number} delivered Mean value on paper of the milestones that were met, £m a year.
 * @property {number} realised Mean of what these save, £m a year.
 */

/**
 * @typedef {object} YearOfMoney Medians over replicates.
 * @property {number} gap At the end of the year, £m a year.
 * @property {number} position In the year, £m.
 * @property {number} lever_costs £m, 0 or more.
 * @property {number} set_up £m, 0 or more.
 */

/**
 * @typedef {object} Results What one variant came to. `results.js` makes it.
 * @property {number} replicates
 * @property {{chance: Bands, varied: Bands | null, do_nothing?: readonly number[]}} gap £m a year; `do_nothing` is the
 *   median gap before any savings, with cost shocks.
 * @property {number} [cases] The number of points behind `varied`.
 * @property {{population_first: Bands, varied: Bands | null}} questions Shares of all stances, 0–1.
 * @property {{months: readonly number[], mean: readonly ArrayLike<number>[], overall: Bands}} trust Means over
 *   replicates of trust at the end of some months, `mean[index in months][r]`; the first month is among them.
 * @property {{outturns: readonly (readonly ArrayLike<number>[])[]}} organisations `outturns[replicate][year][o]`, £m.
 * @property {readonly Delivery[]} plan
 * @property {{years: readonly YearOfMoney[], position: readonly ArrayLike<number>[]}} money `position[replicate][t]`
 *   is the position so far of all organisations together, £m.
 */

/**
 * @typedef {object} Organisation
 * @property {string} name
 * @property {string} short
 * @property {string} role "commissioner" or "provider".
 */

/**
 * @typedef {object} Colours As `simulation/charts/drawing/palette.py` has them, each #RRGGBB.
 * @property {readonly string[]} categorical Four; the first carries the finding.
 * @property {string} ink
 * @property {string} quiet
 * @property {string} grid
 * @property {string} ground
 */

/**
 * @typedef {object} Place The part of the place's data that the pictures need.
 * @property {string} title
 * @property {readonly string[]} months YYYY-MM.
 * @property {readonly {label: string, first: number, until: number}[]} years `until` is the month after the last.
 * @property {readonly Organisation[]} organisations
 * @property {readonly (readonly number[])[]} relationships The trusting and the trusted organisation's index.
 * @property {readonly {title: string}[]} opportunities
 * @property {{do_nothing: readonly number[], plan: readonly number[], target: number}} paths £m a year.
 * @property {Colours} colours
 */

/**
 * @typedef {object} Options
 * @property {number} width px, 320 to 1100.
 * @property {number} [height] px; a picture that needs more takes more.
 * @property {number} [month] Index of the month that the picture of trust shows; the last if left out.
 * @property {string} [id] Prefix of the ids in the SVG; the name of the picture if left out.
 * @property {{now: string, kept: string}} [names] What a sentence calls the two variants.
 * @property {readonly number[]} [guesses] Guesses of the gap in the last month, £m a year.
 */

/**
 * @typedef {object} Table What a picture shows, in numbers.
 * @property {string[]} heads
 * @property {(string | number | null)[][]} rows Null where a number is not known.
 */

/**
 * @typedef {object} Picture
 * @property {string} name Such as "gap": for files and ids.
 * @property {string} svg One element, of the size that it is drawn at.
 * @property {string} body What is inside the element, without title and description.
 * @property {number} width px.
 * @property {number} height px.
 * @property {string} headline The finding, without a full stop.
 * @property {string} subtitle Measure, place, unit.
 * @property {string} note How to read the marks.
 * @property {string} alt The picture in words.
 * @property {Table} table
 */

/**
 * What a sentence calls the variant that is shown and the one that it is compared with.
 *
 * @type {{now: string, kept: string}}
 */
export const NAMES = { now: "what is set here", kept: "the place as it stands" };
