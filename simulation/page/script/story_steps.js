/** @import { PlaceData, Results, Settings } from "./types.js" */
/** @import { Meeting } from "./meeting.js" */

import { guessWords } from "./guesses.js";
import { asWritten, counted, monthWords, percent, pounds, twoDecimals } from "./numbers.js";
import { NOTHING_SET, findParameter } from "./settings.js";
import { mean } from "./statistics.js";

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
 *
 * @typedef {Readonly<Record<string, number>>} Closed What each lever closes by itself, on average, £m a year.
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
 * @param {Closed | null} closed Null until that is known.
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
 * @param {readonly string[]} names Of the levers.
 * @returns {Settings}
 */
export function inFull(names) {
  const levers = Object.fromEntries(names.map((name) => [name, { strength: 1, from: null, until: null, only: null }]));
  return { ...NOTHING_SET, levers };
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
 * Return how much smaller one gap is than another in the last month, on average over the same random events.
 *
 * @param {Results} one
 * @param {Results} before
 * @returns {number} £m a year.
 */
export function closedBy(one, before) {
  return mean(before.last.chance.map((gap, run) => gap - one.last.chance[run]));
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
 * @param {string | undefined} guess Name of a lever.
 * @param {Closed} closed
 * @returns {string}
 */
export function leverAnswer(place, guess, closed) {
  const levers = usableLevers(place);
  const best = levers.reduce((one, other) => (closed[other.name] > closed[one.name] ? other : one));
  const chosen = levers.find((each) => each.name === guess);
  const most = `${best.label} closes most: ${pounds(closed[best.name])} a year more on average.`;
  if (!chosen) return most;
  if (chosen === best) return `You said ${chosen.label.toLowerCase()}, and no lever closes more: ${pounds(closed[best.name])} a year on average.`;
  return `You said ${chosen.label.toLowerCase()}: it closes ${pounds(closed[chosen.name])} a year more on average. ${most}`;
}

/**
 * @param {PlaceData} place
 * @param {readonly number[]} guesses £m a year.
 * @param {number} together What all levers but instruction close, £m a year.
 * @param {Closed} closed
 * @returns {string}
 */
export function togetherAnswer(place, guesses, together, closed) {
  const sum = addedUp(place, closed);
  const why =
    together < 0.9 * sum
      ? "That is less than they add up to: what one of them has done, another cannot do again."
      : together > 1.1 * sum
        ? "That is more than they add up to: they need each other."
        : "That is about what they add up to: each does its own part.";
  return `${guessWords(guesses)} Together they close ${pounds(together)} a year more than as it stands, on average. One by one they add up to ${pounds(sum)}. ${why}`;
}

/**
 * Return what is said of a chosen answer.
 *
 * @param {string | undefined} guess
 * @param {string} right
 * @param {readonly [string, string][]} answers
 * @param {string} words Of the right answer.
 * @returns {string}
 */
export function verdictOn(guess, right, answers, words) {
  const said = answers.find(([value]) => value === guess)?.[1];
  if (!said) return `${words}.`;
  return guess === right ? `You said “${said}”, and that is what happens.` : `You said “${said}”. What happens: ${words}.`;
}

/** @param {PlaceData} place */
export function lastMonth(place) {
  return monthWords(place.months[place.months.length - 1]);
}

/**
 * @param {PlaceData} place
 * @param {Closed} closed
 */
function addedUp(place, closed) {
  return partnership(place).reduce((total, name) => total + closed[name], 0);
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
  const number = usedLevers(place).length;
  return number ? `As it stands, ${counted(number, "lever is", "levers are")} in use already.` : "As it stands, no lever is in use.";
}
