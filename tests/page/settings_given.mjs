// What settings give: the calendar, the parameters, and the scenario file.

import { calendarOf } from "../../simulation/page/script/calendar.js";
import { scenarioText } from "../../simulation/page/script/scenario_text.js";
import { parametersOf } from "../../simulation/page/script/settings.js";
import { rules } from "./rules.mjs";

export function given(place, settings) {
  return {
    calendar: calendarOf(place, settings, rules),
    parameters: parametersOf(place, settings),
    text: scenarioText(place, settings),
  };
}
