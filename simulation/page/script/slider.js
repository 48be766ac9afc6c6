import { make, setAttribute } from "./dom.js";

/**
 * A slider with a number field beside it: the slider for what is likely, the field for all that can be set.
 */

/**
 * @typedef {object} SliderShape
 * @property {string} id Of the slider.
 * @property {string} label A name that is spoken with the number field.
 * @property {number} low Low end of the slider.
 * @property {number} high High end of the slider.
 * @property {number} step Of the slider.
 * @property {number} least Lowest number that can be typed.
 * @property {number} most Highest number that can be typed.
 * @property {boolean} [whole] True if it counts something.
 *
 * @typedef {object} Slider
 * @property {HTMLInputElement} range
 * @property {HTMLInputElement} field
 * @property {(value: number, words: string) => void} show Shows a value, and says it in words.
 */

/** Decimals of a number that a slider has set. */
const FIGURES = 10;

/**
 * Return a slider with its number field.
 *
 * @param {SliderShape} shape
 * @param {(value: number, released: boolean) => void} move `released` is false while the slider is dragged.
 * @returns {Slider}
 */
export function makeSlider(shape, move) {
  const { id, label, low, high, least, most, whole = false } = shape;
  const range = make("input", { type: "range", id, min: low, max: high, step: shape.step });
  const field = make("input", {
    type: "number", id: `${id}-number`, min: least, max: most, step: whole ? 1 : "any", "aria-label": `${label}, number`, inputmode: "decimal",
  });
  const moved = () => Number(Number(range.value).toPrecision(FIGURES));
  followRange(range, (released) => move(moved(), released));
  field.addEventListener("change", () => {
    if (field.value !== "" && field.checkValidity()) move(Number(field.value), true);
    else field.reportValidity();
  });
  return { range, field, show: (value, words) => showValue(shape, range, field, value, words) };
}

/**
 * Follow a range input to its release.
 *
 * @param {HTMLInputElement} range
 * @param {(released: boolean) => void} move
 */
export function followRange(range, move) {
  let isDragged = false;
  const release = () => {
    if (isDragged) move(true);
    isDragged = false;
  };
  range.addEventListener("input", () => {
    isDragged = true;
    move(false);
  });
  range.addEventListener("change", () => {
    isDragged = true;
    release();
  });
  // Browsers report no change of a slider that was dragged to and fro and released where it began.
  for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) range.addEventListener(name, () => setTimeout(release));
}

/**
 * @param {SliderShape} shape
 * @param {HTMLInputElement} range
 * @param {HTMLInputElement} field
 * @param {number} value
 * @param {string} words
 */
function showValue(shape, range, field, value, words) {
  // A slider would move a value that is not on one of its steps, so such a value takes the steps away.
  const steps = (value - shape.low) / shape.step;
  const isOnStep = Math.abs(steps - Math.round(steps)) < 1e-6;
  setAttribute(range, "step", isOnStep ? String(shape.step) : "any");
  setAttribute(range, "min", String(Math.min(shape.low, value)));
  setAttribute(range, "max", String(Math.max(shape.high, value)));
  if (Number(range.value) !== value) range.value = String(value);
  if (document.activeElement !== field || Number(field.value) !== value) field.value = String(value);
  setAttribute(range, "aria-valuetext", words);
}
