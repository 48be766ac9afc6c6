/** @import { PlaceData, Results } from "./types.js" */
/** @import { Simulator } from "./simulate.js" */
/** @import { State, Store } from "./store.js" */

import { make, makeButton, makeSelect, setText } from "./dom.js";
import { POINTS } from "./explore.js";
import { capital, wholeWords } from "./numbers.js";
import { NOTHING_SET, isSame } from "./settings.js";
import { ASSUMPTIONS, FILE, nextVariant, settingsAgainst, withVariant } from "./store.js";
import { NOW, figuresOf, shortVerdict, variantLabel } from "./words.js";

/**
 * Variants kept side by side, and the choice of the one that the verdict compares with.
 */

const HEADS = [
  "Variant", "Gap, £m a year: median", "9 in 10 by chance", "9 in 10 with uncertain assumptions", "Position so far, £m: median", "Mean trust in the last month: median", "Verdict", "",
];

/**
 * Return the table of variants with what keeps and removes one.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Simulator} simulator
 * @returns {{element: HTMLElement, nameKeep: (state: State) => void, show: (results: Results, state: State) => void}}
 *   `nameKeep` writes on the button which variant it keeps.
 */
export function makeVariants(place, store, simulator) {
  const heading = make("h2", { id: "variants-heading", tabindex: "-1" }, ["Variants side by side"]);
  const keep = makeButton("", () => store.set({ variants: withVariant(store.state.variants, store.state.settings) }));
  const choice = make("div", { class: "field" });
  const body = make("tbody");
  const table = make("table", { "aria-labelledby": "variants-heading" }, [make("thead", {}, [make("tr", {}, HEADS.map(headCell))]), body]);
  const scroll = make("div", { class: "wide", role: "region", tabindex: "0", "aria-label": "Variants" }, [table]);
  const note = make("p", { class: "note" }, ["Medians are over simulated runs. Trust is a mean over all relationships; the picture of trust has its mean over simulated runs, which may differ a little."]);
  const element = make("div", {}, [heading, make("div", { class: "tools" }, [keep, choice]), scroll, note]);
  let asked = 0;
  let choices = "";
  return {
    element,
    nameKeep: ({ variants }) => {
      const name = nextVariant(variants);
      setText(keep, `${variants.some((each) => each.name === name) ? "Replace" : "Keep as"} ${name}`);
    },
    show: async (results, state) => {
      const turn = ++asked;
      const names = [FILE, ASSUMPTIONS, ...state.variants.map(({ name }) => name)];
      if (choices !== names.join()) {
        choices = names.join();
        choice.replaceChildren(...makeAgainst(store, names));
      }
      const select = choice.querySelector("select");
      if (select) select.value = state.against;
      const rows = await rowsOf(place, simulator, results, state);
      if (turn !== asked || !rows) return;
      const hadFocus = body.contains(document.activeElement);
      body.replaceChildren(...rows.map((row) => makeRow(store, row, place.points.number)));
      if (hadFocus) heading.focus();
    },
  };
}

/**
 * @typedef {object} Row
 * @property {string | null} name Null for what is set.
 * @property {string} label
 * @property {Results} results
 * @property {string} verdict
 */

/**
 * Return the figures of all variants.
 *
 * @param {PlaceData} place
 * @param {Simulator} simulator
 * @param {Results} results What is set.
 * @param {State} state
 * @returns {Promise<Row[] | null>} Null if something newer was asked for meanwhile.
 */
async function rowsOf(place, simulator, results, state) {
  // As many sets of assumptions as what is set has by now, so that rows and verdicts rest on the same.
  const points = Math.max(POINTS, results.cases);
  const best = async (/** @type {import("./types.js").Settings} */ settings, /** @type {string} */ key) =>
    simulator.known(settings, { points: place.points.number, trust: false }) ??
    simulator.known(settings, { points: place.points.number, trust: true }) ??
    (await simulator.simulate(settings, { key: `variant ${key}`, points, priority: 2 }));
  const against = settingsAgainst(state);
  const baseline = await best(against, "against");
  const all = [...state.variants.map(({ name, settings }) => ({ name, settings })), { name: FILE, settings: NOTHING_SET }];
  if (!baseline) return null;
  const row = (/** @type {string | null} */ name, /** @type {string} */ label, /** @type {Results} */ found, /** @type {import("./types.js").Settings} */ settings) => ({
    name, label, results: found, verdict: verdictOn(name, label, found, isSame(settings, against) ? null : baseline, state.against),
  });
  const rows = [row(null, NOW, results, state.settings)];
  for (const { name, settings } of all) {
    const found = await best(settings, name);
    if (!found) return null;
    rows.push(row(name, variantLabel(name), found, settings));
  }
  return rows;
}

/**
 * @param {string | null} name Of the row.
 * @param {string} label
 * @param {Results} results
 * @param {Results | null} baseline Null if the row has the same settings.
 * @param {string} against
 */
function verdictOn(name, label, results, baseline, against) {
  return name === against ? "The others are compared with this" : shortVerdict(results, baseline, label, against);
}

/**
 * @param {Store} store
 * @param {Row} row
 * @param {number} sets Sets of assumptions that results rest on where nothing else is said.
 */
function makeRow(store, { name, label, results, verdict }, sets) {
  const { gap, chance, varied, position, trust } = figuresOf(results);
  const over = results.cases && results.cases !== sets ? `${varied} (${wholeWords(results.cases)} sets)` : varied;
  const cells = [gap, chance, over, position, trust, verdict].map((text) => make("td", {}, [text]));
  const kept = store.state.variants.find((each) => each.name === name);
  const tools = kept
    ? [
        makeButton("Use", () => store.set({ settings: kept.settings }), { "aria-label": `Set everything as in variant ${name}` }),
        makeButton("×", () => remove(store, kept.name), { class: "remove", "aria-label": `Remove variant ${name}`, title: "Remove" }),
      ]
    : [];
  return make("tr", {}, [make("th", { scope: "row" }, [capital(label)]), ...cells, make("td", {}, tools)]);
}

/**
 * @param {Store} store
 * @param {string} name
 */
function remove(store, name) {
  const { variants, against } = store.state;
  store.set({ variants: variants.filter((each) => each.name !== name), against: against === name ? FILE : against });
}

/**
 * @param {Store} store
 * @param {readonly string[]} names
 */
function makeAgainst(store, names) {
  const choices = names.map((name) => /** @type {[string, string]} */ ([name, capital(variantLabel(name))]));
  const select = makeSelect(choices, store.state.against, (against) => store.set({ against }), { id: "against" });
  return [make("label", { for: "against" }, ["Compare with"]), select];
}

/** @param {string} head */
function headCell(head) {
  return head ? make("th", { scope: "col" }, [head]) : make("td");
}
