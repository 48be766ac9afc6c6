import { changesEvents, eventsOf, findLever, isUsed, leverSetting, parametersOf, strongestUse } from "./settings.js";

/** @import { PlaceData, PlaceEvent, Settings } from "./types.js" */

/**
 * Settings as a scenario file that extends the original: it repeats nothing, so comments and sources stay where they are.
 */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MONTH = /^[0-9]{4}-[0-9]{2}$/;
/** What a YAML file may not hold as it is, or would fold. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Return the text of a scenario file with what was set.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} [title] One line; the place's title, as set on the page, if left out.
 * @returns {string} YAML that Python loads from the folder of the original.
 */
export function scenarioText(place, settings, title = `${place.title}, as set on the page`) {
  const lines = [`extends: ${value(place.file)}`, `title: ${value(title)}`];
  const levers = Object.keys(settings.levers).flatMap((name) => leverLines(place, settings, name));
  const parameters = parameterLines(place, settings);
  if (levers.length) {
    lines.push("", "levers:", ...levers);
  }
  if (parameters.length) {
    lines.push("", "parameters:", ...parameters);
  }
  if (changesEvents(place, settings)) {
    const events = eventsOf(place, settings);
    lines.push("", events.length ? "events:" : "events: []", ...events.map((each) => `  - ${value(eventAsWritten(place, each))}`));
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Return a month YYYY-MM that may lie beyond the last.
 *
 * @param {PlaceData} place
 * @param {number} month Counted from the start.
 * @returns {string}
 */
export function monthName(place, month) {
  const number = Number(place.months[0].slice(0, 4)) * 12 + Number(place.months[0].slice(5)) - 1 + month;
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/**
 * Return the line of a lever that was moved; none where the file doesn't use it either.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {string} name
 * @returns {string[]}
 */
function leverLines(place, settings, name) {
  const { uses } = findLever(place, name);
  const setting = leverSetting(place, settings, name);
  const { strength, from, until, ramp, cost, only } = setting;
  if (!isUsed(setting)) {
    return uses.length ? [`  ${name}: null`] : [];
  }
  const file = strongestUse(uses);
  const { from: _from, until: _until, only: _only, ...written } = file?.written ?? {};
  // What the file gives is kept as it is written there, with its source; a file that gives neither means these.
  const known = file ?? { ramp: 1, cost: 0 };
  const use = {
    ...written,
    strength,
    ...(from === null ? {} : { from: monthName(place, from) }),
    ...(until === null ? {} : { until: monthName(place, until) }),
    ...(ramp === known.ramp ? {} : { ramp }),
    ...(cost === known.cost ? {} : { cost }),
    ...(only === null ? {} : { only }),
  };
  return [`  ${name}: ${value(use)}`];
}

/**
 * Return the lines of the assumptions that were moved; where two crossed, what is used without ownership as well.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @returns {string[]}
 */
function parameterLines(place, settings) {
  const used = parametersOf(place, settings);
  return place.parameters.flatMap(({ name, value: inFile, choices }, index) => {
    const isSet = name in settings.parameters || used[index] !== inFile;
    return isSet ? [`  ${name}: ${value(choices ? choices[used[index]] : used[index])}`] : [];
  });
}

/**
 * Return an event as a scenario file has it.
 *
 * @param {PlaceData} place
 * @param {PlaceEvent} event
 * @returns {Record<string, unknown>}
 */
function eventAsWritten(place, event) {
  if (event.written) {
    return event.written;
  }
  const dated = /** @type {const} */ (["month", "from", "until"]);
  const months = dated.flatMap((name) => {
    const month = event[name];
    return typeof month === "number" ? [[name, monthName(place, month)]] : [];
  });
  const others = Object.entries(event).filter(([name, each]) => !dated.some((one) => one === name) && each !== null);
  return Object.fromEntries([...others, ...months]);
}

/**
 * Write a plain value on one line of YAML.
 *
 * @param {unknown} plain
 * @returns {string}
 */
function value(plain) {
  if (Array.isArray(plain)) {
    return `[${plain.map(value).join(", ")}]`;
  }
  if (typeof plain === "object" && plain !== null) {
    return `{${Object.entries(plain).map(([name, each]) => `${key(name)}: ${value(each)}`).join(", ")}}`;
  }
  if (typeof plain === "number") {
    return numberText(plain);
  }
  const text = String(plain);
  return MONTH.test(text) ? text : quoted(text);
}

/**
 * Write a key, in quotes unless it is a plain word.
 *
 * @param {string} name
 */
function key(name) {
  return PLAIN.test(name) ? name : quoted(name);
}

/**
 * Write a text in double quotes, which YAML reads as JSON does.
 *
 * @param {string} text
 */
function quoted(text) {
  return JSON.stringify(text).replace(UNPRINTABLE, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Write a number; YAML 1.1 reads an exponent only after a point and with a sign.
 *
 * @param {number} number Finite.
 */
function numberText(number) {
  const [digits, exponent] = String(number).split("e");
  return exponent === undefined ? digits : `${digits.includes(".") ? digits : `${digits}.0`}e${exponent}`;
}
