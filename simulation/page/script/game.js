/** @import { PlaceData } from "./types.js" */
/** @import { AllRules } from "./first_month.js" */
/** @import { Meeting, Side } from "./meeting.js" */

import { parametersByName } from "./first_month.js";
import { tellingMeeting } from "./meeting.js";

/**
 * Five rounds between two organisations, each of which asks one of two questions in each round.
 *
 * Trust moves by the model's own rules for a meeting, and what a question is worth is the model's advantage, once it is
 * known how the other one answers.
 */

/** Rounds of a game. */
export const ROUNDS = 5;

/** The question “what is best for my organisation?”, as the model numbers it. */
export const OWN = 0;

/** The question “what is best for our population?”. */
export const OURS = 1;

/** The purpose by which the draws of the game differ from all that the model makes. */
const PURPOSE = 1000;

/** The partners that the page plays, in plain words. */
export const PARTNERS = /** @type {const} */ ({
  own: "always asks “my organisation”",
  ours: "always asks “our population”",
  copy: "copies you: “our population” first, then what you asked last",
  model: "decides as the model does, by its trust and what it can win",
});

/** @typedef {keyof typeof PARTNERS} Partner */

/**
 * @typedef {object} Table What a game is about.
 * @property {Meeting} meeting
 * @property {AllRules} rules
 * @property {Record<string, number>} assumed Parameters by name.
 * @property {bigint} seed
 */

/**
 * @typedef {object} Round
 * @property {[number, number]} asked By each side: 0 my organisation, 1 our population.
 * @property {[number, number]} worth What that was worth to each side, £m a year.
 * @property {[number, number]} trust Of each side in the other, after the round.
 */

/**
 * @typedef {object} Game
 * @property {[number, number]} opening Trust of each side in the other before the first round.
 * @property {readonly Round[]} rounds Those that were played.
 */

/**
 * Return what a game of a place is about; null if nobody meets in its first month.
 *
 * @param {PlaceData} place
 * @param {AllRules} rules
 * @returns {Table | null}
 */
export function tableOf(place, rules) {
  const meeting = tellingMeeting(place, rules);
  return meeting && { meeting, rules, assumed: parametersByName(place), seed: BigInt(place.seed) };
}

/**
 * Return a game before its first round.
 *
 * @param {Meeting} meeting
 * @returns {Game}
 */
export function startGame({ sides: [one, other] }) {
  return { opening: [one.inOther, other.inOther], rounds: [] };
}

/**
 * Return a game with one more round.
 *
 * @param {Table} table
 * @param {Game} game
 * @param {readonly [number, number]} asked By each side.
 * @returns {Game}
 */
export function playRound(table, game, [first, second]) {
  const [one, other] = trustNow(game);
  const { sides } = table.meeting;
  return {
    ...game,
    rounds: [
      ...game.rounds,
      {
        asked: [first, second],
        worth: [worthOf(table, sides[0], first, second), worthOf(table, sides[1], second, first)],
        trust: [trustAfter(table, one, first, second), trustAfter(table, other, second, first)],
      },
    ],
  };
}

/**
 * Return the trust of each side in the other.
 *
 * @param {Game} game
 * @returns {[number, number]}
 */
export function trustNow({ opening, rounds }) {
  return rounds.length ? rounds[rounds.length - 1].trust : opening;
}

/**
 * Return what a question is worth to a side, against asking “my organisation”, at the other's answer.
 *
 * @param {Table} table
 * @param {Side} side
 * @param {number} mine
 * @param {number} theirs
 * @returns {number} £m a year, with the benefit to the population as far as the side weighs it.
 */
export function worthOf({ meeting, rules }, side, mine, theirs) {
  if (mine === OWN) return 0;
  const advantage = rules.advantage(theirs, side.stakes, side.orientation, side.exposure, side.pressure);
  return (advantage * meeting.value) / meeting.participants;
}

/**
 * Return trust after a meeting, as the month's only event.
 *
 * @param {Table} table
 * @param {number} trust 0–1.
 * @param {number} mine
 * @param {number} theirs
 * @returns {number} 0–1.
 */
function trustAfter({ rules, assumed }, trust, mine, theirs) {
  const gain = rules.meeting_gain(mine, theirs, assumed.meeting);
  const loss = rules.meeting_loss(mine, theirs, assumed.meeting, assumed.stalemate);
  const lossRate = rules.trust_loss(assumed.trust_gain, assumed.loss_ratio);
  return rules.trust_after_events(
    trust,
    rules.combined_effect(rules.what_is_left(assumed.trust_gain, gain)),
    rules.combined_effect(rules.what_is_left(lossRate, loss)),
    rules.is_confirmatory(assumed.trust_rule),
  );
}

/**
 * Return what a partner on the second side asks in the next round.
 *
 * @param {Table} table
 * @param {Game} game
 * @param {Partner} partner
 * @param {number} number Of the game: another one has other draws.
 * @returns {number}
 */
export function partnerAsks(table, game, partner, number) {
  const { rounds } = game;
  if (partner === "own") return OWN;
  if (partner === "ours") return OURS;
  if (partner === "copy") return rounds.length ? rounds[rounds.length - 1].asked[0] : OURS;
  return table.rules.stance_taken(table.meeting.sides[1].fixed, drawOf(table, rounds.length, number), chanceOf(table, 1, game));
}

/**
 * Return the chance with which the model would let a side ask “our population” in the next round.
 *
 * @param {Table} table
 * @param {0 | 1} index Of the side.
 * @param {Game} game
 * @returns {number} 0–1.
 */
export function chanceOf({ meeting, rules, assumed }, index, game) {
  const [side, trust] = [meeting.sides[index], trustNow(game)[index]];
  const reciprocity = rules.expected_reciprocity(trust, trust, assumed.weakest_link);
  const advantage = rules.advantage(reciprocity, side.stakes, side.orientation, side.exposure, side.pressure);
  return rules.population_first_chance(assumed.decision_sharpness, advantage);
}

/**
 * Return in how many rounds both asked “our population”.
 *
 * @param {Game} game
 */
export function roundsTogether({ rounds }) {
  return rounds.filter(({ asked: [one, other] }) => one === OURS && other === OURS).length;
}

/**
 * Return what the rounds played were worth to a side, on average.
 *
 * @param {Game} game With a round at least.
 * @param {0 | 1} index Of the side.
 * @returns {number} £m a year.
 */
export function meanWorth({ rounds }, index) {
  return rounds.reduce((sum, { worth }) => sum + worth[index], 0) / rounds.length;
}

/**
 * @param {Table} table
 * @param {number} round
 * @param {number} number Of the game.
 * @returns {number} 0–1, by the model's own generator, which takes whole numbers of 64 bits.
 */
function drawOf({ rules, seed, meeting }, round, number) {
  const uniform = /** @type {(...given: bigint[]) => number} */ (/** @type {unknown} */ (rules.uniform));
  return uniform(seed, BigInt(number), BigInt(meeting.sides[1].o), BigInt(round), BigInt(PURPOSE));
}
