/** @import { Settings } from "./types.js" */

import { NOTHING_SET, isSame } from "./settings.js";

/**
 * All that people have chosen on the page, with undo and redo: snapshots that are never changed in place.
 */

/**
 * A set of settings that is kept to compare with.
 *
 * @typedef {object} KeptVariant
 * @property {string} name A, B or C.
 * @property {Settings} settings
 */

/**
 * @typedef {object} State
 * @property {Settings} settings
 * @property {readonly KeptVariant[]} variants
 * @property {string} against The variant that the verdict compares with: "file", "assumptions", or the name of one that is kept.
 * @property {number | null} budget For levers over the whole run, £m; null if none is given.
 * @property {number | null} month That the picture of trust shows; null for the last.
 * @property {readonly string[]} pictures Names of the two that stand beside the levers.
 * @property {number | null} step Of the story; null outside it.
 * @property {string} guesses Of the story, as it writes them.
 */

/** @typedef {(state: State, change: {released: boolean, previous: State}) => void} Listener */

/** The place as its file has it, as the variant to compare with. */
export const FILE = "file";

/** The levers and events of the file under the assumptions that are set, as the variant to compare with. */
export const ASSUMPTIONS = "assumptions";

/** Names of the variants that can be kept. */
export const VARIANT_NAMES = ["A", "B", "C"];

/** The names of the two pictures that stand beside the levers at first. */
export const FIRST_PICTURES = ["questions", "gains"];

/** The largest budget that can be given, £m. */
export const MOST_BUDGET = 1e6;

/** How many steps can be undone. */
const DEPTH = 200;

/** The parts that undo and redo restore; the others only change what is looked at. @type {(keyof State)[]} */
const UNDONE = ["settings", "variants", "against"];

/** @type {State} */
export const FIRST_STATE = Object.freeze({
  settings: NOTHING_SET,
  variants: Object.freeze([]),
  against: FILE,
  budget: null,
  month: null,
  pictures: Object.freeze([...FIRST_PICTURES]),
  step: null,
  guesses: "",
});

/** The one place where the page keeps its state. */
export class Store {
  /** @type {State[]} */
  #past = [];
  /** @type {State[]} */
  #future = [];
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {State} */
  #current;
  /** @type {State} The state when a control was last released. */
  #released;

  /** @param {State} [first] */
  constructor(first = FIRST_STATE) {
    this.#current = this.#released = first;
  }

  /** The state now. */
  get state() {
    return this.#current;
  }

  /** True if there is something to undo. */
  get canUndo() {
    return this.#past.length > 0;
  }

  /** True if there is something to redo. */
  get canRedo() {
    return this.#future.length > 0;
  }

  /**
   * Change parts of the state.
   *
   * @param {Partial<State>} part
   * @param {{released?: boolean}} [how] `released` is false while a control is still being dragged.
   */
  set(part, { released = true } = {}) {
    const next = Object.freeze({ ...this.#current, ...part });
    if (released && !isUndoneSame(this.#released, next)) {
      this.#past = [...this.#past, this.#released].slice(-DEPTH);
      this.#future = [];
    }
    this.#show(next, released);
  }

  /** Take back the last change. */
  undo() {
    const before = this.#past.pop();
    if (before) {
      this.#future.push(this.#released);
      this.#show({ ...this.#current, ...undone(before) }, true);
    }
  }

  /** Make the change again that was taken back last. */
  redo() {
    const after = this.#future.pop();
    if (after) {
      this.#past.push(this.#released);
      this.#show({ ...this.#current, ...undone(after) }, true);
    }
  }

  /**
   * Call a function after every change.
   *
   * @param {Listener} listener
   * @returns {() => void} Ends that.
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param {State} next
   * @param {boolean} released
   */
  #show(next, released) {
    const previous = this.#current;
    this.#current = next;
    if (released) this.#released = next;
    for (const listener of [...this.#listeners]) listener(next, { released, previous });
  }
}

/**
 * Return the settings that the verdict compares with.
 *
 * @param {State} state
 * @returns {Settings}
 */
export function settingsAgainst(state) {
  if (state.against === ASSUMPTIONS) return { ...NOTHING_SET, parameters: state.settings.parameters };
  return state.variants.find((each) => each.name === state.against)?.settings ?? NOTHING_SET;
}

/**
 * Return the name under which the next variant is kept: the first that is free, else the last.
 *
 * @param {readonly KeptVariant[]} variants
 * @returns {string}
 */
export function nextVariant(variants) {
  const free = VARIANT_NAMES.find((name) => !variants.some((each) => each.name === name));
  return free ?? VARIANT_NAMES[VARIANT_NAMES.length - 1];
}

/**
 * Return the variants with one more; where all names are taken, it replaces the last.
 *
 * @param {readonly KeptVariant[]} variants
 * @param {Settings} settings
 * @returns {KeptVariant[]}
 */
export function withVariant(variants, settings) {
  const name = nextVariant(variants);
  const others = variants.filter((each) => each.name !== name);
  return [...others, { name, settings }].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * @param {State} state
 * @returns {Partial<State>}
 */
function undone(state) {
  return Object.fromEntries(UNDONE.map((name) => [name, state[name]]));
}

/**
 * @param {State} one
 * @param {State} other
 */
function isUndoneSame(one, other) {
  return UNDONE.every((name) => one[name] === other[name] || isSame(one[name], other[name]));
}
