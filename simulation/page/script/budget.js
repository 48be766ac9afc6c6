/** @import { PlaceData, Rules, Settings } from "./types.js" */
/** @import { State, Store } from "./store.js" */

import { leverCosts } from "./calendar.js";
import { make, makeField, setText } from "./dom.js";
import { fsum } from "./fsum.js";
import { monthWords, pounds } from "./numbers.js";
import { isSame } from "./settings.js";
import { MOST_BUDGET } from "./store.js";

/**
 * What the chosen levers cost over the whole run, and what is left of a budget: a bar under what is set.
 */

/** @typedef {{element: HTMLElement, show: (state: State) => void}} Part */

/** £m: less than this over or under a budget is a rounding error. */
const EXACT = 1e-9;

/**
 * Return what the levers cost over the whole run, £m, as the place's position counts it.
 *
 * @param {PlaceData} place
 * @param {Settings} settings
 * @param {Rules} rules Those of the model.
 * @returns {number}
 */
export function spentOnLevers(place, settings, rules) {
  return fsum(leverCosts(place, settings, rules)) / 12;
}

/**
 * Say what the levers cost, and what is left of a budget.
 *
 * @param {PlaceData} place
 * @param {number} spent £m.
 * @param {number | null} budget £m; null if there is none.
 * @returns {string} Sentences.
 */
export function budgetWords(place, spent, budget) {
  const by = monthWords(place.months[place.months.length - 1]);
  const costs = spent > EXACT ? `The levers cost ${pounds(spent)} by ${by}` : "The levers cost nothing";
  if (budget === null) return `${costs}.`;
  const left = budget - spent;
  if (Math.abs(left) <= EXACT) return `${costs}: all of the budget of ${pounds(budget)}.`;
  if (left < 0) return `${costs}: ${pounds(-left)} more than the budget of ${pounds(budget)}.`;
  return `${costs}: ${pounds(left)} of the budget of ${pounds(budget)} is left.`;
}

/**
 * Return the field for a budget, its bar, and its words.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Rules} rules
 * @returns {Part}
 */
export function makeBudget(place, store, rules) {
  const field = make("input", { type: "number", id: "budget", min: 0, max: MOST_BUDGET, step: "any" });
  field.addEventListener("change", () => {
    if (field.checkValidity()) store.set({ budget: field.value === "" ? null : Number(field.value) });
    else field.reportValidity();
  });
  const spentBar = make("div", { class: "spent" });
  const bar = make("div", { class: "budget-bar", "aria-hidden": "true" }, [spentBar]);
  const words = make("p", { id: "budget-words", role: "status" });
  const element = make("section", { class: "budget", "aria-label": "Budget for levers" }, [
    makeField("Budget for levers over the whole run, £m", field),
    bar,
    words,
    make("p", { class: "note" }, ["What programmes cost to set up comes on top."]),
  ]);
  /** @type {{settings: Settings, budget: number | null} | null} */
  let shown = null;
  return {
    element,
    show: ({ settings, budget }) => {
      if (shown && shown.budget === budget && isSame(shown.settings, settings)) return;
      shown = { settings, budget };
      const spent = spentOnLevers(place, settings, rules);
      const given = budget === null ? "" : String(budget);
      if (field.value !== given && document.activeElement !== field) field.value = given;
      bar.hidden = budget === null;
      if (budget !== null) {
        bar.dataset.over = String(spent - budget > EXACT);
        spentBar.style.width = `${(100 * Math.min(spent, budget)) / Math.max(budget, EXACT)}%`;
      }
      setText(words, budgetWords(place, spent, budget));
    },
  };
}
