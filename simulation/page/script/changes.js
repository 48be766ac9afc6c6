/** @import { PlaceData } from "./types.js" */
/** @import { State, Store } from "./store.js" */

import { make, makeButton, setAttribute, setText } from "./dom.js";
import { eventWords } from "./events.js";
import { endsEarly, settingWords } from "./lever_words.js";
import { asWritten } from "./numbers.js";
import { valueWords } from "./rows_assumptions.js";
import { NOTHING_SET, isNothingSet, isSame, isUsed, leverSetting, limitedParameter, withFileEvent, withNeverMoves, withoutEvent, withoutLever, withParameter } from "./settings.js";
import { uncostedWords } from "./uncosted.js";

/**
 * What is set against the file, each with what takes it back; and undo, redo and reset.
 */

/** @typedef {{element: HTMLElement, show: (state: State) => void}} Part */

/** @typedef {{words: string, without: import("./types.js").Settings}} Change */

/**
 * Return what differs from the file in words, with the settings that would be left without it.
 *
 * @param {PlaceData} place
 * @param {import("./types.js").Settings} settings
 * @returns {Change[]}
 */
export function changesOf(place, settings) {
  const nameOf = (/** @type {string} */ id) => place.organisations.find((each) => each.id === id)?.name ?? id;
  const file = (/** @type {string} */ name) => leverSetting(place, NOTHING_SET, name);
  return [
    ...place.levers
      .filter(({ name }) => name in settings.levers)
      .map(({ name, label, uses }) => {
        const now = leverSetting(place, settings, name);
        return { words: `${label}: ${settingWords(place, now)}${moreWords(place, now, file(name), uses.length)}`, without: withoutLever(settings, name) };
      }),
    ...place.parameters
      .filter(({ name }) => name in settings.parameters)
      .map((row) => ({
        words: `${row.label}: ${valueWords(row, settings.parameters[row.name])}${limitWords(place, settings, row)}`,
        without: withParameter(place, settings, row.name, row.value),
      })),
    ...settings.never_moves.map((id) => ({ words: `${nameOf(id)} never moves`, without: withNeverMoves(settings, id, false) })),
    ...settings.removed_events.map((index) => ({
      words: `Without: ${eventWords(place, place.events[index])}`,
      without: withFileEvent(settings, index, true),
    })),
    ...settings.events.map((event, index) => ({ words: eventWords(place, event), without: withoutEvent(settings, index) })),
  ];
}

/**
 * Return the list of what is set, with undo, redo and reset.
 *
 * @param {PlaceData} place
 * @param {Store} store
 * @returns {Part}
 */
export function makeChanges(place, store) {
  const undo = makeButton("Undo", () => store.undo());
  const redo = makeButton("Redo", () => store.redo());
  const reset = makeButton("Reset all", () => store.set({ settings: NOTHING_SET }));
  const heading = make("h2", { id: "changes-heading", tabindex: "-1" }, ["You have set"]);
  const list = make("ul", { class: "changes", "aria-labelledby": "changes-heading" });
  const uncosted = make("p", { class: "note", id: "uncosted" });
  const element = make("div", {}, [
    make("div", { class: "tools", role: "group", "aria-label": "Undo and reset" }, [undo, redo, reset]),
    heading,
    list,
    uncosted,
  ]);
  /** @type {import("./types.js").Settings | null} */
  let shown = null;
  return {
    element,
    show: ({ settings }) => {
      // A button that had no effect stays in the order of the keyboard: focus is not lost when the last step is undone.
      setAttribute(undo, "aria-disabled", store.canUndo ? null : "true");
      setAttribute(redo, "aria-disabled", store.canRedo ? null : "true");
      setAttribute(reset, "aria-disabled", isNothingSet(settings) ? "true" : null);
      if (shown && isSame(shown, settings)) return;
      shown = settings;
      const hadFocus = list.contains(document.activeElement);
      const changes = changesOf(place, settings);
      list.replaceChildren(...changes.map(({ words, without }) => makeChange(store, words, without)));
      if (!changes.length) list.append(make("li", { class: "note" }, ["Nothing yet: all is as in the file."]));
      const words = uncostedWords(place, settings);
      setText(uncosted, words);
      uncosted.hidden = !words;
      if (hadFocus) heading.focus();
    },
  };
}

/**
 * @param {Store} store
 * @param {string} words
 * @param {import("./types.js").Settings} without
 */
function makeChange(store, words, without) {
  const button = makeButton("×", () => store.set({ settings: without }), { class: "remove", "aria-label": `Take back: ${words}`, title: "Take back" });
  return make("li", {}, [make("span", {}, [words]), button]);
}

/**
 * Say what is used of an assumption that another limits, or which other one it limits; nothing of any other.
 *
 * @param {PlaceData} place
 * @param {import("./types.js").Settings} settings
 * @param {import("./types.js").Parameter} row
 */
function limitWords(place, settings, row) {
  const limited = limitedParameter(place, settings);
  if (limited?.row === row) return `; ${asWritten(limited.value, 4)} is used, as much as “${limited.by.label}”`;
  const isSaid = !limited || limited.by !== row || limited.row.name in settings.parameters;
  return isSaid ? "" : `; “${limited.row.label}” is used as ${asWritten(limited.value, 4)} too`;
}

/**
 * Say what else of a lever differs from the file.
 *
 * @param {PlaceData} place
 * @param {Required<import("./types.js").LeverSetting>} now
 * @param {Required<import("./types.js").LeverSetting>} file
 * @param {number} uses In the file.
 */
function moreWords(place, now, file, uses) {
  const parts = [];
  if (isUsed(now) && endsEarly(place, file.until) && !endsEarly(place, now.until)) parts.push("to the end of the run");
  if (now.ramp !== file.ramp) parts.push(`${now.ramp} months to full strength`);
  if (now.cost !== file.cost) parts.push(`£${now.cost}m a year`);
  if (!isSame(now.only, file.only)) parts.push(now.only === null ? "acts on all" : `acts on ${now.only.length || "none"}`);
  if (uses > 1) parts.push(`in place of ${uses} settings in the file`);
  return parts.length ? `; ${parts.join(", ")}` : "";
}
