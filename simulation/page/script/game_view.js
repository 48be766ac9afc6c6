/** @import { App } from "./app.js" */
/** @import { Game, Partner, Round, Table } from "./game.js" */

import { make, makeButton, makeField, makeSelect, setText } from "./dom.js";
import { OURS, OWN, PARTNERS, ROUNDS, meanWorth, partnerAsks, playRound, roundsTogether, startGame } from "./game.js";
import { pounds, twoDecimals } from "./numbers.js";
import { drawGame } from "./picture_game.js";

/**
 * The game of the story's second step on the page: two buttons for each person, trust as it moves, and the rounds.
 */

const QUESTIONS = ["my organisation", "our population"];

/** The choice in which both sides are people. */
const PEOPLE = "people";

/** Widths of the picture, px. */
const [NARROWEST, WIDEST] = [320, 800];

/**
 * Return the game.
 *
 * @param {App} app
 * @param {Table} table
 * @returns {HTMLElement}
 */
export function makeGame(app, table) {
  return new GameView(app, table).element;
}

class GameView {
  /** @type {Game} */
  #game;
  /** @type {"people" | Partner} */
  #partner = PEOPLE;
  /** @type {[number | null, number | null]} What each person has asked in this round. */
  #asked = [null, null];
  /** Of the game: the model's partner has other draws in each. */
  #number = 0;

  /**
   * @param {App} app
   * @param {Table} table
   */
  constructor(app, table) {
    this.app = app;
    this.table = table;
    this.#game = startGame(table.meeting);
    this.said = make("p", { "aria-live": "polite", class: "answer" });
    this.round = make("p", { class: "round" });
    this.drawing = make("div", { class: "drawing" });
    this.rounds = make("div", { class: "wide", role: "region", "aria-label": "Rounds of the game", tabindex: "0" });
    this.people = [0, 1].map((side) => this.#person(/** @type {0 | 1} */ (side)));
    const people = /** @type {[string, string]} */ ([PEOPLE, "Two people"]);
    const partners = Object.entries(PARTNERS).map(([name, words]) => /** @type {[string, string]} */ ([name, `A partner that ${words}`]));
    const select = makeSelect([people, ...partners], PEOPLE, (value) => this.#begin(/** @type {"people" | Partner} */ (value)), { id: "partner" });
    this.element = make("div", { class: "game" }, [
      make("p", {}, [`Play ${ROUNDS} rounds. Each of the two presses a button; what was asked is shown when both have.`]),
      makeField(`${table.meeting.sides[1].name} is played by`, select),
      this.round,
      make("div", { class: "seats" }, this.people),
      this.said,
      make("p", { class: "note" }, ["Trust of each in the other, from 0 to 1, after each round; the axis shows the part in which it moves."]),
      this.drawing,
      this.rounds,
      make("div", { class: "tools" }, [makeButton("Play again", () => this.#begin(this.#partner))]),
      make("p", { class: "note" }, [
        "Worth is what asking “our population” gives against asking “my organisation”, £m a year, by the stakes, exposure and pressure of the model, with the benefit to the population as far as the organisation weighs it.",
      ]),
    ]);
    this.#show();
    // The room is known once the element stands on the page.
    requestAnimationFrame(() => this.#draw());
  }

  /**
   * @param {0 | 1} side
   * @returns {HTMLElement}
   */
  #person(side) {
    const { name } = this.table.meeting.sides[side];
    const buttons = [OWN, OURS].map((question) => makeButton(QUESTIONS[question], () => this.#ask(side, question), { "aria-label": `${name}: ${QUESTIONS[question]}` }));
    return make("fieldset", {}, [make("legend", {}, [name]), make("div", { class: "tools" }, buttons)]);
  }

  /** @param {"people" | Partner} partner */
  #begin(partner) {
    this.#partner = partner;
    this.#game = startGame(this.table.meeting);
    this.#asked = [null, null];
    this.#number += 1;
    setText(this.said, "");
    this.#show();
    this.#draw();
  }

  /**
   * @param {0 | 1} side
   * @param {number} question
   */
  #ask(side, question) {
    if (this.#game.rounds.length === ROUNDS) return;
    this.#asked[side] = question;
    if (this.#partner !== PEOPLE) this.#asked[1] = partnerAsks(this.table, this.#game, this.#partner, this.#number);
    const [one, other] = this.#asked;
    const { sides } = this.table.meeting;
    if (one === null || other === null) {
      setText(this.said, `${sides[side].name} has asked. Now ${sides[1 - side].name}.`);
      return;
    }
    this.#game = playRound(this.table, this.#game, [one, other]);
    this.#asked = [null, null];
    setText(this.said, this.#words());
    this.#show();
    this.#draw();
  }

  /** Return the last round in words, and the whole game after the last. */
  #words() {
    const { rounds } = this.#game;
    const { sides } = this.table.meeting;
    const last = rounds[rounds.length - 1];
    const each = sides.map(({ name }, side) => `${name} asked “${QUESTIONS[last.asked[side]]}” (worth ${pounds(last.worth[side])}), and its trust is now ${twoDecimals(last.trust[side])}.`);
    const words = `Round ${rounds.length}: ${each.join(" ")}`;
    if (rounds.length < ROUNDS) return words;
    const means = sides.map(({ name }, side) => `${pounds(meanWorth(this.#game, /** @type {0 | 1} */ (side)))} a year to ${name}`);
    return `${words} In ${roundsTogether(this.#game)} of ${ROUNDS} rounds both asked “our population”. On average a round was worth ${means.join(" and ")}.`;
  }

  #show() {
    const { rounds } = this.#game;
    const isOver = rounds.length === ROUNDS;
    setText(this.round, isOver ? "The game is over." : `Round ${rounds.length + 1} of ${ROUNDS}`);
    this.people[1].hidden = this.#partner !== PEOPLE;
    this.rounds.replaceChildren(this.#roundsTable(rounds));
    this.rounds.hidden = rounds.length === 0;
  }

  #draw() {
    const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, this.drawing.clientWidth)));
    this.drawing.innerHTML = drawGame(this.table, this.#game, this.app.place, width).svg;
  }

  /** @param {readonly Round[]} rounds */
  #roundsTable(rounds) {
    const names = this.table.meeting.sides.map(({ name }) => name);
    const heads = ["Round", ...names.map((name) => `Asked: ${name}`), ...names.map((name) => `Worth: ${name}`)];
    const rows = rounds.map(({ asked, worth }, index) =>
      make("tr", {}, [make("th", { scope: "row" }, [String(index + 1)]), ...[...asked.map((each) => QUESTIONS[each]), ...worth.map((each) => pounds(each))].map((each) => make("td", {}, [each]))]),
    );
    return make("table", {}, [
      make("caption", {}, ["The rounds"]),
      make("thead", {}, [make("tr", {}, heads.map((head) => make("th", { scope: "col" }, [head])))]),
      make("tbody", {}, rows),
    ]);
  }
}
