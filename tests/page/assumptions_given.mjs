// Sets of uncertain assumptions, and the opening state under each.

import { assumptionsOf } from "../../simulation/page/script/parameters.js";
import { drawPortions, rowsAt } from "../../simulation/page/script/points.js";

export function given(place, settings, number) {
  return assumptionsOf(place, rowsAt(place, settings, drawPortions(place.points, number, place.parameters.length)));
}
