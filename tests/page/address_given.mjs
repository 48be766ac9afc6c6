// What an address keeps of a state: the address, what is read from it, and the scenario before and after.

import { addressOf, stateFromAddress } from "../../simulation/page/script/address.js";
import { scenarioText } from "../../simulation/page/script/scenario_text.js";
import { FIRST_STATE } from "../../simulation/page/script/store.js";

export function kept(place, parts) {
  const state = { ...FIRST_STATE, ...parts };
  const address = addressOf(place, state);
  const read = stateFromAddress(place, address);
  const texts = (one) => [one.settings, ...one.variants.map(({ settings }) => settings)].map((each) => scenarioText(place, each));
  return { address, problems: read.problems, state: read.state, before: texts(state), after: texts(read.state) };
}

export function read(place, address) {
  return stateFromAddress(place, address);
}
