/** @import { LeverSetting, LeverUse, Parameter, PlaceData, PlaceEvent, Settings } from "./types.js" */

/**
 * What people have set against the file, and what follows from it: uses of levers, assumptions and events.
 */

/**
 * Nothing set: the place as it stands.
 *
 * @type {Settings}
 */
export const NOTHING_SET = Object.freeze({
  levers: Object.freeze({}),
  parameters: Object.freeze({}),
  never_moves: Object.freeze([]),
  events: Object.freeze([]),
  removed_events: Object.freeze([]),
});

/**
 * True if nothing is set.
 *
 * @param {Settings} settings
 * @returns {boolean}
 */
export function isNothingSet(settings) {
  return (
    !Object.keys(settings.levers).length &&
    !Object.keys(settings.parameters).length &&
    !settings.never_moves.length &&
    !settings.events.length &&
    !settings.removed_events.length
  );
}

/**
 * Return a lever's setting in full, as its row shows it: as it was set, else the file's strongest use.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @returns {Required<LeverSetting>}
 */
export function leverSetting(place, settings, name) {
  const lever = findLever(place, name);
  const strongest = strongestUse(lever.uses);
  const fromFile = strongest ?? { strength: 0, from: null, until: null, only: null, ...lever.typical };
  const set = { ...fromFile, ...settings.levers[name] };
  // A start that was moved past the end of the file's use leaves it without an end.
  const until = set.until !== null && set.until <= (set.from ?? 0) ? null : set.until;
  const from = set.from === 0 ? null : set.from;
  return { strength: set.strength, from, until, ramp: set.ramp, cost: set.cost, only: set.only };
}

/**
 * Return the uses of a lever that act under settings.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @returns {readonly Required<LeverSetting>[]}
 */
export function leverUses(place, settings, name) {
  if (!(name in settings.levers)) {
    return findLever(place, name).uses;
  }
  const setting = leverSetting(place, settings, name);
  return isUsed(setting) ? [setting] : [];
}

/**
 * True if a setting uses a lever: one that acts on none is not used, and costs nothing.
 *
 * @param {Pick<LeverSetting, "strength" | "only">} setting
 */
export function isUsed({ strength, only }) {
  return strength > 0 && only?.length !== 0;
}

/**
 * Return settings with one lever moved; a lever that is put back as the file has it counts as not moved.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @param {Partial<LeverSetting>} change What is moved; the rest stays as it is.
 * @returns {Settings}
 */
export function withLever(place, settings, name, change) {
  const moved = { ...leverSetting(place, settings, name), ...change };
  const levers = { ...settings.levers, [name]: moved };
  const next = leverSetting(place, { ...settings, levers }, name);
  if (isSame(next, leverSetting(place, NOTHING_SET, name))) {
    return withoutLever(settings, name);
  }
  return { ...settings, levers: { ...levers, [name]: next } };
}

/**
 * Return settings with one lever as the file has it.
 *
 * @param {Settings} settings
 * @param {string} name Of the lever.
 * @returns {Settings}
 */
export function withoutLever(settings, name) {
  const { [name]: _, ...levers } = settings.levers;
  return { ...settings, levers };
}

/**
 * Return the value of an assumption, as it was set, else as the file has it.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the parameter.
 * @returns {number}
 */
export function parameterValue(place, settings, name) {
  return settings.parameters[name] ?? findParameter(place, name).value;
}

/**
 * Return settings with one assumption moved; one that is put back as the file has it counts as not moved.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name Of the parameter.
 * @param {number} value From its least to its most.
 * @returns {Settings}
 */
export function withParameter(place, settings, name, value) {
  const { [name]: _, ...others } = settings.parameters;
  const parameters = value === findParameter(place, name).value ? others : { ...others, [name]: value };
  return { ...settings, parameters };
}

/**
 * Return settings in which an organisation always asks the institutional question, or no longer does.
 *
 * @param {Settings} settings
 * @param {string} organisation Id.
 * @param {boolean} never True if it never moves.
 * @returns {Settings}
 */
export function withNeverMoves(settings, organisation, never) {
  const others = settings.never_moves.filter((each) => each !== organisation);
  return { ...settings, never_moves: never ? [...others, organisation] : others };
}

/**
 * Return settings with an event more.
 *
 * @param {Settings} settings
 * @param {PlaceEvent} event
 * @returns {Settings}
 */
export function withEvent(settings, event) {
  return { ...settings, events: [...settings.events, event] };
}

/**
 * Return settings without one of the events that were added.
 *
 * @param {Settings} settings
 * @param {number} index Among the added events.
 * @returns {Settings}
 */
export function withoutEvent(settings, index) {
  return { ...settings, events: settings.events.filter((_, each) => each !== index) };
}

/**
 * Return settings in which one of the file's events does not happen, or happens again.
 *
 * @param {Settings} settings
 * @param {number} index Among the file's events.
 * @param {boolean} happens
 * @returns {Settings}
 */
export function withFileEvent(settings, index, happens) {
  const others = settings.removed_events.filter((each) => each !== index);
  const removed = happens ? others : [...others, index].sort((one, other) => one - other);
  return { ...settings, removed_events: removed };
}

/**
 * Return the events that happen: the file's, then those that were added, then those who never move.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {PlaceEvent[]}
 */
export function eventsOf(place, settings) {
  const kept = place.events.filter((_, index) => !settings.removed_events.includes(index));
  const happening = [...kept, ...settings.events];
  const moved = settings.never_moves.filter((each) => !alreadyNeverMoves(happening, each));
  const others = happening.filter((each) => each.event !== "fixed_stance" || !moved.includes(String(each.organisation)));
  return [...others, ...moved.map(neverMoving)];
}

/**
 * True if settings change which events happen.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {boolean}
 */
export function changesEvents(place, settings) {
  const happening = eventsOf(place, settings);
  return happening.length !== place.events.length || happening.some((each, index) => each !== place.events[index]);
}

/**
 * Return the parameters in force, in the table's order, as the model takes them.
 *
 * A milestone saves no more where nobody owns it than where all do, so `unowned_realisation` is limited.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {number[]}
 */
export function parametersOf(place, settings) {
  return limitUnowned(
    place.parameters,
    place.parameters.map((row) => settings.parameters[row.name] ?? row.value),
  );
}

/**
 * Return what settings make of `unowned_realisation`, if that is above `owned_realisation`; null if it is not.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {{row: Parameter, by: Parameter, value: number} | null} The assumption, that which limits it, and the value
 *   of both.
 */
export function limitedParameter(place, settings) {
  const index = place.parameters.findIndex(({ name }) => name === "unowned_realisation");
  if (index < 0) return null;
  const row = place.parameters[index];
  const value = parametersOf(place, settings)[index];
  return value === parameterValue(place, settings, row.name) ? null : { row, by: findParameter(place, "owned_realisation"), value };
}

/**
 * Return a row of parameters with `unowned_realisation` at most `owned_realisation`.
 *
 * @param {readonly Parameter[]} table
 * @param {number[]} row Values in the table's order; changed in place.
 * @returns {number[]}
 */
export function limitUnowned(table, row) {
  const unowned = table.findIndex((each) => each.name === "unowned_realisation");
  const owned = table.findIndex((each) => each.name === "owned_realisation");
  row[unowned] = Math.min(row[unowned], row[owned]);
  return row;
}

/**
 * Return the strongest of a lever's uses, the first of equals; undefined if there is none.
 *
 * @param {readonly LeverUse[]} uses
 * @returns {LeverUse | undefined}
 */
export function strongestUse(uses) {
  /** @type {LeverUse | undefined} */
  let strongest;
  for (const use of uses) {
    strongest = strongest === undefined || use.strength > strongest.strength ? use : strongest;
  }
  return strongest;
}

/**
 * Return a lever of the place.
 *
 * @param {PlaceData} place
 * @param {string} name
 */
export function findLever(place, name) {
  const found = place.levers.find((each) => each.name === name);
  if (!found) {
    throw new Error(`there is no lever ${name}`);
  }
  return found;
}

/**
 * Return a parameter of the place.
 *
 * @param {PlaceData} place
 * @param {string} name
 */
export function findParameter(place, name) {
  const found = place.parameters.find((each) => each.name === name);
  if (!found) {
    throw new Error(`there is no assumption ${name}`);
  }
  return found;
}

/**
 * Return the event that an organisation never moves.
 *
 * @param {string} organisation Id.
 * @returns {PlaceEvent}
 */
function neverMoving(organisation) {
  return { event: "fixed_stance", organisation, stance: "institutional", from: null, until: null };
}

/**
 * True if an event says already that an organisation never moves.
 *
 * @param {readonly PlaceEvent[]} events
 * @param {string} organisation Id.
 */
function alreadyNeverMoves(events, organisation) {
  return events.some(
    (each) =>
      each.event === "fixed_stance" &&
      each.organisation === organisation &&
      each.stance === "institutional" &&
      (each.from ?? null) === null &&
      (each.until ?? null) === null,
  );
}

/**
 * True if two plain values are the same in all parts; the order of names does not matter.
 *
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function isSame(one, other) {
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    return one === other;
  }
  const [parts, others] = [Object.entries(one), Object.entries(other)];
  const byName = new Map(others);
  return parts.length === others.length && parts.every(([name, value]) => byName.has(name) && isSame(value, byName.get(name)));
}
