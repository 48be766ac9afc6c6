/** @import { PlaceData } from "./types.js" */
/** @import { State, Store } from "./store.js" */

import { make, makeButton, setAttribute, setText } from "./dom.js";
import { monthWords } from "./numbers.js";
import { followRange } from "./slider.js";

/**
 * The month that the picture of trust shows: a slider, and a button that lets the months run.
 */

/** How long a month is shown, in milliseconds. */
const PAUSE = 500;

/**
 * Return the control of the month. People who asked for less motion get a button for the next month in place of one that plays.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {{element: HTMLElement, show: (state: State) => void}}
 */
export function makeMonthControl(place, store) {
  const last = place.months.length - 1;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  const set = (/** @type {number} */ month, released = true) => store.set({ month: month === last ? null : month }, { released });
  const now = () => store.state.month ?? last;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    setText(play, isStill ? "Next month" : "Play");
  };
  const step = () => {
    if (!element.isConnected || now() === last) stop();
    else set(now() + 1);
  };
  const act = () => {
    if (timer) return stop();
    if (now() === last) set(0);
    else if (isStill) step();
    if (isStill) return;
    timer = setInterval(step, PAUSE);
    setText(play, "Pause");
  };
  const play = makeButton(isStill ? "Next month" : "Play", act, { class: "play" });
  const range = make("input", { type: "range", id: "trust-month", min: 0, max: last, step: 1 });
  followRange(range, (released) => set(Number(range.value), released));
  const shown = make("output", { for: range.id });
  const element = make("div", { class: "months" }, [play, make("label", { for: range.id }, ["Month"]), range, shown]);
  return {
    element,
    show: () => {
      const words = monthWords(place.months[now()]);
      if (Number(range.value) !== now()) range.value = String(now());
      setAttribute(range, "aria-valuetext", words);
      setText(shown, words);
    },
  };
}
