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

/** Steps of a slider from the low to the high end of a range, about. */
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
  const isFirst = (/** @type {{row: Parameter}} */ { row }) => FIRST.includes(row.name);
  const [first, others] = [rows.filter(isFirst), rows.filter((each) => !isFirst(each))];
  const rest = make("details", { class: "others" }, [
    make("summary", {}, [`The other ${others.length} of all ${rows.length} assumptions`]),
    make("div", { class: "rows" }, others.map((each) => each.element)),
  ]);
  const found = make("p", { class: "note", role: "status" });
  const search = make("input", { type: "search", id: "find-assumption", autocomplete: "off" });
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { row, element } of rows) element.hidden = !words.every((word) => textOf(row).includes(word));
    rest.open = words.length > 0;
    setText(found, words.length ? `${counted(rows.filter((each) => !each.element.hidden).length, "assumption")} found` : "");
  });
  const element = make("div", {}, [
    make("div", { class: "field" }, [make("label", { for: search.id }, ["Find an assumption"]), search]),
    found,
    make("div", { class: "rows" }, first.map((each) => each.element)),
    rest,
  ]);
  return { element, show: (state) => rows.forEach(({ show }) => show(state)) };
}

/** @param {Parameter} row */
function textOf({ label, meaning, source, status }) {
  return `${label} ${meaning} ${source} ${status}`.toLowerCase();
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
  const held = row.held ? " The file sets it, so it is held there and not drawn from its range." : "";
  const element = make("div", { class: "row assumption", role: "group", "aria-label": row.label, "data-parameter": row.name }, [
    make("label", { for: `parameter-${row.name}` }, [row.label]),
    ...control.elements,
    make("details", {}, [
      make("summary", { "aria-label": `More on ${row.label}` }, ["More"]),
      make("div", { class: "more" }, [make("p", {}, [`${capital(row.meaning)}.`]), make("p", { class: "note" }, [`${range}. ${behind}.${held}`]), reset]),
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
  const step = row.whole ? 1 : stepOf(row);
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

/**
 * Return a round step that leads from the low end to the high end, so that people set round numbers.
 *
 * @param {Parameter} row
 */
function stepOf({ low, high }) {
  const wanted = (high - low) / STEPS;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const round = [5, 2, 1, 0.5, 0.2, 0.1].map((each) => Number((each * power).toPrecision(1)));
  return round.find((step) => step <= 2 * wanted && Math.abs(Math.round((high - low) / step) - (high - low) / step) < 1e-9) ?? Number(wanted.toPrecision(6));
}

/** @param {readonly string[]} choices */
function listedChoices(choices) {
  return `One of ${choices.join(" and ")}`;
}
