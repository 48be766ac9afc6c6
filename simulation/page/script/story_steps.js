/** @import { PlaceData } from "./types.js" */
/** @import { Meeting } from "./meeting.js" */
/** @import { Closed } from "./story_levers.js" */

import { doNothing } from "./calendar.js";
import { lastEndWords } from "./lever_words.js";
import { asWritten, counted, listed, monthWords, percent, pounds, twoDecimals } from "./numbers.js";
import { findLever, findParameter } from "./settings.js";
import { INSTRUCTION, addedUp, leversToAdd, partnership, rampWords, usedLevers } from "./story_levers.js";

/**
 * The five steps of the story in words, each with a question to guess at; for any place, whatever levers it uses.
 */

/** @type {[string, string][]} */
export const TRUST_ANSWERS = [
  ["grows", "It grows"],
  ["same", "It stays much the same"],
  ["falls", "It wears down"],
];

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string[]} before Paragraphs that come before the guess.
 * @property {string} question Empty if there is nothing to guess.
 * @property {[string, string][]} answers Value and words of each; empty if an amount is guessed.
 * @property {boolean} [shows] False if there is nothing to show.
 */

export const TITLES = [
  "The place and its gap",
  "Two organisations and one programme",
  "What becomes of trust",
  "What one lever changes",
  "What all of them change together",
];

/** The lever that takes pressure away. */
const ACKNOWLEDGEMENT = "regulator_acknowledgement";

/** The title of the second step where a contract shows most. */
const CONTRACT_TITLE = "Two organisations and one contract";

/**
 * Return the step that introduces the place and its gap.
 *
 * @param {PlaceData} place
 * @returns {Step}
 */
export function gapStep(place) {
  const { plan } = place.paths;
  const gap = doNothing(place, place.events);
  const last = lastMonth(place);
  return {
    title: TITLES[0],
    before: [
      `${counted(place.organisations.length, "organisation")}, each with its own budget. ${spendWords(gap[0], gap[gap.length - 1], last)}`,
      `${planWords(plan[plan.length - 1])} ${standing(place)}`,
    ],
    question: `How much of the gap is still open in ${last}, £m a year?`,
    answers: [],
  };
}

/**
 * Say what all spend together, and what becomes of that before any savings: a gap, a surplus, or neither.
 *
 * @param {number} opening The gap before any savings in the first month, £m a year; below 0 it is a surplus.
 * @param {number} closing The same in the last month.
 * @param {string} last The last month in words.
 */
function spendWords(opening, closing, last) {
  const [first, then] = [signShown(opening), signShown(closing)];
  const amounts = [opening, closing].map((each) => pounds(Math.abs(each)));
  const spend = first > 0 ? `spend ${amounts[0]} a year more than they have` : first < 0 ? `have ${amounts[0]} a year more than they spend` : "spend as much as they have";
  const kind = then > 0 ? "gap" : "surplus";
  const becomes = then === 0 ? "there is neither a gap nor a surplus" : then === first ? `that ${kind} is ${amounts[1]}` : `there is a ${kind} of ${amounts[1]} a year`;
  return `Together they ${spend}. Before any savings ${becomes} in ${last}.`;
}

/** @param {number} left The plan's gap in the last month, £m a year; below 0 it is a surplus. */
function planWords(left) {
  if (signShown(left) < 0) return `The plan reaches a surplus of ${pounds(-left)}.`;
  return `The plan leaves ${signShown(left) ? pounds(left) : "nothing"} open.`;
}

/**
 * Return 1 for an amount above zero, −1 below it, and 0 for one that is written as £0m.
 *
 * @param {number} amount £m.
 */
function signShown(amount) {
  return pounds(Math.abs(amount)) === pounds(0) ? 0 : Math.sign(amount);
}

/**
 * Return the step that asks who of two organisations leans to the population's question.
 *
 * @param {Meeting | null} meeting Null if no two organisations meet in the first month.
 * @returns {Step}
 */
export function meetingStep(meeting) {
  if (!meeting) return { title: TITLES[1], before: ["In this place no two organisations meet about anything in the first month."], question: "", answers: [], shows: false };
  const shares = meeting.sides.map(({ name, share }) => (share < 0 ? `${name} would lose ${percent(-share)} of that.` : `${name} would get ${percent(share)} of it.`));
  return {
    title: meeting.isContract ? CONTRACT_TITLE : TITLES[1],
    before: [
      `${meeting.title} is worth ${pounds(meeting.value)} a year on paper to those who take part. ${shares.join(" ")}`,
      "Each decides which question to ask: “What does this mean for my organisation?” or “What can I contribute for our population?” Guess first; then two of you play it.",
    ],
    question: "In the first month, who leans to the population’s question?",
    answers: meetingAnswers(meeting),
  };
}

/**
 * Return who of two may lean to the population's question.
 *
 * @param {Meeting} meeting
 * @returns {[string, string][]} Value and words of each answer.
 */
export function meetingAnswers({ sides }) {
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
  return {
    title: TITLES[2],
    before: [
      `${unansweredWords(place)} ${lossWords(place)} ${pressureWords(place)}`,
      standing(place),
    ],
    question: `Nobody does anything more. What happens to trust by ${lastMonth(place)}?`,
    answers: TRUST_ANSWERS,
  };
}

/**
 * Say what becomes of an organisation that opens first and is not answered.
 *
 * @param {PlaceData} place
 */
function unansweredWords(place) {
  const [exposure, ...moves] = ["exposure", "meeting", "loss_ratio", "trust_gain"].map((name) => findParameter(place, name).value);
  const [concedes, learns] = [exposure > 0, moves.every((each) => each > 0)];
  const who = "An organisation that opens first and is not answered";
  if (concedes) return learns ? `${who} concedes something, and learns not to do it again.` : `${who} concedes something, but trusts the others no less for it here.`;
  return learns ? `${who} concedes nothing here, but trusts the others less.` : `${who} concedes nothing here, and trusts the others no less.`;
}

/**
 * Say if the pressure to look after one's own grows with the shortfall, as the step Convene of the model has it.
 *
 * @param {PlaceData} place
 */
function pressureWords(place) {
  const [everyday, grip, effect] = ["accountability_pressure", "grip_response", "acknowledgement_effect"].map((name) => findParameter(place, name).value);
  if (!(everyday > 0 && grip > 0)) return "Here the pressure to look after one’s own does not grow with the shortfall.";
  const strongest = Math.max(0, ...findLever(place, ACKNOWLEDGEMENT).uses.map(({ strength }) => strength));
  const except = effect * strongest < 1 ? "" : ", except where the regulator acknowledges the tension in full";
  return `As the shortfall grows, so does the pressure to look after one’s own${except}.`;
}

/**
 * Say what a bad event does to trust against a good one: the step Reflect of the model, in words.
 *
 * @param {PlaceData} place
 */
function lossWords(place) {
  const [ratio, rule, opening] = ["loss_ratio", "trust_rule", "opening_trust"].map((name) => findParameter(place, name).value);
  if (ratio === 0) return "Here a bad event takes no trust away.";
  const times = ratio === 1 ? "as" : `${asWritten(ratio)} times as`;
  if (rule >= 0.5) return `A bad event takes ${times} much trust as a good one of the same weight adds at the same level of trust; both move it most near 0.50.`;
  const parts = `A good event moves trust a part of the way up to 1, and a bad one of the same weight ${times} large a part of the way down to 0.`;
  if (!(opening > 0 && opening < 1)) return parts;
  const taken = twoDecimals((ratio * opening) / (1 - opening));
  return `${parts} Where trust is ${twoDecimals(opening)}, the bad one takes ${taken} times as much as the good one adds.`;
}

/**
 * Return the step that asks for the lever that closes most.
 *
 * @param {PlaceData} place
 * @returns {Step}
 */
export function leverStep(place) {
  const levers = leversToAdd(place);
  const how = `at full strength wherever it can act, begun in ${monthWords(place.months[0])}`;
  const rest = usedLevers(place).length ? "All else stays as in the file." : "Nothing else is done.";
  const step = { title: TITLES[3], question: "", answers: /** @type {[string, string][]} */ ([]) };
  if (!levers.length) return { ...step, before: ["No lever can be added here: each acts in full already, or has nothing to act on."], shows: false };
  if (levers.length === 1) return { ...step, before: [`One lever alone can be added here: ${levers[0].label}, ${how}${rampWords(levers)}. ${rest}`] };
  return {
    ...step,
    before: [`Now somebody uses one lever, ${how}${rampWords(levers)}. ${rest}`],
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
  const levers = partnership(place);
  const step = { title: TITLES[4], question: "", answers: [] };
  if (levers.length < 2) return { ...step, before: [`${levers.length ? `${levers[0].label} alone can be added here` : "No lever of partnership can be added here"}, so there is nothing to use together.`], shows: false };
  const sum = closed ? pounds(addedUp(place, closed)) : "…";
  const others = leversToAdd(place).length > levers.length ? ` other than “${instructionLabel(place)}”` : "";
  return {
    ...step,
    before: [`One by one, the ${levers.length} levers${others} close amounts that add up to ${sum} a year. Now all are begun at once, in the first month, at full strength${rampWords(levers)}.`],
    question: `How much more do they close together in ${lastMonth(place)} than the place as it stands, £m a year?`,
  };
}

/** @param {PlaceData} place */
function instructionLabel({ levers }) {
  return levers.find(({ name }) => name === INSTRUCTION)?.label ?? "";
}

/**
 * Return the last month in words.
 *
 * @param {PlaceData} place
 */
export function lastMonth(place) {
  return monthWords(place.months[place.months.length - 1]);
}

/**
 * Return which levers the place uses as it stands.
 *
 * @param {PlaceData} place
 */
function standing(place) {
  const labels = usedLevers(place).map(({ label, name }) => `${label}${lastEndWords(place, name)}`);
  if (!labels.length) return "As it stands, no lever is in use.";
  return `As it stands, ${counted(labels.length, "lever is", "levers are")} in use: ${listed(labels)}.`;
}
