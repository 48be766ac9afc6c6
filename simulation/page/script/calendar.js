import { fsum } from "./fsum.js";
import { sharesByMonth } from "./payment.js";
import { eventsOf, leverUses } from "./settings.js";

/** @import { Calendar, LeverSetting, PlaceData, PlaceEvent, Rules, Settings } from "./types.js" */

/**
 * The calendar of a run, known before its first month: plan, levers and their cost, shares after payment, and events.
 *
 * Nothing here depends on chance. It gives the same bits as `simulation/model/schedule.py` and `ensemble/packing.py`.
 */

const NOT_FIXED = -1;
const STANCES = { institutional: 0, population_first: 1 };

/** @typedef {{first: number, strengths: number[]}} Acting The first month of a use, and its strength from then on. */

/**
 * Return the values that settings give for each month.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Rules} rules Those of the model.
 * @returns {Calendar}
 */
export function calendarOf(place, settings, rules) {
  const events = eventsOf(place, settings);
  const strength = strengthsOf(place, settings, rules);
  const paid = sharesByMonth(place, strength.payment_reform, rules);
  const named = (/** @type {string} */ axis) =>
    Object.fromEntries(place.levers.filter((each) => each.axis === axis).map(({ name }) => [name, strength[name]]));
  const { breaches, first, until } = breachesOf(place, events);
  return {
    months: {
      do_nothing: doNothing(place, events),
      plan: Float64Array.from(place.paths.plan),
      lever_cost: leverCosts(place, settings, rules),
      first_breach: first,
      until_breach: until,
    },
    organisations: {
      leader_leaves: leaderLeaves(place, events),
      fixed_stance: fixedStances(place, events),
      grip_shock: gripShocks(place, events),
      ...named("organisations"),
    },
    opportunities: {
      gains: paid.gains,
      losses: paid.losses,
      shares_differ: sharesDiffer(place, strength.gain_share, paid.share),
      ...named("opportunities"),
    },
    shares: paid.share,
    breaches,
  };
}

/**
 * Return the strength of every lever by month along its axis: that of the strongest use that acts.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Rules} rules
 * @returns {Record<string, Float64Array>}
 */
function strengthsOf(place, settings, rules) {
  /** @type {Record<string, Float64Array>} */
  const strength = {};
  for (const lever of place.levers) {
    const width = place[lever.axis].length;
    const strongest = new Float64Array(place.months.length * width);
    for (const use of leverUses(place, settings, lever.name)) {
      const on = lever.acts_on.filter((_, each) => use.only === null || use.only.includes(lever.ids[each]));
      const { first, strengths } = acting(place, use, rules);
      strengths.forEach((each, since) => {
        for (const index of on) {
          const at = (first + since) * width + index;
          strongest[at] = Math.max(strongest[at], each);
        }
      });
    }
    strength[lever.name] = strongest;
  }
  return strength;
}

/**
 * Return the first month in which a use acts, and its strength in that month and those after it.
 *
 * @param {PlaceData} place
 * @param {Required<LeverSetting>} use
 * @param {Rules} rules
 * @returns {Acting}
 */
function acting(place, use, rules) {
  const [first, until] = actingMonths(place, use);
  const strengths = [];
  for (let since = 0; since < until - first; since++) {
    strengths.push(rules.ramped_strength(use.strength, since, use.ramp));
  }
  return { first, strengths };
}

/**
 * Return the first month in which something acts, and the month after its last, within the run.
 *
 * @param {PlaceData} place
 * @param {{from?: number | null, until?: number | null}} dated
 * @returns {[number, number]}
 */
function actingMonths(place, dated) {
  return [dated.from ?? 0, Math.min(place.months.length, dated.until ?? place.months.length)];
}

/**
 * Return the cost of all levers together, `[t]`, £m a year: of each use, as ramped, while it acts.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Rules} rules
 * @returns {Float64Array}
 */
export function leverCosts(place, settings, rules) {
  /** @type {number[][]} */
  const costs = place.months.map(() => []);
  for (const lever of place.levers) {
    for (const use of leverUses(place, settings, lever.name)) {
      const { first, strengths } = acting(place, use, rules);
      strengths.forEach((each, since) => costs[first + since].push(use.cost * each));
    }
  }
  return Float64Array.from(costs, fsum);
}

/**
 * Return the gap before any savings, `[t]`, £m a year, with cost shocks.
 *
 * @param {PlaceData} place
 * @param {readonly PlaceEvent[]} events
 */
export function doNothing(place, events) {
  const shocks = events.filter((each) => each.event === "cost_shock");
  return Float64Array.from(
    place.paths.do_nothing,
    (gap, month) => gap + fsum(shocks.filter((each) => Number(each.month) <= month).map((each) => Number(each.size))),
  );
}

/**
 * Return the pressure that events add, `[t, o]`, in units of the everyday pressure.
 *
 * @param {PlaceData} place
 * @param {readonly PlaceEvent[]} events
 */
function gripShocks(place, events) {
  const shocks = new Float64Array(place.months.length * place.organisations.length);
  for (const event of events.filter((each) => each.event === "grip_shock")) {
    const [first, until] = actingMonths(place, event);
    place.organisations.forEach(({ id }, o) => {
      if (!event.only || event.only.includes(id)) {
        for (let month = first; month < until; month++) {
          shocks[month * place.organisations.length + o] += Number(event.size);
        }
      }
    });
  }
  return shocks;
}

/**
 * Return the breaches by month, larger first, and where those of each month begin and end.
 *
 * @param {PlaceData} place
 * @param {readonly PlaceEvent[]} events
 */
function breachesOf(place, events) {
  const found = events
    .filter((each) => each.event === "breach" && Number(each.month) < place.months.length)
    .map((each) => ({ month: Number(each.month), o: indexOf(place, each.organisation), size: Number(each.size) }))
    .sort((one, other) => one.month - other.month || other.size - one.size || one.o - other.o);
  const until = place.months.map((_, month) => found.filter((each) => each.month <= month).length);
  return {
    breaches: {
      organisation: Float64Array.from(found, (each) => each.o),
      part_lost: Float64Array.from(found, (each) => each.size),
    },
    first: Float64Array.from(until, (_, month) => (month ? until[month - 1] : 0)),
    until: Float64Array.from(until),
  };
}

/**
 * Return 1 where an event changes the leader, `[t, o]`.
 *
 * @param {PlaceData} place
 * @param {readonly PlaceEvent[]} events
 */
function leaderLeaves(place, events) {
  const width = place.organisations.length;
  const leaves = new Float64Array(place.months.length * width);
  for (const event of events) {
    if (event.event === "leader_change" && Number(event.month) < place.months.length) {
      leaves[Number(event.month) * width + indexOf(place, event.organisation)] = 1;
    }
  }
  return leaves;
}

/**
 * Return the stance that an event fixes, `[t, o]`; −1 where none does.
 *
 * @param {PlaceData} place
 * @param {readonly PlaceEvent[]} events
 */
function fixedStances(place, events) {
  const width = place.organisations.length;
  const fixed = new Float64Array(place.months.length * width).fill(NOT_FIXED);
  for (const event of events) {
    if (event.event === "fixed_stance" && event.stance) {
      const [first, until] = actingMonths(place, event);
      for (let month = first; month < until; month++) {
        fixed[month * width + indexOf(place, event.organisation)] = STANCES[event.stance];
      }
    }
  }
  return fixed;
}

/**
 * Return the index of an organisation.
 *
 * @param {PlaceData} place
 * @param {string | undefined} id
 */
function indexOf(place, id) {
  return place.organisations.findIndex((each) => each.id === id);
}

/**
 * Return 1 where shares may differ from the month before, and in the first month on the table, `[t, k]`.
 *
 * @param {PlaceData} place
 * @param {Float64Array} gainShare `[t, k]`.
 * @param {Float64Array} share `[t, p]`.
 */
function sharesDiffer(place, gainShare, share) {
  const { opportunities, months } = place;
  const differ = new Float64Array(gainShare.length);
  let first = 0;
  opportunities.forEach(({ participants, opens }, k) => {
    const until = first + participants.length;
    for (let month = 1; month < months.length; month++) {
      const at = month * opportunities.length + k;
      const now = month * place.payment.side.length;
      const before = now - place.payment.side.length;
      let differs = gainShare[at] !== gainShare[at - opportunities.length];
      for (let p = first; p < until; p++) {
        differs ||= share[now + p] !== share[before + p];
      }
      differ[at] = Number(differs);
    }
    differ[opens * opportunities.length + k] = 1;
    first = until;
  });
  return differ;
}
