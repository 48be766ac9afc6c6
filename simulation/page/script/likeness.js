/**
 * Which of some words was probably meant: the same likeness as Python's difflib, by which a scenario's checks suggest one.
 */

/** The least likeness of a word that is suggested, as in simulation/scenario/problems.py. */
const LEAST = 0.65;

/**
 * Return an ending of a sentence that suggests what was probably meant.
 *
 * @param {string} word
 * @param {readonly string[]} candidates
 * @returns {string} Such as: (did you mean “coaching”?). Begins with a space; empty if nothing comes close.
 */
export function suggestion(word, candidates) {
  const meant = closest(word, candidates);
  return meant === null ? "" : ` (did you mean “${meant}”?)`;
}

/**
 * Return the candidate that was probably meant, whatever its case; null if nothing comes close.
 *
 * @param {string} word
 * @param {readonly string[]} candidates
 * @returns {string | null}
 */
export function closest(word, candidates) {
  let best = null;
  let [most, low] = [LEAST, ""];
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    const like = likeness(lower, word.toLowerCase());
    // Of equals Python takes the last in the alphabet.
    if (like > most || (like === most && lower >= low)) [best, most, low] = [candidate, like, lower];
  }
  return best;
}

/**
 * Return how alike two words are: twice the letters that match, in order, divided by all letters.
 *
 * @param {string} one
 * @param {string} other
 * @returns {number} 0–1.
 */
function likeness(one, other) {
  const [first, second] = [Array.from(one), Array.from(other)];
  const all = first.length + second.length;
  return all ? (2 * matching(first, second)) / all : 1;
}

/**
 * Count the letters of the longest common run, and of those to the left and to the right of it.
 *
 * @param {readonly string[]} one
 * @param {readonly string[]} other
 * @returns {number}
 */
function matching(one, other) {
  let [length, begin, start] = [0, 0, 0];
  /** @type {number[]} Length of the run that ends at each letter of the other word. */
  let runs = [];
  for (const [at, letter] of one.entries()) {
    runs = other.map((each, index) => (each === letter ? (runs[index - 1] ?? 0) + 1 : 0));
    for (const [index, run] of runs.entries()) {
      if (run > length) [length, begin, start] = [run, at - run + 1, index - run + 1];
    }
  }
  if (!length) return 0;
  const before = matching(one.slice(0, begin), other.slice(0, start));
  return before + length + matching(one.slice(begin + length), other.slice(start + length));
}
