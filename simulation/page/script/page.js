/** The start of the page: the file's one script begins here. */

/** Mark the page as alive, so that the style can show what needs a script. */
export function markAsAlive() {
  document.documentElement.dataset.script = "on";
}

if (typeof document !== "undefined") markAsAlive();
