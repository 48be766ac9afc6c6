/** @import { App } from "./app.js" */
/** @import { Picture } from "./drawing_types.js" */
/** @import { Step } from "./story_steps.js" */

import { make, makeButton, setText } from "./dom.js";
import { amountsIn, amountsOf, guessesFrom, guessesText, keptAmounts } from "./guesses.js";
import { tableOf } from "./game.js";
import { makeGame } from "./game_view.js";
import { makeMeetingTable } from "./meeting_table.js";
import { pounds } from "./numbers.js";
import { drawGap } from "./picture_gap.js";
import { drawTrust } from "./picture_trust.js";
import { makePictureView } from "./picture_view.js";
import { TITLES, closedBy, gapAnswer, gapStep, leverAnswer, leverStep, meetingAnswer, meetingStep, togetherAnswer, togetherStep, trustAnswer, trustStep, usableLevers } from "./story_steps.js";
import { makeStoryResults } from "./story_results.js";

/**
 * The story: five steps, each introduced, guessed at, and then shown.
 */

/** Widths and height at which its pictures are drawn, px. */
const [NARROWEST, WIDEST, HEIGHT] = [320, 1000, 320];

/**
 * @typedef {object} Shown What a step shows after the guess.
 * @property {string} words
 * @property {(width: number) => Picture} [draw]
 * @property {HTMLElement} [table]
 */

/**
 * Fill the region of the story.
 *
 * @param {HTMLElement} element
 * @param {App} app
 */
export function mountStory(element, app) {
  const story = new Story(element, app);
  element.hidden = false;
  element.replaceChildren(story.body);
  story.show();
  app.store.subscribe((state, { previous }) => {
    if (state.step !== previous.step) story.show(true);
  });
}

class Story {
  /** @type {Map<number, string>} What each step has shown, by step. */
  #answers = new Map();
  /** Counts the steps that were shown, so that what comes late is dropped. */
  #turn = 0;

  /**
   * @param {HTMLElement} element
   * @param {App} app
   */
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.results = makeStoryResults(app);
    this.table = tableOf(app.place, app.rules);
    this.meeting = this.table && this.table.meeting;
    this.body = make("div", { class: "story" });
  }

  get step() {
    const { step } = this.app.store.state;
    return step === null || step >= TITLES.length ? null : step;
  }

  get guesses() {
    return guessesFrom(this.app.store.state.guesses);
  }

  /**
   * Show the step that the store is at.
   *
   * @param {boolean} [focus] True to move the focus to its heading.
   */
  show(focus = false) {
    const { step } = this;
    this.#turn += 1;
    this.body.replaceChildren(...(step === null ? this.#beginning() : this.#stepAt(step)));
    if (focus) this.body.querySelector("h2")?.focus();
  }

  #beginning() {
    return [
      make("h2", { tabindex: "-1" }, ["Story"]),
      make("p", {}, ["Five steps, each with a guess before it shows: about forty-five minutes with a room, ten alone."]),
      make("div", { class: "tools" }, [makeButton("Start the story", () => this.#go(0))]),
    ];
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
    const shown = make("div", { class: "shown" });
    const answer = make("p", { "aria-live": "polite", class: "answer" });
    const problem = make("p", { role: "alert", class: "problem" });
    const heading = make("h2", { tabindex: "-1" }, [`Step ${number + 1} of ${TITLES.length}: ${step.title}`]);
    if (!step.question) return [heading, before, this.#ways(number)];
    const control = step.answers.length ? this.#choice(number, step) : this.#amounts(number, step, problem);
    const reveal = makeButton("Show what happens", () => void this.#reveal(number, answer, shown), { class: "reveal" });
    if (number === 4) void this.#addSum(before);
    return [
      heading,
      before,
      control,
      problem,
      make("div", { class: "tools" }, [reveal]),
      answer,
      shown,
      ...(number === 1 && this.table ? [make("h3", {}, ["Play it"]), makeGame(this.app, this.table)] : []),
      this.#ways(number),
    ];
  }

  /**
   * @param {number} number
   * @returns {Step}
   */
  #stepOf(number) {
    const { place } = this.app;
    return [() => gapStep(place), () => meetingStep(this.meeting), () => trustStep(place), () => leverStep(place), () => togetherStep(place, null)][number]();
  }

  /**
   * Say what the levers add up to as soon as that is known.
   *
   * @param {HTMLElement} before
   */
  async #addSum(before) {
    const turn = this.#turn;
    const closed = await this.results.closed();
    if (turn === this.#turn) before.replaceChildren(...togetherStep(this.app.place, closed).before.map((each) => make("p", {}, [each])));
  }

  /**
   * @param {number} number
   * @param {Step} step
   * @returns {HTMLElement}
   */
  #choice(number, step) {
    const choices = step.answers.map(([value, words]) => {
      const input = make("input", { type: "radio", name: "guess", value, checked: this.guesses[number] === value, onchange: () => this.#keep(number, value) });
      return make("label", { class: "choice" }, [input, ` ${words}`]);
    });
    return make("fieldset", {}, [make("legend", {}, [step.question]), ...choices]);
  }

  /**
   * @param {number} number
   * @param {Step} step
   * @param {HTMLElement} problem
   * @returns {HTMLElement}
   */
  #amounts(number, step, problem) {
    const keep = () => {
      const { amounts, wrong } = amountsOf(input.value);
      setText(problem, wrong.length ? `Not an amount: ${wrong.join(", ")}. Write amounts in £m with spaces between them, such as 120 90.` : "");
      this.#keep(number, keptAmounts(amounts));
    };
    const value = amountsIn(this.guesses[number]).join(" ");
    const input = make("input", { id: "guess", type: "text", autocomplete: "off", "aria-describedby": "guess-note", value, onchange: keep });
    return make("div", { class: "field" }, [
      make("label", { for: "guess" }, [step.question]),
      input,
      make("p", { id: "guess-note", class: "note" }, ["One guess, or the whole room’s with spaces between them."]),
    ]);
  }

  /**
   * @param {number} number
   * @param {string} guess
   */
  #keep(number, guess) {
    this.app.store.set({ guesses: guessesText({ ...this.guesses, [number]: guess }) });
  }

  /**
   * @param {number} number
   * @param {HTMLElement} answer
   * @param {HTMLElement} shown
   */
  async #reveal(number, answer, shown) {
    const turn = this.#turn;
    setText(answer, "Working it out.");
    const found = await this.#found(number);
    if (turn !== this.#turn) return;
    setText(answer, found.words);
    this.#answers.set(number, found.words);
    shown.replaceChildren();
    if (found.draw) {
      const view = makePictureView(this.app.place, "story");
      shown.append(view.figure, view.behind);
      view.show(found.draw(Math.round(Math.min(WIDEST, Math.max(NARROWEST, shown.clientWidth)))));
    }
    if (found.table) shown.append(found.table);
    if (number === TITLES.length - 1) shown.append(this.#together());
  }

  /**
   * @param {number} number
   * @returns {Promise<Shown>}
   */
  async #found(number) {
    const { place } = this.app;
    const guess = this.guesses[number];
    const amounts = amountsIn(guess);
    if (number === 1 && this.meeting) return { words: meetingAnswer(this.meeting, guess), table: makeMeetingTable(this.meeting) };
    const alone = await this.results.alone();
    if (number === 0) return { words: gapAnswer(amounts, alone), draw: (width) => drawGap(alone, null, place, { width, height: HEIGHT, guesses: amounts, id: "story" }) };
    if (number === 2) return { words: trustAnswer(guess, alone), draw: (width) => drawTrust(alone, null, place, { width, id: "story" }) };
    const closed = await this.results.closed();
    if (number === 3) return { words: leverAnswer(place, guess, closed), table: this.#levers(closed) };
    const together = await this.results.together();
    const names = { now: "the place with all levers", kept: "the place as it stands" };
    return {
      words: togetherAnswer(place, amounts, closedBy(together, alone), closed),
      draw: (width) => drawGap(together, alone, place, { width, height: HEIGHT, names, id: "story" }),
    };
  }

  /**
   * Return what each lever closes, the largest first.
   *
   * @param {Readonly<Record<string, number>>} closed
   */
  #levers(closed) {
    const levers = [...usableLevers(this.app.place)].sort((one, other) => closed[other.name] - closed[one.name]);
    const rows = levers.map(({ name, label }) => make("tr", {}, [make("th", { scope: "row" }, [label]), make("td", {}, [pounds(closed[name])])]));
    return make("table", {}, [
      make("caption", {}, ["What each lever closes by itself, on average"]),
      make("thead", {}, [make("tr", {}, [make("th", { scope: "col" }, ["Lever"]), make("th", { scope: "col" }, ["£m a year more in the last month"])])]),
      make("tbody", {}, rows),
    ]);
  }

  /** Return all guesses beside what was shown. */
  #together() {
    const items = [...this.#answers].sort(([one], [other]) => one - other).map(([step, words]) => make("li", {}, [make("strong", {}, [`${TITLES[step]}. `]), words]));
    return make("section", { "aria-label": "All guesses together" }, [make("h3", {}, ["All guesses together"]), make("ul", {}, items)]);
  }

  /** @param {number} number */
  #ways(number) {
    const isLast = number === TITLES.length - 1;
    return make("div", { class: "tools ways" }, [
      number > 0 && makeButton("Back", () => this.#go(number - 1)),
      !isLast && makeButton("Next", () => this.#go(number + 1)),
      isLast && makeButton("Begin again", () => this.#again()),
      makeButton(isLast ? "Your turn" : "Skip the story", () => this.#leave()),
    ]);
  }

  #again() {
    this.#answers.clear();
    this.app.store.set({ step: 0, guesses: "" });
  }

  #leave() {
    this.#go(null);
    document.getElementById("gap")?.focus();
  }
}
