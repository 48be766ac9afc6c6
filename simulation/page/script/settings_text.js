/** @import { Lever, LeverSetting, Parameter, PlaceData, PlaceEvent, Settings } from "./types.js" */

import { suggestion } from "./likeness.js";
import { NOTHING_SET, leverSetting, withEvent, withFileEvent, withLever, withNeverMoves, withParameter } from "./settings.js";
import { monthName } from "./scenario_text.js";

/**
 * Settings as a text for the address, and back: `coaching:0.5@2016-03;ramp=6,opening_trust:0.4,never:mehb`.
 *
 * Only what differs from the file is written. Names are written out, or where the address would be too long, as `l3`
 * (the third lever) and `p12` (the twelfth assumption); both are read.
 */

/** Kinds of events that can be added, with how the address begins each. */
const EVENTS = { leader: "leader_change", breach: "breach", cost: "cost_shock", grip: "grip_shock" };

/** The largest cost, rise or pressure that is read, in its unit. */
const MOST = 1e6;

/** The longest ramp that is read, in months. */
const LONGEST_RAMP = 600;

/**
 * Write what differs from the file.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {boolean} [isShort] True to write numbers in place of names.
 * @returns {string}
 */
export function settingsText(place, settings, isShort = false) {
  const parts = [];
  for (const [index, lever] of place.levers.entries()) {
    if (lever.name in settings.levers) parts.push(`${isShort ? `l${index + 1}` : lever.name}:${leverText(place, settings, lever, isShort)}`);
  }
  for (const [index, row] of place.parameters.entries()) {
    if (row.name in settings.parameters) parts.push(`${isShort ? `p${index + 1}` : row.name}:${settings.parameters[row.name]}`);
  }
  for (const each of settings.never_moves) parts.push(`never:${encodeURIComponent(each)}`);
  for (const index of settings.removed_events) parts.push(`without:${index + 1}`);
  for (const event of settings.events) parts.push(eventText(place, event));
  return parts.join(",");
}

/**
 * Read settings from a text.
 *
 * @param {PlaceData} place
 * @param {string} text As `settingsText` writes it.
 * @returns {{settings: Settings, problems: string[]}} The problems are sentences without a full stop.
 */
export function settingsFromText(place, text) {
  /** @type {string[]} */
  const problems = [];
  let settings = NOTHING_SET;
  /** @type {Set<string>} */
  const given = new Set();
  for (const part of text.split(",").filter(Boolean)) {
    try {
      settings = withPart(place, settings, part, given);
    } catch (error) {
      problems.push(`“${part.slice(0, 60)}”: ${/** @type {Error} */ (error).message}`);
    }
  }
  return { settings, problems };
}

/**
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Lever} lever
 * @param {boolean} isShort
 */
function leverText(place, settings, lever, isShort) {
  const now = leverSetting(place, settings, lever.name);
  const file = leverSetting(place, NOTHING_SET, lever.name);
  // An end is written out even if it is the file's, so that the address says it.
  const until = now.until === null && file.until === null ? "" : `~${now.until === null ? "" : monthName(place, now.until)}`;
  const ramp = now.ramp === file.ramp ? "" : `;ramp=${now.ramp}`;
  const cost = now.cost === file.cost ? "" : `;cost=${now.cost}`;
  const isOnly = JSON.stringify(now.only) !== JSON.stringify(file.only);
  const only = isOnly ? `;only=${now.only && isShort ? maskOf(now.only, lever.ids) : (now.only ?? ["*"]).map(encodeURIComponent).join("+")}` : "";
  return `${now.strength}@${monthName(place, now.from ?? 0)}${until}${ramp}${cost}${only}`;
}

/**
 * @param {PlaceData} place
 * @param {PlaceEvent} event
 */
function eventText(place, event) {
  const kind = Object.entries(EVENTS).find(([, each]) => each === event.event)?.[0];
  const from = event.event === "grip_shock" ? (event.from ?? 0) : (event.month ?? 0);
  const until = event.until === null || event.until === undefined ? "" : `~${monthName(place, event.until)}`;
  const organisation = event.organisation === undefined ? [] : [encodeURIComponent(event.organisation)];
  const size = event.size === undefined ? [] : [event.size];
  const only = event.only ? [event.only.map(encodeURIComponent).join("+")] : [];
  return [kind, `${monthName(place, from)}${until}`, ...organisation, ...size, ...only].join(":");
}

/**
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} part
 * @param {Set<string>} given The levers and assumptions that earlier parts have set; this one's is added.
 * @returns {Settings}
 */
function withPart(place, settings, part, given) {
  const [name, ...rest] = part.split(":");
  const value = rest.join(":");
  const lever = /^l\d+$/.test(name) ? place.levers[Number(name.slice(1)) - 1] : place.levers.find((each) => each.name === name);
  if (lever) return withLever(place, settings, lever.name, once(given, lever.name, () => readLever(place, lever, value)));
  const row = /^p\d+$/.test(name) ? place.parameters[Number(name.slice(1)) - 1] : place.parameters.find((each) => each.name === name);
  if (row) return withParameter(place, settings, row.name, once(given, row.name, () => readParameter(row, value)));
  if (name === "never") return withNeverMoves(settings, readOrganisation(place, value), true);
  if (name === "without") return withFileEvent(settings, readNumber(value, 1, place.events.length, true) - 1, false);
  if (Object.hasOwn(EVENTS, name)) return withEvent(settings, readEvent(place, /** @type {keyof typeof EVENTS} */ (name), rest));
  const known = [...[...place.levers, ...place.parameters].map((each) => each.name), "never", "without", ...Object.keys(EVENTS)];
  throw new Error(`there is no such lever, assumption or event here${suggestion(name, known)}`);
}

/**
 * Read what may be given once.
 *
 * @template Value
 * @param {Set<string>} given The names that were read before; this one is added once it could be read.
 * @param {string} name
 * @param {() => Value} read
 * @returns {Value}
 */
function once(given, name, read) {
  if (given.has(name)) throw new Error(`“${name}” is given before it too, and that is used`);
  const value = read();
  given.add(name);
  return value;
}

/**
 * @param {PlaceData} place
 * @param {Lever} lever
 * @param {string} text
 * @returns {Partial<LeverSetting>}
 */
function readLever(place, lever, text) {
  const [first, ...more] = text.split(";");
  const names = more.map((each) => each.split("=")[0]);
  const twice = names.find((name, index) => names.indexOf(name) < index) ?? ["@", "~"].find((each) => first.split(each).length > 2);
  if (twice !== undefined) throw new Error(`“${twice.slice(0, 30)}” is given twice`);
  const [strength, months = ""] = first.split("@");
  const [from, until] = months.split("~");
  /** @type {Partial<LeverSetting>} */
  const setting = { strength: readNumber(strength, 0, 1) };
  if (from) setting.from = readMonth(place, from);
  if (until !== undefined) setting.until = until === "" ? null : readMonth(place, until, Infinity);
  for (const each of more) {
    const [name, value] = each.split("=");
    if (name === "ramp") setting.ramp = readNumber(value, 1, LONGEST_RAMP, true);
    else if (name === "cost") setting.cost = readNumber(value, 0, MOST);
    else if (name === "only") setting.only = readOnly(value, lever.ids);
    else throw new Error(`“${each.slice(0, 30)}” is nothing that a lever has`);
  }
  return setting;
}

/**
 * @param {string | undefined} text
 * @param {readonly string[]} known
 * @returns {string[] | null}
 */
function readOnly(text, known) {
  if (text === "*") return null;
  if (text && /^![0-9a-f]+$/.test(text)) return idsOf(text, known);
  const ids = (text ?? "").split("+").filter(Boolean).map(decodedId);
  const unknown = ids.find((each) => !known.includes(each));
  if (unknown !== undefined) throw new Error(`it cannot act on “${unknown}”, which is not here${suggestion(unknown, known)}`);
  return ids;
}

/**
 * Write some of known ids as one number: a bit for each.
 *
 * @param {readonly string[]} ids
 * @param {readonly string[]} known
 */
function maskOf(ids, known) {
  const bits = known.map((each) => (ids.includes(each) ? "1" : "0")).join("");
  return `!${BigInt(`0b${bits || "0"}`).toString(16)}`;
}

/**
 * @param {string} mask As `maskOf` writes it.
 * @param {readonly string[]} known
 */
function idsOf(mask, known) {
  const bits = BigInt(`0x${mask.slice(1)}`).toString(2).padStart(known.length, "0");
  if (bits.length > known.length) throw new Error("it acts on more than there is here");
  return known.filter((_, index) => bits[index] === "1");
}

/** @param {string} text */
function decodedId(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("it is not written as an address is");
  }
}

/**
 * @param {Parameter} row
 * @param {string} text
 */
function readParameter(row, text) {
  return readNumber(text, row.least, row.most, row.whole || row.choices !== null);
}

/**
 * @param {PlaceData} place
 * @param {keyof typeof EVENTS} kind
 * @param {string[]} parts
 * @returns {PlaceEvent}
 */
function readEvent(place, kind, [months = "", ...rest]) {
  const event = /** @type {PlaceEvent["event"]} */ (EVENTS[kind]);
  const [from, until] = months.split("~");
  if (kind === "grip") {
    const only = rest[1] === undefined ? null : readOnly(rest[1], place.organisations.map(({ id }) => id));
    if (only?.length === 0) throw new Error("it must act on at least one organisation");
    const first = readMonth(place, from);
    return { event, size: readNumber(rest[0], 0, MOST), from: first || null, until: until ? readMonth(place, until, Infinity) : null, only };
  }
  const month = readMonth(place, from);
  if (kind === "cost") return { event, month, size: readNumber(rest[0], 0, MOST) };
  const organisation = readOrganisation(place, rest[0] ?? "");
  return kind === "leader" ? { event, month, organisation } : { event, month, organisation, size: readNumber(rest[1], 0, 1) };
}

/**
 * @param {PlaceData} place
 * @param {string} text
 */
function readOrganisation(place, text) {
  const id = decodedId(text);
  const known = place.organisations.map((each) => each.id);
  if (!known.includes(id)) throw new Error(`there is no organisation “${id}” here${suggestion(id, known)}`);
  return id;
}

/**
 * @param {string | undefined} text
 * @param {number} low
 * @param {number} high
 * @param {boolean} [isWhole]
 */
function readNumber(text, low, high, isWhole = false) {
  if (text === undefined || text.trim() === "") throw new Error("a number is missing");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) throw new Error("it is not a number");
  const number = Number(text);
  if (number < low || number > high) throw new Error(`must be from ${low} to ${high}`);
  if (isWhole && !Number.isInteger(number)) throw new Error("must be a whole number");
  return number;
}

/**
 * @param {PlaceData} place
 * @param {string} text
 * @param {number} [until] The month after the last that is read.
 */
function readMonth(place, text, until = place.months.length) {
  const [year, month] = /^\d{4}-\d{2}$/.test(text ?? "") ? text.split("-").map(Number) : [NaN, NaN];
  const [firstYear, firstMonth] = place.months[0].split("-").map(Number);
  const index = (year - firstYear) * 12 + month - firstMonth;
  if (!(month >= 1 && month <= 12)) throw new Error("a month must be written as 2016-03");
  if (index < 0 || index >= until) throw new Error(`${text} is outside the months of this place`);
  return index;
}
