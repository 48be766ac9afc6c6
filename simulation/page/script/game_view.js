/** @import { App } from "./app.js" */
/** @import { Game, Round, Table } from "./game.js" */
/** @import { GameKind } from "./game_kept.js" */

import { make, makeButton, makeField, makeSelect, setAttribute, setText } from "./dom.js";
import { OURS, OWN, ROUNDS, meanWorth, partnerAsks, playRound, roundsTogether, startGame } from "./game.js";
import { PEOPLE, gamesIn, keptGames, gameKinds } from "./game_kept.js";
import { pounds, twoDecimals } from "./numbers.js";
import { drawGame } from "./picture_game.js";
import { fitted } from "./story_picture.js";

/**
 * The game of the story's second step on the page: two buttons for each person, trust as it moves, and the rounds.
 */

const QUESTIONS = ["my organisation", "our population"];

/** The widest picture, in units of its own. */
const WIDEST = 800;

/**
 * Return the game.
 *
 * @param {App} app
 * @param {Table} table
 * @param {string | undefined} kept The games that were played.
 * @param {(kept: string) => void} keep
 * @returns {{element: HTMLElement, end: () => void}}
 */
export function makeGame(app, table, kept, keep) {
  const { element, fit } = new GameView(app, table, gamesIn(table, kept), (games) => keep(keptGames(games)));
  return { element, end: fit.end };
}

class GameView {
  /** @type {GameKind} */
  #partner = PEOPLE;
  /** @type {[number | null, number | null]} What each person has asked in this round. */
  #asked = [null, null];
  /** Of the game: the model's partner has other draws in each. */
  #number = 0;

  /**
   * @param {App} app
   * @param {Table} table
   * @param {Partial<Record<GameKind, Game>>} games
   * @param {(games: Partial<Record<GameKind, Game>>) => void} keep
   */
  constructor(app, table, games, keep) {
    this.app = app;
    this.table = table;
    this.games = games;
    this.keep = keep;
    this.said = make("p", { "aria-live": "polite", class: "answer" });
    this.round = make("p", { class: "round" });
    this.drawing = make("div", { class: "drawing" });
    this.fit = fitted(this.drawing, WIDEST, (width) => (this.drawing.innerHTML = drawGame(table, this.#game, app.place, width).svg));
    this.rounds = make("div", { class: "wide", role: "region", "aria-label": "Rounds of the game", tabindex: "0" });
    this.people = [0, 1].map((side) => this.#person(/** @type {0 | 1} */ (side)));
    const select = makeSelect(gameKinds(), PEOPLE, (value) => this.#face(/** @type {GameKind} */ (value)), { id: "partner" });
    this.element = make("div", { class: "game" }, [
      make("p", {}, [`Play ${ROUNDS} rounds. Each of the two presses a button; what was asked is shown when both have.`]),
      makeField(`${table.meeting.sides[1].name} is played by`, select),
      make("div", { class: "tools" }, [makeButton("Play again", () => this.#again()), this.round]),
      make("div", { class: "seats" }, this.people),
      this.said,
      make("p", { class: "note" }, ["Trust of each in the other, from 0 to 1, after each round; the axis shows the part in which it moves."]),
      this.drawing,
      this.rounds,
      make("p", { class: "note" }, [
        "Worth is what asking “our population” gives against asking “my organisation”, £m a year, by the stakes, exposure and pressure of the model, with the benefit to the population as far as the organisation weighs it.",
      ]),
    ]);
    this.#show();
  }

  get #game() {
    return this.games[this.#partner] ?? startGame(this.table.meeting);
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

  /**
   * Show the game against a partner, as far as it was played.
   *
   * @param {GameKind} partner
   */
  #face(partner) {
    this.#partner = partner;
    this.#asked = [null, null];
    this.#number += 1;
    setText(this.said, this.#game.rounds.length ? this.#words() : "");
    this.#show();
  }

  #again() {
    delete this.games[this.#partner];
    this.keep(this.games);
    this.#face(this.#partner);
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
    this.games[this.#partner] = playRound(this.table, this.#game, [one, other]);
    this.#asked = [null, null];
    this.keep(this.games);
    setText(this.said, this.#words());
    this.#show();
  }

  /** Return the last round in words, and the whole game after the last. */
  #words() {
    const { rounds } = this.#game;
    const { sides } = this.table.meeting;
    const last = rounds[rounds.length - 1];
    const each = sides.map(({ name }, side) => `${name} asked “${QUESTIONS[last.asked[side]]}” (worth ${pounds(last.worth[side])}); its trust is now ${twoDecimals(last.trust[side])}.`);
    if (rounds.length < ROUNDS) return `Round ${rounds.length}: ${each.join(" ")}`;
    const means = sides.map(({ name }, side) => `${pounds(meanWorth(this.#game, /** @type {0 | 1} */ (side)))} a year to ${name}`);
    const trust = last.trust.map(twoDecimals);
    return `In ${roundsTogether(this.#game)} of ${ROUNDS} rounds both asked “our population”. On average a round was worth ${means.join(" and ")}. Trust is now ${trust.join(" and ")}.`;
  }

  #show() {
    const { rounds } = this.#game;
    const isOver = rounds.length === ROUNDS;
    setText(this.round, isOver ? "The game is over: play again, or choose another partner." : `Round ${rounds.length + 1} of ${ROUNDS}`);
    this.people[1].hidden = this.#partner !== PEOPLE;
    this.people.forEach((person) => person.querySelectorAll("button").forEach((button) => setAttribute(button, "aria-disabled", isOver ? "true" : null)));
    this.rounds.replaceChildren(this.#roundsTable(rounds));
    this.rounds.hidden = rounds.length === 0;
    this.fit.draw();
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
