/** @import { PlaceData, PlaceEvent } from "./types.js" */
/** @import { State, Store } from "./store.js" */

import { make, makeButton, makeField, makeSelect, setText } from "./dom.js";
import { makeMonthChoices } from "./months.js";
import { asWritten, monthWords, percent, pounds } from "./numbers.js";
import { monthName } from "./scenario_text.js";
import { withEvent, withFileEvent, withNeverMoves, withoutEvent } from "./settings.js";

/**
 * Events that happen to a place, and the organisations that never move.
 */

/** @typedef {{element: HTMLElement, show: (state: State) => void}} Part */

/** The kinds that can be added; `size` is the label, the first value and the limits of its number. @type {Record<string, {label: string, has: string[], size?: [string, number, number, number]}>} */
const KINDS = {
  leader_change: { label: "A leader changes", has: ["organisation"] },
  breach: { label: "A breach of trust", has: ["organisation", "size"], size: ["Part of the others’ trust that is lost, 0 to 1", 0.5, 0, 1] },
  cost_shock: { label: "Costs rise", has: ["size"], size: ["Rise of the gap, £m a year", 10, 0, 100000] },
  grip_shock: { label: "Regulators press harder", has: ["whom", "size", "until"], size: ["Pressure, in everyday pressures", 1, 0, 100] },
};

const ALL = "*";

/**
 * Say what an event is, such as: Leader of Mid Essex Hospital changes, March 2016.
 *
 * @param {PlaceData} place
 * @param {PlaceEvent} event
 * @returns {string}
 */
export function eventWords(place, event) {
  const who = nameOf(place, event.organisation);
  const size = Number(event.size);
  const month = monthWords(monthName(place, event.month ?? event.from ?? 0));
  const until = event.until === null || event.until === undefined ? "" : ` until ${monthWords(monthName(place, event.until))}`;
  switch (event.event) {
    case "leader_change":
      return `The leader of ${who} changes, ${month}`;
    case "breach":
      return `${who} breaks its word, ${month}: ${percent(size)} of the others’ trust in it is lost`;
    case "cost_shock":
      return `Costs rise by ${pounds(size)} a year, ${month}`;
    case "grip_shock":
      return `Regulators press harder by ${asWritten(size)} everyday ${size === 1 ? "pressure" : "pressures"} on ${onWhom(place, event)}, from ${month}${until}`;
    default:
      return `${who} always asks ${event.stance === "institutional" ? "“my organisation”" : "“our population”"}, from ${month}${until}`;
  }
}

/**
 * Return the events with what adds and removes one.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {Part}
 */
export function makeEvents(place, store) {
  const list = make("ul", { class: "events" });
  const heading = make("h2", { id: "events-heading", tabindex: "-1" }, ["Events"]);
  const element = make("div", {}, [heading, list, makeAdding(place, store)]);
  /** @type {unknown} */
  let shown = null;
  return {
    element,
    show: ({ settings }) => {
      const key = JSON.stringify([settings.events, settings.removed_events]);
      if (key === shown) return;
      const hadFocus = list.contains(document.activeElement);
      shown = key;
      list.replaceChildren(...place.events.map((event, index) => makeFileEvent(place, store, event, index)), ...settings.events.map((event, index) => makeAdded(place, store, event, index)));
      if (!list.childElementCount) list.append(make("li", { class: "note" }, ["No event happens."]));
      if (hadFocus) heading.focus();
    },
  };
}

/**
 * Return boxes for the organisations that never move.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {Part}
 */
export function makeNeverMoves(place, store) {
  const summary = make("summary");
  const boxes = place.organisations.map(({ id }) =>
    make("input", { type: "checkbox", value: id, onchange: (/** @type {any} */ event) => store.set({ settings: withNeverMoves(store.state.settings, id, event.target.checked) }) }),
  );
  const labels = boxes.map((box, index) => make("label", {}, [box, place.organisations[index].name]));
  const element = make("div", {}, [
    make("h2", {}, ["Who never moves"]),
    make("p", { class: "note" }, ["An organisation that always asks “what is best for my organisation?”, whatever the others do."]),
    make("details", {}, [summary, make("div", { class: "boxes", role: "group", "aria-label": "Never moves" }, labels)]),
  ]);
  return {
    element,
    show: ({ settings }) => {
      boxes.forEach((box) => (box.checked = settings.never_moves.includes(box.value)));
      setText(summary, settings.never_moves.length ? settings.never_moves.map((id) => nameOf(place, id)).join("; ") : "Nobody, but for the file’s events");
    },
  };
}

/**
 * @param {PlaceData} place
 * @param {Store} store
 * @param {PlaceEvent} event
 * @param {number} index
 */
function makeFileEvent(place, store, event, index) {
  const words = eventWords(place, event);
  const isRemoved = store.state.settings.removed_events.includes(index);
  const act = () => store.set({ settings: withFileEvent(store.state.settings, index, isRemoved) });
  const button = makeButton(isRemoved ? "Put back" : "Remove", act, { "aria-label": `${isRemoved ? "Put back" : "Remove"}: ${words}` });
  return make("li", { class: isRemoved ? "removed" : "" }, [isRemoved ? make("s", {}, [words]) : words, " ", button]);
}

/**
 * @param {PlaceData} place
 * @param {Store} store
 * @param {PlaceEvent} event
 * @param {number} index
 */
function makeAdded(place, store, event, index) {
  const words = eventWords(place, event);
  const act = () => store.set({ settings: withoutEvent(store.state.settings, index) });
  return make("li", {}, [words, " ", makeButton("Remove", act, { "aria-label": `Remove: ${words}` })]);
}

/**
 * Return the form that adds an event.
 *
 * @param {PlaceData} place
 * @param {Store} store
 */
function makeAdding(place, store) {
  const organisations = place.organisations.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]));
  const months = makeMonthChoices(place);
  const size = make("input", { type: "number", id: "event-size", step: "any" });
  const sizeLabel = make("label", { for: "event-size" });
  const selects = {
    organisation: makeSelect(organisations, organisations[0][0], () => {}, { id: "event-organisation" }),
    whom: makeSelect([[ALL, "all organisations"], ...organisations], ALL, () => {}, { id: "event-whom" }),
    month: makeSelect(months, "0", () => {}, { id: "event-month" }),
    until: makeSelect([["", "the end"], ...months], "", () => {}, { id: "event-until" }),
  };
  /** @type {Record<string, HTMLElement>} */
  const fields = {
    organisation: makeField("Organisation", selects.organisation),
    whom: makeField("On", selects.whom),
    size: make("div", { class: "field" }, [sizeLabel, size]),
    until: makeField("Until", selects.until),
  };
  const choose = (/** @type {string} */ kind) => {
    for (const [name, field] of Object.entries(fields)) field.hidden = !KINDS[kind].has.includes(name);
    const [label, value, least, most] = KINDS[kind].size ?? ["", 0, 0, 0];
    setText(sizeLabel, label);
    Object.assign(size, { value: String(value), min: String(least), max: String(most) });
  };
  const kind = makeSelect(Object.entries(KINDS).map(([name, { label }]) => [name, label]), "leader_change", choose, { id: "event-kind" });
  const add = () => {
    if (KINDS[kind.value].size && (size.value === "" || !size.checkValidity())) return size.reportValidity();
    const { organisation, whom, month, until } = selects;
    const values = { organisation: organisation.value, whom: whom.value, month: Number(month.value), until: until.value, size: Number(size.value) };
    return store.set({ settings: withEvent(store.state.settings, eventOf(kind.value, values)) });
  };
  choose(kind.value);
  const parts = [makeField("Kind", kind), makeField("Month", selects.month), ...Object.values(fields), makeButton("Add this event", add)];
  return make("details", {}, [make("summary", {}, ["Add an event"]), make("div", { class: "fields" }, parts)]);
}

/**
 * @param {string} kind
 * @param {{organisation: string, whom: string, month: number, until: string, size: number}} values
 * @returns {PlaceEvent}
 */
function eventOf(kind, { organisation, whom, month, until, size }) {
  const event = /** @type {PlaceEvent["event"]} */ (kind);
  if (kind === "leader_change") return { event, month, organisation };
  if (kind === "breach") return { event, month, organisation, size };
  if (kind === "cost_shock") return { event, month, size };
  const end = until === "" || Number(until) <= month ? null : Number(until);
  return { event, size, from: month || null, until: end, only: whom === ALL ? null : [whom] };
}

/**
 * @param {PlaceData} place
 * @param {string | undefined} id
 */
function nameOf(place, id) {
  return place.organisations.find((each) => each.id === id)?.name ?? String(id);
}

/**
 * @param {PlaceData} place
 * @param {PlaceEvent} event
 */
function onWhom(place, event) {
  return event.only ? event.only.map((id) => nameOf(place, id)).join(", ") : "all";
}
