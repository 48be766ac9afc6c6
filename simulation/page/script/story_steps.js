/** @import { PlaceData, Results, Settings } from "./types.js" */
/** @import { Meeting } from "./meeting.js" */
/** @import { Closed } from "./story_levers.js" */

import { favourites, guessWords, votesIn, votesWords } from "./guesses.js";
import { asWritten, counted, listed, monthWords, percent, pounds, rangeWords, twoDecimals } from "./numbers.js";
import { NOTHING_SET, findParameter, withLever } from "./settings.js";
import { mean, quantile, sorted } from "./statistics.js";
import { mostWords, togetherWords } from "./story_levers.js";

/**
 * The five steps of the story in words, each with a question to guess at; for any place, whatever levers it uses.
 */

/** The change of mean trust that counts as a change. */
const TURN = 0.03;

const INSTRUCTION = "top_down_instruction";

/** @type {[string, string][]} */
const TRUST_ANSWERS = [
  ["grows", "It grows"],
  ["same", "It stays much the same"],
  ["falls", "It wears down"],
];

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string[]} before Paragraphs that come before the guess.
 * @property {string} question
 * @property {[string, string][]} answers Value and words of each; empty if an amount is guessed.
 */

export const TITLES = [
  "The place and its gap",
  "Two organisations and one programme",
  "Why nobody moves first",
  "What one lever changes",
  "What all of them change together",
];

/**
 * Return the step that introduces the place and its gap.
 *
 * @param {PlaceData} place
 * @returns {Step}
 */
export function gapStep(place) {
  const { do_nothing: gap, plan } = place.paths;
  const last = lastMonth(place);
  return {
    title: TITLES[0],
    before: [
      `${counted(place.organisations.length, "organisation")}, each with its own budget. Together they spend ${pounds(gap[0])} a year more than they have. Before any savings it will be ${pounds(gap[gap.length - 1])} in ${last}.`,
      `The plan says ${pounds(plan[plan.length - 1])}. ${standing(place)}`,
    ],
    question: `How much of the gap is still open in ${last}, £m a year?`,
    answers: [],
  };
}

/**
 * Return the step that asks who of two organisations leans to the population's question.
 *
 * @param {Meeting | null} meeting Null if no two organisations meet in the first month.
 * @returns {Step}
 */
export function meetingStep(meeting) {
  if (!meeting) return { title: TITLES[1], before: ["In this place no two organisations meet about anything in the first month."], question: "", answers: [] };
  const shares = meeting.sides.map(({ name, share }) => `${name} would get ${percent(share)} of it.`);
  return {
    title: TITLES[1],
    before: [
      `${meeting.title} is worth ${pounds(meeting.value)} a year on paper to those who take part. ${shares.join(" ")}`,
      "Each decides which question to ask: “What does this mean for my organisation?” or “What can I contribute for our population?”",
    ],
    question: "In the first month, who leans to the population’s question?",
    answers: meetingAnswers(meeting),
  };
}

/**
 * @param {Meeting} meeting
 * @param {string | undefined} guess
 * @returns {string}
 */
export function meetingAnswer(meeting, guess) {
  const leaning = meeting.sides.map(({ leans }) => leans);
  const right = leaning[0] ? (leaning[1] ? "both" : "first") : leaning[1] ? "second" : "neither";
  const answers = meetingAnswers(meeting);
  const words = answers.find(([value]) => value === right)?.[1] ?? "";
  return verdictOn(guess, right, answers, words);
}

/**
 * @param {Meeting} meeting
 * @returns {[string, string][]}
 */
function meetingAnswers({ sides }) {
  return [
    ["both", "Both"],
    ["first", `${sides[0].name} only`],
    ["second", `${sides[1].name} only`],
    ["neither", "Neither"],
  ];
}

/**
 * Return the step that asks what happens to trust.
 *
 * @param {PlaceData} place
 * @returns {Step}
 */
export function trustStep(place) {
  const ratio = findParameter(place, "loss_ratio").value;
  return {
    title: TITLES[2],
    before: [
      `An organisation that opens first and is not answered concedes something, and learns not to do it again. A loss takes ${asWritten(ratio)} times as much trust as a gain of the same size adds. As the shortfall grows, so does the pressure to look after one’s own.`,
      standing(place),
    ],
    question: `Nobody does anything more. What happens to trust by ${lastMonth(place)}?`,
    answers: TRUST_ANSWERS,
  };
}

/**
 * Return the step that asks for the lever that closes most.
 *
 * @param {PlaceData} place
 * @returns {Step}
 */
export function leverStep(place) {
  const levers = usableLevers(place);
  const [first] = place.months;
  return {
    title: TITLES[3],
    before: [
      isUsingLevers(place)
        ? `Now one lever is added: in full from ${monthWords(first)}, wherever it can act, while ${inUse(place)} as in the file.`
        : `Now somebody does something: one lever, in full from ${monthWords(first)}, wherever it can act, and nothing else.`,
    ],
    question: `Which one leaves the smallest gap in ${lastMonth(place)}?`,
    answers: levers.map(({ name, label }) => [name, label]),
  };
}

/**
 * Return the step that asks what all levers close together.
 *
 * @param {PlaceData} place
 * @param {readonly Closed[] | null} closed What each lever closes by itself; null until that is known.
 * @returns {Step}
 */
export function togetherStep(place, closed) {
  const names = partnership(place);
  const sum = closed && `One by one they close amounts that add up to ${pounds(addedUp(place, closed))} a year.`;
  return {
    title: TITLES[4],
    before: [`${sum ?? "One by one, you have seen what they close."} Now all ${names.length} levers but instruction are used at once, in full, from the first month.`],
    question: `How much more do they close together in ${lastMonth(place)} than the place as it stands, £m a year?`,
    answers: [],
  };
}

/**
 * Return settings with levers in full from the first month, wherever they can act, besides what the file uses.
 *
 * They are at least as strong as in the file in every month: the shortest of the file's ramps counts.
 *
 * @param {PlaceData} place
 * @param {readonly string[]} names Of the levers.
 * @returns {Settings}
 */
export function inFull(place, names) {
  /** @type {Settings} */
  let settings = NOTHING_SET;
  for (const { name, uses, typical } of place.levers.filter((each) => names.includes(each.name))) {
    const ramp = uses.length ? Math.min(...uses.map((use) => use.ramp)) : typical.ramp;
    settings = withLever(place, settings, name, { strength: 1, from: null, until: null, only: null, ramp });
  }
  return settings;
}

/**
 * Return the levers that can act on something in this place.
 *
 * @param {PlaceData} place
 */
export function usableLevers(place) {
  return place.levers.filter((each) => each.acts_on.length);
}

/**
 * Return the names of the levers of partnership: all that can act but instruction.
 *
 * @param {PlaceData} place
 * @returns {string[]}
 */
export function partnership(place) {
  return usableLevers(place)
    .map((each) => each.name)
    .filter((name) => name !== INSTRUCTION);
}

/**
 * @param {readonly number[]} guesses £m a year.
 * @param {Results} alone The place as it stands.
 * @returns {string}
 */
export function gapAnswer(guesses, alone) {
  const { median } = alone.gap.chance;
  return `${guessWords(guesses)} In half of the simulated runs it is ${pounds(median[median.length - 1])} or more.`;
}

/**
 * @param {string | undefined} guess
 * @param {Results} alone
 * @returns {string}
 */
export function trustAnswer(guess, alone) {
  const { median } = alone.trust.overall;
  const [first, last] = [median[0], median[median.length - 1]];
  const change = last - first;
  const [right, words] = TRUST_ANSWERS[Math.abs(change) < TURN ? 1 : change > 0 ? 0 : 2];
  return `${verdictOn(guess, right, TRUST_ANSWERS, words)} Over all relationships trust goes from ${twoDecimals(first)} to ${twoDecimals(last)}.`;
}

/**
 * @param {PlaceData} place
 * @param {string | undefined} guess Votes for levers.
 * @param {readonly Closed[]} closed
 * @returns {string}
 */
export function leverAnswer(place, guess, closed) {
  const { answers } = leverStep(place);
  const votes = votesIn(guess, answers);
  const chosen = closed.filter(({ lever }) => favourites(votes).includes(lever.name));
  const closes = chosen.map(({ lever, mean: amount }) => `${lever.label} closes ${pounds(amount)} a year more on average.`);
  return [votesWords(votes, answers), ...closes, mostWords(closed)].filter(Boolean).join(" ");
}

/**
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
  return `${guessWords(guesses)} Together they close ${pounds(amount)} a year more than as it stands, on average (9 in 10 simulated runs: ${range}). One by one they add up to ${pounds(sum)}. ${togetherWords(amount, sum)}`;
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
  if (!said) return `${words}.`;
  const most = favourites(votes);
  return `${said} ${most.length === 1 && most[0] === right ? "As guessed" : "What happens"}: ${words}.`;
}

/** @param {PlaceData} place */
export function lastMonth(place) {
  return monthWords(place.months[place.months.length - 1]);
}

/**
 * @param {PlaceData} place
 * @param {readonly Closed[]} closed
 */
function addedUp(place, closed) {
  const names = partnership(place);
  return closed.filter(({ lever }) => names.includes(lever.name)).reduce((total, each) => total + each.mean, 0);
}

/** @param {PlaceData} place */
function isUsingLevers(place) {
  return usedLevers(place).length > 0;
}

/** @param {PlaceData} place */
function usedLevers(place) {
  return place.levers.filter(({ uses }) => uses.some(({ strength }) => strength > 0));
}

/** @param {PlaceData} place */
function inUse(place) {
  const number = usedLevers(place).length;
  return number === 1 ? "the one already in use acts" : `the ${number} already in use act`;
}

/**
 * Return which levers the place uses as it stands.
 *
 * @param {PlaceData} place
 */
function standing(place) {
  const labels = usedLevers(place).map(({ label }) => label);
  if (!labels.length) return "As it stands, no lever is in use.";
  return `As it stands, ${counted(labels.length, "lever is", "levers are")} in use already: ${listed(labels)}.`;
}
