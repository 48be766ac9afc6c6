/** @import { PlaceData, Results } from "./types.js" */
/** @import { Simulator } from "./simulate.js" */
/** @import { State, Store } from "./store.js" */
/** @import { Move } from "./timing.js" */
/** @import { View } from "./view.js" */

import { region, setText } from "./dom.js";
import { wholeWords } from "./numbers.js";
import { NOTHING_SET, isSame } from "./settings.js";
import { settingsAgainst } from "./store.js";
import { beginMove, endMove } from "./timing.js";
import { progressWords, sizeWords } from "./words.js";

/**
 * From a change to the pictures: a first sight of a part of the replicates while a control is dragged, all when it is
 * released, and more sets of assumptions in the background.
 */

/** Points of uncertain assumptions when a control is released. */
export const POINTS = 256;

/** How long people may wait for a picture, in milliseconds; where all would take longer a first sight comes before. */
const BEARABLE = 600;

/** Replicates that the model works out side by side: fewer take as long. */
const LANES = 16;

/** How long it takes until the page says that it works, in milliseconds. */
const QUIET = 600;

/** The parts of the state that change what is looked at. @type {(keyof State)[]} */
const LOOKS = ["variants", "against", "pictures", "month"];

/** Keys of requests: at first sight, when released, in the background. */
const [FIRST, ALL, MORE] = ["first", "all", "more"];

/**
 * @typedef {object} Sight
 * @property {Results} results
 * @property {Results | null} baseline
 * @property {boolean} isFirst True if more replicates follow.
 * @property {Move | null} move
 */

/** Follows the store, and shows what its settings come to. */
export class Explorer {
  /** Counts what was asked for, so that what comes late is dropped. */
  #asked = 0;
  #shownAt = 0;
  #quiet = 0;
  /** @type {Sight | null} What is in sight. */
  #sight = null;

  /**
   * @param {PlaceData} place
   * @param {Store} store
   * @param {Simulator} simulator
   * @param {View} view
   */
  constructor(place, store, simulator, view) {
    this.place = place;
    this.store = store;
    this.simulator = simulator;
    this.view = view;
    /** @type {Set<(results: Results, state: State) => void>} */
    this.listeners = new Set();
    this.end = store.subscribe((state, { released, previous }) => this.#follow(state, previous, released));
  }

  /** Show all of the settings as they are; what the file has is in sight already. */
  async begin() {
    const { state } = this.store;
    const move = beginMove(true);
    if (isSame(state.settings, NOTHING_SET)) await this.#showAll(state, move);
    else await this.#showReleased(state, move);
  }

  /**
   * @param {State} state
   * @param {State} previous
   * @param {boolean} released
   */
  #follow(state, previous, released) {
    const isMoved = !isSame(state.settings, previous.settings);
    if (!released && !isMoved && LOOKS.every((name) => isSame(state[name], previous[name]))) return;
    const move = beginMove(released);
    if (isMoved) this.#sayWorking();
    if (!isMoved) void this.#showAll(state, move);
    else if (released) void this.#showReleased(state, move);
    else void this.#showFirst(state, move, "more when you let go");
  }

  /** Mark that what is shown is not what is set; where that lasts, say so. */
  #sayWorking() {
    region("explore").dataset.shown = "";
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (!region("explore").dataset.shown) setText(region("size"), "Working out what is set; the numbers in sight are of what was set before.");
    }, QUIET);
  }

  /**
   * Say how far the work has come where people wait for it.
   *
   * @param {number} asked
   * @param {State} state
   * @returns {(done: number, of: number) => void}
   */
  #progress(asked, state) {
    const begun = performance.now();
    return (done, of) => {
      if (asked !== this.#asked || performance.now() - begun < QUIET) return;
      const isOfThese = this.#sight && isSame(this.#sight.results.settings, state.settings);
      const isAsMade = !this.#sight && isSame(state.settings, NOTHING_SET);
      setText(region("size"), progressWords(this.place, done, of, isOfThese ? this.#sight : null, isAsMade));
    };
  }

  /**
   * Show a part of the replicates. It is never dropped for what comes later, so that something is seen to move however
   * fast the keys are pressed.
   *
   * @param {State} state
   * @param {Move} move
   * @param {string} coming What follows, in words.
   * @returns {Promise<number>} What was asked for.
   */
  async #showFirst(state, move, coming) {
    const asked = ++this.#asked;
    for (const key of [ALL, MORE]) this.simulator.pool.drop(key);
    const size = { ...this.#sizeAtFirst(), trust: needsTrust(state) };
    const results = await this.simulator.simulate(state.settings, { ...size, key: FIRST });
    const against = settingsAgainst(state);
    const baseline = results && (await this.simulator.simulate(against, { ...size, key: `${FIRST} against` }));
    if (results && asked > this.#shownAt) this.#show(asked, state, { results, baseline, isFirst: true, move }, coming);
    return asked;
  }

  /**
   * Return how many replicates and points are worked out at first sight: half of them, or in a large place as many as
   * this machine works out while people wait, in steps, so that what is kept of the baseline fits.
   */
  #sizeAtFirst() {
    const bearable = BEARABLE / (2 * this.simulator.timeOfRun);
    const most = LANES * 2 ** Math.max(0, Math.floor(Math.log2(bearable / LANES)));
    return { replicates: Math.min(most, Math.ceil(this.place.replicates / 2)), points: Math.min(most, POINTS / 2) };
  }

  /**
   * Show all of what was set, after a first sight of it where all takes long.
   *
   * @param {State} state
   * @param {Move} move
   */
  async #showReleased(state, move) {
    const isLong = this.simulator.timeOfRun * (this.place.replicates + POINTS) > BEARABLE;
    const isKnown = this.simulator.known(state.settings, { points: POINTS, trust: needsTrust(state) });
    if (isLong && !isKnown) {
      const asked = await this.#showFirst(state, { ...move, name: "first" }, "the rest follows");
      if (asked !== this.#asked) return;
    }
    await this.#showAll(state, move);
  }

  /**
   * @param {State} state
   * @param {Move} move
   */
  async #showAll(state, move) {
    const asked = ++this.#asked;
    this.simulator.pool.drop(MORE);
    const trust = needsTrust(state);
    const more = this.simulator.known(state.settings, { points: this.place.points.number, trust });
    const request = { key: ALL, points: POINTS, trust, priority: 1, urgent: true, progress: this.#progress(asked, state) };
    const results = more ?? (await this.simulator.simulate(state.settings, request));
    if (!results || asked !== this.#asked) return;
    const baseline = await this.#baselineOf(state, trust);
    if (asked !== this.#asked) return;
    this.#show(asked, state, { results, baseline, isFirst: false, move });
    if (!more || baseline?.cases !== results.cases) await this.#showMore(asked, state, trust);
  }

  /**
   * Work out what the next first sight compares with, then more sets of assumptions, and show them.
   *
   * @param {number} asked
   * @param {State} state
   * @param {boolean} trust
   */
  async #showMore(asked, state, trust) {
    await this.simulator.simulate(settingsAgainst(state), { ...this.#sizeAtFirst(), trust, key: MORE, priority: 4 });
    if (asked !== this.#asked) return;
    const request = { key: MORE, points: this.place.points.number, trust, priority: 5, progress: this.#progress(asked, state) };
    await this.simulator.simulate(settingsAgainst(state), request);
    if (asked !== this.#asked) return;
    const results = await this.simulator.simulate(state.settings, request);
    if (!results || asked !== this.#asked) return;
    const baseline = await this.#baselineOf(state, trust);
    if (asked === this.#asked) this.#show(asked, state, { results, baseline, isFirst: false, move: null });
  }

  /**
   * @param {State} state
   * @param {boolean} trust
   * @returns {Promise<Results | null>} The best that is known of what is compared with.
   */
  async #baselineOf(state, trust) {
    const settings = settingsAgainst(state);
    const known = this.simulator.known(settings, { points: this.place.points.number, trust });
    return known ?? (await this.simulator.simulate(settings, { key: "against", points: POINTS, trust, urgent: true }));
  }

  /**
   * @param {number} asked
   * @param {State} state
   * @param {Sight} sight
   * @param {string} [coming] What follows, in words; further sets of assumptions if left out.
   */
  #show(asked, state, sight, coming) {
    this.#shownAt = asked;
    this.#sight = sight;
    const { results, baseline, isFirst, move } = sight;
    const isBaseline = isSame(state.settings, settingsAgainst(state));
    const now = { ...this.store.state, settings: state.settings };
    const { number } = this.place.points;
    this.view.show({ state: now, results, baseline: isBaseline ? null : baseline }, () => {
      setText(region("size"), sizeWords(this.place, results, coming ?? (results.cases < number ? `${wholeWords(number)} follow` : ""), isFirst));
      if (isSame(this.store.state.settings, state.settings)) region("explore").dataset.shown = isFirst ? "half" : String(results.cases);
      if (move) endMove(move);
    });
    if (!isFirst) for (const listen of this.listeners) listen(results, state);
  }
}

/** @param {State} state */
function needsTrust(state) {
  return state.pictures.includes("trust");
}
