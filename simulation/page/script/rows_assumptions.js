/** @import { Parameter, PlaceData } from "./types.js" */
/** @import { State, Store } from "./store.js" */

import { make, makeButton, makeSelect, setAttribute, setText } from "./dom.js";
import { asWritten, capital, counted } from "./numbers.js";
import { parameterValue, withParameter } from "./settings.js";
import { makeSlider } from "./slider.js";

/**
 * The assumptions as rows: those that matter most in sight, all others under them with a field to find one.
 */

/** @typedef {{element: HTMLElement, show: (state: State) => void}} Part */

/** Assumptions that rooms ask about first, and that move the gap most over their ranges. */
const FIRST = [
  "opening_trust", "same_sector_premium", "loss_ratio", "trust_rule", "exposure", "accountability_pressure", "unowned_realisation", "opening_orientation",
];

/** Steps of a slider from the low to the high end of a range. */
const STEPS = 40;

/**
 * Return a row for each assumption, in groups.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {Part}
 */
export function makeAssumptionRows(place, store) {
  const rows = place.parameters.map((row) => makeRow(place, store, row));
  const inSight = rows.filter(({ row }) => FIRST.includes(row.name));
  const others = rows.filter(({ row }) => !FIRST.includes(row.name));
  const found = make("p", { class: "note", role: "status" });
  const search = make("input", { type: "search", id: "find-assumption", autocomplete: "off" });
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, element } of others) {
      const text = `${row.label} ${row.meaning} ${row.source} ${row.status}`.toLowerCase();
      element.hidden = !words.every((word) => text.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    setText(found, words.length ? `${counted(shown, "assumption")} found` : "");
  };
  search.addEventListener("input", filter);
  const element = make("div", {}, [
    make("div", { class: "rows" }, inSight.map((each) => each.element)),
    make("details", { class: "others" }, [
      make("summary", {}, [`The other ${others.length} assumptions`]),
      make("div", { class: "field" }, [make("label", { for: search.id }, ["Find an assumption"]), search]),
      found,
      make("div", { class: "rows" }, others.map((each) => each.element)),
    ]),
  ]);
  return { element, show: (state) => rows.forEach(({ show }) => show(state)) };
}

/**
 * Say the value of an assumption.
 *
 * @param {Parameter} row
 * @param {number} value
 * @returns {string}
 */
export function valueWords(row, value) {
  return row.choices ? row.choices[value] : `${asWritten(value, 4)}${row.unit === "number" || !row.unit ? "" : ` (${row.unit})`}`;
}

/**
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Parameter} row
 * @returns {Part & {row: Parameter}}
 */
function makeRow(place, store, row) {
  const set = (/** @type {number} */ value, released = true) =>
    store.set({ settings: withParameter(place, store.state.settings, row.name, value) }, { released });
  const control = row.choices ? makeChoice(row, set) : makeNumber(row, set);
  const reset = makeButton("As in the file", () => set(row.value), { "aria-label": `${row.label}: as in the file` });
  const range = row.choices ? listedChoices(row.choices) : `Range ${asWritten(row.low)} to ${asWritten(row.high)}; ${row.unit}`;
  const behind = row.status === "assumed" ? "Assumed" : `${capital(row.status)}: ${row.source}`;
  const element = make("div", { class: "row assumption", role: "group", "aria-label": row.label, "data-parameter": row.name }, [
    make("label", { for: `parameter-${row.name}` }, [row.label]),
    ...control.elements,
    make("details", {}, [
      make("summary", { "aria-label": `More on ${row.label}` }, ["More"]),
      make("div", { class: "more" }, [make("p", {}, [`${capital(row.meaning)}.`]), make("p", { class: "note" }, [`${range}. ${behind}.`]), reset]),
    ]),
  ]);
  return {
    row,
    element,
    show: (state) => {
      control.show(parameterValue(place, state.settings, row.name));
      const isMoved = row.name in state.settings.parameters;
      setAttribute(element, "data-moved", isMoved);
      reset.hidden = !isMoved;
    },
  };
}

/**
 * @param {Parameter} row
 * @param {(value: number, released?: boolean) => void} set
 * @returns {{elements: HTMLElement[], show: (value: number) => void}}
 */
function makeNumber(row, set) {
  const step = row.whole ? 1 : Number(((row.high - row.low) / STEPS).toPrecision(6));
  const { low, high, least, most, whole } = row;
  const slider = makeSlider({ id: `parameter-${row.name}`, label: row.label, low, high, step, least, most, whole }, set);
  return { elements: [slider.range, slider.field], show: (value) => slider.show(value, valueWords(row, value)) };
}

/**
 * @param {Parameter} row
 * @param {(value: number) => void} set
 * @returns {{elements: HTMLElement[], show: (value: number) => void}}
 */
function makeChoice(row, set) {
  const choices = /** @type {[string, string][]} */ ((row.choices ?? []).map((words, index) => [String(index), words]));
  const select = makeSelect(choices, String(row.value), (value) => set(Number(value)), { id: `parameter-${row.name}` });
  return { elements: [select], show: (value) => (select.value = String(value)) };
}

/** @param {readonly string[]} choices */
function listedChoices(choices) {
  return `One of ${choices.join(" and ")}`;
}
