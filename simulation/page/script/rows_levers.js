/** @import { Lever, LeverSetting, PlaceData } from "./types.js" */
/** @import { Store } from "./store.js" */

import { make, makeButton, makeField, makeSelect, setAttribute, setText } from "./dom.js";
import { beyondRowWords, endsEarly, usesWords } from "./lever_words.js";
import { makeMonthChoices } from "./months.js";
import { counted } from "./numbers.js";
import { leverSetting, withLever, withoutLever } from "./settings.js";
import { makeSlider } from "./slider.js";

/**
 * The levers as rows of one line: strength and start; opened, all else that can be set of one, and what stands behind it.
 */

/** @typedef {{element: HTMLElement, show: (state: import("./store.js").State) => void}} Part */

const STEP = 0.05;

/**
 * Return a row for each lever.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {Part}
 */
export function makeLeverRows(place, store) {
  const rows = place.levers.map((lever) => makeRow(place, store, lever));
  return {
    element: make("div", { class: "rows" }, rows.map(({ element }) => element)),
    show: (state) => rows.forEach(({ show }) => show(state)),
  };
}

/**
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Lever} lever
 * @returns {Part}
 */
function makeRow(place, store, lever) {
  const { name, label } = lever;
  const change = (/** @type {Partial<LeverSetting>} */ part, released = true) =>
    store.set({ settings: withLever(place, store.state.settings, name, part) }, { released });
  const slider = makeSlider(
    { id: `lever-${name}`, label: `${label}, strength`, low: 0, high: 1, step: STEP, least: 0, most: 1 },
    (strength, released) => change({ strength }, released),
  );
  const from = makeSelect(makeMonthChoices(place), "0", (value) => change({ from: Number(value) || null }), {
    id: `lever-${name}-from`, "aria-label": `${label}, from`,
  });
  const more = makeMore(place, store, lever, change);
  const beyond = make("p", { class: "note beyond" });
  const summary = make("summary", { "aria-label": `More on ${label}` }, ["More"]);
  const element = make("div", { class: "row lever", role: "group", "aria-label": label, "data-lever": name }, [
    make("label", { for: slider.range.id }, [label]),
    slider.range,
    slider.field,
    from,
    make("details", {}, [summary, more.element]),
    beyond,
  ]);
  return {
    element,
    show: (state) => {
      const setting = leverSetting(place, state.settings, name);
      slider.show(setting.strength, usesWords(place, state.settings, name));
      const words = beyondRowWords(place, state.settings, name);
      setText(beyond, words);
      beyond.hidden = !words;
      const month = String(setting.from ?? 0);
      if (from.value !== month) from.value = month;
      setAttribute(element, "data-moved", name in state.settings.levers);
      more.show(state);
    },
  };
}

/**
 * Return what opens under a lever: end, ramp, cost, those that it acts on, and its words.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @param {Lever} lever
 * @param {(part: Partial<LeverSetting>) => void} change
 * @returns {Part}
 */
function makeMore(place, store, lever, change) {
  const id = `lever-${lever.name}`;
  const number = (/** @type {string} */ part, /** @type {object} */ limits, /** @type {(value: number) => void} */ act) => {
    const field = make("input", { type: "number", id: `${id}-${part}`, ...limits });
    field.addEventListener("change", () => (field.value !== "" && field.checkValidity() ? act(Number(field.value)) : field.reportValidity()));
    return field;
  };
  const ramp = number("ramp", { min: 1, max: 600, step: 1 }, (value) => change({ ramp: value }));
  const cost = number("cost", { min: 0, step: "any" }, (value) => change({ cost: value }));
  // The last month of the run is its end: a lever that acts in it does not end.
  const ends = /** @type {[string, string][]} */ ([["", "the run"], ...makeMonthChoices(place).slice(0, -1)]);
  const end = makeSelect(ends, "", (value) => change({ until: value === "" ? null : Number(value) + 1 }), { id: `${id}-end` });
  const only = makeOnly(place, lever, change);
  const several = make("p", { class: "note" });
  const reset = makeButton("As in the file", () => store.set({ settings: withoutLever(store.state.settings, lever.name) }), {
    "aria-label": `${lever.label}: as in the file`,
  });
  const evidence = lever.status === "assumed" ? "Assumed" : `Evidence: ${lever.evidence}`;
  const element = make("div", { class: "more" }, [
    make("p", {}, [lever.does]),
    make("p", { class: "note" }, [`Decided by ${lever.pulled_by}. ${lever.typical_cost}. ${evidence}.`]),
    several,
    make("div", { class: "fields" }, [makeField("Acts to the end of", end), makeField("Months to full strength", ramp), makeField("Cost, £m a year", cost)]),
    only.element,
    reset,
  ]);
  return {
    element,
    show: (state) => {
      const setting = leverSetting(place, state.settings, lever.name);
      for (const [field, value] of /** @type {const} */ ([[ramp, setting.ramp], [cost, setting.cost]])) {
        if (Number(field.value) !== value || field.value === "") field.value = String(value);
      }
      const last = endsEarly(place, setting.until) ? String(setting.until - 1) : "";
      if (end.value !== last) end.value = last;
      for (const option of end.options) option.disabled = option.value !== "" && Number(option.value) < (setting.from ?? 0);
      only.show(state);
      const isMoved = lever.name in state.settings.levers;
      reset.hidden = !isMoved;
      several.hidden = isMoved || lever.uses.length < 2;
      setText(several, `The file uses it ${counted(lever.uses.length, "time")}; the strongest is shown, and moving it replaces them all.`);
    },
  };
}

/**
 * Return boxes for those that a lever acts on; made when first opened, because a place can have hundreds.
 *
 * @param {PlaceData} place
 * @param {Lever} lever
 * @param {(part: Partial<LeverSetting>) => void} change
 * @returns {Part}
 */
function makeOnly(place, lever, change) {
  /** @type {HTMLInputElement[]} */
  let boxes = [];
  const summary = make("summary");
  const list = make("div", { class: "boxes", role: "group", "aria-label": `${lever.label} acts on` });
  const element = make("details", { class: "only" }, [summary, list]);
  const choose = () => {
    const ids = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    change({ only: ids.length === lever.ids.length ? null : ids });
  };
  /** @type {readonly string[] | null} */
  let chosen = null;
  const tick = () => boxes.forEach((box) => (box.checked = chosen === null || chosen.includes(box.value)));
  element.addEventListener("toggle", () => {
    if (!element.open || boxes.length) return;
    boxes = lever.ids.map((id) => make("input", { type: "checkbox", value: id, onchange: choose }));
    const names = lever.acts_on.map((index) => (lever.axis === "organisations" ? place.organisations[index].name : place.opportunities[index].title));
    list.append(...boxes.map((box, index) => make("label", {}, [box, names[index]])));
    list.prepend(
      makeButton("All", () => change({ only: null }), { "aria-label": `${lever.label} acts on all` }),
      makeButton("None", () => change({ only: [] }), { "aria-label": `${lever.label} acts on none` }),
    );
    tick();
  });
  return {
    element,
    show: (state) => {
      chosen = leverSetting(place, state.settings, lever.name).only;
      const count = chosen?.length === 0 ? "none, so it is not in use" : `${chosen?.length} of ${lever.ids.length}`;
      setText(summary, `Acts on ${chosen === null ? "all" : count}`);
      tick();
    },
  };
}
