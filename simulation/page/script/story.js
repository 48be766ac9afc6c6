/** @import { App } from "./app.js" */
/** @import { Step } from "./story_steps.js" */

import { make, makeButton } from "./dom.js";
import { GAMES, amountsIn, guessesFrom, guessesText } from "./guesses.js";
import { noteHeights } from "./heights.js";
import { tableOf } from "./game.js";
import { gamesIn, makeGamesTable } from "./game_kept.js";
import { makeEnd } from "./story_end.js";
import { makeGuessForm } from "./story_guess.js";
import { makeFitted } from "./story_picture.js";
import { makeStoryResults } from "./story_results.js";
import { makeReveal } from "./story_reveal.js";
import { shownBy } from "./story_shown.js";
import { TITLES, gapStep, leverStep, meetingStep, togetherStep, trustStep } from "./story_steps.js";

/**
 * The story: five steps, each introduced, guessed at, and then shown; at the end all guesses together.
 *
 * It is about the place as its file has it, whatever is set on the page. While it is open it has the page for itself, so
 * that nothing is seen before it is guessed.
 */

/** The step that shows all guesses. */
const END = TITLES.length;

/**
 * Fill the region of the story.
 *
 * @param {HTMLElement} element
 * @param {App} app
 * @returns {() => void} Ends it.
 */
export function mountStory(element, app) {
  const story = new Story(element, app);
  element.hidden = false;
  element.replaceChildren(story.body);
  story.show();
  const unsubscribe = app.store.subscribe((state, { previous }) => {
    if (story.takeOver(state.guesses) || state.step !== previous.step) story.show(true);
  });
  const leave = (/** @type {MouseEvent} */ event) => story.leaveFor(event);
  document.addEventListener("click", leave, { capture: true });
  return () => {
    unsubscribe();
    document.removeEventListener("click", leave, { capture: true });
    story.end();
  };
}

class Story {
  /** @type {(() => void)[]} What ends the pictures of the step in sight. */
  #ends = [];
  /** The guesses, as the address has them. */
  #guessed = "";

  /**
   * @param {HTMLElement} element
   * @param {App} app
   */
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.results = makeStoryResults(app);
    this.table = tableOf(app.place, app.rules);
    this.body = make("div", { class: "story" });
    this.takeOver(app.store.state.guesses);
  }

  get step() {
    const { step } = this.app.store.state;
    return step === null || step > END ? null : step;
  }

  get guesses() {
    return guessesFrom(this.#guessed);
  }

  /**
   * Show the step that the store is at.
   *
   * @param {boolean} [focus] True to move the focus to its heading.
   */
  show(focus = false) {
    const { step } = this;
    this.#endPictures();
    if (step === null) delete document.documentElement.dataset.story;
    else document.documentElement.dataset.story = "open";
    // The story hides a part of the heading: a step is placed below what is left of it, not below what was there before.
    noteHeights();
    this.body.replaceChildren(...(step === null ? this.#beginning() : step === END ? this.#end() : this.#stepAt(step)));
    if (step === null) this.drawGuesses();
    if (!focus || step === null) return;
    scrollTo(0, 0);
    this.body.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** End what it has begun, when another place is opened. */
  end() {
    this.#endPictures();
    delete document.documentElement.dataset.story;
  }

  #endPictures() {
    for (const end of this.#ends.splice(0)) end();
  }

  /** Draw the guesses of the first step into the picture of the gap. */
  drawGuesses() {
    this.app.drawGuesses(amountsIn(this.guesses[0]));
  }

  /**
   * Take over guesses from the address, without losing what was guessed since: Back leads to a step, not to fewer guesses.
   *
   * @param {string} text
   * @returns {boolean} True if it held guesses that are new here.
   */
  takeOver(text) {
    if (text === this.#guessed) return false;
    const before = this.#guessed;
    this.#guessed = guessesText({ ...guessesFrom(text), ...this.guesses });
    // The address is written once it has been read.
    if (this.#guessed !== text) queueMicrotask(() => this.#store());
    return this.#guessed !== before;
  }

  #store() {
    // Nothing is released: a guess moves no number, so no run is worked out again.
    this.app.store.set({ guesses: this.#guessed }, { released: false });
    this.drawGuesses();
  }

  /**
   * Leave the story for a link to a part of the page that it hides.
   *
   * @param {MouseEvent} event
   */
  leaveFor(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const part = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    if (part && this.step !== null && !part.getClientRects().length) this.#go(null);
  }

  #beginning() {
    const words = "Five steps, each with a guess before it shows: about forty-five minutes with a room, ten alone. ";
    return [make("p", { class: "invitation" }, [words, makeButton("Start the story", () => this.#go(0))])];
  }

  /** Return all guesses beside what happens, and the games. */
  #end() {
    const steps = TITLES.map((_, number) => this.#stepOf(number));
    const games = this.table && makeGamesTable(this.table, gamesIn(this.table, this.guesses[GAMES]));
    const { element, end } = makeEnd(steps, this.guesses, games, async (number, progress) => {
      const found = await shownBy(number, this, progress);
      return { words: found.words, picture: found.draw ? makeFitted(this.app.place, "story", found.draw) : null };
    });
    this.#ends.push(end);
    return [make("h2", { tabindex: "-1" }, ["All guesses together"]), element, this.#ways(END)];
  }

  /** @param {number | null} step */
  #go(step) {
    this.app.store.set({ step });
  }

  /**
   * @param {number} number
   * @returns {HTMLElement[]}
   */
  #stepAt(number) {
    const step = this.#stepOf(number);
    const before = make("div", {}, step.before.map((each) => make("p", {}, [each])));
    const heading = make("h2", { tabindex: "-1" }, [`Step ${number + 1} of ${TITLES.length}: ${step.title}`]);
    const control = step.question && makeGuessForm(step, this.guesses[number], (guess) => this.#keep(number, guess));
    if (number === 4 && step.question) void this.#addSum(before);
    const reveal = step.shows === false ? null : makeReveal(number, this, (kept) => this.#keep(GAMES, kept));
    if (reveal) this.#ends.push(reveal.end);
    return [heading, before, ...(control ? [control] : []), ...(reveal ? reveal.elements : []), this.#ways(number)];
  }

  /**
   * @param {number} number
   * @returns {Step}
   */
  #stepOf(number) {
    const { place } = this.app;
    return [() => gapStep(place), () => meetingStep(this.table && this.table.meeting), () => trustStep(place), () => leverStep(place), () => togetherStep(place, null)][number]();
  }

  /**
   * Say what the levers add up to as soon as that is known.
   *
   * @param {HTMLElement} before
   */
  async #addSum(before) {
    const closed = await this.results.closed();
    if (before.isConnected) before.replaceChildren(...togetherStep(this.app.place, closed).before.map((each) => make("p", {}, [each])));
  }

  /**
   * @param {number} number
   * @param {string} guess
   */
  #keep(number, guess) {
    this.#guessed = guessesText({ ...this.guesses, [number]: guess });
    this.#store();
  }

  /** @param {number} number */
  #ways(number) {
    const next = number + 1 === END ? "Next: all guesses together" : "Next";
    // The way on comes last, so that it stands in the same corner in every step.
    return make("div", { class: "tools ways" }, [
      number < END && makeButton("Skip the story", () => this.#leave()),
      number === END && makeButton("Begin again, without these guesses", () => this.#again()),
      make("span", { class: "room" }),
      number > 0 && makeButton("Back", () => this.#go(number - 1)),
      number < END && makeButton(next, () => this.#go(number + 1), { class: "next" }),
      number === END && makeButton("Your turn", () => this.#leave(), { class: "next" }),
    ]);
  }

  #again() {
    this.#guessed = "";
    this.app.store.set({ step: 0, guesses: "" });
  }

  #leave() {
    this.#go(null);
    document.getElementById("gap")?.focus();
  }
}
