/** @import { PlaceData } from "./types.js" */
/** @import { Picture } from "./drawing_types.js" */

import { make } from "./dom.js";
import { makePictureView } from "./picture_view.js";

/**
 * A picture of the story, drawn as wide as there is room, and again when that changes.
 */

/** Widths for which pictures can be drawn, px. */
const [NARROWEST, WIDEST] = [320, 1100];

/**
 * Return a picture that is drawn once it stands in the page.
 *
 * @param {PlaceData} place
 * @param {string} name
 * @param {(width: number) => Picture} draw
 * @returns {{element: HTMLElement, draw: () => void, end: () => void}}
 */
export function makeFitted(place, name, draw) {
  const view = makePictureView(place, name);
  const element = make("div", { class: "story-picture" }, [view.figure, view.behind]);
  let width = 0;
  const show = () => {
    if (width) view.show(draw(width));
  };
  const observer = new ResizeObserver(() => {
    const now = Math.round(Math.min(WIDEST, Math.max(NARROWEST, element.clientWidth)));
    if (!element.clientWidth || now === width) return;
    width = now;
    show();
  });
  observer.observe(element);
  return { element, draw: show, end: () => observer.disconnect() };
}
