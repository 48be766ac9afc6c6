// The page's story of a place, with the model's own rules from the compiled module.

import { NOTHING_SET } from "../../simulation/page/script/settings.js";
import { tellingMeeting } from "../../simulation/page/script/meeting.js";
import { calendarOf } from "../../simulation/page/script/calendar.js";
import { inFull } from "../../simulation/page/script/story_levers.js";
import { gamesIn, keptGames } from "../../simulation/page/script/game_kept.js";
import { ROUNDS, meanWorth, partnerAsks, playRound, roundsTogether, startGame, tableOf } from "../../simulation/page/script/game.js";
import { engine } from "./module.mjs";

export function meeting(place) {
  return tellingMeeting(place, engine.rules, NOTHING_SET);
}

export function five(place, partner, person, number) {
  const table = tableOf(place, engine.rules);
  let game = startGame(table.meeting);
  for (let round = 0; round < ROUNDS; round++) {
    const theirs = partnerAsks(table, game, partner, number);
    game = playRound(table, game, [person[round], theirs]);
  }
  return { ...game, together: roundsTogether(game), mean: [meanWorth(game, 0), meanWorth(game, 1)] };
}

export function games(place, kept) {
  const found = gamesIn(tableOf(place, engine.rules), kept);
  return { found, kept: keptGames(found) };
}

export function weakened(place) {
  const [before, full] = [NOTHING_SET, inFull(place, place.levers)].map((settings) => calendarOf(place, settings, engine.rules));
  const axes = ["organisations", "opportunities"];
  return place.levers.filter(({ name }) => axes.some((axis) => before[axis][name]?.some((each, at) => full[axis][name][at] < each))).map(({ name }) => name);
}
