/** @import { PlaceData, Results } from "./types.js" */
/** @import { State, Store } from "./store.js" */
/** @import { PictureView } from "./picture_view.js" */

import { PICTURES } from "./address.js";
import { make, makeSelect, region, setText } from "./dom.js";
import { NARROW } from "./drawing_panel.js";
import { noteHeights } from "./heights.js";
import { drawGains } from "./picture_gains.js";
import { drawGap } from "./picture_gap.js";
import { drawMoney } from "./picture_money.js";
import { drawPlan } from "./picture_plan.js";
import { drawQuestions } from "./picture_questions.js";
import { drawTrust } from "./picture_trust.js";
import { makePictureView } from "./picture_view.js";
import { makeMonthControl } from "./month_control.js";
import { uncostedWords } from "./uncosted.js";
import { NOW, answerOf, variantLabel } from "./words.js";

/**
 * The headline and the pictures: the gap, always in view, and the two that the reader chose.
 */

/** @type {Record<string, typeof drawGap>} */
const DRAW = { questions: drawQuestions, trust: drawTrust, gains: drawGains, plan: drawPlan, money: drawMoney };

/** Widths for which pictures can be drawn, px. */
const [NARROWEST, WIDEST] = [320, 1100];

/** The part of the window's height that the gap takes, less where its key stands below it, and its limits in px. */
const [GAP_PART, NARROW_GAP_PART] = [0.3, 0.18];
const [LOWEST, HIGHEST] = [150, 360];

/** A window of less height, as at 200%, has the gap with brief labels, so that controls have room beside it; px. */
const [LOW_WINDOW, LOWEST_BRIEF] = [480, 110];

/**
 * @typedef {object} Shown What the pictures are drawn from.
 * @property {State} state
 * @property {Results} results
 * @property {Results | null} baseline Null if nothing differs from it.
 */

/** All that is drawn. */
export class View {
  /** @type {AbortController} Ends what listens to the window. */
  #listening = new AbortController();
  /** @type {Shown | null} */
  #shown = null;
  /** @type {readonly number[]} */
  #guesses = [];
  /** @type {number[]} Widths of the gap and of both slots, px. */
  #widths = [0, 0, 0];
  #isPaper = false;

  /**
   * @param {PlaceData} place
   * @param {Store} store
   */
  constructor(place, store) {
    this.place = place;
    this.store = store;
    this.gap = makePictureView(place, "gap");
    this.slots = [1, 2].map((number, index) => makeSlot(place, store, number, index));
    this.#follow();
  }

  /**
   * Draw in the next frame.
   *
   * @param {Shown} shown
   * @param {() => void} [done] Called when that was done.
   */
  show(shown, done) {
    this.#shown = shown;
    requestAnimationFrame(() => {
      if (this.#shown === shown) this.#draw(shown);
      done?.();
    });
  }

  /**
   * Draw the pictures again for paper, or as they were.
   *
   * @param {boolean} isPaper
   */
  fit(isPaper) {
    this.#isPaper = isPaper;
    this.#widths = isPaper ? [700, 340, 340] : this.#measured();
    if (this.#shown) this.#draw(this.#shown);
  }

  /**
   * Draw guesses into the picture of the gap.
   *
   * @param {readonly number[]} guesses £m a year.
   */
  drawGuesses(guesses) {
    this.#guesses = guesses;
    if (this.#shown) this.show(this.#shown);
  }

  /** Stop drawing. */
  end() {
    this.#listening.abort();
    this.#shown = null;
  }

  /** @param {Shown} shown */
  #draw(shown) {
    const { results, baseline, state } = shown;
    const { headline, verdict } = answerOf(results, baseline, state.against, this.place);
    setText(region("headline"), headline);
    setText(region("verdict"), verdict);
    const [gap, ...slots] = this.#drawn(shown);
    if (!this.gap.figure.isConnected) this.#attach();
    this.gap.show(gap);
    slots.forEach((picture, index) => this.slots[index].show(picture, state));
  }

  /** Take the place of the first pictures, which stay until there is something to put there. */
  #attach() {
    region("gap").replaceChildren(this.gap.figure);
    this.slots.forEach(({ element }, index) => region(`slot-${index + 1}`).replaceChildren(element));
    region("more").replaceChildren(this.gap.behind);
    region("slots").before(region("more"));
  }

  /** @param {Shown} shown */
  #drawn({ results, baseline, state }) {
    const names = { now: NOW, kept: variantLabel(state.against) };
    const [gapWidth, ...widths] = this.#widths;
    const part = gapWidth < NARROW ? NARROW_GAP_PART : GAP_PART;
    const brief = innerHeight < LOW_WINDOW && !this.#isPaper;
    const height = Math.min(HIGHEST, Math.max(brief ? LOWEST_BRIEF : LOWEST, Math.round(innerHeight * part)));
    const month = state.month ?? undefined;
    const remark = uncostedWords(this.place, results.settings);
    return [
      drawGap(results, baseline, this.place, { width: gapWidth, height, brief, names, guesses: this.#guesses, id: "gap" }),
      ...state.pictures.map((name, index) => DRAW[name](results, baseline, this.place, { width: widths[index], month, remark, names, id: `slot-${index + 1}` })),
    ];
  }

  /** Draw again when there is more or less room. */
  #follow() {
    this.#widths = this.#measured();
    let height = innerHeight;
    const fit = () => {
      noteHeights();
      const widths = this.#measured();
      if (widths.every((width, index) => width === this.#widths[index]) && height === innerHeight) return;
      this.#widths = widths;
      height = innerHeight;
      if (this.#shown) this.show(this.#shown);
    };
    const observer = new ResizeObserver(fit);
    for (const id of ["heading", "headline", "gap", "slots"]) observer.observe(region(id));
    const { signal } = this.#listening;
    signal.addEventListener("abort", () => observer.disconnect());
    addEventListener("resize", fit, { signal });
    addEventListener("beforeprint", () => this.fit(true), { signal });
    addEventListener("afterprint", () => this.fit(false), { signal });
  }

  #measured() {
    const widthOf = (/** @type {HTMLElement} */ element) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, element.clientWidth)));
    return ["gap", "slot-1", "slot-2"].map((id) => widthOf(region(id)));
  }
}

/**
 * Return a place for a picture that the reader chooses.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {number} number
 * @param {number} index
 * @returns {{element: HTMLElement, view: PictureView, show: (picture: import("./drawing_types.js").Picture, state: State) => void}}
 */
function makeSlot(place, store, number, index) {
  const view = makePictureView(place, "");
  const months = makeMonthControl(place, store);
  const choose = (/** @type {string} */ name) => {
    const pictures = [...store.state.pictures];
    // The picture that stands in the other place changes places with this one.
    if (pictures[1 - index] === name) pictures[1 - index] = pictures[index];
    pictures[index] = name;
    store.set({ pictures });
  };
  const select = makeSelect(Object.entries(PICTURES), store.state.pictures[index], choose, { id: `picture-${number}` });
  const chooser = make("div", { class: "field chooser" }, [make("label", { for: select.id }, [`Picture ${number}`]), select]);
  const element = make("div", {}, [chooser, months.element, view.figure, view.behind]);
  return {
    element,
    view,
    show: (picture, state) => {
      select.value = state.pictures[index];
      months.element.hidden = state.pictures[index] !== "trust";
      months.show(state);
      view.show(picture);
    },
  };
}
