/** @import { PlaceData } from "./types.js" */
/** @import { KeptVariant, State } from "./store.js" */

import { ASSUMPTIONS, FILE, FIRST_STATE, MOST_BUDGET, VARIANT_NAMES } from "./store.js";
import { suggestion } from "./likeness.js";
import { isNothingSet, isSame } from "./settings.js";
import { settingsFromText, settingsText } from "./settings_text.js";

/**
 * The page's state as the part of its address after #, and back: `#set=coaching:0.5@2016-03&against=A&A=…`.
 *
 * What is as in the file is left out. What cannot be used is said in words, and the rest is used.
 */

/** What an address can say besides the variants. */
const PARTS = ["set", "against", "budget", "month", "pictures", "step", "guesses", "place"];

/** The longest address that is written; mail programs and proxies break longer ones. */
export const LONGEST = 2000;

/** The pictures that can stand beside the levers, by name. */
export const PICTURES = {
  questions: "Which question is asked",
  trust: "Trust",
  gains: "Organisations that gain and pay",
  plan: "Plan and delivery",
  money: "Position and costs by year",
};

/**
 * Write a state as the part of an address after #.
 *
 * @param {PlaceData} place
 * @param {State} state
 * @returns {string} Less than 2,000 characters; empty if all is as in the file.
 */
export function addressOf(place, state) {
  for (const [isShort, variants] of /** @type {[boolean, readonly KeptVariant[]][]} */ ([
    [false, state.variants],
    [true, state.variants],
    ...state.variants.map((_, dropped) => [true, state.variants.slice(dropped + 1)]),
  ])) {
    const text = written(place, { ...state, variants }, isShort);
    if (text.length < LONGEST) return text;
  }
  // Without the last settings that fit nowhere; a part that was cut would be read as another.
  const text = written(place, { ...state, variants: [], guesses: "" }, true);
  return text.length < LONGEST ? text : text.slice(0, LONGEST).replace(/[,&][^,&]*$/, "");
}

/**
 * Read a state from the part of an address after #.
 *
 * @param {PlaceData} place
 * @param {string} text With or without #.
 * @returns {{state: State, problems: string[]}} The problems are sentences without a full stop.
 */
export function stateFromAddress(place, text) {
  /** @type {string[]} */
  const problems = [];
  /** @type {{-readonly [Name in keyof State]: State[Name]}} */
  const state = { ...FIRST_STATE };
  /** @type {KeptVariant[]} */
  const variants = [];
  /** @type {Set<string>} */
  const given = new Set();
  for (const part of text.replace(/^#/, "").split("&").filter(Boolean)) {
    const [name, value] = halves(part);
    if (given.has(name)) {
      problems.push(`“${shortened(decoded(part))}” is not used, because “${name}” is given before it too`);
      continue;
    }
    let isUsed = true;
    if (name === "set" || VARIANT_NAMES.includes(name)) {
      const read = settingsFromText(place, value);
      problems.push(...read.problems.map((each) => (name === "set" ? each : `Variant ${name}: ${each}`)));
      if (name === "set") state.settings = read.settings;
      else variants.push({ name, settings: read.settings });
    } else if (name === "place") {
      const of = decoded(value);
      if (of !== place.name) problems.push(`The address was made with the place “${shortened(of)}”; this is “${place.name}”`);
    } else if (!readChoice(place, state, name, value)) {
      const meant = PARTS.includes(name) ? "" : suggestion(name, PARTS);
      problems.push(`“${shortened(decoded(part))}” is nothing that this page knows${meant}`);
      isUsed = false;
    }
    if (isUsed) given.add(name);
  }
  state.variants = variants.sort((one, other) => (one.name < other.name ? -1 : 1));
  if (![FILE, ASSUMPTIONS].includes(state.against) && !variants.some((each) => each.name === state.against)) {
    problems.push(`Variant ${state.against} was not kept, so the place as it stands is compared with`);
    state.against = FILE;
  }
  return { state: Object.freeze(state), problems };
}

/**
 * Return true if the page has an address of its own. In the frame of a notebook it has none, and browsers refuse to write
 * one there.
 *
 * @returns {boolean}
 */
export function hasAddress() {
  return location.protocol !== "about:";
}

/**
 * Keep the address as the state is, and the state as the address is: reload, Back and a shared file keep it.
 *
 * A control that is released adds an entry to the browser's history, so that Back leads to where it was before; nothing
 * is written while it is dragged. A change that is no setting, such as the month that is shown, replaces the entry.
 *
 * @param {PlaceData} place
 * @param {import("./store.js").Store} store
 * @param {(problems: string[], heading?: string) => void} report Says what of an address could not be used or written.
 * @returns {() => void} Ends that.
 */
export function followAddress(place, store, report) {
  let last = location.hash.replace(/^#/, "");
  let isReading = false;
  let waiting = 0;
  /** @param {boolean} adds True to add an entry. */
  const write = (adds) => {
    clearTimeout(waiting);
    const text = addressOf(place, store.state);
    if (text === last) return;
    report(lostFrom(place, store.state, text), "The address holds less than what is set:");
    last = text;
    const address = text ? `#${text}` : location.href.replace(/#.*/s, "");
    if (hasAddress()) history[adds ? "pushState" : "replaceState"](null, "", address);
  };
  const end = store.subscribe((state, { released, previous }) => {
    if (isReading) return;
    // A guess is kept at once: it is no drag.
    const isGuess = isChanged("guesses", state, previous);
    const adds = released && (["settings", "variants", "against", "step"].some((name) => isChanged(name, state, previous)) || waitsForRelease);
    if (!isGuess) waitsForRelease = !released;
    clearTimeout(waiting);
    if (!released && !isGuess) return;
    if (adds) write(true);
    else waiting = setTimeout(() => write(false), 300);
  });
  let waitsForRelease = false;
  const read = () => {
    const text = location.hash.replace(/^#/, "");
    if (text === last) return;
    last = text;
    clearTimeout(waiting);
    const found = stateFromAddress(place, text);
    isReading = true;
    store.set(found.state);
    isReading = false;
    report(found.problems);
  };
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  return () => {
    end();
    clearTimeout(waiting);
    removeEventListener("popstate", read);
    removeEventListener("hashchange", read);
  };
}

/**
 * Return what an address does not hold, in sentences without a full stop.
 *
 * @param {PlaceData} place
 * @param {State} state
 * @param {string} text
 * @returns {string[]}
 */
function lostFrom(place, state, text) {
  const { state: kept } = stateFromAddress(place, text);
  const lost = state.variants.filter(({ name }) => !kept.variants.some((each) => each.name === name));
  return [
    ...(isSame(kept.settings, state.settings) ? [] : ["A reload loses a part of what is set"]),
    ...lost.map(({ name }) => `A reload loses variant ${name}`),
  ];
}

/**
 * @param {string} name
 * @param {State} state
 * @param {State} previous
 */
function isChanged(name, state, previous) {
  const key = /** @type {keyof State} */ (name);
  return !isSame(state[key], previous[key]);
}

/**
 * @param {PlaceData} place
 * @param {State} state
 * @param {boolean} isShort
 * @returns {string}
 */
function written(place, state, isShort) {
  const parts = isNothingSet(state.settings) ? [] : [`set=${settingsText(place, state.settings, isShort)}`];
  for (const { name, settings } of state.variants) parts.push(`${name}=${settingsText(place, settings, isShort)}`);
  const isKept = state.against === ASSUMPTIONS || state.variants.some((each) => each.name === state.against);
  const against = isKept ? state.against : FILE;
  if (against !== FILE) parts.push(`against=${against}`);
  if (state.budget !== null) parts.push(`budget=${state.budget}`);
  if (state.month !== null) parts.push(`month=${place.months[state.month]}`);
  if (!isSame(state.pictures, FIRST_STATE.pictures)) parts.push(`pictures=${state.pictures.join(",")}`);
  if (state.step !== null) parts.push(`step=${state.step + 1}`);
  if (state.guesses) parts.push(`guesses=${encodeURIComponent(state.guesses)}`);
  return (parts.length ? [...parts, `place=${encodeURIComponent(place.name)}`] : []).join("&");
}

/**
 * Read what is no set of settings.
 *
 * @param {PlaceData} place
 * @param {{-readonly [Name in keyof State]: State[Name]}} state Changed in place.
 * @param {string} name
 * @param {string} value
 * @returns {boolean} True if it could be used.
 */
function readChoice(place, state, name, value) {
  if (name === "against" && [FILE, ASSUMPTIONS, ...VARIANT_NAMES].includes(value)) {
    state.against = value;
  } else if (name === "budget" && isBudget(value)) {
    state.budget = Number(value);
  } else if (name === "month" && place.months.includes(value)) {
    state.month = place.months.indexOf(value);
  } else if (name === "pictures" && isPairOfPictures(value.split(","))) {
    state.pictures = value.split(",");
  } else if (name === "step" && /^[1-9]\d?$/.test(value)) {
    state.step = Number(value) - 1;
  } else if (name === "guesses") {
    state.guesses = decoded(value);
  } else {
    return false;
  }
  return true;
}

/** @param {string} text */
function isBudget(text) {
  return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number(text) <= MOST_BUDGET;
}

/** @param {string[]} names */
function isPairOfPictures(names) {
  return names.length === 2 && names[0] !== names[1] && names.every((each) => each in PICTURES);
}

/**
 * @param {string} part
 * @returns {[string, string]}
 */
function halves(part) {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} text */
function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

