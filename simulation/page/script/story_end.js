/** @import { Guesses } from "./guesses.js" */
/** @import { Step } from "./story_steps.js" */

import { make, setText } from "./dom.js";
import { amountsIn, guessWords, votesIn, votesWords } from "./guesses.js";

/**
 * The end of the story: all guesses, what happens, and the games.
 */

/** @typedef {{element: HTMLElement, end: () => void}} Fitted A picture of the story. */

/**
 * Return all guesses beside what happens, and the guesses of the gap in its picture.
 *
 * @param {readonly Step[]} steps
 * @param {Guesses} guesses
 * @param {HTMLElement | null} games
 * @param {(number: number, progress: (share: number) => void) => Promise<{words: string, picture: Fitted | null}>} find What
 *   a step shows.
 * @returns {{element: HTMLElement, end: () => void}}
 */
export function makeEnd(steps, guesses, games, find) {
  /** @type {(() => void)[]} */
  const ends = [];
  const gap = make("div");
  const rows = steps.flatMap(({ title, question, answers }, number) => {
    if (!question) return [];
    const said = answers.length ? votesWords(votesIn(guesses[number], answers), answers) : guessWords(amountsIn(guesses[number]));
    const happens = make("td", {}, ["Working it out."]);
    const cells = [title, question, said || "Nobody guessed."].map((each, index) => make(index ? "td" : "th", index ? {} : { scope: "row" }, [each]));
    return [{ number, happens, said, element: make("tr", {}, [...cells, happens]) }];
  });
  const findAll = async () => {
    for (const { number, happens, said } of rows) {
      const { words, picture } = await find(number, (share) => setText(happens, `Working it out: ${Math.floor(100 * share)}% done.`));
      // What was guessed stands in the column before, and the head says that this is what happens.
      setText(happens, (words.startsWith(said) ? words.slice(said.length).trim() : words).replace(/^(Nobody guessed\. )?(What happens: )?/, ""));
      if (picture) ends.push(picture.end);
      if (picture && number === 0) gap.replaceChildren(picture.element);
    }
  };
  void findAll();
  const heads = ["Step", "Question", "Guesses", "What happens in the model"];
  const element = make("div", {}, [
    make("p", {}, ["This is not a forecast: it is what would follow if the assumptions held. Where a guess is far off, ask what that person knows and the model does not."]),
    make("div", { class: "wide", role: "region", "aria-label": "All guesses together", tabindex: "0" }, [
      make("table", { class: "guesses" }, [
        make("thead", {}, [make("tr", {}, heads.map((head) => make("th", { scope: "col" }, [head])))]),
        make("tbody", {}, rows.map((row) => row.element)),
      ]),
    ]),
    games,
    gap,
  ]);
  return { element, end: () => ends.forEach((end) => end()) };
}
