/**
 * Shapes of the pictures and of what they are drawn from; and the names of the two variants that they compare.
 */

/** @typedef {import("./types.js").Bands} Bands */
/** @typedef {import("./types.js").Delivery} Delivery */
/** @typedef {import("./types.js").Organisation} Organisation */
/** @typedef {import("./types.js").Results} Results */
/** @typedef {import("./types.js").YearOfMoney} YearOfMoney */

/**
 * The part of a place's data that the pictures need.
 *
 * @typedef {Pick<import("./types.js").PlaceData, "title" | "months" | "years" | "organisations" | "relationships" |
 *   "opportunities" | "paths" | "colours">} Place
 */

/** @typedef {Place["colours"]} Colours Each #RRGGBB; the first of the categorical ones carries the finding. */

/**
 * @typedef {object} Options
 * @property {number} width px, 320 to 1100.
 * @property {number} [height] px; a picture that needs more takes more.
 * @property {boolean} [brief] True where there is little height: labels without their ranges, which the words have.
 * @property {number} [month] Index of the month that the picture of trust shows; the last if left out.
 * @property {string} [id] Prefix of the ids in the SVG; the name of the picture if left out.
 * @property {{now: string, kept: string}} [names] What a sentence calls the two variants.
 * @property {readonly number[]} [guesses] Guesses of the gap in the last month, £m a year.
 * @property {string} [remark] A sentence that ends the note of the picture of money.
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
