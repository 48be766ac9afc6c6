/** @import { PlaceData, Results } from "./types.js" */
/** @import { Meeting, Side } from "./meeting.js" */
/** @import { Closed } from "./story_levers.js" */

import { meanOf } from "./drawing_trust.js";
import { favourites, guessWords, votesIn, votesWords } from "./guesses.js";
import { counted, pounds, rangeWords, twoDecimals } from "./numbers.js";
import { mean, median, quantile, sorted } from "./statistics.js";
import { addedUp, closesWords, isClear, isNothing, mostWords, togetherWords } from "./story_levers.js";
import { TRUST_ANSWERS, leverStep, meetingAnswers } from "./story_steps.js";

/**
 * What happens in each step of the story, in words, beside what was guessed.
 */

/** The change of mean trust that counts as a change. */
const TURN = 0.03;

/**
 * Say who leans to the population's question, and why.
 *
 * @param {Meeting} meeting
 * @param {string | undefined} guess Votes.
 * @returns {string}
 */
export function meetingAnswer(meeting, guess) {
  const leaning = meeting.sides.map(({ leans }) => leans);
  const right = leaning[0] ? (leaning[1] ? "both" : "first") : leaning[1] ? "second" : "neither";
  const answers = meetingAnswers(meeting);
  const words = answers.find(([value]) => value === right)?.[1] ?? "";
  return [verdictOn(guess, right, answers, words), ...meeting.sides.map(whyWords)].join(" ");
}

/** @param {Side} side */
function whyWords({ name, needed, trust, leans, fixed }) {
  if (fixed >= 0) return `An event of the file holds ${name} to the question “${fixed === 1 ? "our population" : "my organisation"}”, whatever its trust.`;
  if (needed === null) return `No trust would be enough for ${name}: it has too little to win.`;
  return leans ? `${name} needs trust above ${twoDecimals(needed)} and has ${twoDecimals(trust)}.` : `${name} needs trust above ${twoDecimals(needed)} but has ${twoDecimals(trust)}.`;
}

/**
 * Say how much of the gap is open in the last month.
 *
 * @param {readonly number[]} guesses £m a year.
 * @param {Results} alone The place as it stands.
 * @returns {string}
 */
export function gapAnswer(guesses, { last, replicates }) {
  const ordered = sorted(last.chance);
  const spread = replicates > 1 ? `, in the middle of ${counted(replicates, "simulated run")}; 9 in 10 leave ${rangeWords(quantile(ordered, 0.05), quantile(ordered, 0.95))}` : "";
  const left = median(ordered);
  const open = left > 0 ? `What happens: ${pounds(left)} is still open` : `Nothing of the gap is left, with ${pounds(-left)} to spare`;
  return `${guessWords(guesses)} ${open}${spread}.`;
}

/**
 * Say what becomes of trust.
 *
 * @param {string | undefined} guess Votes.
 * @param {Results} alone The place as it stands.
 * @returns {string}
 */
export function trustAnswer(guess, alone) {
  const { opening, overall } = alone.trust;
  const [first, last] = [meanOf(opening), overall.median[overall.median.length - 1]];
  const change = last - first;
  const [right, words] = TRUST_ANSWERS[Math.abs(change) < TURN ? 1 : change > 0 ? 0 : 2];
  return `${verdictOn(guess, right, TRUST_ANSWERS, words)} On average over all relationships it goes from ${twoDecimals(first)} at the start to ${twoDecimals(last)}.`;
}

/**
 * Say what the levers that most guessed close, and which closes most.
 *
 * @param {PlaceData} place
 * @param {string | undefined} guess Votes for levers.
 * @param {readonly Closed[]} closed
 * @returns {string}
 */
export function leverAnswer(place, guess, closed) {
  const { answers } = leverStep(place);
  const votes = votesIn(guess, answers);
  const chosen = closed.filter(({ lever }) => favourites(votes).includes(lever.name));
  const most = mostWords(closed);
  // What the sentence on the best one says already is not said twice.
  const isSaid = (/** @type {Closed} */ each) => most.startsWith(`${each.lever.label} closes most`) || (!closed.some(isClear) && !isClear(each));
  const closes = chosen.filter((each) => !isSaid(each)).map(closesWords);
  return [votesWords(votes, answers), ...closes, most].filter(Boolean).join(" ");
}

/**
 * Say what levers close together, beside what they close one by one.
 *
 * @param {PlaceData} place
 * @param {readonly number[]} guesses £m a year.
 * @param {ArrayLike<number>} together What all levers but instruction close in each run, £m a year.
 * @param {readonly Closed[]} closed
 * @returns {string}
 */
export function togetherAnswer(place, guesses, together, closed) {
  const [sum, ordered] = [addedUp(place, closed), sorted(Array.from(together))];
  const range = rangeWords(quantile(ordered, 0.05), quantile(ordered, 0.95));
  const amount = mean(ordered);
  if (isNothing(amount, sum)) return `${guessWords(guesses)} ${togetherWords(amount, sum)}`;
  const spread = ordered.length > 1 ? ` (9 in 10 simulated runs: ${range})` : "";
  return `${guessWords(guesses)} Together they close ${pounds(amount)} a year on average${spread}. One by one they add up to ${pounds(sum)}. ${togetherWords(amount, sum)}`;
}

/**
 * Return what is said of chosen answers.
 *
 * @param {string | undefined} guess Votes.
 * @param {string} right
 * @param {readonly [string, string][]} answers
 * @param {string} words Of the right answer.
 * @returns {string}
 */
export function verdictOn(guess, right, answers, words) {
  const votes = votesIn(guess, answers);
  const said = votesWords(votes, answers);
  if (!said) return `What happens: ${words}.`;
  const most = favourites(votes);
  return `${said} ${most.length === 1 && most[0] === right ? "As guessed" : "What happens"}: ${words}.`;
}
