/** @import { App } from "./app.js" */
/** @import { Table } from "./game.js" */
/** @import { Guesses } from "./guesses.js" */
/** @import { StoryResults } from "./story_results.js" */
/** @import { Shown } from "./story_shown.js" */

import { make, makeButton, setText } from "./dom.js";
import { makeGame } from "./game_view.js";
import { GAMES } from "./guesses.js";
import { makeFitted } from "./story_picture.js";
import { shownBy } from "./story_shown.js";

/**
 * The button of a step that shows what happens, how far the work is, and the result, which takes the focus.
 */

/**
 * @typedef {object} Subject The place that the story is about, and the guesses so far.
 * @property {App} app
 * @property {StoryResults} results
 * @property {Table | null} table Of the game; null if no two organisations meet.
 * @property {Guesses} guesses As they are now.
 */

/**
 * Return what shows what happens in a step.
 *
 * @param {number} number Of the step, from 0.
 * @param {Subject} subject
 * @param {(kept: string) => void} keepGames
 * @returns {{elements: HTMLElement[], end: () => void}}
 */
export function makeReveal(number, subject, keepGames) {
  const answer = make("p", { class: "answer", tabindex: "-1" });
  const shown = make("div", { class: "shown" });
  const status = make("p", { role: "status" });
  let end = () => {};
  let isEnded = false;
  const reveal = async () => {
    setText(status, "Working it out.");
    const found = await shownBy(number, subject, (share) => setText(status, `Working it out: ${Math.floor(4 * share) * 25}% done.`));
    if (isEnded) return;
    setText(status, "");
    setText(answer, found.words);
    end();
    end = show(shown, subject, found, number === 1 ? keepGames : null);
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "start" });
  };
  const tools = make("div", { class: "tools" }, [makeButton("Show what happens", () => void reveal(), { class: "reveal" }), status]);
  return {
    elements: [tools, make("div", { class: "result" }, [answer, shown])],
    end: () => {
      isEnded = true;
      end();
    },
  };
}

/**
 * @param {HTMLElement} shown
 * @param {Subject} subject
 * @param {Shown} found
 * @param {((kept: string) => void) | null} keepGames Null if nothing is played.
 * @returns {() => void} Ends it.
 */
function show(shown, { app, table, guesses }, found, keepGames) {
  const picture = found.draw && makeFitted(app.place, "story", found.draw);
  const game = keepGames && table && makeGame(app, table, guesses[GAMES], keepGames);
  shown.replaceChildren(...[found.table, picture?.element, game && make("h3", {}, ["Play it"]), game?.element].flatMap((each) => each || []));
  picture?.draw();
  return () => {
    picture?.end();
    game?.end();
  };
}
