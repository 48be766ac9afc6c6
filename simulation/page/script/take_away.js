/** @import { PlaceData } from "./types.js" */
/** @import { Store } from "./store.js" */

import { addressOf, hasAddress } from "./address.js";
import { make, makeButton, setText } from "./dom.js";
import { saveText } from "./downloads.js";
import { scenarioText } from "./scenario_text.js";

/**
 * What people take away from the page, and the place that they bring.
 */

const WITHOUT_FILE =
  "This page was made from a place without a file, so what is set cannot be saved as a scenario, which extends one. The page that trustsim page makes of a file can save it.";

/**
 * Return the section that saves settings and opens another place.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {(file: File) => Promise<string | null>} open Opens a place; returns why it cannot be, or null, or nothing to
 *   say if another file was chosen meanwhile.
 * @returns {HTMLElement}
 */
export function makeTakeAway(place, store, open) {
  const name = `${place.name}-changed`;
  const said = make("p", { class: "note", role: "status" });
  const copy = async () => {
    const address = `${location.href.replace(/#.*/s, "")}#${addressOf(place, store.state)}`;
    try {
      await navigator.clipboard.writeText(address);
      setText(said, "The address with all settings was copied.");
    } catch {
      setText(said, "This browser does not let the page copy. The address in the address bar holds all settings: copy it there.");
    }
  };
  const tools = [
    ...(place.file ? [makeButton("Save as a scenario (YAML)", () => saveText(`${name}.yaml`, "text/yaml", scenarioText(place, store.state.settings)))] : []),
    makeButton("Settings (JSON)", () => saveText(`${name}.json`, "application/json", `${JSON.stringify(store.state.settings, null, 2)}\n`)),
    ...(hasAddress() ? [makeButton("Copy the address", copy)] : []),
    makeButton("Print a summary", () => print()),
  ];
  return make("div", {}, [
    make("h2", {}, ["Take away"]),
    make("div", { class: "tools" }, tools),
    said,
    make("p", { class: "note" }, [hasAddress() ? "The address holds all that is set, so that a bookmark, a reload and Back keep it. " : "", "Pictures and their data are saved under each picture."]),
    make("p", { class: "note" }, place.file ? scenarioWords(place, name) : [WITHOUT_FILE]),
    makeOpening(open),
  ]);
}

/**
 * Return what a saved scenario is good for.
 *
 * @param {PlaceData} place
 * @param {string} name Of its file, without the suffix.
 */
function scenarioWords(place, name) {
  const command = `trustsim run ${name}.yaml --replicates ${place.replicates} --seed ${place.seed}`;
  return [
    "On the command line, the saved scenario gives the same numbers by chance: ",
    make("code", {}, [command]),
    ". Numbers that allow for uncertain assumptions may differ a little there: it draws other sets of them, as many as it has replicates, and holds what was moved as the page does.",
  ];
}

/**
 * @param {(file: File) => Promise<string | null>} open
 * @returns {HTMLElement}
 */
function makeOpening(open) {
  const input = make("input", { type: "file", id: "open-place", accept: ".json,application/json" });
  const said = make("p", { role: "alert", class: "problem", hidden: true });
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    const problem = await open(file);
    if (problem === "") return;
    said.hidden = problem === null;
    setText(said, problem ?? "");
    input.value = "";
  });
  return make("div", {}, [
    make("h3", {}, ["Open another place"]),
    make("div", { class: "field" }, [make("label", { for: input.id }, ["Data of a place, written by trustsim page --data (.json)"]), input]),
    said,
  ]);
}
