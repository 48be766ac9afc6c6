/** @import { Calendar, PlaceData, Settings } from "./types.js" */
/** @import { App } from "./app.js" */

import { calendarOf } from "./calendar.js";
import { assumptionsOf } from "./parameters.js";
import { NOTHING_SET, parametersOf } from "./settings.js";

/**
 * The first month of a place up to the stances, by the model's own rules; leaders leave only where an event says so.
 */

/** @typedef {App["rules"]} AllRules */

/**
 * The first month as it begins.
 *
 * @typedef {object} FirstMonth
 * @property {PlaceData} place
 * @property {AllRules} rules
 * @property {Record<string, number>} assumed Parameters by name.
 * @property {Calendar} calendar
 * @property {ArrayLike<number>} trust `[r]`, after breaches and new leaders.
 * @property {ArrayLike<number>} orientation `[o]`.
 * @property {Map<number, number>} relationships Index `r` by trusting · organisations + trusted.
 * @property {number[]} firsts Index `p` of each opportunity's first membership.
 */

/**
 * Return parameters by name, as settings have them.
 *
 * @param {PlaceData} place
 * @param {Settings} [settings]
 * @returns {Record<string, number>}
 */
export function parametersByName(place, settings = NOTHING_SET) {
  const values = parametersOf(place, settings);
  return Object.fromEntries(place.parameters.map(({ name }, index) => [name, values[index]]));
}

/**
 * Return the first month as organisations take their stances in it.
 *
 * @param {PlaceData} place
 * @param {AllRules} rules Those of the model.
 * @param {Settings} settings
 * @returns {FirstMonth}
 */
export function firstMonth(place, rules, settings) {
  const calendar = calendarOf(place, settings, rules);
  const assumptions = assumptionsOf(place, [parametersOf(place, settings)]);
  const assumed = parametersByName(place, settings);
  const width = place.organisations.length;
  let until = 0;
  const firsts = place.opportunities.map(({ participants }) => (until += participants.length) - participants.length);
  return {
    place,
    rules,
    assumed,
    calendar,
    trust: convened(place, rules, assumed, calendar, assumptions.trust),
    orientation: assumptions.orientation,
    relationships: new Map(place.relationships.map(([trusting, trusted], r) => [trusting * width + trusted, r])),
    firsts,
  };
}

/**
 * Return trust after the breaches and the new leaders of the first month.
 *
 * @param {PlaceData} place
 * @param {AllRules} rules
 * @param {Record<string, number>} assumed
 * @param {Calendar} calendar
 * @param {Float64Array} opening
 * @returns {Float64Array}
 */
function convened(place, rules, assumed, { months, organisations, breaches }, opening) {
  const leaves = organisations.leader_leaves;
  return opening.map((baseline, r) => {
    const [trusting, trusted] = place.relationships[r];
    let trust = baseline;
    for (let each = months.first_breach[0]; each < months.until_breach[0]; each++) {
      if (breaches.organisation[each] === trusted) trust = rules.trust_after_breach(trust, breaches.part_lost[each]);
    }
    return rules.trust_after_leader_change(trust, baseline, assumed.turnover_loss, leaves[trusting] + leaves[trusted]);
  });
}

/**
 * Return what opening could concede to others who do not.
 *
 * @param {FirstMonth} month
 * @param {number} k
 * @param {number} o
 * @param {number} share After gain share.
 * @returns {number} In units of value per participant.
 */
export function exposureOf({ place, rules, assumed, calendar }, k, o, share) {
  const menu = calendar.opportunities.menu_framing[k];
  const coaching = calendar.organisations.coaching[o];
  const exposure = rules.exposure_after_levers(assumed.exposure, assumed.menu_effect, menu, assumed.coaching_skill, coaching);
  return rules.exposure_at_stake(exposure, share, place.opportunities[k].participants.length);
}

/**
 * Return the pressure to look after its own; nobody is behind a plan before the first month.
 *
 * @param {FirstMonth} month
 * @param {number} o
 * @returns {number} In units of value per participant.
 */
export function pressureOn({ place, rules, assumed, calendar }, o) {
  const { organisations, opportunities } = calendar;
  let onTable = 0;
  place.opportunities.forEach(({ kind, opens, participants }, k) => {
    if (kind === "programme" && opens <= 0 && participants.includes(o)) {
      onTable = rules.larger(opportunities.top_down_instruction[k], onTable);
    }
  });
  return rules.accountability_pressure(
    assumed.accountability_pressure,
    assumed.grip_response,
    0,
    0,
    organisations.shared_accountability[o],
    assumed.instruction_effect,
    rules.order_felt(onTable, 0, assumed.instruction_persistence),
    organisations.grip_shock[o],
    assumed.acknowledgement_effect,
    organisations.regulator_acknowledgement[o],
  );
}

/**
 * Return an organisation's expectation that the other participants answer in kind.
 *
 * @param {FirstMonth} month
 * @param {number} k
 * @param {number} o
 * @returns {number} 0–1.
 */
export function reciprocityOf(month, k, o) {
  const others = month.place.opportunities[k].participants.filter((each) => each !== o);
  const trusts = others.map((each) => trustIn(month, o, each));
  const total = trusts.reduce((sum, each) => sum + each, 0);
  const least = trusts.reduce((one, other) => month.rules.smaller(one, other));
  return month.rules.expected_reciprocity(month.rules.mean(total, trusts.length), least, month.assumed.weakest_link);
}

/**
 * Return the trust of one organisation in another.
 *
 * @param {FirstMonth} month
 * @param {number} trusting Index `o`.
 * @param {number} trusted Index `o`.
 * @returns {number} 0–1.
 */
export function trustIn({ place, trust, relationships }, trusting, trusted) {
  return trust[Number(relationships.get(trusting * place.organisations.length + trusted))];
}
