// What an address keeps of a state: the address, what is read from it, and the scenario before and after.

import { addressOf, stateFromAddress } from "../../simulation/page/script/address.js";
import { scenarioText } from "../../simulation/page/script/scenario_text.js";
import { withLever } from "../../simulation/page/script/settings.js";
import { FIRST_STATE } from "../../simulation/page/script/store.js";

// Settings as controls make them: a lever that is put back as the file has it is not moved.
function asControlsMake(place, settings) {
  let made = { ...settings, levers: {} };
  for (const [name, setting] of Object.entries(settings.levers)) made = withLever(place, made, name, setting);
  return made;
}

export function kept(place, parts) {
  const state = { ...FIRST_STATE, ...parts };
  state.settings = asControlsMake(place, state.settings);
  state.variants = state.variants.map(({ name, settings }) => ({ name, settings: asControlsMake(place, settings) }));
  const address = addressOf(place, state);
  const read = stateFromAddress(place, address);
  const texts = (one) => [one.settings, ...one.variants.map(({ settings }) => settings)].map((each) => scenarioText(place, each));
  return { address, problems: read.problems, state: read.state, before: texts(state), after: texts(read.state) };
}

export function read(place, address) {
  return stateFromAddress(place, address);
}
