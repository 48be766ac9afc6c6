import { region } from "./dom.js";

/**
 * Heights of what stays in view, which the stylesheet needs and cannot know.
 */

/** Tell the stylesheet how high the heading and the gap are now. */
export function noteHeights() {
  const { style } = document.documentElement;
  style.setProperty("--bar", `${region("heading").offsetHeight || region("headline").offsetHeight}px`);
  style.setProperty("--gap", `${region("gap").offsetHeight}px`);
}
