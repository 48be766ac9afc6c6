// What settings give: the calendar, the parameters, and the scenario file.

import { calendarOf } from "../../simulation/page/script/calendar.js";
import { scenarioText } from "../../simulation/page/script/scenario_text.js";
import { parametersOf } from "../../simulation/page/script/settings.js";
import { engine } from "./module.mjs";

export function given(place, settings) {
  return {
    calendar: calendarOf(place, settings, engine.rules),
    parameters: parametersOf(place, settings),
    text: scenarioText(place, settings),
  };
}
