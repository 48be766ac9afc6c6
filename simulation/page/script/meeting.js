/** @import { PlaceData, Settings } from "./types.js" */
/** @import { AllRules, FirstMonth } from "./first_month.js" */

import { exposureOf, firstMonth, pressureOn, reciprocityOf, trustIn } from "./first_month.js";
import { NOTHING_SET } from "./settings.js";

/**
 * Two organisations that meet about one programme in the first month: what each could win, and what it would take.
 */

/**
 * One organisation's view of a meeting; stakes, exposure and pressure in units of value per participant.
 *
 * @typedef {object} Side
 * @property {number} o Index of the organisation.
 * @property {string} name
 * @property {number} share Its part of the value; below 0 it loses.
 * @property {number} stakes What it wins if the others answer in kind.
 * @property {number} exposure What opening could concede, before its own weight on the population lessens it.
 * @property {number} exposed The same, as it counts for this organisation.
 * @property {number} pressure How hard it is pressed to look after its own.
 * @property {number} orientation Its weight on the population, 0–1.
 * @property {number | null} needed The trust above which it leans to the population's question; null if none is enough.
 * @property {number} trust Its expectation that the others answer in kind, 0–1.
 * @property {boolean} leans True if it leans to the population's question, or an event holds it to that.
 * @property {number} inOther Its trust in the other of the two, 0–1.
 * @property {number} fixed The stance that an event fixes: 0 my organisation, 1 our population; −1 if none.
 */

/**
 * @typedef {object} Meeting
 * @property {string} title
 * @property {number} value £m a year.
 * @property {number} participants Of the programme or contract, 2 or more.
 * @property {boolean} isContract
 * @property {[Side, Side]} sides The one with the higher stakes first.
 */

/**
 * Return the meeting of the first month that shows most: two who both gain, and would lean different ways.
 *
 * @param {PlaceData} place
 * @param {AllRules} rules
 * @param {Settings} [settings]
 * @returns {Meeting | null} Null if nothing is on the table in the first month.
 */
export function tellingMeeting(place, rules, settings = NOTHING_SET) {
  const month = firstMonth(place, rules, settings);
  /** @type {{rank: number[], k: number, sides: [Side, Side]} | null} */
  let best = null;
  for (const [order, k] of openOpportunities(place).entries()) {
    const { participants, kind } = place.opportunities[k];
    const sides = participants.map((_, member) => sideOf(month, k, member));
    for (const [one, other] of pairsOf(sides)) {
      const isApart = one.leans !== other.leans;
      const loses = Math.min(one.share, other.share) <= 0;
      const rank = [Number(!isApart), Number(loses), Number(kind === "contract"), participants.length, order];
      if (!best || isBefore(rank, best.rank)) {
        best = { rank, k, sides: other.stakes > one.stakes ? [other, one] : [one, other] };
      }
    }
  }
  return best && meetingOf(month, best.k, best.sides);
}

/**
 * Return what opportunities are open in the first month: programmes before contracts.
 *
 * @param {PlaceData} place
 * @returns {number[]} Indices `k`.
 */
function openOpportunities({ opportunities }) {
  const open = opportunities.flatMap(({ opens }, k) => (opens <= 0 ? [k] : []));
  const isContract = (/** @type {number} */ k) => opportunities[k].kind === "contract";
  return [...open.filter((k) => !isContract(k)), ...open.filter(isContract)];
}

/**
 * @param {FirstMonth} month
 * @param {number} k
 * @param {number} member Among the participants.
 * @returns {Side}
 */
function sideOf(month, k, member) {
  const { place, rules, assumed, calendar } = month;
  const { participants, benefit } = place.opportunities[k];
  const [o, number] = [participants[member], participants.length];
  const { organisations, opportunities } = calendar;
  const orientation = month.orientation[o];
  const share = rules.share_after_gain_share(
    calendar.shares[month.firsts[k] + member], opportunities.gain_share[k], opportunities.gains[k], opportunities.losses[k],
  );
  const counted = rules.counted_share(share, number, organisations.shared_accountability[o]);
  const salience = rules.goal_salience(assumed.goal_effect, opportunities.superordinate_goal[k]);
  const stakes = rules.stakes(orientation, number, counted, salience, benefit);
  const exposure = exposureOf(month, k, o, share);
  const pressure = pressureOn(month, o);
  const needed = stakes > 0 ? rules.trust_threshold(stakes, orientation, exposure, pressure) : Infinity;
  const trust = reciprocityOf(month, k, o);
  const fixed = organisations.fixed_stance[o];
  return {
    o,
    name: nameOf(place, o),
    share,
    stakes,
    exposure,
    exposed: (1 - orientation) * exposure,
    pressure,
    orientation,
    needed: needed <= 1 ? needed : null,
    trust,
    leans: fixed < 0 ? needed <= 1 && trust > needed : fixed === 1,
    inOther: NaN,
    fixed,
  };
}

/**
 * @param {FirstMonth} month
 * @param {number} k
 * @param {[Side, Side]} sides
 * @returns {Meeting}
 */
function meetingOf(month, k, [one, other]) {
  const { title, value, participants, kind } = month.place.opportunities[k];
  const isContract = kind === "contract";
  return {
    title,
    value: isContract ? month.rules.contract_value(value, month.assumed.contract_saving) : value,
    participants: participants.length,
    isContract,
    sides: [
      { ...one, inOther: trustIn(month, one.o, other.o) },
      { ...other, inOther: trustIn(month, other.o, one.o) },
    ],
  };
}

/**
 * @param {PlaceData} place
 * @param {number} o
 */
function nameOf({ organisations }, o) {
  return organisations[o].name.trim() || organisations[o].short;
}

/**
 * @param {readonly Side[]} sides
 * @returns {[Side, Side][]} Every two of them, in order.
 */
function pairsOf(sides) {
  return sides.flatMap((one, first) => sides.slice(first + 1).map((other) => /** @type {[Side, Side]} */ ([one, other])));
}

/**
 * @param {readonly number[]} one
 * @param {readonly number[]} other As long.
 * @returns {boolean} True if the first number that differs is the smaller one.
 */
function isBefore(one, other) {
  const at = one.findIndex((each, index) => each !== other[index]);
  return at >= 0 && one[at] < other[at];
}
