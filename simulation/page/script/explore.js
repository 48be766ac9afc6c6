/** @import { PlaceData, Results } from "./types.js" */
/** @import { Simulator } from "./simulate.js" */
/** @import { State, Store } from "./store.js" */
/** @import { View } from "./view.js" */

import { region, setText } from "./dom.js";
import { isSame } from "./settings.js";
import { settingsAgainst } from "./store.js";
import { beginMove, endMove } from "./timing.js";
import { sizeWords } from "./words.js";

/**
 * From a change to the pictures: half of the replicates while a control is dragged, all when it is released, and more
 * sets of assumptions in the background.
 */

/** Points of uncertain assumptions when a control is released. */
export const POINTS = 256;

/** How long people may wait for a picture while they drag, in milliseconds. */
const BEARABLE = 600;

/** Replicates that the model works out side by side: fewer take as long. */
const LANES = 16;

/** How long it takes until the page says that it works, in milliseconds. */
const QUIET = 600;

/** The parts of the state that change what is looked at. @type {(keyof State)[]} */
const LOOKS = ["variants", "against", "pictures", "month"];

/** Keys of requests: while dragging, when released, in the background. */
const [HALF, ALL, MORE] = ["half", "all", "more"];

/** Follows the store, and shows what its settings come to. */
export class Explorer {
  /** Counts what was asked for, so that what comes late is dropped. */
  #asked = 0;
  #shownAt = 0;
  #quiet = 0;

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

  /** Show all of the settings as they are. */
  async begin() {
    await this.#showAll(this.store.state, beginMove(true));
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
    if (released || !isMoved) void this.#showAll(state, move);
    else void this.#showHalf(state, move);
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
   * Show half of the replicates. It is never dropped for what comes later, so that something is seen to move however
   * fast the keys are pressed.
   *
   * @param {State} state
   * @param {import("./timing.js").Move} move
   */
  async #showHalf(state, move) {
    const asked = ++this.#asked;
    for (const key of [ALL, MORE]) this.simulator.pool.drop(key);
    const half = { ...this.#sizeWhileDragging(), trust: needsTrust(state) };
    const results = await this.simulator.simulate(state.settings, { ...half, key: HALF });
    const against = settingsAgainst(state);
    const baseline = results && (await this.simulator.simulate(against, { ...half, key: `${HALF} against` }));
    if (results && asked > this.#shownAt) this.#show(asked, state, { results, baseline, isHalf: true, move });
  }

  /**
   * Return how many replicates and points are worked out while a control is dragged: half of them, or in a large place
   * as many as this machine works out while people wait.
   */
  #sizeWhileDragging() {
    const bearable = Math.floor(BEARABLE / (2 * this.simulator.timeOfRun) / LANES) * LANES;
    const most = Math.max(LANES, bearable);
    return { replicates: Math.min(most, Math.ceil(this.place.replicates / 2)), points: Math.min(most, POINTS / 2) };
  }

  /**
   * @param {State} state
   * @param {import("./timing.js").Move} move
   */
  async #showAll(state, move) {
    const asked = ++this.#asked;
    this.simulator.pool.drop(MORE);
    const trust = needsTrust(state);
    const more = this.simulator.known(state.settings, { points: this.place.points.number, trust });
    const request = { key: ALL, points: POINTS, trust, priority: 1, urgent: true };
    const results = more ?? (await this.simulator.simulate(state.settings, request));
    if (!results || asked !== this.#asked) return;
    const baseline = await this.#baselineOf(state, trust);
    if (asked !== this.#asked) return;
    this.#show(asked, state, { results, baseline, isHalf: false, move });
    if (!more || baseline?.cases !== results.cases) await this.#showMore(asked, state, trust);
  }

  /**
   * @param {number} asked
   * @param {State} state
   * @param {boolean} trust
   */
  async #showMore(asked, state, trust) {
    const request = { key: MORE, points: this.place.points.number, trust, priority: 5 };
    await this.simulator.simulate(settingsAgainst(state), request);
    if (asked !== this.#asked) return;
    const results = await this.simulator.simulate(state.settings, request);
    if (!results || asked !== this.#asked) return;
    const baseline = await this.#baselineOf(state, trust);
    if (asked === this.#asked) this.#show(asked, state, { results, baseline, isHalf: false, move: null });
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
   * @param {{results: Results, baseline: Results | null, isHalf: boolean, move: import("./timing.js").Move | null}} shown
   */
  #show(asked, state, { results, baseline, isHalf, move }) {
    this.#shownAt = asked;
    const isBaseline = isSame(state.settings, settingsAgainst(state));
    const now = { ...this.store.state, settings: state.settings };
    this.view.show({ state: now, results, baseline: isBaseline ? null : baseline }, () => {
      setText(region("size"), sizeWords(results, this.place.points.number, isHalf));
      if (isSame(this.store.state.settings, state.settings)) region("explore").dataset.shown = isHalf ? "half" : String(results.cases);
      if (move) endMove(move);
    });
    if (!isHalf) for (const listen of this.listeners) listen(results, state);
  }
}

/** @param {State} state */
function needsTrust(state) {
  return state.pictures.includes("trust");
}
