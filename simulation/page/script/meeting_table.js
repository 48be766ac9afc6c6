/** @import { Meeting } from "./meeting.js" */

import { make } from "./dom.js";
import { twoDecimals } from "./numbers.js";

/** A meeting of two organisations as a table. */

const HEADS = ["Organisation", "Wins", "Exposes", "Pressed by", "Trust it needs", "Trust it has", "Leans to"];

/**
 * Return the table of a meeting, and how to read it.
 *
 * @param {Meeting} meeting
 * @returns {HTMLElement}
 */
export function makeMeetingTable({ title, sides }) {
  const rows = sides.map((side) => {
    const numbers = [side.stakes, side.exposed, side.pressure].map(twoDecimals);
    const cells = [...numbers, side.needed === null ? "never enough" : twoDecimals(side.needed), twoDecimals(side.trust), `${side.leans ? "our population" : "my organisation"}${side.fixed < 0 ? "" : ", held by an event"}`];
    return make("tr", {}, [make("th", { scope: "row" }, [side.name]), ...cells.map((each) => make("td", {}, [each]))]);
  });
  const table = make("table", {}, [
    make("caption", {}, [title]),
    make("thead", {}, [make("tr", {}, HEADS.map((head) => make("th", { scope: "col" }, [head])))]),
    make("tbody", {}, rows),
  ]);
  return make("div", {}, [
    make("div", { class: "wide", role: "region", "aria-label": title, tabindex: "0" }, [table]),
    make("p", { class: "note" }, ["In units of value per participant. Trust it needs = (exposes + pressed by) ÷ wins. An organisation that wins little, or loses, needs more trust than there is."]),
  ]);
}
