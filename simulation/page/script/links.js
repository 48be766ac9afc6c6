/**
 * Links within the page. The address after # holds what is set, so they move the reader without changing it.
 */

/**
 * Follow links to parts of the page by scrolling to them and moving the keyboard's focus there.
 *
 * @returns {() => void} Ends that.
 */
export function followLinks() {
  const follow = (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const part = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    if (!part) return;
    event.preventDefault();
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.scrollIntoView();
    part.focus({ preventScroll: true });
  };
  addEventListener("click", follow);
  return () => removeEventListener("click", follow);
}
