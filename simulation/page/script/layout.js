/** @import { PlaceData } from "./types.js" */
/** @import { State, Store } from "./store.js" */
/** @import { Simulator } from "./simulate.js" */
/** @import { App } from "./app.js" */

import { makeApp } from "./app.js";
import { makeBudget } from "./budget.js";
import { makeChanges } from "./changes.js";
import { make, region, setText } from "./dom.js";
import { makeEvents, makeNeverMoves } from "./events.js";
import { Explorer } from "./explore.js";
import { followLinks } from "./links.js";
import { monthWords } from "./numbers.js";
import { makeAssumptionRows } from "./rows_assumptions.js";
import { makeLeverRows } from "./rows_levers.js";
import { makeStartingPlaces } from "./starting_places.js";
import { makeTakeAway } from "./take_away.js";
import { makeVariants } from "./variants.js";
import { View } from "./view.js";

/**
 * The page's regions filled with controls and pictures; the regions themselves are in the HTML.
 */

/**
 * Fill the page.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Simulator} simulator
 * @param {App["rules"]} rules
 * @param {(file: File) => Promise<string | null>} open Opens another place.
 * @returns {{app: App, end: () => void}} What the page offers to its parts; `end` ends what it does with this place.
 */
export function layOut(place, store, simulator, rules, open) {
  const parts = [
    makeChanges(place, store),
    makeBudget(place, store, rules),
    makeLeverRows(place, store),
    makeAssumptionRows(place, store),
    makeNeverMoves(place, store),
    makeEvents(place, store),
  ];
  const [changes, budget, levers, assumptions, neverMoves, events] = parts;
  fill("changes", changes.element);
  keepHeading("levers", makeStartingPlaces(place, store), budget.element, levers.element);
  keepHeading("assumptions", assumptions.element);
  fill("never-moves", neverMoves.element);
  fill("events", events.element);
  fill("take-away", makeTakeAway(place, store, open));
  addSize();
  const view = new View(place, store);
  const explorer = new Explorer(place, store, simulator, view);
  const variants = makeVariants(place, store, simulator);
  addVariants(variants.element);
  explorer.listeners.add((results, state) => void variants.show(results, state));
  const show = (/** @type {State} */ state) => {
    parts.forEach((part) => part.show(state));
    variants.nameKeep(state);
  };
  const end = store.subscribe(show);
  const endKeys = listenForUndo(store);
  const endLinks = followLinks();
  show(store.state);
  void explorer.begin();
  const endAll = () => [end, endKeys, endLinks, explorer.end, () => view.end()].forEach((each) => each());
  return { app: makeApp(place, store, simulator, view, rules), end: endAll };
}

/**
 * Say what of an address or a file could not be used.
 *
 * @param {readonly string[]} problems Sentences without a full stop.
 * @param {string} [heading]
 */
export function sayProblems(problems, heading = "Not all of the address could be used; the rest is set:") {
  const element = region("problems");
  element.hidden = problems.length === 0;
  const items = problems.map((each) => make("li", {}, [`${each}.`]));
  element.replaceChildren(...(items.length ? [make("p", {}, [heading]), make("ul", {}, items)] : []));
}

/**
 * Write the name and the notes of another place into the page, and take away the words about the former one.
 *
 * @param {PlaceData} place
 */
export function describePlace(place) {
  setText(region("title"), place.title);
  setText(region("headline"), "Working it out");
  setText(region("verdict"), "");
  region("explore").dataset.shown = "";
  document.title = `${place.title}: trust between trusts`;
  stamp(place);
  const list = region("not-for").querySelector("ul");
  list?.replaceChildren(...place.notes.must_not.map((each) => make("li", {}, [each])));
  const sources = region("sources");
  setText(/** @type {HTMLElement} */ (sources.querySelector("p")), place.notes.sourced);
  /** @type {HTMLElement} */ (sources.querySelector("details")).hidden = !place.notes.sources.length;
  const body = sources.querySelector("tbody");
  body?.replaceChildren(
    ...place.notes.sources.map(([label, ...rest]) => make("tr", {}, [make("th", { scope: "row" }, [label]), ...rest.map((each) => make("td", {}, [each]))])),
  );
}

/**
 * Write of what the page is made, from its checked data: nobody checks the words of the file.
 *
 * @param {PlaceData} place
 */
export function describeMaking(place) {
  stamp(place);
  /** @type {Record<string, string>} */
  const fields = { day: dayWords(place.date), file: place.file || "a place without a file", replicates: String(place.replicates), seed: place.seed, version: place.version };
  for (const element of region("made").querySelectorAll("[data-field]")) setText(element, fields[element.getAttribute("data-field") ?? ""] ?? "");
}

/** @param {PlaceData} place */
function stamp(place) {
  setText(region("stamp"), `This is not a forecast. Version ${place.version}, ${dayWords(place.date)}, random seed ${place.seed}.`);
}

/** @param {string} date YYYY-MM-DD. */
function dayWords(date) {
  const [year, month, day] = date.split("-");
  return `${Number(day)} ${monthWords(`${year}-${month}`)}`;
}

/**
 * Undo and redo by the keys that people know, but for text that they are typing.
 *
 * @param {Store} store
 */
function listenForUndo(store) {
  const listen = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const isTyping = event.target instanceof HTMLInputElement && !["range", "checkbox", "file"].includes(event.target.type);
    const key = event.key.toLowerCase();
    if (isTyping || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) store.redo();
    else store.undo();
  };
  addEventListener("keydown", listen);
  return () => removeEventListener("keydown", listen);
}

/**
 * @param {string} id
 * @param {HTMLElement} element
 */
function fill(id, element) {
  region(id).hidden = false;
  region(id).replaceChildren(element);
}

/**
 * Replace all of a region but its heading and note.
 *
 * @param {string} id
 * @param {...HTMLElement} elements
 */
function keepHeading(id, ...elements) {
  const kept = [...region(id).children].slice(0, 2);
  region(id).replaceChildren(...kept, ...elements);
}

/** Add the line that says what the numbers rest on. */
function addSize() {
  if (!document.getElementById("size")) region("check").before(make("p", { id: "size" }));
}

/** @param {HTMLElement} element */
function addVariants(element) {
  document.getElementById("variants")?.remove();
  region("pictures").append(make("section", { id: "variants", "aria-labelledby": "variants-heading" }, [element]));
}
