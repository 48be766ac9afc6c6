/** @import { PlaceData } from "./types.js" */
/** @import { Picture } from "./drawing_types.js" */

import { make, makeButton, setAttribute, setText } from "./dom.js";
import { csvOf, saveText, savePng, standalone } from "./downloads.js";
import { asWritten } from "./numbers.js";

/**
 * A picture on the page: its headline, the drawing, and on demand its words, its data and both as files.
 */

/**
 * @typedef {object} PictureView
 * @property {HTMLElement} figure
 * @property {HTMLElement} behind What opens on demand.
 * @property {HTMLElement} drawing
 * @property {(picture: Picture) => void} show
 */

/**
 * Return an empty figure.
 *
 * @param {PlaceData} place
 * @param {string} name Of the picture, such as gap.
 * @returns {PictureView}
 */
export function makePictureView(place, name) {
  const heading = make("h2");
  const subtitle = make("p", { class: "subtitle" });
  const drawing = make("div", { class: "drawing" });
  const note = make("p", { class: "note" });
  const figure = make("figure", { class: "picture", "data-picture": name }, [make("figcaption", {}, [heading, subtitle]), drawing]);
  /** @type {Picture | null} */
  let shown = null;
  const behind = makeBehind(place, () => shown);
  return {
    figure,
    drawing,
    behind: make("div", { class: "behind" }, [note, behind.element]),
    show: (picture) => {
      if (shown?.svg !== picture.svg) drawing.innerHTML = picture.svg;
      shown = picture;
      figure.dataset.picture = picture.name;
      setText(heading, picture.headline);
      setText(subtitle, picture.subtitle);
      setText(note, picture.note);
      behind.show(picture);
    },
  };
}

/**
 * Return what stands behind a picture; it is filled while it is open only.
 *
 * @param {PlaceData} place
 * @param {() => Picture | null} current
 * @returns {{element: HTMLElement, show: (picture: Picture) => void}}
 */
function makeBehind(place, current) {
  const words = make("p");
  const table = make("div", { class: "wide", role: "region", tabindex: "0" });
  const withPicture = (/** @type {(picture: Picture, name: string) => void} */ act) => () => {
    const picture = current();
    if (picture) act(picture, `${place.name}-${picture.name}`);
  };
  const buttons = make("div", { class: "tools" }, [
    makeButton("Picture (SVG)", withPicture((picture, name) => saveText(`${name}.svg`, "image/svg+xml", standalone(place, picture)))),
    makeButton("Picture (PNG)", withPicture((picture, name) => savePng(`${name}.png`, standalone(place, picture)))),
    makeButton("Data (CSV)", withPicture((picture, name) => saveText(`${name}.csv`, "text/csv", csvOf(picture.table)))),
  ]);
  const summary = make("summary", {}, ["Words, data and files"]);
  const details = make("details", {}, [summary, words, buttons, table]);
  const fill = () => {
    const picture = current();
    if (!details.open || !picture) return;
    setText(words, picture.alt);
    table.replaceChildren(tableOf(picture));
  };
  details.addEventListener("toggle", fill);
  return {
    element: details,
    show: (picture) => {
      setAttribute(summary, "aria-label", `Words, data and files: ${picture.headline}`);
      setAttribute(table, "aria-label", `Data: ${picture.headline}`);
      fill();
    },
  };
}

/**
 * @param {Picture} picture
 * @returns {HTMLTableElement}
 */
function tableOf({ table, headline }) {
  const cell = (/** @type {string | number | null} */ value) => (typeof value !== "number" ? (value ?? "") : Number.isFinite(value) ? asWritten(value, 5) : "");
  return make("table", {}, [
    make("caption", {}, [headline]),
    make("thead", {}, [make("tr", {}, table.heads.map((head) => make("th", { scope: "col" }, [head])))]),
    make("tbody", {}, table.rows.map(([first, ...rest]) => make("tr", {}, [make("th", { scope: "row" }, [cell(first)]), ...rest.map((each) => make("td", {}, [cell(each)]))]))),
  ]);
}
