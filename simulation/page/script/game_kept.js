/** @import { Game, Partner, Table } from "./game.js" */

import { make } from "./dom.js";
import { OURS, PARTNERS, playRound, roundsTogether, startGame, trustNow } from "./game.js";
import { pounds, twoDecimals } from "./numbers.js";

/**
 * The last game against each partner, kept as one short text with the guesses, and all of them in a table.
 */

/** The choice in which both sides are people. */
export const PEOPLE = "people";

/** @typedef {"people" | Partner} GameKind */

/**
 * Return who can play the second side, in words.
 *
 * @returns {[GameKind, string][]}
 */
export function gameKinds() {
  const partners = Object.entries(PARTNERS).map(([name, words]) => /** @type {[GameKind, string]} */ ([name, `A partner that ${words}`]));
  return [[PEOPLE, "Two people"], ...partners];
}

/**
 * Return the games that are kept, played again by the rules; what is no game is left out.
 *
 * @param {Table} table
 * @param {string | undefined} kept What each side asked in each round: people.11010.10110,own.11.00
 * @returns {Partial<Record<GameKind, Game>>}
 */
export function gamesIn(table, kept) {
  /** @type {Partial<Record<GameKind, Game>>} */
  const games = {};
  for (const [, name, first, second] of (kept ?? "").matchAll(/(?:^|,)([a-z]+)\.([01]{1,5})\.([01]{1,5})(?=,|$)/g)) {
    const kind = gameKinds().find(([each]) => each === name)?.[0];
    if (!kind || first.length !== second.length) continue;
    games[kind] = [...first].reduce((game, mine, round) => playRound(table, game, [Number(mine), Number(second[round])]), startGame(table.meeting));
  }
  return games;
}

/**
 * Return games as they are kept.
 *
 * @param {Partial<Record<GameKind, Game>>} games
 * @returns {string}
 */
export function keptGames(games) {
  const played = Object.entries(games).filter(([, { rounds }]) => rounds.length);
  return played.map(([kind, { rounds }]) => [kind, ...[0, 1].map((side) => rounds.map(({ asked }) => asked[side]).join(""))].join(".")).join(",");
}

/**
 * Return the games in a table: who opened, and the trust that was reached, against each partner.
 *
 * @param {Table} table
 * @param {Partial<Record<GameKind, Game>>} games
 * @returns {HTMLElement | null} Null if none was played.
 */
export function makeGamesTable({ meeting }, games) {
  const names = meeting.sides.map(({ name }) => name);
  const heads = [`${names[1]} played by`, "Rounds", ...names.map((name) => `${name} opened in`), "Both opened in", ...names.map((name) => `Trust of ${name}`)];
  const rows = gameKinds().flatMap(([kind, words]) => {
    const game = games[kind];
    if (!game?.rounds.length) return [];
    const { rounds, opening } = game;
    const opened = [0, 1].map((side) => rounds.filter(({ asked }) => asked[side] === OURS).length);
    const trust = trustNow(game).map((reached, side) => `${twoDecimals(opening[side])} to ${twoDecimals(reached)}`);
    const cells = [rounds.length, ...opened, roundsTogether(game), ...trust];
    return [make("tr", {}, [make("th", { scope: "row" }, [words]), ...cells.map((each) => make("td", {}, [String(each)]))])];
  });
  if (!rows.length) return null;
  const caption = `The game: ${meeting.title}, worth ${pounds(meeting.value)} a year on paper`;
  return make("div", {}, [
    make("div", { class: "wide", role: "region", "aria-label": "The games", tabindex: "0" }, [
      make("table", {}, [make("caption", {}, [caption]), make("thead", {}, [make("tr", {}, heads.map((head) => make("th", { scope: "col" }, [head])))]), make("tbody", {}, rows)]),
    ]),
    make("p", { class: "note" }, ["To open is to ask “our population”. The last game against each."]),
  ]);
}
