/** @import { PlaceData, Results, Settings } from "./types.js" */

import { ASSUMPTIONS, FILE } from "./store.js";
import { capital, counted, pounds, rangeWords, twoDecimals, wholeWords } from "./numbers.js";
import { heldCount } from "./results.js";
import { isNothingSet, limitedParameter } from "./settings.js";
import { median, quantile, sorted } from "./statistics.js";
import { THRESHOLD, countCases, judgePair } from "./verdict.js";
import { AT_SET, CENTRAL, centralSentence, pairHeadline, pairSentence, standingHeadline } from "./verdict_words.js";

/**
 * What the page says of results: the headline, the verdict, and the figures of a variant.
 */

/** What sentences call the settings that are shown. */
export const NOW = "what is set here";

/**
 * Return what sentences call a variant.
 *
 * @param {string} name "file", "assumptions", or A, B or C.
 * @returns {string}
 */
export function variantLabel(name) {
  if (name === ASSUMPTIONS) return "the place with these assumptions";
  return name === FILE ? "the place as it stands" : `variant ${name}`;
}

/**
 * Return the headline, and its standing in words.
 *
 * @param {Results} results
 * @param {Results | null} baseline That they are compared with; null if it is the same, or not known yet.
 * @param {string} against Name of the baseline.
 * @param {PlaceData} place
 * @returns {{headline: string, verdict: string}}
 */
export function answerOf(results, baseline, against, place) {
  const middle = median(sorted(results.last.chance));
  const alone = isNothingSet(results.settings) ? standingHeadline(middle) : `${capital(NOW)} leaves ${pounds(middle)}`;
  if (!baseline) {
    const range = rangeOf(results.last.chance);
    const verdict = `By chance alone 9 in 10 simulated runs leave ${range}. Nothing that is set differs from ${variantLabel(against)}: move a lever.`;
    return { headline: alone, verdict };
  }
  const second = variantLabel(against);
  const central = paired(results.last.chance, baseline.last.chance);
  const medians = /** @type {[number, number]} */ ([middle, median(sorted(baseline.last.chance))]);
  const counts = countCases(central.first, central.second);
  const where = whereRun(results, baseline);
  const atCentre = centralSentence(NOW, second, medians, counts, THRESHOLD, where);
  if (!results.last.varied || !baseline.last.varied) return { headline: alone, verdict: atCentre };
  const pair = judgePair(NOW, second, paired(results.last.varied, baseline.last.varied), central);
  const held = heldCount(place, results.settings);
  const others = heldCount(place, baseline.settings);
  const isCertain = held === place.parameters.length && others === held;
  const sentence = pairSentence(pair, medians, isCertain ? "By chance alone" : undefined, where);
  const drawn = drawnWords(place, held, others === held ? "" : `; with ${second} ${wholeWords(others)}`);
  return { headline: pairHeadline(pair, where), verdict: [sentence, casesWords(pair.cases), drawn].filter(Boolean).join(" ") };
}

/**
 * Say at which assumptions results are by chance alone: our central ones, unless one was moved in either.
 *
 * @param {Results} results
 * @param {Results} baseline
 */
function whereRun(results, baseline) {
  return [results, baseline].some(({ settings }) => Object.keys(settings.parameters).length) ? AT_SET : CENTRAL;
}

/**
 * Say how many assumptions the cases of a verdict leave as they are; nothing if all are drawn.
 *
 * @param {PlaceData} place
 * @param {number} held
 * @param {string} others What else is to be said of the variant that it is compared with, if it holds more or fewer.
 */
function drawnWords(place, held, others) {
  const all = place.parameters.length;
  if (held === all && !others) return `All ${all} assumptions are held and not drawn.`;
  return (held || others) && `Of ${all} assumptions ${wholeWords(held)} ${held === 1 ? "is" : "are"} held and not drawn${others}.`;
}

/**
 * Say on how many cases the verdict rests, and that a full run on a command line has more, so that its grade may be another.
 *
 * @param {number} cases
 */
function casesWords(cases) {
  return `This rests on ${wholeWords(cases)} cases drawn here; a run of trustsim without --replicates has 10,000 and may say more.`;
}

/**
 * Return the verdict on a variant in a few words, and how far it holds.
 *
 * @param {Results} results
 * @param {Results | null} baseline Null if it is the same.
 * @param {string} label Of the variant.
 * @param {string} against
 * @returns {string}
 */
export function shortVerdict(results, baseline, label, against) {
  if (!baseline) return `The same as ${variantLabel(against)}`;
  if (!results.last.varied || !baseline.last.varied) return "…";
  const central = paired(results.last.chance, baseline.last.chance);
  const pair = judgePair(label, variantLabel(against), paired(results.last.varied, baseline.last.varied), central);
  return pairHeadline(pair, whereRun(results, baseline));
}

/**
 * Return the figures of a variant: gap with both ranges, position and trust.
 *
 * @param {Results} results
 * @returns {{gap: string, chance: string, varied: string, position: string, trust: string}}
 */
export function figuresOf(results) {
  const { last, trust } = results;
  return {
    gap: pounds(median(sorted(last.chance))),
    chance: rangeOf(last.chance),
    varied: last.varied ? `${rangeOf(last.varied)}${results.isCertain ? " (all held)" : ""}` : "…",
    position: pounds(median(sorted(last.position.chance))),
    trust: twoDecimals(trust.overall.median[trust.overall.median.length - 1]),
  };
}

/**
 * Say what the numbers in sight rest on, how near they are, and what is to come.
 *
 * @param {PlaceData} place
 * @param {Results} results
 * @param {string} coming What follows, in words; empty if nothing does.
 * @param {boolean} isFirst True if more replicates follow.
 * @returns {string}
 */
export function sizeWords(place, { replicates, cases, settings }, coming, isFirst) {
  const runs = `${isFirst ? "First sight: " : ""}${counted(replicates, "simulated run")}`;
  const following = coming && `; ${coming}`;
  if (!cases) return `${runs}${following}.`;
  const isCertain = heldCount(place, settings) === place.parameters.length;
  const drawn = isCertain ? `${wholeWords(cases)} more with the same assumptions` : `${wholeWords(cases)} sets of assumptions`;
  const within = `within ±${halfWidth(cases)} in ${Math.min(100, cases)}`;
  return `${runs} and ${drawn}, ${within}${heldWords(place, settings)}${following}.`;
}

/**
 * Say how many assumptions are held and not drawn from their ranges.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {string} After a semicolon; empty if none is.
 */
function heldWords(place, settings) {
  const limited = limitedParameter(place, settings)?.row.name;
  const moved = Object.keys(settings.parameters).filter((name) => name !== limited).length;
  const inFile = place.parameters.filter(({ held, name }) => held && !(name in settings.parameters) && name !== limited).length;
  const parts = [
    moved && `${counted(moved, "assumption")} held where you put ${moved === 1 ? "it" : "them"}`,
    limited && "1 assumption held at the value of another",
    inFile && `${counted(inFile, "assumption")} held as in the file`,
  ];
  return parts.map((each) => each && `; ${each}`).filter(Boolean).join("");
}

/**
 * Say how far the work has come, while what is in sight rests on fewer runs, was set before, or was drawn by Python.
 *
 * @param {PlaceData} place
 * @param {number} done Runs that were worked out.
 * @param {number} of
 * @param {{results: Results, isFirst: boolean} | null} sight What is in sight, if it is what is set.
 * @param {boolean} isAsMade True if nothing was set, and nothing but the file's own pictures is in sight.
 * @returns {string}
 */
export function progressWords(place, done, of, sight, isAsMade) {
  const runs = `${wholeWords(done)} of ${wholeWords(of)}`;
  if (sight) return sizeWords(place, sight.results, `${runs} more runs worked out`, sight.isFirst);
  const other = isAsMade ? "the pictures in sight were drawn when the file was made" : "the numbers in sight are of what was set before";
  return `Working out what is set: ${runs} runs; ${other}.`;
}

/**
 * Return half the width of the 95% interval of a share of one half, the widest there is, in parts of a hundred, or of
 * the cases if they are fewer.
 *
 * @param {number} cases
 */
function halfWidth(cases) {
  return Math.round((Math.min(100, cases) * 1.96 * 0.5) / Math.sqrt(cases));
}

/**
 * Return the range in which nine of ten numbers lie.
 *
 * @param {ArrayLike<number>} numbers
 */
function rangeOf(numbers) {
  const ordered = sorted(Array.from(numbers));
  return rangeWords(quantile(ordered, 0.05), quantile(ordered, 0.95));
}

/**
 * Return the cases that both have, in order.
 *
 * @param {ArrayLike<number>} first
 * @param {ArrayLike<number>} second
 */
function paired(first, second) {
  const cases = Math.min(first.length, second.length);
  const cut = (/** @type {ArrayLike<number>} */ numbers) => Array.from({ length: cases }, (_, index) => numbers[index]);
  return { first: cut(first), second: cut(second) };
}
