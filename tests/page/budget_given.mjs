// What levers cost over a run, and what is said of it.

import { budgetWords, spentOnLevers } from "../../simulation/page/script/budget.js";
import { NOTHING_SET } from "../../simulation/page/script/settings.js";
import { engine } from "./module.mjs";

export function spent(place) {
  return spentOnLevers(place, NOTHING_SET, engine.rules);
}

export function said(place, cost, budget) {
  return budgetWords(place, cost, budget);
}
