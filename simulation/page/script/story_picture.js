/** @import { PlaceData } from "./types.js" */
/** @import { Picture } from "./drawing_types.js" */

import { make } from "./dom.js";
import { makePictureView } from "./picture_view.js";

/**
 * A picture of the story, drawn as wide as there is room, and again when that changes.
 */

/** Units of a picture, and the text size of the page for which they are pixels. */
const [NARROWEST, WIDEST, TEXT] = [320, 1100, 16];

/**
 * Draw something as wide as an element, in the size of the text around it, and again when that changes.
 *
 * @param {HTMLElement} element
 * @param {number} widest In units of the picture.
 * @param {(width: number) => void} draw
 * @returns {{draw: () => void, end: () => void}}
 */
export function fitted(element, widest, draw) {
  let width = 0;
  const measure = () => {
    const scale = parseFloat(getComputedStyle(element).fontSize) / TEXT;
    return element.clientWidth && Math.round(Math.min(widest, Math.max(NARROWEST, element.clientWidth / scale)));
  };
  const show = () => {
    const now = measure();
    if (now) draw((width = now));
  };
  const observer = new ResizeObserver(() => {
    if (measure() !== width) show();
  });
  observer.observe(element);
  return { draw: show, end: () => observer.disconnect() };
}

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
  return { element, ...fitted(element, WIDEST, (width) => view.show(draw(width))) };
}
